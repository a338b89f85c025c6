"""Tidy tables: types that know what is missing, one truth in frames, csv and xlsx, and no formula from outside."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from normtool import frames
from normtool.core.assessment import NormCheck, RowResult, RowState, Share, Verdict
from normtool.core.circles import part_for
from normtool.core.dossier import Circle, Dossier
from normtool.core.evidence import DateSpan
from normtool.core.places import Located
from normtool.files.dossiers_json import dossier_json
from normtool.files.frames_all import dictionary_table, tables_of
from normtool.files.frames_csv import csv_bytes, guarded
from normtool.files.frames_records import table_of
from normtool.files.frames_tables import DICTIONARY, NETWORKS, SHAPES, Kind, Table
from normtool.files.frames_xlsx import xlsx_bytes
from normtool.texts import Words
from tests.comparison_examples import DIGEST, network, parts, seven
from tests.dossier_examples import HOSTILE, answer, at, built_in, mixed, nearly_unknown, row, rows

ROOT = Path(__file__).parent.parent
NL, EN = Words("nl"), Words("en")
FRAMES: dict[str, Callable[..., pd.DataFrame]] = {
    "networks": frames.networks,
    "standards": frames.standards,
    "indicators": frames.indicators,
    "rows": frames.rows,
    "volumes": frames.volumes,
    "echelons": frames.echelons,
    "iza": frames.iza,
    "documents": frames.documents,
    "actions": frames.actions,
    "bottlenecks": frames.bottlenecks,
}


@cache
def two() -> tuple[Dossier, ...]:
    return parts((mixed(), nearly_unknown()))


def one(frame: pd.DataFrame, **wanted: object) -> dict[str, Any]:
    """The only row with these values."""
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, wanted
    return {name: (None if pd.isna(value) else value) for name, value in frame.iloc[0].items()}  # type: ignore[misc]


# --- frames ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [shape.name for shape in SHAPES])
def test_every_table_has_its_columns_and_types_also_without_rows(name: str) -> None:
    shape = next(item for item in SHAPES if item.name == name)
    for dossiers in (two(), ()):
        frame = FRAMES[name](dossiers)
        assert list(frame.columns) == [column.name for column in shape.columns]
        for column in shape.columns:
            kind = str(frame[column.name].dtype)
            assert kind == column.kind.value or (column.kind is Kind.TEXT and kind in {"string", "str"}), column.name
        assert bool(len(frame)) is (bool(dossiers) and name != "actions") or name in {"actions", "iza"}


def test_an_indicator_has_what_its_result_has() -> None:
    frame = frames.indicators(two(), language="en")
    assert len(frame) == 2 * len(built_in().indicators)
    result = mixed().assessment.indicator("N5.4")
    assert result is not None
    found = one(frame, network="ONV", indicator="N5.4")
    assert (found["verdict"], found["number"], found["target"]) == ("met", 2, float(result.target or 0))
    assert (found["class"], found["open"], found["masked"], found["edition"]) == ("core", True, False, "2026.1")
    assert found["assessment_year"] == 2026
    assert found["documents"] == "D6 p. 22"
    assert one(frame, network="ONV", indicator="N1.2")["answer"]
    assert one(frame, network="ONZ", indicator="N3.1")["reason"] == "no_answer"
    dutch = frames.indicators(two())
    assert set(dutch["verdict"]) == set(frame["verdict"])
    assert list(dutch["indicator_title"]) != list(frame["indicator_title"])


def test_a_share_is_exact_and_a_masked_one_is_missing() -> None:
    shown = one(frames.indicators((mixed(),)), indicator="N5.3")
    assert (shown["numerator"], shown["denominator"], shown["share"]) == (61, 900, 61 / 900)
    assert shown["interval_low"] < shown["share"] < shown["interval_high"]
    small = replace(answer("N5.3", numerator=3, denominator=900, year=2025, source="trialregister"))
    few = network("A", "A", answers=(small,))
    masked = one(frames.indicators(parts((few,))), indicator="N5.3")
    assert masked["masked"]
    assert [masked[name] for name in ("numerator", "denominator", "share", "interval_low", "number")] == [None] * 5
    assert one(frames.indicators((few,)), indicator="N5.3")["numerator"] == 3


def test_values_that_the_sample_lacks_have_a_column_too() -> None:
    dossier = mixed()
    standard = dossier.assessment.standards[0]
    first, second, third, *others = standard.indicators
    changed = (
        replace(first, value=date(2025, 5, 1), rows=()),
        replace(second, value=Share(numerator=0, denominator=0), verdict=Verdict.NOT_APPLICABLE),
        replace(third, id="X9.9", rows=(RowResult(key=("a", ""), state=RowState.COUNTED, number=7),)),
    )
    standards = (replace(standard, id="9", indicators=(*changed, *others)), *dossier.assessment.standards[1:])
    made = replace(dossier, assessment=replace(dossier.assessment, standards=standards))
    frame = frames.indicators((made,))
    assert one(frame, indicator=first.id)["answer_date"] == pd.Timestamp("2025-05-01")
    empty = one(frame, indicator=second.id)
    assert (empty["numerator"], empty["denominator"], empty["share"]) == (0, 0, None)
    unknown = one(frame, indicator="X9.9")
    assert (unknown["indicator_title"], unknown["dimension"]) == (None, None)
    counted = one(frames.rows((made,)), indicator="X9.9")
    assert (counted["row_key"], counted["number"], counted["numerator"]) == ("a", 7, None)
    assert one(frames.standards((made,)), standard="9")["standard_title"] is None


def test_volumes_stand_beside_each_norm_with_names() -> None:
    frame = frames.volumes(two())
    assert set(frame["indicator"]) <= {"N3.2", "N4.6"}
    bound = frame[frame["norm_binds"].fillna(False)]
    assert len(bound)
    assert (bound["norm_total"] >= bound["norm_minimum"]).eq(bound["norm_state"] == "met").all()
    assert bound["norm_standing"].eq("in_force").all()
    assert bound["location_name"].ne(bound["location"]).all()


def test_a_volume_without_a_norm_keeps_its_row_and_a_norm_that_is_gone_its_id() -> None:
    dossier = mixed()
    check = NormCheck(
        norm="gone", state=RowState.MET, is_bound=True, total=9, minimum=5, locations=("x",), years=(2024, 2025)
    )
    counted = (
        RowResult(key=("x", "y"), state=RowState.OUTSIDE, number=4, year=2025),
        RowResult(key=("z",), state=RowState.MET, checks=(check,)),
    )

    def with_rows(item: Any) -> Any:
        return replace(item, rows=counted) if item.id == "N3.2" else replace(item, rows=())

    standards = tuple(
        replace(item, indicators=tuple(with_rows(result) for result in item.indicators))
        for item in dossier.assessment.standards
    )
    frame = frames.volumes((replace(dossier, assessment=replace(dossier.assessment, standards=standards)),))
    first, second = (one(frame, location=name) for name in ("x", "z"))
    assert (first["number"], first["norm"], first["norm_binds"]) == (4, None, None)
    assert (second["treatment"], second["norm"], second["norm_standing"]) == (None, "gone", None)
    assert (second["norm_total"], second["norm_locations"], second["norm_years"]) == (9, "x", "2024; 2025")


def test_registers_become_rows() -> None:
    dossier = mixed()
    action = row(
        "Acties",
        id="A1",
        indicators=("N1.1", "N2.1"),
        action="Teken",
        owner="voorzitter",
        due=date(2026, 9, 1),
        state="open",
    )
    steps = rows("actions", action)
    beside = replace(answer("N1.5", True, "D3"), bottleneck=Located(value="Geen geld", place=at("Indicatoren")))
    evidence = replace(
        dossier.evidence,
        registers=(*(item for item in dossier.evidence.registers if item.register != "actions"), steps),
        answers=(beside,),
    )
    made = replace(dossier, evidence=evidence)
    found = one(frames.actions((made,)))
    assert (found["action"], found["indicators"], found["owner"]) == ("A1", "N1.1; N2.1", "voorzitter")
    assert found["due"] == pd.Timestamp("2026-09-01")
    assert one(frames.bottlenecks((made,)), beside_answer=True)["indicators"] == "N1.5"
    listed = frames.bottlenecks((made,))
    assert len(listed[~listed["beside_answer"]]) == len(dossier.evidence.register("bottlenecks").rows)
    titles = frames.documents((made,))
    assert one(titles, document="D1")["document_title"] == "Samenwerkingsovereenkomst 2023"
    assert one(titles, document="D1")["day_first"] == pd.Timestamp("2023-03-30")


def test_a_year_alone_is_two_days() -> None:
    dossier = mixed()
    first, *others = dossier.evidence.documents
    undated = replace(others[0], date=None)
    of_year = replace(first, date=Located(value=DateSpan.of_year(2024), place=at("Documenten")))
    evidence = replace(dossier.evidence, documents=(of_year, undated))
    frame = frames.documents((replace(dossier, evidence=evidence),))
    found = one(frame, document=first.id)
    assert (found["day_first"], found["day_last"]) == (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-12-31"))
    assert one(frame, document=undated.id)["day_first"] is None


def test_networks_tell_what_was_masked() -> None:
    found = one(frames.networks(two()), network="ONV")
    assert (found["network_name"], found["nature"], found["status"]) == (
        "Oncologienetwerk Voorbeeldland",
        "fictional",
        "example",
    )
    assert (found["masked_below"], found["dossier"]) == (built_in().settings.small_below, DIGEST)
    assert found["reference_date"] == pd.Timestamp("2025-12-31")
    whole = one(frames.networks((mixed(),)))
    assert (whole["masked_below"], whole["dossier"]) == (None, None)


def test_tables_stand_in_the_order_of_codes_and_years() -> None:
    assert list(frames.networks(reversed(seven()))["network"]) == sorted(
        item.evidence.network.code for item in seven()
    )


# --- reading --------------------------------------------------------------------------------------------------------


def test_files_are_read_masked_unless_a_network_asks_for_its_own(tmp_path: Path) -> None:
    few = network("A", "A", answers=(answer("N5.3", numerator=3, denominator=900, year=2025),))
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "dossier.json"
    file.write_bytes(dossier_json(few))
    (masked,) = frames.read(tmp_path / "a")
    (also,) = frames.read([str(file)])
    assert masked == also
    assert masked.circle is Circle.NETWORK
    assert frames.read(file, masked=False) == (few,)


def test_what_is_wrong_with_a_file_is_told_in_the_language_that_was_asked(tmp_path: Path) -> None:
    with pytest.raises(frames.DossierError, match="is er niet"):
        frames.read(tmp_path / "weg.json")
    with pytest.raises(frames.DossierError, match=r"is not there|does not exist"):
        frames.read(tmp_path / "weg.json", language="en")


@pytest.mark.parametrize("table", ["standards", "indicators", "rows", "volumes", "echelons", "iza"])
def test_a_language_that_is_none_of_ours_is_refused(table: str) -> None:
    with pytest.raises(ValueError, match="nl or en"):
        FRAMES[table](two(), language="de")
    with pytest.raises(ValueError, match="nl or en"):
        frames.data_dictionary("NL")
    with pytest.raises(ValueError, match="nl or en"):
        frames.read([], language="fr")


def test_a_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    with pytest.raises(frames.DossierError, match="NT18") as missing:
        frames.read(tmp_path / "niets.json")
    assert missing.value.diagnostics
    board = tmp_path / "bestuur.json"
    board.write_bytes(dossier_json(part_for(mixed(), Circle.BOARD, DIGEST)))
    with pytest.raises(frames.DossierError, match="NT821"):
        frames.read(board)
    assert frames.read(board, masked=False)[0].circle is Circle.BOARD


# --- the dictionary -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_column_of_every_table_is_explained(language: str) -> None:
    found = frames.data_dictionary(language)
    told = set(zip(found["table"], found["column"], strict=True))
    assert told == {(shape.name, column.name) for shape in SHAPES for column in shape.columns}
    for name in ("unit", "source", "meaning", "type"):
        assert found[name].notna().all()


def test_no_meaning_is_left_over() -> None:
    used = {column.name for shape in SHAPES for column in shape.columns}
    assert set(NL.find("frames.column")) == used


def test_a_column_means_the_same_in_every_table() -> None:
    seen: dict[str, tuple[Kind, str]] = {}
    for shape in SHAPES:
        for column in shape.columns:
            assert seen.setdefault(column.name, (column.kind, column.unit)) == (column.kind, column.unit)


def test_codes_are_those_of_the_dictionary() -> None:
    for table in tables_of(two(), NL):
        for place, column in enumerate(table.shape.columns):
            if column.values and column.kind is Kind.TEXT:
                assert {row[place] for row in table.rows} - {None} <= set(column.values), column.name


def test_a_record_that_misses_a_column_is_refused() -> None:
    with pytest.raises(KeyError):
        table_of(NETWORKS, [{"network": "A"}])


# --- csv ------------------------------------------------------------------------------------------------------------


def read_back(data: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


@pytest.mark.parametrize(("language", "separator", "point"), [("nl", ";", ","), ("en", ",", ".")])
def test_csv_is_what_excel_opens_in_this_language(language: str, separator: str, point: str) -> None:
    for table in (*tables_of(two(), Words(language)), dictionary_table(Words(language))):
        data = csv_bytes(table, language)
        assert data.startswith(b"\xef\xbb\xbf")
        head, *lines = read_back(data, separator)
        assert head == [column.name for column in table.shape.columns]
        assert len(lines) == len(table.rows)
    frame = pd.read_csv(
        BytesIO(csv_bytes(tables_of(two(), NL)[2], language)), sep=separator, decimal=point, encoding="utf-8-sig"
    )
    expected = frames.indicators(two())
    assert list(frame["share"].dropna()) == list(expected["share"].dropna())
    assert list(frame["number"].dropna()) == list(expected["number"].dropna())
    assert frame["open"].dtype == bool


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", " =", "\n=", "\u00a0+"])
def test_a_text_that_looks_like_a_formula_is_disarmed(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"


def test_other_texts_and_numbers_stay_as_they_are() -> None:
    assert guarded("1-1") == "1-1"
    assert guarded("a\x00b") == "ab"
    shape = replace(DICTIONARY, columns=tuple(replace(DICTIONARY.columns[0], name=name) for name in "abcdef"))
    values = (-5, -0.25, True, None, date(2025, 1, 2), "\ud83d")
    lines = read_back(csv_bytes(Table(shape=shape, rows=(values,)), "nl"), ";")
    assert lines[1] == ["-5", "-0,25", "true", "", "2025-01-02", "\\ud83d"]


def hostile() -> tuple[Dossier, ...]:
    formula = Located(value='=HYPERLINK("http://x","y")', place=at("Indicatoren"))
    said = replace(answer("N1.5", True, "D3"), bottleneck=formula)
    bottleneck = rows("bottlenecks", row("Knelpunten", description=HOSTILE * 900, owner="@SUM(A1)", request="-2+3"))
    dossier = network("=1+1", HOSTILE, answers=(said,))
    kept = (item for item in dossier.evidence.registers if item.register != "bottlenecks")
    evidence = replace(dossier.evidence, registers=(*kept, bottleneck))
    return (replace(dossier, evidence=evidence),)


def test_hostile_texts_are_texts_in_csv() -> None:
    for table in tables_of(hostile(), NL):
        for line in read_back(csv_bytes(table, "nl"), ";")[1:]:
            for cell, column in zip(line, table.shape.columns, strict=True):
                assert column.kind is not Kind.TEXT or not cell.startswith(("=", "+", "-", "@")), column.name


# --- xlsx -----------------------------------------------------------------------------------------------------------


def workbook(dossiers: tuple[Dossier, ...]) -> bytes:
    return xlsx_bytes((*tables_of(dossiers, NL), dictionary_table(NL)), "Tabellen", date(2025, 12, 31))


def test_every_table_is_a_sheet_and_a_real_table() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(two())))
    assert book.sheetnames == [*(shape.name for shape in SHAPES), "dictionary"]
    for table in (*tables_of(two(), NL), dictionary_table(NL)):
        sheet = book[table.shape.name]
        (made,) = sheet.tables.values()
        assert made.displayName == f"T_{table.shape.name}"
        head, *lines = sheet.iter_rows(values_only=True)
        assert list(head) == [column.name for column in table.shape.columns]
        assert len(lines) == len(table.rows)
        assert made.ref.endswith(str(max(len(table.rows), 1) + 1))
    assert book.properties.created is not None
    assert book.properties.created.date() == date(2025, 12, 31)


def test_cells_have_the_values_of_the_frame() -> None:
    sheet = openpyxl.load_workbook(BytesIO(workbook(two())))["indicators"]
    head, *lines = sheet.iter_rows(values_only=True)
    frame = frames.indicators(two())
    for name in ("share", "number", "open", "verdict", "target", "assessment_year"):
        place = head.index(name)
        expected = [None if pd.isna(item) else item for item in frame[name]]
        found: list[Any] = [line[place] for line in lines]
        if name == "share":  # a workbook keeps sixteen digits
            found, expected = (
                [None if item is None else round(item, 14) for item in items] for items in (found, expected)
            )
        assert found == expected, name
    day: Any = openpyxl.load_workbook(BytesIO(workbook(two())))["networks"].cell(2, 7)
    assert day.is_date
    assert day.value.date() == date(2025, 12, 31)


def test_hostile_texts_are_texts_in_xlsx() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(hostile())))
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                assert len(str(cell.value or "")) <= 32_767
    assert book["networks"]["A2"].value == "=1+1"
    assert str(book["bottlenecks"]["D2"].value).startswith(HOSTILE[:20])


def test_the_same_dossiers_give_the_same_bytes() -> None:
    assert workbook(two()) == workbook(tuple(reversed(two())))
    table = tables_of(two(), NL)[2]
    assert csv_bytes(table, "nl") == csv_bytes(tables_of(two(), NL)[2], "nl")


# --- the documentation ----------------------------------------------------------------------------------------------


def test_the_example_notebook_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, dossier in enumerate(seven()[:2]):
        folder = tmp_path / f"n{place}"
        folder.mkdir()
        (folder / "dossier.json").write_bytes(dossier_json(dossier))
    monkeypatch.setenv("NORMTOOL_DOSSIERS", str(tmp_path))
    seen = runpy.run_path(str(ROOT / "docs" / "example_notebook.py"))
    assert len(seen["dossiers"]) == 2
    out = capsys.readouterr().out
    assert "N1.2" in out
    assert "no_answer" in out


def test_the_documentation_names_every_function_and_no_other() -> None:
    text = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)\(", text, re.MULTILINE))
    assert told == {*FRAMES, "data_dictionary"}
    assert set(frames.__all__) == {*FRAMES, "data_dictionary", "read", "DossierError"}
    assert json.dumps(sorted(FRAMES)) == json.dumps(sorted(shape.name for shape in SHAPES))
