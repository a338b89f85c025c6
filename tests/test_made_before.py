"""What is remembered of a folder of documents, and that a signal waits for what must stay whole."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
from pathlib import Path

import pytest

from normtool.app.delivering import Delivery, Plan, delivery, plan_for
from normtool.app.making import Stored
from normtool.files import made_before
from normtool.files.interruptions import ended_as_interrupted, uninterrupted
from normtool.files.made_before import (
    KEPT,
    Kept,
    all_that_enters,
    digest_of,
    digest_of_file,
    kept_in,
    kept_json,
    program_digest,
)
from normtool.files.outputs import OutputError
from tests.dossier_examples import mixed

SOME = {"report.html": Kept(made_from="aa", content="bb"), "board.xlsx": Kept(made_from="cc", content="dd")}


# --- the file -----------------------------------------------------------------------------------------------------


def test_what_is_remembered_is_read_back_in_any_order_the_same(tmp_path: Path) -> None:
    (tmp_path / KEPT).write_bytes(kept_json(SOME))
    assert kept_in(tmp_path) == SOME
    assert kept_json(dict(reversed(SOME.items()))) == kept_json(SOME)
    assert "safe to delete" in json.loads(kept_json(SOME))["about"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[1]",
        b'{"format": 2, "documents": {"report.html": {"made_from": "a", "content": "b"}}}',
        b'{"format": 1}',
        b'{"format": 1, "documents": []}',
        b'{"format": 1, "documents": {"report.html": null, "board.xlsx": {"made_from": "a"}}}',
        b'{"format": 1, "documents": {"report.html": {"made_from": 1, "content": "b"}}}',
        b'{"format": 1, "documents": {"report.html": {"made_from": "", "content": "b"}}}',
        b"\xff",
        b"[" * 30_000,
        b'{"format": 1, "documents": {"a": {"made_from": "' + b"x" * 70_000 + b'", "content": "b"}}}',
    ],
)
def test_a_damaged_one_is_as_good_as_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / KEPT).write_bytes(content)
    assert kept_in(tmp_path) == {}


def test_one_that_cannot_be_opened_is_as_good_as_none(tmp_path: Path) -> None:
    assert kept_in(tmp_path / "nergens") == {}
    (tmp_path / KEPT).mkdir()
    assert kept_in(tmp_path) == {}


def test_digests(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"inhoud")
    assert digest_of_file(tmp_path / "a") == digest_of(b"inhoud") == hashlib.sha256(b"inhoud").hexdigest()
    assert digest_of_file(tmp_path / "b") == digest_of_file(tmp_path) == ""


def test_each_part_and_the_program_itself_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    one = all_that_enters("html", "nl", "d")
    assert (
        len({one, all_that_enters("pdf", "nl", "d"), all_that_enters("html", "en", "d"), all_that_enters("html")})
        == 4
    )
    assert one == all_that_enters("html", "nl", "d")
    monkeypatch.setattr(made_before, "program_digest", lambda: "another")
    assert all_that_enters("html", "nl", "d") != one


def test_templates_words_code_and_libraries_are_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, templates = tmp_path / "package", tmp_path / "templates"
    for folder in (package, templates):
        folder.mkdir()
    for name in ("package/a.py", "package/nl.yaml", "templates/report.html.j2", "templates/letter.ttf"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    monkeypatch.setattr(made_before, "PACKAGE", package)
    monkeypatch.setattr(made_before, "data_dir", lambda _: templates)

    def now() -> str:
        program_digest.cache_clear()
        return program_digest()

    try:
        seen = [now()]
        for name in ("package/a.py", "package/nl.yaml", "templates/report.html.j2", "templates/letter.ttf"):
            (tmp_path / name).write_text("y", encoding="utf-8")
            seen.append(now())
        (package / "a.pyc").write_text("x", encoding="utf-8")
        assert now() == seen[-1]
        monkeypatch.setattr(made_before, "_version", lambda name: f"{name} 99")
        seen.append(now())
        assert len(set(seen)) == len(seen)
    finally:
        monkeypatch.undo()
        program_digest.cache_clear()


def test_a_library_that_is_missing_has_no_version() -> None:
    assert made_before._version("bestaat-echt-niet") == ""
    assert made_before._version("xlsxwriter")


# --- what is to be done in a folder ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stored() -> Stored:
    return Stored.of(mixed())


ONLY = ("html", "xlsx")
MADE = {"report.html": b"pagina", "board.xlsx": b"werkmap"}


def planned(folder: Path, stored: Stored, *, force: bool = False) -> Plan:
    return plan_for(folder, stored, ONLY, ("nl", force))


def written(folder: Path, plan: Plan, made: dict[str, bytes]) -> Delivery:
    done = delivery(plan, made)
    for name, data in done.files.items():
        (folder / name).write_bytes(data)
    return done


def test_first_everything_then_nothing(stored: Stored, tmp_path: Path) -> None:
    plan = planned(tmp_path, stored)
    assert (plan.to_make, plan.unchanged) == (ONLY, ())
    first = written(tmp_path, plan, MADE)
    assert (set(first.files), first.unchanged) == ({"dossier.json", KEPT, *MADE}, ())
    again = planned(tmp_path, stored)
    assert (again.to_make, again.unchanged) == ((), ("dossier.json", *MADE))
    assert delivery(again, {}) == Delivery(files={}, names=("dossier.json", *MADE), unchanged=("dossier.json", *MADE))


def test_what_is_missing_on_this_machine_is_not_remembered(stored: Stored, tmp_path: Path) -> None:
    done = written(tmp_path, planned(tmp_path, stored), {"report.html": b"pagina"})
    assert done.names == ("dossier.json", "report.html")
    assert planned(tmp_path, stored).to_make == ("xlsx",)


def test_another_dossier_is_in_the_way_of_this_one(stored: Stored, tmp_path: Path) -> None:
    (tmp_path / "dossier.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match="exists"):
        planned(tmp_path, stored)
    assert planned(tmp_path, stored, force=True).to_make == ONLY


def test_a_page_that_was_touched_is_in_the_way(stored: Stored, tmp_path: Path) -> None:
    written(tmp_path, planned(tmp_path, stored), MADE)
    (tmp_path / "report.html").write_bytes(b"van mij")
    with pytest.raises(OutputError, match="exists"):
        planned(tmp_path, stored)
    assert planned(tmp_path, stored, force=True).to_make == ("html",)


def test_without_memory_what_comes_out_the_same_may_stay(stored: Stored, tmp_path: Path) -> None:
    written(tmp_path, planned(tmp_path, stored), MADE)
    (tmp_path / KEPT).unlink()
    plan = planned(tmp_path, stored)
    assert (plan.to_make, plan.in_doubt) == (ONLY, ("report.html", "board.xlsx"))
    assert set(delivery(plan, MADE).files) == {KEPT}
    with pytest.raises(OutputError, match="exists"):
        delivery(plan, MADE | {"report.html": b"anders"})
    forced = planned(tmp_path, stored, force=True)
    assert set(delivery(forced, MADE | {"report.html": b"anders"}).files) == {KEPT, "report.html"}


def test_what_was_not_asked_now_stays_remembered(stored: Stored, tmp_path: Path) -> None:
    written(tmp_path, planned(tmp_path, stored), MADE)
    page_only = plan_for(tmp_path, stored, ("html",), ("nl", False))
    assert delivery(page_only, {}).files == {}
    assert set(kept_in(tmp_path)) == set(MADE)


# --- signals --------------------------------------------------------------------------------------------------------


def test_a_signal_waits_until_what_must_stay_whole_is_done() -> None:
    done: list[str] = []

    def work() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            with uninterrupted():
                done.append("inner")
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["inner", "outer"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_request_to_stop_acts_as_ctrl_c() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), ended_as_interrupted():
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before


def test_beside_the_first_thread_signals_are_left_alone() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    seen: list[object] = []

    def inside() -> None:
        with uninterrupted(), ended_as_interrupted():
            seen.extend(signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM))

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    assert seen == before
