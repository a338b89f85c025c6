"""A newcomer's morning: write the form, fill it in, check it, assess it, and read everything back.

Whatever stands in report.html, report.pdf and board.xlsx must be what dossier.json holds.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest

from normtool.texts import Words
from tests.e2e.newcomer import KNOWN, NAME, Journey
from tests.e2e.reading import (
    Node,
    documents_in,
    names_cell,
    plain,
    read_book,
    read_dossier,
    read_page,
    read_pdf,
    records,
)

pytestmark = pytest.mark.slow
NL = Words("nl")
DOCUMENTS = ("board.xlsx", "dossier.json", "report.html", "report.pdf")
COUNTS = {
    "met": "Voldoet",
    "partly_met": "Gedeeltelijk",
    "not_met": "Voldoet niet",
    "unknown": "Niet te beoordelen",
    "own_approach": "Eigen aanpak",
    "scored": "Telt mee",
    "best_met": "Kan voldoen",
    "core": "Kern",
    "core_known": "Kern bekend",
    "not_applicable": "N.v.t.",
    "no_norm": "Geen norm",
}
"""Counts of a standard in the dossier, and the headers of the board workbook."""


@pytest.fixture(scope="module")
def dossier(journey: Journey) -> Any:
    return read_dossier(journey.out)


@pytest.fixture(scope="module")
def page(journey: Journey) -> Node:
    return read_page(journey.out / "report.html")


@pytest.fixture(scope="module")
def board(journey: Journey) -> Any:
    return read_book(journey.out / "board.xlsx")


@pytest.fixture(scope="module")
def paper(journey: Journey) -> str:
    return read_pdf(journey.out / "report.pdf", "-layout")


def results(dossier: Any) -> list[dict[str, Any]]:
    return [item for standard in dossier["standards"] for item in standard["indicators"]]


def verdict_word(result: dict[str, Any]) -> str:
    """How the reports write this verdict, without what may follow it."""
    if result["reason"] == "no_norm":
        return NL.say("verdicts.reason.no_norm")
    if result["reason"] == "declared":
        return NL.say("verdicts.not_applicable")
    return NL.say(f"verdicts.{result['verdict']}")


def shown_number(result: dict[str, Any]) -> str:
    """The answer as the reports must begin it; empty when the dossier holds no plain value."""
    value, share = result["value"], result["value_share"]
    if share:
        return f"{share['numerator']} van {share['denominator']}"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, str):
        return plain(NL.date(date.fromisoformat(value)))
    return ""


# --- the four steps -----------------------------------------------------------------------------------------


def test_every_step_ends_well_and_says_what_comes_next(journey: Journey) -> None:
    assert [ran.code for ran in (journey.made, journey.checked, journey.assessed)] == [0, 0, 0]
    assert f"normtool check {journey.workbook.name}" in journey.made.out
    assert re.match(rf"{NAME}: (\d+) van de \1 gevraagde indicatoren", plain(journey.checked.out))
    assert "Gemaakt in uit:" in journey.assessed.out
    assert all(name in journey.assessed.out for name in DOCUMENTS)


def test_the_four_documents_are_there_and_nothing_else(journey: Journey) -> None:
    assert documents_in(journey.out) == sorted(DOCUMENTS)
    assert documents_in(journey.folder) == sorted([f"uit/{name}" for name in DOCUMENTS] + [journey.workbook.name])


def test_nothing_that_was_filled_in_is_complained_about(journey: Journey, dossier: Any) -> None:
    assert [item for item in dossier["diagnostics"] if item["severity"] == "error"] == []
    assert "fout" not in journey.checked.err


def test_the_verdicts_are_those_worked_out_by_hand(dossier: Any) -> None:
    found = {item["id"]: item["verdict"] for item in results(dossier)}
    assert {name: found[name] for name in KNOWN} == KNOWN


def test_the_counts_of_a_standard_are_those_of_its_indicators(dossier: Any) -> None:
    for standard in dossier["standards"]:
        for verdict in ("met", "partly_met", "not_met", "own_approach", "not_applicable"):
            counted = [item["verdict"] for item in standard["indicators"]].count(verdict)
            assert standard["counts"][verdict] == counted, f"{standard['id']} {verdict}"
        scored = standard["counts"]["scored"]
        assert standard["share_met"][0] == pytest.approx(standard["counts"]["met"] / scored, abs=1e-6)


# --- the terminal -------------------------------------------------------------------------------------------


def test_the_terminal_says_what_the_dossier_holds(journey: Journey, dossier: Any) -> None:
    lines = journey.assessed.out.splitlines()
    for standard in dossier["standards"]:
        line = next(line for line in lines if line.startswith(f"{standard['id']}  "))
        counts = standard["counts"]
        assert line.endswith(f" {counts['met']}/{counts['scored']}")
        if standard["verdict"] != "unknown":
            assert NL.say(f"verdicts.{standard['verdict']}") in re.split(r"\s{2,}|(?<=\S)[√▌×?] ", line)[2], line


# --- report.html --------------------------------------------------------------------------------------------


def test_the_page_shows_every_indicator_with_its_verdict(page: Node, dossier: Any) -> None:
    for result in results(dossier):
        block = page.one("tbody", id=result["id"].replace(".", "-"))
        shown = block.one("tr").one(class_="verdict")
        assert shown.one(class_="word").text == verdict_word(result), result["id"]
        if result["reason"] != "no_norm":
            assert block.attributes["data-verdict"] == result["verdict"], result["id"]


def test_the_page_shows_every_number(page: Node, dossier: Any) -> None:
    for result in results(dossier):
        cells = list(page.one("tbody", id=result["id"].replace(".", "-")).one("tr").all("td"))
        assert cells[0].text.startswith(shown_number(result)), result["id"]
        if has_percentage(result):
            assert percent_near(cells[0].text, result["value"]), f"{result['id']}: {cells[0].text}"
        if result["target"] is not None and 0 < result["target"] < 1:
            assert percent_near(cells[1].text, result["target"]), f"{result['id']}: {cells[1].text}"


def has_percentage(result: dict[str, Any]) -> bool:
    """Whether a percentage belongs to the answer: not while rows are open, nor without a target beside it."""
    return bool(result["value_share"]) and result["verdict"] != "unknown" and result["target"] is not None


def percent_near(text: str, share: float) -> bool:
    """Whether a percentage in the text is this share, rounded."""
    return any(abs(float(found.replace(",", ".")) - 100 * share) < 1 for found in re.findall(r"([\d,]+) %", text))


def test_the_page_shows_every_bound(page: Node, dossier: Any) -> None:
    open_ones = [item for item in results(dossier) if item["verdict"] == "unknown" and item["worst"] != item["best"]]
    assert {"N5.1", "N6.5"} <= {item["id"] for item in open_ones}
    for result in open_ones:
        text = page.one("tbody", id=result["id"].replace(".", "-")).one("tr").text
        ends = [NL.say(f"verdicts.{result[end]}") for end in ("worst", "best")]
        assert f"kan nog worden: {ends[0]} tot {ends[1]}" in text, result["id"]


def test_the_page_names_every_cell_a_verdict_rests_on(page: Node, dossier: Any) -> None:
    for result in results(dossier):
        shown = " ".join(item.text for item in page.one("tbody", id=result["id"].replace(".", "-")).all("code"))
        for place in result["places"][:12]:
            assert names_cell(shown, place["cell"]), f"{result['id']} {place['cell']}"


def test_the_page_shows_every_standard_with_its_counts(page: Node, dossier: Any) -> None:
    for standard in dossier["standards"]:
        section = page.one("section", id=f"standard-{standard['id']}")
        head = section.one("table", class_="standard-head").text
        counts = standard["counts"]
        assert f"{counts['met']} van {counts['scored']}" in head
        if counts["best_met"] != counts["met"]:
            assert f"kan {counts['best_met']} worden" in head
        if standard["verdict"] != "unknown":
            assert section.one(class_="standard-head").one(class_="word").text == NL.say(
                f"verdicts.{standard['verdict']}"
            )


def test_every_link_within_the_page_leads_somewhere(page: Node) -> None:
    anchors = {node.attributes["id"] for node in page.all() if "id" in node.attributes}
    links = {node.attributes["href"] for node in page.all("a")}
    assert [link for link in sorted(links) if not link.startswith("#") or link[1:] not in anchors] == []


# --- report.pdf ---------------------------------------------------------------------------------------------


def rows_on_paper(paper: str) -> dict[str, tuple[list[str], str]]:
    """Per indicator the columns of the first line of its row, and the text of the whole row."""
    found: dict[str, tuple[list[str], str]] = {}
    pieces = re.split(r"^Indicatoren van standaard \d$", paper, flags=re.M)[1:]
    for piece in pieces:
        table = re.split(r"^(?:Volgende stap|Dit oordeel )", piece, flags=re.M)[0]
        for row in re.split(r"^ ?(?=N\d\.\d )", table, flags=re.M)[1:]:
            columns = re.split(r"\s{2,}", row.splitlines()[0].strip())
            found[columns[0].split()[0]] = ([plain(column) for column in columns], plain(row))
    return found


def test_the_pdf_shows_every_indicator_with_its_verdict(paper: str, dossier: Any) -> None:
    rows = rows_on_paper(paper)
    assert sorted(rows) == sorted(item["id"] for item in results(dossier))
    for result in results(dossier):
        assert rows[result["id"]][0][-1] == verdict_word(result), result["id"]


def test_the_pdf_shows_every_number(paper: str, dossier: Any) -> None:
    rows = rows_on_paper(paper)
    for result in results(dossier):
        columns, _ = rows[result["id"]]
        answer, target = columns[-3], columns[-2]
        assert answer.startswith(shown_number(result)), result["id"]
        if has_percentage(result):
            assert percent_near(answer, result["value"]), result["id"]
        if result["target"] is not None and 0 < result["target"] < 1:
            assert percent_near(target, result["target"]), result["id"]


def test_the_pdf_names_every_source_cell(paper: str, dossier: Any) -> None:
    annex = plain(paper[paper.rindex(plain(NL.say("report.origin.title"))) :])
    for result in results(dossier):
        for place in result["places"][:12]:
            assert names_cell(annex, place["cell"]), f"{result['id']} {place['cell']}"


def test_the_pdf_counts_as_the_dossier_does(paper: str, dossier: Any) -> None:
    for standard in dossier["standards"]:
        start = paper.index(f"Indicatoren van standaard {standard['id']}")
        head = plain(paper[paper.rindex("Oordeel over de kern", 0, start) : start])
        counts = standard["counts"]
        assert f"{counts['met']} van {counts['scored']}" in head


def test_the_dossier_travels_inside_the_pdf(journey: Journey) -> None:
    import pikepdf

    with pikepdf.open(journey.out / "report.pdf") as document:
        attached = document.attachments["dossier.json"].get_file().read_bytes()
    assert attached == (journey.out / "dossier.json").read_bytes()


# --- board.xlsx ---------------------------------------------------------------------------------------------


def test_the_board_workbook_shows_every_verdict(board: Any, dossier: Any) -> None:
    shown = {row["Id"]: row for row in records(board, "Indicatoren")}
    assert sorted(shown) == sorted(item["id"] for item in results(dossier))
    for result in results(dossier):
        row = shown[result["id"]]
        assert row["Oordeel"] == NL.say(f"verdicts.{result['verdict']}"), result["id"]
        for end, header in (("worst", "Op zijn slechtst"), ("best", "Op zijn best")):
            if result[end]:
                assert row[header] == NL.say(f"verdicts.{result[end]}"), result["id"]
        if result["value_share"]:
            shows = shown_number(result) in row["Waarde"]
            assert shows != (row["Waarde"] == NL.say("verdicts.masked")), result["id"]


def test_the_board_workbook_holds_the_counts(board: Any, dossier: Any) -> None:
    shown = {str(row["Nr"]): row for row in records(board, "Standaarden")}
    for standard in dossier["standards"]:
        row = shown[standard["id"]]
        for key, header in COUNTS.items():
            assert row[header] == standard["counts"][key], f"{standard['id']} {header}"


def test_the_raw_data_of_the_board_workbook_are_the_dossier(board: Any, dossier: Any) -> None:
    shown = {row["indicator"]: row for row in records(board, "Gegevens")}
    for result in results(dossier):
        row = shown[result["id"]]
        for key in ("verdict", "reason", "worst", "best", "computed", "class", "open", "own_approach", "on_path"):
            assert row[key] == result[key], f"{result['id']} {key}"
        for key in ("target", "final_target", "partly_from"):
            assert row[key] == (pytest.approx(result[key]) if result[key] is not None else None), result["id"]
        assert row["rows"] == len(result["rows"])
        share = result["value_share"]
        if row["masked"]:
            assert (row["value"], row["numerator"], row["denominator"]) == (None, None, None)
        elif share:
            assert (row["numerator"], row["denominator"]) == (share["numerator"], share["denominator"])
        elif isinstance(result["value"], str):
            assert isinstance(row["value"], datetime)
            assert row["value"].date().isoformat() == result["value"]
        else:
            assert row["value"] == result["value"], result["id"]


def test_every_volume_stands_beside_its_norm(board: Any) -> None:
    rows = [(row["Locatie"], row["Behandeling"], row["Aantal"], row["Norm"]) for row in records(board, "Volumes")]
    assert ("Ziekenhuis Noord", "Slokdarmresectie", 25, 20) in rows
    assert ("Ziekenhuis Oost", "Rectumresectie", 18, 20) in rows


# --- what was typed comes back -------------------------------------------------------------------------------


FEW_PATIENTS = "41 van 50"
"""Nine were too late: a number of patients that a board does not see."""


@pytest.mark.parametrize("said", ["40 van 200", "8 van 10", "360 van 400", "120 van 160", "9 van 10", FEW_PATIENTS])
def test_every_figure_typed_comes_back_in_every_document(said: str, page: Node, paper: str, board: Any) -> None:
    assert said in page.text
    assert said in plain(paper)
    cells = (cell.value for row in board["Indicatoren"].iter_rows() for cell in row)
    assert any(isinstance(value, str) and said in value for value in cells) == (said != FEW_PATIENTS)


@pytest.mark.parametrize(
    "said",
    [
        "Een nieuw beleid is in de maak.",
        "Er is geen opleiding in de regio.",
        "De regio sluit aan bij het register van Bovenland",
        "Twee onder de norm. Plan: samen met Noord, vóór 2027.",
        "Eén telefoonnummer",
        "Wachttijd tonen",
    ],
)
def test_every_text_typed_comes_back(said: str, page: Node, journey: Journey) -> None:
    assert said in page.text
    assert said in plain(read_pdf(journey.out / "report.pdf"))
