"""A network as large as the country, for script/bench: 70 hospitals, 20 tumour groups and sub-types, three years.

Target: assessed in under two seconds beyond start-up, and in proportion to its size. Start-up is the same verb on one
hospital. The floor of reading is the parser alone on the same files; it cannot be beaten. The same hospitals are also
measured as seven sub-networks of one region. Ratios are of processor time: others may use the machine as well.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from normtool.core.dossier import Dossier
from normtool.core.evidence import Evidence
from normtool.core.grids import Grid
from normtool.core.intake import take_in
from normtool.core.ledger import open_ledger
from normtool.core.plausibility import question
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from normtool.documents.board_xlsx import board_workbook
from normtool.documents.pages import report_html
from normtool.files.dossiers_json import dossier_json
from normtool.files.reading_worker import read_all
from normtool.texts import Words
from script.bench_evidence import NETWORK, Row, write_register
from script.bench_measuring import Measured, built_in, program

HOSPITALS = 70
YEARS = (2023, 2024, 2025)
PER_PART = 10
"""Hospitals that answer in one workbook; a network of this size would not share one file."""
TWO_LOCATIONS = 10
"""Every tenth hospital has two locations, so that norms per institution have something to add up."""
SHARED = "netwerk"
"""The workbook that the network itself fills in, beside those of its hospitals."""
ANSWERS = (
    ("Id", "Antwoord", "Teller", "Noemer", "Documenten"),
    *((indicator, "ja", None, None, "D1") for indicator in ("N1.2", "N1.5", "N3.1", "N5.1")),
)
TARGET = 2.0
ROUNDS = 3
VERBS: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "assess, xlsx": ("assess", "--only", "xlsx"),
    "assess, html": ("assess", "--only", "html"),
}
REGION: dict[str, tuple[str, ...]] = {"--region, html": ("assess", "--region", "meetregio", "--only", "html")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """Seconds per stage in this process, and what came of it in megabytes."""

    seconds: dict[str, float]
    megabytes: dict[str, float]


def bench_networks() -> None:
    """The program on a large network beyond start-up, each stage apart, and beside half the hospitals."""
    framework = built_in()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        small, half, whole = (root / name for name in ("one", "half", "whole"))
        write_network(small, framework, 1)
        write_network(half, framework, HOSPITALS // 2)
        rows = write_network(whole, framework, HOSPITALS)
        regions = tuple(root / f"region-{name}" for name in ("one", "half", "whole"))
        for region, hospitals in zip(regions, (1, HOSPITALS // 2, HOSPITALS), strict=True):
            write_region(region, framework, hospitals)
        counts = f"{HOSPITALS} hospitals x {len(groups_of(framework))} groups x {len(YEARS)} years"
        print(f"\nnetworks: {counts}, {rows} register rows in {len(list(whole.iterdir()))} workbooks")
        print(f"beyond start-up, whole program (target: < {TARGET:.1f} s; {ROUNDS} rounds by turns)")
        for name, arguments in VERBS.items():
            print(command_line(root, name, arguments, (small, half, whole)))
        for name, arguments in REGION.items():
            print(command_line(root, name, arguments, regions))
        print_stages(framework, half, whole)


def write_network(folder: Path, framework: Framework, hospitals: int) -> int:
    """Write the workbooks of a network with so many hospitals; gives the number of register rows."""
    folder.mkdir()
    books = {SHARED: dict(shared_rows(framework, range(1, hospitals + 1)))}
    books |= {f"deel-{part}": dict(hospital_rows(framework, own)) for part, own in parts_of(hospitals)}
    for name, registers in books.items():
        write_workbook(folder / f"{name}.xlsx", framework, NETWORK, registers)
    return sum(len(rows) for registers in books.values() for rows in registers.values())


def write_region(folder: Path, framework: Framework, hospitals: int) -> None:
    """Write the same hospitals as sub-networks of a region, each with a workbook of its own."""
    folder.mkdir()
    for part, own in parts_of(hospitals):
        registers = dict(shared_rows(framework, own)) | dict(hospital_rows(framework, own))
        facts = dict(NETWORK[1:]) | {"Code": f"Deel-{part}", "Naam": f"Deelnet {part}", "Laag": "deelnetwerk"}
        facts |= {"Regio": "meetregio"}
        write_workbook(folder / f"deel-{part}.xlsx", framework, (NETWORK[0], *facts.items()), registers)


def parts_of(hospitals: int) -> Iterator[tuple[int, range]]:
    """The numbers of the hospitals, by those that share a workbook."""
    numbers = range(1, hospitals + 1)
    return ((start // PER_PART + 1, numbers[start : start + PER_PART]) for start in range(0, hospitals, PER_PART))


def write_workbook(
    path: Path, framework: Framework, facts: Iterable[tuple[str, object]], registers: dict[str, list[Row]]
) -> None:
    """One workbook; the answers of the network stand where its shared rows are."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "d-m-yyyy"})
    sheet = book.add_worksheet("Netwerk")
    for number, pair in enumerate(facts):
        sheet.write_row(number, 0, pair)
    sheet = book.add_worksheet("Indicatoren")
    for number, answer in enumerate(ANSWERS if "agreements" in registers else ANSWERS[:1]):
        sheet.write_row(number, 0, answer)
    for register, rows in registers.items():
        write_register(book, framework.declared(register), rows)
    book.close()


def groups_of(framework: Framework) -> list[str]:
    """The names of all groups without sub-types, and of all sub-types: twenty in the built-in norms."""
    expected = [group for group in framework.tumour_groups if group.expected]
    return [item.name.nl for group in expected for item in (group.sub_types or (group,))]


def treatments_of(framework: Framework) -> list[str]:
    """As many treatments as groups: those that a norm names first, then systemic therapy."""
    named = {treatment for norm in framework.volume_norms for treatment in norm.treatments}
    in_order = sorted(framework.treatments, key=lambda item: (item.id not in named, item.category == "intervention"))
    return [item.name.nl for item in in_order][: len(groups_of(framework))]


def locations_of(hospital: int) -> list[str]:
    """The locations of a hospital by id."""
    return [f"H{hospital}-N", f"H{hospital}-Z"] if hospital % TWO_LOCATIONS == 0 else [f"H{hospital}"]


def shared_rows(framework: Framework, hospitals: range) -> Iterator[tuple[str, list[Row]]]:
    """What the network itself fills in, by register."""
    documents = [f"D{number}" for number in range(1, 101)]
    yield "documents", [{"id": name, "title": f"Stuk {name}", "date": date(2025, 3, 14)} for name in documents]
    yield (
        "tumour_types",
        [
            {
                "group": group,
                "state": "eigen netwerk",
                "regional_mdt": "ja",
                "systemic_therapy": "ja",
                "echelon_table_date": date(2025, 4, 1),
                "documents": "D1",
            }
            for group in groups_of(framework)
        ],
    )
    everyone = "; ".join(f"H{number}" for number in hospitals)
    yield (
        "agreements",
        [
            {
                "id": f"A{number}",
                "kind": "shared care",
                "parties": everyone,
                "groups": group,
                "date": date(2025, 2, 3),
                "testable": "ja",
                "documents": documents[number],
            }
            for number, group in enumerate(groups_of(framework))
        ],
    )


def hospital_rows(framework: Framework, hospitals: range) -> Iterator[tuple[str, list[Row]]]:
    """What the hospitals of one part fill in, by register."""
    chance = random.Random(hospitals.start)
    yield "members", list(_members(hospitals))
    places, groups = [place for number in hospitals for place in locations_of(number)], groups_of(framework)
    yield (
        "care",
        [
            {
                "location": place,
                "group": group,
                "treats": "ja",
                "echelon": str(1 + number % 3),
                "mdt_route": "volledig",
                "contact": "ja",
                "on_time": chance.randrange(20, 60),
                "treated": chance.randrange(60, 90),
                "in_mdt": chance.randrange(60, 90),
                "new_patients": chance.randrange(90, 120),
                "documents": "D2",
            }
            for place in places
            for number, group in enumerate(groups)
        ],
    )
    yield (
        "volumes",
        [
            {
                "location": place,
                "treatment": treatment,
                "year": year,
                "number": chance.randrange(10, 60),
                "standing": "voorlopig" if year == YEARS[-1] else "definitief",
                "explanation": "Er is een plan met het ziekenhuis hiernaast.",
            }
            for place in places
            for treatment in treatments_of(framework)
            for year in YEARS
        ],
    )


def _members(hospitals: range) -> Iterator[Row]:
    for hospital in hospitals:
        name = f"H{hospital}"
        yield {"id": name, "name": f"Ziekenhuis {hospital}", "kind": "ziekenhuis", "parent": "", "role": "deelnemer"}
        for place in locations_of(hospital):
            if place != name:
                yield {"id": place, "name": f"Locatie {place}", "kind": "locatie", "parent": name, "role": ""}


def command_line(root: Path, name: str, arguments: tuple[str, ...], folders: tuple[Path, ...]) -> str:
    """What a verb costs beyond start-up, with one hospital, half of them and all, measured by turns."""
    measured = [Measured(folder.name) for folder in folders]
    output = () if name == "check" else ("-o", str(root / "out"), "--force", "--quiet")
    for _ in range(ROUNDS):
        for folder, command in zip(folders, measured, strict=True):
            said = command.run(program(*arguments, str(folder), *output))
            if command.code != 0:
                sys.exit(f"normtool {name} of {folder.name} ended with {command.code}\n{said}")
    wall = [statistics.median(item.seconds) for item in measured]
    busy = [statistics.median(item.processor) for item in measured]
    ratio = (busy[2] - busy[0]) / max(busy[1] - busy[0], 1e-6)
    return (
        f"  {name:<15} {wall[2] - wall[0]:6.2f} s (processor {busy[2] - busy[0]:5.2f} s)  start-up {wall[0]:5.2f} s  "
        f"x {ratio:4.2f} of half the hospitals   {measured[2].megabytes:5.0f} MB"
    )


def print_stages(framework: Framework, half: Path, whole: Path) -> None:
    """What each stage costs in one process, and how it grows."""
    runs = {folder: [stages(framework, folder) for _ in range(ROUNDS)] for folder in (half, whole)}
    best = {
        folder: {stage: min(run.seconds[stage] for run in found) for stage in found[0].seconds}
        for folder, found in runs.items()
    }
    print(f"stages in one process (processor time, best of {ROUNDS}; linear is x 2.0 of half the hospitals)")
    for stage, seconds in best[whole].items():
        ratio = seconds / max(best[half][stage], 1e-6)
        print(f"  {stage:<28} {seconds * 1000:9.1f} ms   x {ratio:4.2f} of half")
    sizes = ", ".join(f"{name} {size:.1f} MB" for name, size in runs[whole][0].megabytes.items())
    print(f"  sizes: {sizes}")


def stages(framework: Framework, folder: Path) -> Stages:
    """Run every stage once on a network's workbooks, each timed apart."""
    paths = tuple(sorted(folder.iterdir()))
    seconds: dict[str, float] = {}

    def timed(stage: str, run: Callable[[], Any]) -> Any:
        start = busy()
        result = run()
        seconds[stage] = busy() - start
        return result

    timed("floor: calamine alone", lambda: parse(paths))
    grids: tuple[Grid, ...] = timed("reading, in its process", lambda: _grids(paths))
    evidence: Evidence = timed("intake", lambda: _evidence(framework, grids))
    assessment, _ = timed("scoring and questions", lambda: assess(framework, evidence))
    timed("questions alone", lambda: question(open_ledger(framework, evidence), assessment))
    dossier = Dossier(framework=framework, evidence=evidence, assessment=assessment)
    words = Words("nl")
    made = {
        "dossier.json": timed("dossier.json", lambda: dossier_json(dossier)),
        "report.html": timed("report.html", lambda: report_html(dossier, words).encode()),
        "board.xlsx": timed("board.xlsx", lambda: board_workbook(dossier, words)),
    }
    return Stages(seconds=seconds, megabytes={name: len(content) / 1e6 for name, content in made.items()})


def busy() -> float:
    """The processor time of this process and of those it has waited for, in seconds."""
    return sum(os.times()[:4])


def parse(paths: tuple[Path, ...]) -> None:
    """The least that reading can cost: the parser alone, without guard, worker or addresses."""
    from python_calamine import CalamineWorkbook

    for path in paths:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _grids(paths: tuple[Path, ...]) -> tuple[Grid, ...]:
    return tuple(read.grid for read in read_all(paths) if read.grid is not None)


def _evidence(framework: Framework, grids: tuple[Grid, ...]) -> Evidence:
    evidence, found = take_in(framework, grids)
    if evidence is None or any(item.is_error for item in found):
        sys.exit(f"the large network does not read without errors: {[item.code for item in found if item.is_error]}")
    return evidence
