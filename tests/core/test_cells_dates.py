"""Years and dates as people type them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from normtool.core.cells_dates import read_date, read_dates, read_year
from normtool.core.grids import GridValue
from normtool.core.parsing import Parsed
from tests.core.tables import told


def outcome(parsed: Parsed) -> tuple[object, list[str]]:
    """What was read, and the remarks as `CODE fact=…`."""
    lines = [
        " ".join([remark.rule.code, *(f"{name}={fact}" for name, fact in remark.facts.items())])
        for remark in parsed.remarks
    ]
    return told(parsed.value), lines


@pytest.mark.parametrize("typed", [2025, 2025.0, 1950, 2100])
def test_a_year(typed: GridValue) -> None:
    assert outcome(read_year(typed)) == (typed, [])


@pytest.mark.parametrize(("typed", "year"), [("2025", 2025), (" 2025\u00a0", 2025), ("1950", 1950), ("2100", 2100)])
def test_a_year_as_text_is_noted(typed: str, year: int) -> None:
    assert outcome(read_year(typed)) == (year, [f"NT901 found={year} read={year}"])


@pytest.mark.parametrize(
    "typed",
    [1949, 2101, "1949", "2101", 2025.5, True, date(1949, 1, 1), "vorig jaar", "2150-2199", 202, time(9, 30)],
)
def test_what_is_no_year_is_asked_back(typed: GridValue) -> None:
    value, (remark,) = outcome(read_year(typed))
    assert value == f"? {typed}"
    assert remark.startswith("NT321 found=")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (date(2024, 2, 29), date(2024, 2, 29)),
        (datetime.fromisoformat("2025-12-31 00:00"), date(2025, 12, 31)),
        (date(1950, 1, 1), date(1950, 1, 1)),
        (date(2100, 12, 31), date(2100, 12, 31)),
    ],
)
def test_a_date_of_the_spreadsheet(typed: GridValue, day: date) -> None:
    assert outcome(read_date(typed)) == (day, [])


def test_a_time_of_day_does_not_count_and_is_noted() -> None:
    assert outcome(read_date(datetime.fromisoformat("2025-12-31 23:59"))) == (
        date(2025, 12, 31),
        ["NT902 found=31-12-2025 23:59 read=2025-12-31"],
    )
    assert outcome(read_date("2025-03-01 09:30")) == (
        date(2025, 3, 1),
        ["NT902 found=2025-03-01 09:30 read=2025-03-01"],
    )
    assert outcome(read_date("1-3-2025 9:30 uur"))[0] == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("typed", "proposal"),
    [
        (25, "2025"),
        ("25", "2025"),
        ("'25", "2025"),
        ("2023-2025", "2025"),
        ("2025/26", "2026"),
        ("over 2025", "2025"),
        ("2025 (voorlopig)", "2025"),
        ("eind 2025", "2025"),
        (45717, "2025"),
        (date(2025, 1, 1), "2025"),
        (datetime.fromisoformat("2025-12-31 00:00"), "2025"),
    ],
)
def test_a_year_among_more_is_asked_back_with_a_proposal(typed: GridValue, proposal: str) -> None:
    value, (remark,) = outcome(read_year(typed))
    assert value == f"? {typed}"
    assert remark.startswith("NT338 found=")
    assert remark.endswith(f" proposal={proposal}")


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("Q1 2025", "2025-01-01 … 2025-03-31"),
        ("q4-2025", "2025-10-01 … 2025-12-31"),
        ("2025 Q2", "2025-04-01 … 2025-06-30"),
        ("3e kwartaal 2025", "2025-07-01 … 2025-09-30"),
        ("Kwartaal 3 2025", "2025-07-01 … 2025-09-30"),
        ("3-2025", "2025-03-01 … 2025-03-31"),
        ("03/2025", "2025-03-01 … 2025-03-31"),
        ("2025-12", "2025-12-01 … 2025-12-31"),
    ],
)
def test_a_quarter_and_a_month_in_figures_may_be_any_day_of_it(typed: str, span: str) -> None:
    value, (remark,) = outcome(read_date(typed))
    assert value == span
    assert remark.startswith("NT902 ")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31-12-2025", date(2025, 12, 31)),
        ("1/3/2025", date(2025, 3, 1)),
        ("01.03.2025", date(2025, 3, 1)),
        ("14–03–2025", date(2025, 3, 14)),
        ("14 — 3 — 2025", date(2025, 3, 14)),
        ("1 3 2025", date(2025, 3, 1)),
        ("3-1-2025", date(2025, 1, 3)),
        ("29-2-2024", date(2024, 2, 29)),
        ("1-1-1950", date(1950, 1, 1)),
        ("31-12-2100", date(2100, 12, 31)),
        ("2025-03-01", date(2025, 3, 1)),
        ("2025/3/1", date(2025, 3, 1)),
        ("2025-03-01 00:00:00", date(2025, 3, 1)),
        ("2025-03-01T00:00", date(2025, 3, 1)),
        ("1 maart 2025", date(2025, 3, 1)),
        ("1 mrt. 2025", date(2025, 3, 1)),
        ("30 Sept 2025", date(2025, 9, 30)),
        ("12-Oct-2025", date(2025, 10, 12)),
        ("1 mei\u00a02025", date(2025, 5, 1)),
    ],
)
def test_a_date_as_text_in_dutch_order_is_read_and_noted(typed: str, day: date) -> None:
    found = " ".join(typed.split())
    assert outcome(read_date(typed)) == (day, [f"NT902 found={found} read={day.isoformat()}"])


@pytest.mark.parametrize(
    ("typed", "span", "remarks"),
    [
        (2025, "2025-01-01 … 2025-12-31", []),
        (2025.0, "2025-01-01 … 2025-12-31", []),
        (1950, "1950-01-01 … 1950-12-31", []),
        (2100, "2100-01-01 … 2100-12-31", []),
        ("2025", "2025-01-01 … 2025-12-31", ["NT902 found=2025 read=2025"]),
        ("1950", "1950-01-01 … 1950-12-31", ["NT902 found=1950 read=1950"]),
        ("2100", "2100-01-01 … 2100-12-31", ["NT902 found=2100 read=2100"]),
    ],
)
def test_a_year_alone_may_be_any_day_of_it(typed: GridValue, span: str, remarks: list[str]) -> None:
    assert outcome(read_date(typed)) == (span, remarks)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("maart 2025", "2025-03-01 … 2025-03-31"),
        ("feb. 2024", "2024-02-01 … 2024-02-29"),
        ("februari-2025", "2025-02-01 … 2025-02-28"),
        ("december 2025", "2025-12-01 … 2025-12-31"),
        ("januari 1950", "1950-01-01 … 1950-01-31"),
        ("december 2100", "2100-12-01 … 2100-12-31"),
    ],
)
def test_a_month_alone_may_be_any_day_of_it(typed: str, span: str) -> None:
    in_full = typed.startswith(("maart ", "december ", "januari "))
    assert outcome(read_date(typed)) == (span, [] if in_full else [f"NT902 found={typed} read={typed}"])


@pytest.mark.parametrize("typed", ["nee", "Geen", "n.v.t.", "nog niet"])
def test_none_is_an_answer_where_a_date_is_asked(typed: str) -> None:
    assert outcome(read_date(typed)) == (False, [])


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("31-12-25", "NT323 found=31-12-25 proposal=31-12-2025"),
        ("29-2-24", "NT323 found=29-2-24 proposal=29-2-2024"),
        ("1-1-00", "NT323 found=1-1-00 proposal=1-1-2000"),
        ("1/3/05", "NT323 found=1/3/05 proposal=1-3-2005"),
        (45717, "NT323 found=45717 proposal=1-3-2025"),
        (45717.6, "NT323 found=45717,6 proposal=1-3-2025"),
        (18_264, "NT323 found=18264 proposal=1-1-1950"),
        (73_415, "NT323 found=73415 proposal=31-12-2100"),
        ("45717", "NT323 found=45717 proposal=1-3-2025"),
        (20250301, "NT323 found=20250301 proposal=1-3-2025"),
        ("20250301", "NT323 found=20250301 proposal=1-3-2025"),
        ("12/31/2025", "NT323 found=12/31/2025 proposal=31-12-2025"),
        ("12/31/25", "NT323 found=12/31/25 proposal=31-12-2025"),
        ("12-mrt-25", "NT323 found=12-mrt-25 proposal=12 mrt 2025"),
        ("maart '25", "NT323 found=maart '25 proposal=maart 2025"),
        ("begin 2025", "NT323 found=begin 2025 proposal=2025"),
        ("vanaf 1-3-2025", "NT323 found=vanaf 1-3-2025 proposal=1-3-2025"),
        ("maandag 3 maart 2025", "NT323 found=maandag 3 maart 2025 proposal=3 maart 2025"),
        ("1 lentemaand 2025", "NT323 found=1 lentemaand 2025 proposal=2025"),
    ],
)
def test_a_date_that_is_not_certain_is_asked_back_with_a_proposal(typed: GridValue, remark: str) -> None:
    assert outcome(read_date(typed)) == (f"? {typed}", [remark])


@pytest.mark.parametrize(
    "typed",
    [
        "30-2-2025",
        "29-2-2025",
        "31-4-2025",
        "13-13-2025",
        "2025-13-01",
        "1-1-1949",
        "1-1-2101",
        "1949",
        "2101",
        "29-2-25",
        "maart 1949",
        "maart 2101",
        "31 februari 2025",
        "binnenkort",
        "2023-2025",
        "sinds 1949",
        "Q3 1949",
        "13-2025",
        "20251301",
        "31-mrt-1949",
        "op 31-12-9999",
        "zie 00-00-0000",
        date(1949, 12, 31),
        date(2101, 1, 1),
        1949,
        18_000,
        74_000,
        2025.5,
        -1,
        True,
        time(9, 30),
        timedelta(days=3),
    ],
)
def test_what_is_no_date_is_asked_back(typed: GridValue) -> None:
    value, (remark,) = outcome(read_date(typed))
    assert value == f"? {typed}"
    assert remark.startswith("NT305 found=")


def test_no_day_is_proposed_that_does_not_exist() -> None:
    _, (remark,) = outcome(read_date("31-2-25"))
    assert remark.startswith("NT305")


@pytest.mark.parametrize(
    ("typed", "days", "noted"),
    [
        (date(2025, 5, 1), [date(2025, 5, 1)], []),
        ("1-5-2025; 1-10-2025", [date(2025, 5, 1), date(2025, 10, 1)], []),
        ("1-5-2025", [date(2025, 5, 1)], ["1-5-2025"]),
        ("1-5-2025, 2 oktober 2025\n", [date(2025, 5, 1), date(2025, 10, 2)], ["2 oktober 2025"]),
        ("2024; 1-5-2025", ["2024-01-01 … 2024-12-31", date(2025, 5, 1)], ["2024"]),
        (2025, ["2025-01-01 … 2025-12-31"], []),
    ],
)
def test_several_dates_in_one_cell(typed: GridValue, days: list[object], noted: list[str]) -> None:
    """Several dates can only be typed as text: one in full is read as it stands, and there is nothing to note."""
    value, remarks = outcome(read_dates(typed))
    assert value == days
    assert [remark.partition(" read=")[0] for remark in remarks] == [f"NT902 found={found}" for found in noted]


@pytest.mark.parametrize("typed", ["1-5-2025 en 1-10-2025", "• 1-5-2025\n• 1-10-2025", "1-5-2025 & 1-10-2025"])
def test_several_dates_with_other_signs_between_them(typed: str) -> None:
    assert outcome(read_dates(typed))[0] == [date(2025, 5, 1), date(2025, 10, 1)]


def test_separators_without_dates_are_nothing() -> None:
    assert outcome(read_dates(";;")) == (None, ["NT903 found=;;"])


def test_no_dates_is_an_answer() -> None:
    assert outcome(read_dates("nee")) == (False, [])


@pytest.mark.parametrize(
    ("typed", "remarks"),
    [
        ("1-5-2025; binnenkort", ["NT305 found=binnenkort"]),
        ("1-5-25; 1-6-25", ["NT323 found=1-5-25 proposal=1-5-2025", "NT323 found=1-6-25 proposal=1-6-2025"]),
        ("nee; geen", ["NT305 found=nee; geen"]),
        (True, ["NT305 found=WAAR"]),
        (45717, ["NT323 found=45717 proposal=1-3-2025"]),
    ],
)
def test_one_date_that_cannot_be_read_makes_the_cell_unreadable(typed: GridValue, remarks: list[str]) -> None:
    assert outcome(read_dates(typed)) == (f"? {typed}", remarks)


def test_a_no_among_dates_is_asked_back() -> None:
    value, remarks = outcome(read_dates("1-5-2025; nee"))
    assert value == "? 1-5-2025; nee"
    assert "NT305 found=1-5-2025; nee" in remarks
