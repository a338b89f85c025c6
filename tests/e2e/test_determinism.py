"""Same input, same bytes, wherever and however the program runs; and it never uses the network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.newcomer import CODE, NAME, Journey
from tests.e2e.reading import documents_in, files_in
from tests.e2e.running import START, TIMEOUT, environment, here, program

pytestmark = pytest.mark.slow

NO_NETWORK = """
import socket
def refuse(*_, **__):
    raise AssertionError("the program used the network")
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refuse)
"""
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "",
    "LANG": "nl_NL.UTF-8",
    "PYTHONHASHSEED": "12345",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "1",
    "COLUMNS": "200",
    "USER": "iemand",
}


def test_all_documents_are_the_same_bytes_without_a_network_and_elsewhere(journey: Journey, tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed and copy of the form; every socket refuses."""
    copy = tmp_path / "diep" / "er" / journey.workbook.name
    copy.parent.mkdir(parents=True)
    shutil.copyfile(journey.workbook, copy)
    ran = program("assess", copy, "-o", "resultaat", folder=tmp_path, env=ELSEWHERE, prelude=NO_NETWORK)
    assert ran.code == 0, ran.err
    first, second = files_in(journey.out), files_in(tmp_path / "resultaat")
    assert sorted(first) == sorted(second)
    for name, content in first.items():
        assert content == second[name], name


def test_a_machine_without_any_network_will_do(samples: Path, tmp_path: Path) -> None:
    command = shutil.which("unshare")
    if command is None or subprocess.run([command, "-n", "true"], capture_output=True, check=False).returncode:
        pytest.skip("a network cannot be taken away here")
    onz = samples / "public" / "onz-2023.xlsx"
    done = subprocess.run(
        [command, "-n", sys.executable, "-c", START, "assess", str(onz), "-o", "out", "--only", "html,xlsx"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert documents_in(tmp_path / "out") == ["board.xlsx", "dossier.json", "report.html"]


def test_a_form_is_the_same_bytes(tmp_path: Path) -> None:
    arguments = ("template", "onz", "--year", "2026", "--first-year", "2024", "-o", "formulier.xlsx")
    assert here(*arguments, folder=tmp_path).code == 0
    (tmp_path / "elders").mkdir()
    assert program(*arguments, folder=tmp_path / "elders", env=ELSEWHERE).code == 0
    assert (tmp_path / "formulier.xlsx").read_bytes() == (tmp_path / "elders" / "formulier.xlsx").read_bytes()


def test_what_is_said_is_the_same(journey: Journey, tmp_path: Path) -> None:
    first = program("check", journey.workbook, "--format", "json", folder=tmp_path)
    second = program("check", journey.workbook, "--format", "json", folder=journey.folder, env=ELSEWHERE)
    assert first == second


def test_no_document_carries_a_path_of_this_machine(journey: Journey) -> None:
    here_is = str(journey.folder).encode()
    for name, content in files_in(journey.out).items():
        assert here_is not in content, name


def test_the_order_of_the_forms_does_not_matter(journey: Journey, tmp_path: Path) -> None:
    other = tmp_path / "a-deel.xlsx"
    ran = here("template", CODE, "--name", NAME, "--year", "2026", "--first-year", "2024", "-o", other)
    assert ran.code == 0
    said = [
        here("check", *paths, "--format", "json").out
        for paths in ((journey.workbook, other), (other, journey.workbook))
    ]
    assert json.loads(said[0])["diagnostics"] == json.loads(said[1])["diagnostics"]
