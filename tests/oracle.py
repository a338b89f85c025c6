"""A naive second opinion on every verdict, written from docs/method.md alone.

It works on the plain dictionaries of a worked case (see the end of that page), shares no code with `normtool`, and
finds bounds by trying every completion of what is undecided. Slow and obvious on purpose.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

Case = dict[str, Any]
Row = dict[str, Any]
Result = dict[str, Any]
Test = str | dict[str, Any]

ORDER = ["not_met", "partly_met", "met"]
SMALL_BELOW = 10
NO_WORDS = {"nee", "geen", "n.v.t."}
YES_NO = {"ja": True, "nee": False}
NAMING = {
    "Tumortypenetwerken": ("Groep",),
    "Zorgaanbod": ("Locatie", "Groep"),
    "Overlegvormen": ("Naam", "Soort"),
    "Volumes": ("Locatie", "Behandeling", "Jaar", "Stand"),
}
DOCUMENT_SHEETS = {"Afspraken", "Overlegvormen"}
DOCUMENT_COLUMNS = {("Tumortypenetwerken", "Regionaal MDO")}
SINCE_SHEETS = {"Tumortypenetwerken", "Overlegvormen"}
WHEN_COMPLETE = {"Tumortypenetwerken": ("Stand", "niet behandeld"), "Zorgaanbod": ("Behandelt", "nee")}


class SentBack(Exception):  # noqa: N818 - it is a word of the method, not a fault of the program
    """The evidence holds an error."""


def judge(case: Case) -> Result:
    """The result of the case's one indicator, or `{"error": True}`."""
    try:
        look_for_errors(case)
        return _judge(case) | (told_of_steps(case) if "tranche" in case else {})
    except SentBack:
        return {"error": True}


def _judge(case: Case) -> Result:
    indicator, answer = case["indicator"], answer_of(case)
    if answer.get("Antwoord") == "n.v.t.":
        return {"verdict": "not_applicable", "reason": "declared"}
    if indicator.get("class") == "informative":
        return {"verdict": "informative", "reason": None}
    if cycle_of(case) < indicator.get("opens", 2 if indicator.get("class") == "growth" else 1):
        return {"verdict": "informative", "reason": "not_yet_asked"}
    if "path" in indicator and step_of(case) is None:
        return {"verdict": "unknown", "reason": "no_norm"}
    computed = KINDS[indicator["kind"]](case)
    if computed["verdict"] in ("met", "not_applicable", "informative") or computed.get("reason") == "no_norm":
        return computed
    if explains(case):
        return {"verdict": "own_approach", "computed": computed["verdict"], "worst": computed["worst"], "best": "met"}
    if "geen bestaande bron" in (answer.get("Antwoord"), answer.get("Bron")):
        return unknown("no_source")
    return computed


# --- what every case has ---------------------------------------------------------------------------------------


def network_of(case: Case) -> dict[str, Any]:
    """The years and dates of the case, with their defaults."""
    usual = {"assessment_year": 2026, "reporting_year": 2025, "first_assessment_year": 2026}
    return {**usual, "reference_date": date(2025, 12, 31), **case.get("network", {})}


def reference_date(case: Case) -> date:
    """The day on which documents are judged."""
    day: date = network_of(case)["reference_date"]
    return day


def cycle_of(case: Case) -> int:
    """The network's own round, from 1."""
    network = network_of(case)
    first = network["first_assessment_year"]
    return 1 if first is None else network["assessment_year"] - first + 1


def answer_of(case: Case) -> Row:
    """The row of the sheet Indicatoren."""
    return case.get("answer") or {}


def rows_of(case: Case, sheet: str) -> list[Row]:
    """The typed rows of a sheet."""
    content = case.get("sheets", {}).get(sheet) or []
    return list(content["rows"] if isinstance(content, dict) else content)


def is_complete(case: Case, sheet: str) -> bool:
    """Whether the network declared that nothing is missing."""
    content = case.get("sheets", {}).get(sheet)
    return isinstance(content, dict) and content.get("complete") == "ja"


def step_of(case: Case) -> tuple[Fraction, Fraction | None] | None:
    """Target and partly band of this year; None when no step has begun."""
    path, band = steps(case["indicator"]["path"]), steps(case["indicator"].get("partly_from", {}))
    now = network_of(case)["assessment_year"] if any(key >= 1000 for key in path) else cycle_of(case)
    begun = [key for key in path if key <= now]
    return (path[max(begun)], band.get(max(begun))) if begun else None


def steps(path: Any) -> dict[int, Fraction]:
    """A path as a mapping; one number alone is the step of cycle 1."""
    pairs = path if isinstance(path, dict) else {1: path}
    return {key: Fraction(str(value)) for key, value in pairs.items()}


def unknown(reason: str, worst: str = "not_met", best: str = "met", **more: Any) -> Result:
    """An undecided result."""
    return {"verdict": "unknown", "reason": reason, "worst": worst, "best": best, **more}


def decided(verdict: str, **more: Any) -> Result:
    """A decided result, which is its own worst and best."""
    return {"verdict": verdict, "reason": None, "worst": verdict, "best": verdict, **more}


def worst_of(verdicts: Iterable[str]) -> str:
    """The lowest of these verdicts."""
    return min(verdicts, key=ORDER.index)


def best_of(verdicts: Iterable[str]) -> str:
    """The highest of these verdicts."""
    return max(verdicts, key=ORDER.index)


def against(value: Fraction | int, case: Case) -> str:
    """A number or share against this year's step."""
    step = step_of(case)
    assert step is not None
    target, band = step
    if value >= target:
        return "met"
    return "partly_met" if band is not None and value >= band else "not_met"


# --- errors ----------------------------------------------------------------------------------------------------


def look_for_errors(case: Case) -> None:
    """Raise SentBack for whatever the method calls an error."""
    answer = answer_of(case)
    known = [row["Id"] for row in rows_of(case, "Documenten")]
    everything = [answer] + [row for sheet in case.get("sheets", {}) for row in rows_of(case, sheet)]
    if any(name not in known for row in everything for name in documents_named(row)):
        raise SentBack
    for sheet, naming in NAMING.items():
        keys = [tuple(row.get(column) for column in naming) for row in rows_of(case, sheet)]
        if len(keys) != len(set(keys)):
            raise SentBack
    look_at_numbers(case)
    if answer.get("Antwoord") == "n.v.t.":
        look_at_not_applicable(case)
    elif "Reden n.v.t." in answer:
        raise SentBack


def look_at_numbers(case: Case) -> None:
    """A percentage where a number is asked, or a numerator above its denominator."""
    answer, indicator = answer_of(case), case["indicator"]
    pairs: list[tuple[Any, Any]] = [(answer.get("Teller"), answer.get("Noemer"))]
    if indicator["kind"] == "pooled":
        names = indicator["numerator"], indicator["denominator"]
        pairs += [(row.get(names[0]), row.get(names[1])) for row in rows_of(case, indicator["register"])]
    for part, whole in pairs:
        if isinstance(part, str) or isinstance(whole, str):
            raise SentBack
        if part is not None and whole is not None and part > whole:
            raise SentBack


def look_at_not_applicable(case: Case) -> None:
    """N.v.t. must be allowed, have a reason, and stand alone."""
    answer, indicator = answer_of(case), case["indicator"]
    if not indicator.get("may_be_not_applicable") or "Reden n.v.t." not in answer:
        raise SentBack
    if any(name in answer for name in ("Teller", "Noemer", "Eigen aanpak")):
        raise SentBack
    if "register" in indicator:
        for row in rows_of(case, indicator["register"]):
            if not only_named(indicator["register"], row) and in_filter(case, row) is True:
                raise SentBack


def documents_named(row: Row) -> list[str]:
    """Ids in a cell Documenten, without their pages."""
    typed = str(row.get("Documenten", "")).replace(",", ";")
    return [part.split()[0] for part in typed.split(";") if part.strip()]


# --- dates -----------------------------------------------------------------------------------------------------


def days(value: date | int) -> tuple[date, date]:
    """The two days that decide: the day itself, or the first and last of a year alone."""
    if isinstance(value, int):
        return date(value, 1, 1), date(value, 12, 31)
    return value, value


def agree(answers: Iterable[bool | None]) -> bool | None:
    """The one answer that all give; None when they differ or one is undecided."""
    different = set(answers)
    return different.pop() if len(different) == 1 else None


def not_after(value: date | int, day: date) -> bool | None:
    """Whether a date lies on or before a day."""
    return agree(end <= day for end in days(value))


def not_before(value: date | int, day: date) -> bool | None:
    """Whether a date lies on or after a day."""
    return agree(end >= day for end in days(value))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def recent(day: date, months: int, on: date) -> bool | None:
    """Whether a day is at most so many months ago; undecided when it is still to come."""
    return None if day > on else months_later(day, months) >= on


def both(answers: Iterable[bool | None]) -> bool | None:
    """No when one is no, yes when all are, else undecided."""
    given = list(answers)
    if False in given:
        return False
    return None if None in given else True


def either(answers: Iterable[bool | None]) -> bool | None:
    """Yes when one is yes, no when all are, else undecided."""
    given = list(answers)
    if True in given:
        return True
    return None if None in given else False


# --- answers with a document -----------------------------------------------------------------------------------


def usable(case: Case, document: Row) -> bool | None:
    """Whether a document counts: not expired, not from the future."""
    parts: list[bool | None] = []
    if "Datum" in document:
        parts.append(not_after(document["Datum"], reference_date(case)))
    if "Geldig tot" in document:
        parts.append(not_before(document["Geldig tot"], reference_date(case)))
    return both(parts)


def documents_of(case: Case, row: Row) -> list[Row]:
    """The registered documents that a row names."""
    return [entry for entry in rows_of(case, "Documenten") if entry["Id"] in documents_named(row)]


def proven(case: Case, row: Row) -> bool:
    """Whether a document that counts is named."""
    return any(usable(case, document) is True for document in documents_of(case, row))


def yes_no(case: Case) -> Result:
    """Yes with a document."""
    said = answer_of(case).get("Antwoord")
    if said == "nee":
        return decided("not_met")
    if said != "ja":
        return unknown("no_answer")
    return decided("met") if proven(case, answer_of(case)) else unknown("unsubstantiated")


def document_age(case: Case) -> Result:
    """Yes with a document that is recent, or was in time."""
    deadline = case["indicator"].get("deadline")
    result = undated_document_age(case)
    if deadline is not None and reference_date(case) < deadline and result["verdict"] != "met":
        return {"verdict": "informative", "reason": "due"}
    return result


def undated_document_age(case: Case) -> Result:
    """The same, not looking at whether it is due."""
    said = answer_of(case).get("Antwoord")
    if said == "nee":
        return decided("not_met")
    if said != "ja":
        return unknown("no_answer")
    candidates = [entry for entry in documents_of(case, answer_of(case)) if usable(case, entry) is not False]
    possible = [days_of(entry) + ([None] if usable(case, entry) is None else []) for entry in candidates]
    outcomes = {verdict_of_days(case, [day for day in chosen if day]) for chosen in itertools.product(*possible)}
    if len(outcomes) == 1 and candidates and all("Datum" in entry for entry in candidates):
        return decided(outcomes.pop())
    if any(usable(case, entry) is True and "Datum" in entry for entry in candidates):
        if outcomes == {"met"}:
            return decided("met")
        return unknown("unsubstantiated", worst_of(outcomes), best_of(outcomes))
    return unknown("unsubstantiated")


def days_of(document: Row) -> list[date | None]:
    """The days a document may be from: of an undated one any day, so a very old and a very recent one."""
    if "Datum" in document:
        return list(days(document["Datum"]))
    return [date(1900, 1, 1), date(9999, 1, 1)]


def verdict_of_days(case: Case, found: list[date]) -> str:
    """The verdict if the documents had these days."""
    indicator = case["indicator"]
    if not found:
        return "not_met"
    if "deadline" in indicator:
        return "met" if min(found) <= indicator["deadline"] else "partly_met"
    newest = max(found)
    later = newest.year >= 9000 or months_later(newest, indicator["months"]) >= reference_date(case)
    return "met" if later else "not_met"


def maturity(case: Case) -> Result:
    """A level, with a document from 1 up."""
    level = answer_of(case).get("Antwoord")
    if not isinstance(level, int):
        return unknown("no_answer")
    if level > 0 and not proven(case, answer_of(case)):
        return unknown("unsubstantiated", against(0, case), against(level, case))
    return decided(against(level, case))


def count(case: Case) -> Result:
    """A number against the target."""
    number = answer_of(case).get("Antwoord")
    return decided(against(number, case)) if isinstance(number, int) else unknown("no_answer")


def proportion(case: Case) -> Result:
    """A numerator over a denominator."""
    answer = answer_of(case)
    if "Teller" not in answer or "Noemer" not in answer:
        return unknown("no_answer")
    return of_share(case, answer["Teller"], answer["Noemer"])


def of_share(case: Case, numerator: int, denominator: int) -> Result:
    """A share: nothing to share, too few patients, or against the target."""
    if denominator == 0:
        return {"verdict": "not_applicable", "reason": "zero_denominator"}
    share = f"{numerator}/{denominator}"
    if case["indicator"].get("counts_patients") and denominator < SMALL_BELOW:
        return unknown("small_numbers", share=share)
    return decided(against(Fraction(numerator, denominator), case), share=share)


def explains(case: Case) -> bool:
    """Whether there is a complete own approach that still holds."""
    own = answer_of(case).get("Eigen aanpak") or {}
    if any(part not in own for part in ("doel", "wat", "werkt het", "tot")):
        return False
    return days(own["tot"])[1] >= reference_date(case)


# --- tests on a row --------------------------------------------------------------------------------------------


def in_filter(case: Case, row: Row) -> bool | None:
    """Whether a row is one the indicator is about."""
    indicator = case["indicator"]
    return both(holds(case, indicator["register"], row, test) for test in indicator.get("where", []))


def answered_test(case: Case, sheet: str, row: Row, test: Test) -> bool | None:
    """A test with all that holds for tests: Sinds, a complete register, the document."""
    if sheet in SINCE_SHEETS and "Sinds" in row and days(row["Sinds"])[0].year > network_of(case)["reporting_year"]:
        return False
    column = column_of(test)
    if column is not None and column not in row and is_complete(case, sheet):
        return False
    outcome = holds(case, sheet, row, test)
    asks = sheet in DOCUMENT_SHEETS or (sheet, column) in DOCUMENT_COLUMNS
    return None if outcome is True and asks and not proven(case, row) else outcome


def column_of(test: Test) -> str | None:
    """The one column a test reads."""
    if test == "valid":
        return "Datum"
    assert isinstance(test, dict)
    for name in ("is", "is_not", "one_of", "at_least", "not_older_than_months"):
        if name in test:
            return str(next(iter(test[name])))
    return test.get("filled") or test.get("in_reporting_year")


def holds(case: Case, sheet: str, row: Row, test: Test) -> bool | None:
    """A test on the cells alone: yes, no or undecided."""
    if test == "valid":
        return valid(case, row)
    assert isinstance(test, dict)
    if "linked" in test:
        return linked(case, sheet, row, test)
    if "empty" in test:
        return test["empty"] not in row
    if "in_period" in test:
        return in_period(case, row, test["in_period"])
    column = column_of(test)
    if column not in row:
        elsewhere = test.get("no_when", {})
        if any(row.get(header) == said for header, said in elsewhere.items()):
            return False
        other = test.get("no_without")
        return False if other is not None and not group_fills(case, row, other) else None
    return on_cell(case, row[column], test)


def on_cell(case: Case, cell: Any, test: dict[str, Any]) -> bool | None:
    """A test on a cell that is filled."""
    on = reference_date(case)
    if "filled" in test:
        if isinstance(cell, date):
            return True if cell <= on else None
        if isinstance(cell, int) and cell > 1000:
            return True if days(cell)[1] <= on else None
        return str(cell).lower() not in NO_WORDS
    if "in_reporting_year" in test:
        return either(in_year(case, value) for value in (cell if isinstance(cell, list) else [cell]))
    value = next(iter(next(iter(test.values())).values()))
    if "not_older_than_months" in test:
        return agree(recent(day, value, on) for day in days(cell))
    if "at_least" in test:
        return bool(cell >= value)
    if "is_not" in test:
        return bool(cell != value)
    return cell in value if "one_of" in test else bool(cell == value)


def in_year(case: Case, value: date | int) -> bool | None:
    """Whether a date lies in the reporting year; undecided when it is still to come."""
    year, on = network_of(case)["reporting_year"], reference_date(case)
    return agree(None if day > on else day.year == year for day in days(value))


def in_period(case: Case, row: Row, columns: list[str]) -> bool | None:
    """Whether the reference date lies between two dates."""
    start, end = (row.get(column) for column in columns)
    return both(
        [
            True if start is None else not_after(start, reference_date(case)),
            True if end is None else not_before(end, reference_date(case)),
        ]
    )


def valid(case: Case, row: Row) -> bool | None:
    """Whether an agreement holds on the reference date."""
    if "Datum" not in row or not_after(row["Datum"], reference_date(case)) is False:
        return None
    end = row.get("Geldig tot")
    ends = True if end is None else not_before(end, reference_date(case))
    return both([not_after(row["Datum"], reference_date(case)), ends])


def linked(case: Case, sheet: str, row: Row, test: dict[str, Any]) -> bool | None:
    """Whether an agreement covers the row."""
    covering = [covers(case, sheet, row, agreement, test) for agreement in rows_of(case, "Afspraken")]
    outcome = either(covering)
    if outcome is False and not is_complete(case, "Afspraken"):
        return None
    return outcome


def covers(case: Case, sheet: str, row: Row, agreement: Row, test: dict[str, Any]) -> bool | None:
    """Whether this agreement covers the row."""
    parts: list[bool | None] = [agreement["Soort"] in test["linked"] if "Soort" in agreement else None]
    member = row.get("Id") if sheet == "Deelnemers" else row.get("Locatie")
    if member is not None:
        parties = listed(agreement.get("Partijen"))
        parts.append(bool({member, parent_of(case, member)} & set(parties)) if parties else None)
    groups = listed(agreement.get("Groepen"))
    if groups and "Groep" in row:
        parts.append(bool({row["Groep"], group_of(case, row["Groep"])} & set(groups)))
    parts += [answered_test(case, "Afspraken", agreement, inner) for inner in ["valid", *test.get("tests", [])]]
    return both(parts)


def listed(cell: Any) -> list[str]:
    """The names in a cell that may hold several."""
    return [part.strip() for part in str(cell or "").replace(",", ";").split(";") if part.strip()]


def parent_of(case: Case, member: str) -> str | None:
    """What a member is part of."""
    for row in rows_of(case, "Deelnemers"):
        if row["Id"] == member:
            return row.get("Onderdeel van")
    return None


def groups_of(case: Case) -> dict[str, list[str]]:
    """Every tumour group with its sub-types."""
    return {**case.get("tumour_groups", {}), **{name: [] for name in case.get("open_groups", [])}}


def group_of(case: Case, name: str) -> str:
    """The tumour group of a group or sub-type."""
    for group, sub_types in groups_of(case).items():
        if name in sub_types:
            return group
    return name


def group_fills(case: Case, row: Row, column: str) -> bool:
    """Whether the row's tumour group fills this column of Tumortypenetwerken."""
    group = group_of(case, row["Groep"])
    return any(
        column in other and group_of(case, other["Groep"]) == group for other in rows_of(case, "Tumortypenetwerken")
    )


# --- which rows there are --------------------------------------------------------------------------------------


def only_named(sheet: str, row: Row) -> bool:
    """Whether only the cells that name the row are filled."""
    return sheet in NAMING and all(column in NAMING[sheet] for column in row)


def all_rows(case: Case, sheet: str) -> Iterator[tuple[Row, bool]]:
    """The rows as they are read, missing ones too, and whether somebody filled them in."""
    typed = [row for row in rows_of(case, sheet) if not only_named(sheet, row)]
    if sheet == "Overlegvormen":
        typed = rows_of(case, sheet)
    for row in typed:
        yield row, not only_named(sheet, row)
    for row in expected(case, sheet):
        if not any(same_name(sheet, row, other) for other in typed):
            if is_complete(case, sheet) and sheet in WHEN_COMPLETE:
                column, value = WHEN_COMPLETE[sheet]
                yield {**row, column: value}, False
            else:
                yield row, False


def same_name(sheet: str, one: Row, other: Row) -> bool:
    """Whether two rows are about the same thing."""
    return all(one.get(column) == other.get(column) for column in NAMING[sheet] if column in one)


def expected(case: Case, sheet: str) -> list[Row]:
    """The rows a register should have."""
    typed = [row for row in rows_of(case, sheet) if not only_named(sheet, row)]
    if sheet == "Tumortypenetwerken":
        return [{"Groep": name} for name in expected_groups(case, typed)]
    if sheet == "Zorgaanbod":
        found = []
        for location in locations(case):
            here = [row for row in typed if row["Locatie"] == location]
            found += [{"Locatie": location, "Groep": name} for name in expected_groups(case, here)]
        return [row for row in found if not not_treated(case, row["Groep"])]
    if sheet == "Overlegvormen":
        asked = [test["is"]["Soort"] for test in case["indicator"].get("where", []) if "Soort" in test.get("is", {})]
        return [{"Soort": kind} for kind in asked]
    return []


def expected_groups(case: Case, typed: list[Row]) -> list[str]:
    """Each expected group, or its sub-types once one of them has a row."""
    names: list[str] = []
    present = [row["Groep"] for row in typed]
    for group, sub_types in groups_of(case).items():
        if any(sub_type in present for sub_type in sub_types):
            names += sub_types
        elif group not in case.get("open_groups", []):
            names.append(group)
    return names


def locations(case: Case) -> list[str]:
    """Where hospital care is given on the reference date."""
    active = [row for row in rows_of(case, "Deelnemers") if in_period(case, row, ["Van", "Tot"]) is not False]
    hospitals = [row["Id"] for row in active if row.get("Soort") == "ziekenhuis"]
    sites = [row for row in active if row.get("Soort") == "locatie" and row.get("Onderdeel van") in hospitals]
    with_sites = [row["Onderdeel van"] for row in sites]
    return [row["Id"] for row in sites] + [hospital for hospital in hospitals if hospital not in with_sites]


def not_treated(case: Case, name: str) -> bool:
    """Whether Tumortypenetwerken says that this group, or sub-type, is not treated."""
    states = {row["Groep"]: row.get("Stand") for row, _ in all_rows(case, "Tumortypenetwerken")}
    if "niet behandeld" in (states.get(name), states.get(group_of(case, name))):
        return True
    names = groups_of(case).get(name, [])
    return bool(names) and all(states.get(part) == "niet behandeld" for part in names)


# --- coverage --------------------------------------------------------------------------------------------------


def possibilities(case: Case, row: Row) -> set[str]:
    """What a row can turn out to be: out, or met, partly met, not met."""
    indicator = case["indicator"]
    inside = in_filter(case, row)
    if inside is False:
        return {"out"}
    answers = [answered_test(case, indicator["register"], row, test) for test in indicator["tests"]]
    found = set()
    for completion in itertools.product(*[[True, False] if answer is None else [answer] for answer in answers]):
        found.add("met" if all(completion) else "partly_met" if any(completion) else "not_met")
    return found | ({"out"} if inside is None else set())


def coverage(case: Case) -> Result:
    """The share of rows for which the tests hold, or enough rows."""
    indicator = case["indicator"]
    sheet = indicator["register"]
    rows = [(row, typed, possibilities(case, row)) for row, typed in all_rows(case, sheet)]
    rows = [item for item in rows if item[2] != {"out"}]
    names = [unit_of(case, sheet, row, number) for number, (row, _, _) in enumerate(rows)]
    answered = any(typed for _, typed, _ in rows)
    if "at_least_rows" in indicator:
        return enough_rows(case, [found for _, _, found in rows], answered=answered)
    if not rows:
        if is_complete(case, sheet) and rows_of(case, sheet):
            return {"verdict": "not_applicable", "reason": "no_rows"}
        return unknown("no_answer")
    verdicts, shares = set(), set()
    for completion in itertools.product(*[sorted(found) for _, _, found in rows]):
        units = fold(names, list(completion))
        if units:
            met, partly = units.count("met"), units.count("partly_met")
            verdicts.add(share_verdict(case, met, partly, len(units)))
            shares.add(f"{met}/{len(units)}")
    if len(verdicts) == 1:
        return decided(verdicts.pop(), **({"share": shares.pop()} if len(shares) == 1 else {}))
    return unknown("incomplete_rows" if answered else "no_answer", worst_of(verdicts), best_of(verdicts))


def unit_of(case: Case, sheet: str, row: Row, number: int) -> Any:
    """What a row counts for: its tumour group (per location), or itself."""
    if sheet in ("Tumortypenetwerken", "Zorgaanbod"):
        return row.get("Locatie"), group_of(case, row["Groep"])
    return number


def fold(names: list[Any], states: list[str]) -> list[str]:
    """Sub-types stand for their group; rows that are out leave."""
    units: list[str] = []
    for name in dict.fromkeys(names):
        found = [state for other, state in zip(names, states, strict=True) if other == name and state != "out"]
        if found:
            same = set(found) == {"met"} or set(found) == {"not_met"}
            units.append(found[0] if same else "partly_met")
    return units


def share_verdict(case: Case, met: int, partly: int, total: int) -> str:
    """The verdict of one completion."""
    step = step_of(case)
    assert step is not None
    target, band = step
    if Fraction(met, total) >= target:
        return "met"
    return "partly_met" if band is not None and Fraction(met + partly, total) >= band else "not_met"


def enough_rows(case: Case, rows: list[set[str]], *, answered: bool) -> Result:
    """Whether so many rows are met."""
    wanted = case["indicator"]["at_least_rows"]
    if not rows and not is_complete(case, case["indicator"]["register"]):
        return unknown("no_answer")
    verdicts = set()
    for completion in itertools.product(*rows):
        partly = any(state in ("met", "partly_met") for state in completion)
        verdicts.add("met" if completion.count("met") >= wanted else "partly_met" if partly else "not_met")
    if len(verdicts) == 1:
        return decided(verdicts.pop())
    return unknown("incomplete_rows" if answered else "no_answer", worst_of(verdicts), best_of(verdicts))


# --- pooled ----------------------------------------------------------------------------------------------------


def pooled(case: Case) -> Result:
    """The share of sums, together or per group."""
    indicator = case["indicator"]
    sheet = indicator["register"]
    rows = []
    for row, typed in all_rows(case, sheet):
        inside = in_filter(case, row)
        if inside is not False:
            pair = row.get(indicator["numerator"]), row.get(indicator["denominator"])
            group = group_of(case, row["Groep"]) if "Groep" in row else ""
            rows.append(
                {"sure": inside is True, "pair": None if None in pair else pair, "group": group, "typed": typed}
            )
    if not rows:
        if is_complete(case, sheet) and rows_of(case, sheet):
            return {"verdict": "not_applicable", "reason": "no_rows"}
        return unknown("no_answer")
    if not any(row["typed"] for row in rows):
        return unknown("no_answer")
    return of_completions(case, rows)


def of_completions(case: Case, rows: list[Row]) -> Result:
    """The result over every way in which rows in limbo are in or out; one row without numbers stays in."""
    loose = [row for row in rows if row["pair"] and not row["sure"]]
    sure = [row for row in rows if row not in loose]
    results = []
    for taken in itertools.product([True, False], repeat=len(loose)):
        chosen = sure + [row for row, taking in zip(loose, taken, strict=True) if taking]
        if chosen:
            results.append(of_rows_or_groups(case, chosen))
    return one_result(results)


def of_rows_or_groups(case: Case, rows: list[Row]) -> Result:
    """The result of rows that are all in."""
    return per_group(case, rows) if case["indicator"].get("per_group") else of_rows(case, rows)


def of_rows(case: Case, rows: list[Row]) -> Result:
    """The result of rows that are pooled together."""
    pairs = [row["pair"] for row in rows if row["pair"]]
    total = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    if len(pairs) < len(rows):
        return unknown("incomplete_rows", **({"share": f"{total[0]}/{total[1]}"} if total[1] else {}))
    return of_share(case, *total)


def one_result(results: list[Result]) -> Result:
    """The result that all completions share, or what lies between them; 0/0 is left out unless it is all there is."""
    if len(results) == 1:
        return results[0]
    judged = [result for result in results if result["verdict"] != "not_applicable"]
    if not judged:
        return results[0]
    worst, best = worst_of(result["worst"] for result in judged), best_of(result["best"] for result in judged)
    reasons = {result["reason"] for result in judged}
    if worst == best:
        return decided(worst)
    return unknown(reasons.pop() if len(reasons) == 1 and None not in reasons else "incomplete_rows", worst, best)


def per_group(case: Case, rows: list[Row]) -> Result:
    """The worst group decides; small groups of patients go together first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    if case["indicator"].get("counts_patients"):
        for name in list(groups):
            pairs = [row["pair"] for row in groups[name]]
            if None not in pairs and sum(pair[1] for pair in pairs) < SMALL_BELOW:
                groups.setdefault("*overig*", []).extend(groups.pop(name))
    results = [of_rows(case, found) for found in groups.values()]
    judged = [result for result in results if result["verdict"] != "not_applicable"]
    if not judged:
        return results[0]
    worst, best = worst_of(result["worst"] for result in judged), worst_of(result["best"] for result in judged)
    if worst == best:
        return decided(worst)
    reasons = [result["reason"] for result in judged if result["verdict"] == "unknown"]
    return unknown("incomplete_rows" if "incomplete_rows" in reasons else "small_numbers", worst, best)


# --- volumes ---------------------------------------------------------------------------------------------------


def volume(case: Case) -> Result:
    """Every bound row against its norms."""
    mine = [name for name, kind in case["treatments"].items() if kind == case["indicator"]["category"]]
    seen = sorted({(row["Locatie"], row["Behandeling"]) for row in rows_of(case, "Volumes") if has_figure(case, row)})
    seen = [(location, treatment) for location, treatment in seen if treatment in mine]
    year = network_of(case)["reporting_year"]
    asked = [treatment for treatment in mine if norms_for(case, treatment, year)]
    states = [row_state(case, location, treatment) for location, treatment in seen]
    if not is_complete(case, "Volumes"):
        owed = [pair for pair in itertools.product(locations(case), asked) if owes(case, *pair)]
        missing = [pair for pair in owed if pair not in seen]
        states += [{"out", "met", "not_met"} for _ in missing]
    if all(state == {"out"} for state in states):
        return nothing_bound(case, seen, bool(asked) or any(newest_norms(case, *pair) for pair in seen))
    verdicts = set()
    for completion in itertools.product(*states):
        bound = [state for state in completion if state != "out"]
        if bound:
            verdicts.add(share_verdict(case, bound.count("met"), 0, len(bound)))
    if len(verdicts) == 1:
        return decided(verdicts.pop())
    return unknown("incomplete_rows" if seen else "no_answer", worst_of(verdicts), best_of(verdicts))


def nothing_bound(case: Case, seen: list[tuple[str, str]], any_norm: bool) -> Result:
    """The result when no norm binds any figure."""
    if not any_norm or any(newest_figure(case, *pair) for pair in seen):
        return {"verdict": "unknown", "reason": "no_norm"}
    if is_complete(case, "Volumes") and rows_of(case, "Volumes"):
        return {"verdict": "not_applicable", "reason": "no_rows"}
    return unknown("no_answer")


def newest_norms(case: Case, location: str, treatment: str) -> list[dict[str, Any]]:
    """The norms that bind the newest figure."""
    return norms_for(case, treatment, newest_year(case, location, treatment))


def row_state(case: Case, location: str, treatment: str) -> set[str]:
    """A row is met when every norm is reached; without a norm, or not performed here, it is out."""
    year, norms = newest_year(case, location, treatment), newest_norms(case, location, treatment)
    if not norms or newest_figure(case, location, treatment) == 0:
        return {"out"}
    outcome = both(reaches(case, location, norm, year) for norm in norms)
    return {"met", "not_met"} if outcome is None else {"met" if outcome else "not_met"}


def has_figure(case: Case, row: Row) -> bool:
    """Whether a row has a number for a year that counts."""
    return "Aantal" in row and row["Jaar"] <= network_of(case)["reporting_year"]


def figures(case: Case, location: str, treatment: str) -> list[Row]:
    """The rows with a number of one location and treatment."""
    return [
        row
        for row in rows_of(case, "Volumes")
        if has_figure(case, row) and row["Locatie"] == location and row["Behandeling"] == treatment
    ]


def figure(case: Case, location: str, treatment: str, year: int) -> int | None:
    """The number of a year, definitive before provisional."""
    for wanted in ("definitief", "voorlopig", None):
        for row in figures(case, location, treatment):
            if row["Jaar"] == year and row.get("Stand") == wanted:
                return int(row["Aantal"])
    return None


def newest_year(case: Case, location: str, treatment: str) -> int:
    """The year that is scored."""
    return max(int(row["Jaar"]) for row in figures(case, location, treatment))


def newest_figure(case: Case, location: str, treatment: str) -> int | None:
    """The number that is scored."""
    return figure(case, location, treatment, newest_year(case, location, treatment))


def not_performed(case: Case, location: str, treatment: str) -> bool:
    """Whether nothing is missing where there is no figure at all of this location and treatment."""
    rows = [row for row in rows_of(case, "Volumes") if "Aantal" in row]
    known = any(row["Locatie"] == location and row["Behandeling"] == treatment for row in rows)
    return not known and (is_complete(case, "Volumes") or not owes(case, location, treatment))


def owes(case: Case, location: str, treatment: str) -> bool:
    """Whether a location is to tell how often it performed a treatment: not when it does not treat the group."""
    name = case.get("treatment_groups", {}).get(treatment)
    return name is None or treats(case, location, name) is not False


def treats(case: Case, location: str, name: str) -> bool | None:
    """What Zorgaanbod tells of a group or sub-type, else what Tumortypenetwerken does."""
    here = [(row, typed) for row, typed in all_rows(case, "Zorgaanbod") if row["Locatie"] == location]
    said = {row["Groep"]: YES_NO.get(row.get("Behandelt", "")) for row, typed in here if typed}
    read = {row["Groep"]: YES_NO.get(row.get("Behandelt", "")) for row, _ in here}
    group = group_of(case, name)
    told = [said.get(name), said.get(group), either_part(case, name, read), read.get(name)]
    told += [read.get(group)] if name not in read else []
    for answer in told:
        if answer is not None:
            return answer
    return False if not_treated(case, name) else None


def either_part(case: Case, name: str, read: dict[str, bool | None]) -> bool | None:
    """What the sub-types of a group tell together, once one of them has a row."""
    parts = [part for part in groups_of(case).get(name, []) if part in read]
    return either(read[part] for part in parts) if parts else None


def norms_for(case: Case, treatment: str, year: int) -> list[dict[str, Any]]:
    """The norms in force on 1 January of a year that cover a treatment."""
    first = date(year, 1, 1)
    return [
        norm
        for norm in case.get("volume_norms", [])
        if treatment in norm["treatments"]
        and norm.get("standing", "in_force") == "in_force"
        and norm["unit"] in ("location", "institution")
        and norm["valid_from"] <= first
        and norm.get("valid_until", date.max) >= first
    ]


def reaches(case: Case, location: str, norm: dict[str, Any], year: int) -> bool | None:
    """Whether the numbers reach a norm in its own unit; undecided when a missing part could make the difference."""
    parts = [part for _, _, part in added_up(case, location, norm, year)]
    if sum(part for part in parts if part is not None) >= norm["minimum"] * norm.get("years", 1):
        return True
    return None if None in parts else False


def added_up(case: Case, location: str, norm: dict[str, Any], year: int) -> list[tuple[str, int, int | None]]:
    """Every number a norm asks: of which place and year, and how many; None where it is missing."""
    places = [location]
    if norm["unit"] == "institution":
        institution = parent_of(case, location) or location
        together = [place for place in locations(case) if (parent_of(case, place) or place) == institution]
        places = together if location in together else [location, *together]
    parts = []
    for place in places:
        for treatment in norm["treatments"]:
            for one in range(year - norm.get("years", 1) + 1, year + 1):
                part = figure(case, place, treatment, one)
                parts.append((place, one, 0 if part is None and not_performed(case, place, treatment) else part))
    return parts


def checks(case: Case) -> dict[tuple[str, str], list[Row]]:
    """Per location and treatment what each norm comes to: those that bind, and those that are only shown."""
    mine = [name for name, kind in case["treatments"].items() if kind == case["indicator"]["category"]]
    seen = {(row["Locatie"], row["Behandeling"]) for row in rows_of(case, "Volumes") if has_figure(case, row)}
    found: dict[tuple[str, str], list[Row]] = {}
    for location, treatment in seen:
        if treatment in mine:
            norms = [] if newest_figure(case, location, treatment) == 0 else case.get("volume_norms", [])
            year = newest_year(case, location, treatment)
            shown = [norm for norm in norms if treatment in norm["treatments"] and is_shown(norm, year)]
            found[location, treatment] = [check(case, location, treatment, norm) for norm in shown]
    return found


def is_shown(norm: dict[str, Any], year: int) -> bool:
    """Whether a norm is laid beside a figure of this year at all."""
    return norm["unit"] in ("location", "institution") and norm.get("valid_until", date.max) >= date(year, 1, 1)


def check(case: Case, location: str, treatment: str, norm: dict[str, Any]) -> Row:
    """One norm beside one figure."""
    year = newest_year(case, location, treatment)
    parts = added_up(case, location, norm, year)
    outcome = reaches(case, location, norm, year)
    return {
        "norm": norm,
        "bound": norm in norms_for(case, treatment, year),
        "state": {True: "met", False: "not_met", None: "undecided"}[outcome],
        "total": sum(part for _, _, part in parts if part is not None),
        "minimum": norm["minimum"] * norm.get("years", 1),
        "locations": sorted({place for place, _, _ in parts}),
        "years": sorted({one for _, one, _ in parts}),
    }


KINDS = {
    "yes_no": yes_no,
    "document_age": document_age,
    "maturity": maturity,
    "count": count,
    "proportion": proportion,
    "coverage": coverage,
    "pooled": pooled,
    "volume": volume,
}


# --- concentration and spreading --------------------------------------------------------------------------------

STEP_HEADERS = {
    "SWOT": "SWOT op",
    "impactanalyse": "Impactanalyse op",
    "opdracht": "Opdracht op",
    "besluit": "Besluit op",
    "regioplan": "Regioplan op",
    "implementatie": "Implementatie vanaf",
}


def told_of_steps(case: Case) -> Result:
    """What is known of every group, and how many groups of the tranche have taken the step of the document."""
    known = {group: steps_of_group(case, group) for group in case["tranche"]}
    step = case["indicator"]["step"]
    taken = sum(said.get(step, "").startswith("gezet") for said in known.values())
    for group in groups_of(case):
        spoken_for = [part for part in groups_of(case)[group] if part in case["tranche"]]
        for part in [group, *groups_of(case)[group]]:
            is_named = any(part in rows for rows in step_rows(case))
            if is_named and part not in known and not stands_for_all(case, part, spoken_for):
                known[part] = steps_of_group(case, part)
    known = {group: said for group, said in known.items() if said or group in case["tranche"]}
    return {"told": f"{taken} van {len(case['tranche'])}", "iza": known}


def stands_for_all(case: Case, group: str, parts: list[str]) -> bool:
    """Whether every row of a group is only there for sub-types in the tranche that have no row on that sheet."""
    named = [rows for rows in step_rows(case) if group in rows]
    return bool(named) and all(any(part not in rows for part in parts) for rows in named)


def step_rows(case: Case) -> tuple[dict[str, Row], dict[str, Row]]:
    """The rows that say something about steps, by group: with dates, and with the last step."""
    dated = {row["Groep"]: row for row in rows_of(case, "IZA-stappen") if set(row) - {"Groep"}}
    return dated, {row["Groep"]: row for row in rows_of(case, "Tumortypenetwerken") if "IZA-stap" in row}


def steps_of_group(case: Case, group: str) -> dict[str, str]:
    """What is known of each step of a group: by its own rows, else by those of the group it is part of."""
    whole = next((name for name, parts in groups_of(case).items() if group in parts), group)
    dated, stated = ((rows.get(group) or rows.get(whole) or {}) for rows in step_rows(case))
    found = {}
    for step, header in STEP_HEADERS.items():
        if header in dated:
            found[step] = shown_step(case, dated[header])
        elif stated.get("IZA-stap") == step:
            found[step] = "gezet"
    return found


def shown_step(case: Case, typed: Any) -> str:
    """A date, or a year, before or after the reference date."""
    first, last = min(days(typed)), max(days(typed))
    today = reference_date(case)
    return f"{'gezet' if last <= today else 'gepland' if first > today else 'jaar'} {typed}"


# --- standards -------------------------------------------------------------------------------------------------


def standard(results: list[Result]) -> Result:
    """The verdict of a standard from the results of its indicators (with `class`; core when absent)."""
    counted = [result for result in results if counts(result)]
    core = [result for result in counted if result.get("class", "core") == "core"]
    m = len(counted)
    met = sum(result["verdict"] == "met" for result in counted)
    at_best = sum(end_of(result, "best") == "met" for result in counted)
    share = [f"{met}/{m}", f"{at_best}/{m}"] if m else None
    undecided = sum(result["verdict"] in ("unknown", "own_approach") for result in core)
    more: Result = {"mostly_undecided": 2 * undecided > len(core), "share_met": share, "m": m}
    if not core:
        return {"verdict": "not_applicable", **more}
    worst = worst_of(end_of(result, "worst") for result in core)
    best = worst_of(end_of(result, "best") for result in core)
    return {"verdict": worst if worst == best else "unknown", "worst": worst, "best": best, **more}


def counts(result: Result) -> bool:
    """Whether an indicator is applicable to the verdict or the share of its standard."""
    if result["verdict"] == "unknown":
        return result.get("reason") != "no_norm"
    return result["verdict"] in ("met", "partly_met", "not_met", "own_approach")


def end_of(result: Result, end: str) -> str:
    """The worst or best of a result."""
    return str(result["verdict"] if result["verdict"] in ORDER else result[end])


# --- regions ---------------------------------------------------------------------------------------------------


def roll_up(results: list[Result | str]) -> Result:
    """A region's result from those of its sub-networks; `not_received` stands for one of which nothing came in."""
    known = [unknown("no_answer") if isinstance(result, str) else result for result in results]
    left = [result for result in known if result["verdict"] in ("not_applicable", "informative") or no_norm(result)]
    counted = [result for result in known if result not in left]
    if not counted:
        verdicts = [result["verdict"] for result in left]
        if all(verdict == "not_applicable" for verdict in verdicts):
            return {"verdict": "not_applicable"}
        return (
            {"verdict": "informative"} if "informative" in verdicts else {"verdict": "unknown", "reason": "no_norm"}
        )
    outcomes = {together(chosen) for chosen in itertools.product(*(between(result) for result in counted))}
    worst, best = worst_of(outcomes), best_of(outcomes)
    own = [result for result in counted if result["verdict"] == "own_approach"]
    if own and all(result["verdict"] in ("own_approach", "met") for result in counted):
        beside = ["met" if result not in own else result["computed"] for result in counted]
        computed = "unknown" if "unknown" in beside else together(beside)
        return {"verdict": "own_approach", "computed": computed, "worst": worst, "best": "met"}
    if len(outcomes) == 1:
        return decided(worst)
    return unknown("sub_networks", worst, best)


def no_norm(result: Result) -> bool:
    """Whether there is no norm to judge by."""
    return result.get("reason") == "no_norm"


def between(result: Result) -> list[str]:
    """All that a result may still come to."""
    start, end = (ORDER.index(end_of(result, name)) for name in ("worst", "best"))
    return ORDER[start : end + 1]


def together(verdicts: Iterable[str]) -> str:
    """All met, all not met, or something in between."""
    given = list(verdicts)
    if all(verdict == "met" for verdict in given):
        return "met"
    return "not_met" if all(verdict == "not_met" for verdict in given) else "partly_met"


def is_regional(case: Case) -> bool:
    """Whether the answer of a region holds for its sub-networks."""
    indicator, answer = case["indicator"], answer_of(case)
    layer = indicator.get("layer", "either")
    if layer != "either":
        return bool(layer == "region")
    if answer.get("Antwoord", "onbekend") != "onbekend" or explains(case):
        return True
    if "Teller" in answer or "Noemer" in answer or answer.get("Bron") == "geen bestaande bron":
        return True
    sheet = "Volumes" if indicator["kind"] == "volume" else indicator.get("register")
    if sheet is None:
        return False
    filled = [row for row in rows_of(case, sheet) if not only_named(sheet, row)]
    if "at_least_rows" in indicator:
        return any(in_filter(case, row) is True for row in filled)
    return is_complete(case, sheet) and bool(filled)
