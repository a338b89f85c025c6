"""One cell: what people type, what is read, and what is said about it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from normtool.core.cells import LARGEST, read_cell, read_percentage
from normtool.core.grids import GridValue
from normtool.core.parsing import Parsed, Vocabulary, shown
from normtool.core.registers import ColumnType
from normtool.core.spellings import Names
from tests.core.tables import told

CHOICES = Names([("ja, volledig", "full"), ("nee", "none"), ("2", "two"), ("eigen netwerk", "own")])
VOCABULARY = Vocabulary(
    documents=Names(
        [
            ("D1", "D1"),
            ("D12", "D12"),
            ("visie 2026", "visie 2026"),
            ("p. 3", "p. 3"),
            ("nota p. 2", "nota p. 2"),
            ("7", "7"),
        ]
    ),
    members=Names([("Z1", "Z1"), ("Alba", "Z1"), ("Beuken", "Z2"), ("12", "12")]),
    groups=Names([("Long", "lung"), ("Huid", "skin"), ("Bot", "bone")]),
    treatments=Names([("Maagresectie", "gastrectomy")]),
    indicators=Names([("N1.2", "N1.2"), ("N3.4", "N3.4")]),
    standards=Names([("standaard 1", "1"), ("1", "1")]),
)

SPACE = "\u00a0"


def read(value: GridValue, column: ColumnType) -> Parsed:
    return read_cell(value, column, CHOICES, VOCABULARY)


def outcome(value: GridValue, column: ColumnType) -> tuple[object, list[str]]:
    """What was read, and the remarks as `CODE fact=…`."""
    parsed = read(value, column)
    lines = [
        " ".join([remark.rule.code, *(f"{name}={fact}" for name, fact in remark.facts.items())])
        for remark in parsed.remarks
    ]
    return told(parsed.value), lines


@pytest.mark.parametrize("column", ColumnType)
@pytest.mark.parametrize("blank", [None, "", " ", SPACE, "\n\t "])
def test_a_blank_cell_is_empty_and_not_worth_a_word(column: ColumnType, blank: GridValue) -> None:
    assert outcome(blank, column) == (None, [])


@pytest.mark.parametrize("column", [item for item in ColumnType if item is not ColumnType.TEXT])
@pytest.mark.parametrize("dash", ["-", "–", " — ", "/", "."])
def test_a_dash_reads_as_empty_and_is_noted(column: ColumnType, dash: str) -> None:
    assert outcome(dash, column) == (None, [f"NT903 found={dash.strip()}"])


@pytest.mark.parametrize(
    "column", [item for item in ColumnType if item not in (ColumnType.TEXT, ColumnType.IDENTIFIER)]
)
@pytest.mark.parametrize("word", ["?", "onbekend", "Weet niet", "unknown"])
def test_a_typed_unknown_stays_an_unknown_and_is_noted(column: ColumnType, word: str) -> None:
    assert outcome(word, column) == ("unknown", [f"NT903 found={word}"])


def test_in_free_text_and_in_names_such_words_are_what_they_say() -> None:
    assert outcome("-", ColumnType.TEXT) == ("-", [])
    assert outcome(" onbekend ", ColumnType.TEXT) == ("onbekend", [])
    assert outcome("?", ColumnType.IDENTIFIER) == ("?", [])


@pytest.mark.parametrize("column", ColumnType)
@pytest.mark.parametrize("error", ["#N/B", "#REF!", "#verw!", "#DEEL/0!"])
def test_a_pasted_error_is_asked_back_everywhere(column: ColumnType, error: str) -> None:
    assert outcome(error, column) == (f"? {error}", [f"NT317 found={error}"])


@pytest.mark.parametrize(("typed", "answer"), [("ja", True), ("JA ", True), ("Nee.", False), ("yes", True)])
def test_yes_and_no(typed: str, answer: bool) -> None:
    assert outcome(typed, ColumnType.YES_NO) == (answer, [])


def test_a_tick_box_of_the_spreadsheet_is_an_answer() -> None:
    assert outcome(True, ColumnType.YES_NO) == (True, [])
    assert outcome(False, ColumnType.YES_NO) == (False, [])


@pytest.mark.parametrize(
    ("typed", "answer", "read_as"),
    [("x", True, "ja"), ("✓", True, "ja"), ("waar", True, "ja"), (f"j{SPACE}", True, "ja"), ("onwaar", False, "nee")],
)
def test_other_words_for_yes_and_no_are_noted(typed: str, answer: bool, read_as: str) -> None:
    assert outcome(typed, ColumnType.YES_NO) == (answer, [f"NT912 found={typed.strip()} read={read_as}"])


@pytest.mark.parametrize("typed", ["soms", 2, 0.5, "ja/nee", "ja of nee", "***", date(2025, 1, 1)])
def test_what_is_neither_yes_nor_no_is_asked_back(typed: GridValue) -> None:
    value, (remark,) = outcome(typed, ColumnType.YES_NO)
    assert value == f"? {typed}"
    assert remark.startswith("NT302 ")


@pytest.mark.parametrize(
    ("typed", "proposal"),
    [
        (1, "ja"),
        (0, "nee"),
        (1.0, "ja"),
        ("1", "ja"),
        ("ja, zie toelichting", "ja"),
        ("Ja!", "ja"),
        ("yes, see below", "ja"),
        ("ja, behalve Beuken", "nee"),
        ("nog niet", "nee"),
        ("Deels", "nee"),
        ("nee, pas in 2027", "nee"),
        ("n.v.t. want klein", "n.v.t."),
        ("Niet van toepassing hier", "n.v.t."),
    ],
)
def test_a_yes_or_no_with_something_more_is_asked_back_with_a_proposal(typed: GridValue, proposal: str) -> None:
    value, remarks = outcome(typed, ColumnType.YES_NO)
    assert value == f"? {typed}"
    assert remarks == [f"NT337 found={shown(typed)} proposal={proposal}"]


@pytest.mark.parametrize(("typed", "number"), [(0, 0), (48, 48), (48.0, 48), (LARGEST, LARGEST)])
def test_whole_numbers(typed: GridValue, number: int) -> None:
    assert outcome(typed, ColumnType.WHOLE) == (number, [])


@pytest.mark.parametrize(
    ("typed", "number"), [("48", 48), (f" 48{SPACE}", 48), ("+7", 7), ("12,0", 12), ("12.00", 12), ("007", 7)]
)
def test_a_number_as_text_is_read_and_noted(typed: str, number: int) -> None:
    found = " ".join(typed.split())
    assert outcome(typed, ColumnType.WHOLE) == (number, [f"NT901 found={found} read={number}"])


@pytest.mark.parametrize("typed", ["geen", "Nee", "n.v.t.", "nog niet"])
def test_none_is_an_answer_where_a_number_is_asked(typed: str) -> None:
    assert outcome(typed, ColumnType.WHOLE) == (False, [])


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("85%", "NT304 found=85%"),
        ("85 %", "NT304 found=85 %"),
        (0.85, "NT304 found=0,85"),
        ("1.200", "NT322 found=1.200 first=1200 second=1,200"),
        ("1,200", "NT322 found=1,200 first=1200 second=1,200"),
        ("1200.000", "NT322 found=1200.000 first=1200000 second=1200,000"),
        ("12,5", "NT303 found=12,5"),
        ("12.5", "NT303 found=12.5"),
        (12.5, "NT303 found=12,5"),
        (1.5, "NT303 found=1,5"),
        ("48 patiënten", "NT336 found=48 patiënten proposal=48"),
        ("ca. 50", "NT336 found=ca. 50 proposal=50"),
        ("±50", "NT336 found=±50 proposal=50"),
        ("48*", "NT336 found=48* proposal=48"),
        ("n=48", "NT336 found=n=48 proposal=48"),
        ("> 50", "NT303 found=> 50"),
        ("minimaal 10", "NT303 found=minimaal 10"),
        ("12 van de 14", "NT303 found=12 van de 14"),
        ("min-5 of zo", "NT303 found=min-5 of zo"),
        ("- 5 stuks", "NT303 found=- 5 stuks"),
        ("85 procent", "NT304 found=85 procent"),
        ("12 (5%)", "NT304 found=12 (5%)"),
        ("40-50", "NT303 found=40-50"),
        ("1234567890123", "NT303 found=1234567890123"),
        (True, "NT303 found=WAAR"),
        (date(2025, 3, 1), "NT303 found=2025-03-01"),
        (datetime.fromisoformat("2025-03-01 09:30"), "NT303 found=01-03-2025"),
        (time(9, 30), "NT303 found=09:30:00"),
        (timedelta(hours=30), "NT303 found=1 day, 6:00:00"),
        (-1, "NT320 found=-1"),
        ("-1", "NT320 found=-1"),
        (-0.5, "NT320 found=-0,5"),
        (LARGEST + 1, "NT335 found=10000001"),
        ("100000000", "NT335 found=100000000"),
        (1e300, "NT335 found=1e+300"),
    ],
)
def test_what_is_no_whole_number_is_asked_back(typed: GridValue, remark: str) -> None:
    assert outcome(typed, ColumnType.WHOLE) == (f"? {typed}", [remark])


@pytest.mark.parametrize(
    ("typed", "choice"),
    [("Eigen netwerk", "own"), (f"eigen{SPACE} netwerk.", "own"), (2, "two"), (2.0, "two"), ("2", "two")],
)
def test_a_choice_is_found_whatever_its_case_and_blanks(typed: GridValue, choice: str) -> None:
    assert outcome(typed, ColumnType.CHOICE) == (choice, [])


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("eigen netwrk", "NT307 found=eigen netwrk meant=eigen netwerk"),
        ("iets anders", "NT306 found=iets anders choices="),
        (3, "NT306 found=3 choices="),
        (2.5, "NT306 found=2,5 choices="),
        (True, "NT306 found=WAAR choices="),
        (date(2025, 1, 1), "NT306 found=2025-01-01 choices="),
    ],
)
def test_what_is_no_choice_is_asked_back(typed: GridValue, remark: str) -> None:
    assert outcome(typed, ColumnType.CHOICE) == (f"? {typed}", [remark])


@pytest.mark.parametrize(
    ("typed", "references"),
    [
        ("D1", ["D1"]),
        ("d1; D12", ["D1", "D12"]),
        ("D1, D12\nvisie 2026", ["D1", "D12", "visie 2026"]),
        ("D12 p. 4; D1", ["D12 p. 4", "D1"]),
        ("D12 blz 4-6", ["D12 p. 4-6"]),
        ("D12 pagina 4, p. 9", ["D12 p. 9"]),
        ("D1; p. 12", ["D1 p. 12"]),
        ("D1; p. 3", ["D1", "p. 3"]),
        ("Nota p. 2", ["nota p. 2"]),
        (";; D1 ;", ["D1"]),
        (7, ["7"]),
        (7.0, ["7"]),
        ("D1 en D12", ["D1", "D12"]),
        ("D1 + D12", ["D1", "D12"]),
        ("D1/D12", ["D1", "D12"]),
        ("D1 D12", ["D1", "D12"]),
        ("• D1\n• D12", ["D1", "D12"]),
        ("- D1\n- D12", ["D1", "D12"]),
        ("D12 p. 4 en D1", ["D12 p. 4", "D1"]),
        ("D12 (p. 4)", ["D12 p. 4"]),
        ("D12: blz. 4", ["D12 p. 4"]),
        ("(D1)", ["D1"]),
        ("D1, blz 3-5", ["D1 p. 3-5"]),
        ("D1 p. 7", ["D1 p. 7"]),
        ("\u200bd\u00ad1", ["D1"]),
    ],
)
def test_references_to_documents_with_their_pages(typed: GridValue, references: list[str]) -> None:
    assert outcome(typed, ColumnType.DOCUMENTS) == (references, [])


@pytest.mark.parametrize(
    ("typed", "references", "remarks"),
    [
        ("D1; notulen", ["D1", "notulen"], ["NT308 found=notulen"]),
        ("notulen; D1; agenda", ["notulen", "D1", "agenda"], ["NT308 found=notulen", "NT308 found=agenda"]),
        ("notulen p. 4", ["notulen p. 4"], ["NT308 found=notulen"]),
        ("de notulen van mei", ["de notulen van mei"], ["NT308 found=de notulen van mei"]),
        ("visie 2025", ["visie 2025"], ["NT309 found=visie 2025 meant=visie 2026"]),
        ("p. 12", ["p. 12"], ["NT308 found=p. 12"]),
        ("bijlage D1", ["bijlage D1"], ["NT309 found=bijlage D1 meant=D1"]),
        ("D-12", ["D-12"], ["NT309 found=D-12 meant=D12"]),
        ("D1 hoofdstuk 3", ["D1 hoofdstuk 3"], ["NT308 found=D1 hoofdstuk 3"]),
        ("D1 en D99", ["D1 en D99"], ["NT308 found=D1 en D99"]),
        (7.5, ["7.5"], ["NT308 found=7.5"]),
    ],
)
def test_a_document_that_is_not_registered_is_asked_back_and_kept(
    typed: GridValue, references: list[str], remarks: list[str]
) -> None:
    assert outcome(typed, ColumnType.DOCUMENTS) == (references, remarks)


@pytest.mark.parametrize(
    ("column", "typed", "found"),
    [
        (ColumnType.MEMBER, "alba", "Z1"),
        (ColumnType.LOCATION, " Z1 ", "Z1"),
        (ColumnType.LOCATION, 12.0, "12"),
        (ColumnType.GROUP, "LONG", "lung"),
        (ColumnType.TREATMENT, "maagresectie", "gastrectomy"),
        (ColumnType.STANDARD, 1, "1"),
        (ColumnType.STANDARD, "Standaard 1:", "1"),
        (ColumnType.STANDARD, "iets", "iets"),
        (ColumnType.IDENTIFIER, 12.0, "12"),
        (ColumnType.TEXT, 12.5, "12.5"),
        (ColumnType.TEXT, " =1+1 ", "=1+1"),
        (ColumnType.GROUPS, "Long; huid\nBot", ["lung", "skin", "bone"]),
        (ColumnType.GROUPS, "Long,, ", ["lung"]),
        (ColumnType.INDICATORS, "n1.2; N3.4", ["N1.2", "N3.4"]),
        (ColumnType.MEMBERS, "Alba; Beuken", ["Z1", "Z2"]),
        (ColumnType.MEMBERS, "Alba; Huisartsen Zuid", ["Z1", "Huisartsen Zuid"]),
        (ColumnType.MEMBERS, "Alba en Beuken", ["Z1", "Z2"]),
        (ColumnType.MEMBERS, "Artsen en apothekers", ["Artsen en apothekers"]),
        (ColumnType.GROUPS, "Long en huid", ["lung", "skin"]),
        (ColumnType.GROUPS, "Long/Huid", ["lung", "skin"]),
        (ColumnType.GROUPS, "- Long\n- Huid", ["lung", "skin"]),
        (ColumnType.INDICATORS, "N1.2 + N3.4", ["N1.2", "N3.4"]),
        (ColumnType.TEXT, True, "WAAR"),
        (ColumnType.TEXT, datetime.fromisoformat("2025-03-01 00:00"), "2025-03-01"),
    ],
)
def test_names_are_bound_to_their_ids(column: ColumnType, typed: GridValue, found: object) -> None:
    assert outcome(typed, column) == (found, [])


@pytest.mark.parametrize(
    ("column", "typed", "remark"),
    [
        (ColumnType.MEMBER, "Zuid", "NT313 found=Zuid"),
        (ColumnType.LOCATION, "Beukn", "NT316 found=Beukn meant=Beuken"),
        (ColumnType.GROUP, "Hart", "NT314 found=Hart"),
        (ColumnType.GROUP, "Lang", "NT314 found=Lang"),
        (ColumnType.TREATMENT, "Knie", "NT315 found=Knie"),
        (ColumnType.GROUPS, "Long; Hart", "NT314 found=Hart"),
        (ColumnType.GROUPS, "Long en Hart", "NT314 found=Hart"),
        (ColumnType.MEMBER, "Ziekenhuis Beuken", "NT316 found=Ziekenhuis Beuken meant=Beuken"),
        (ColumnType.MEMBER, "Beuken (locatie Zuid)", "NT316 found=Beuken (locatie Zuid) meant=Beuken"),
        (ColumnType.MEMBERS, "Alba; Beukn", "NT316 found=Beukn meant=Beuken"),
        (ColumnType.INDICATORS, "N32; N1.2", "NT310 found=N32"),
        (ColumnType.INDICATORS, "N34; N1.2", "NT316 found=N34 meant=N3.4"),
        (ColumnType.INDICATORS, "N1.2, zie bijlage", "NT310 found=zie bijlage"),
    ],
)
def test_a_name_that_is_not_known_is_asked_back(column: ColumnType, typed: str, remark: str) -> None:
    assert outcome(typed, column) == (f"? {typed}", [remark])


@pytest.mark.parametrize("column", [ColumnType.GROUPS, ColumnType.MEMBERS, ColumnType.INDICATORS])
@pytest.mark.parametrize("typed", ["geen", "Nee", "n.v.t.", "niet van toepassing"])
def test_an_empty_list_in_words_reads_as_empty_and_is_noted(column: ColumnType, typed: str) -> None:
    assert outcome(typed, column) == (None, [f"NT903 found={typed}"])


def test_blanks_between_the_names_of_a_list_are_nothing() -> None:
    assert outcome("Long; \u00a0 ;\n;Huid", ColumnType.GROUPS) == (["lung", "skin"], [])


def test_separators_without_names_are_nothing() -> None:
    assert outcome(";;", ColumnType.GROUPS) == (None, ["NT903 found=;;"])


def test_every_unknown_name_of_a_list_is_named() -> None:
    value, remarks = outcome("Hart; Long; Nier", ColumnType.GROUPS)
    assert value == "? Hart; Long; Nier"
    assert remarks == ["NT314 found=Hart", "NT314 found=Nier"]


def test_a_sentence_in_a_cell_is_shown_in_part_and_kept_whole() -> None:
    typed = "wij hebben dit jaar nog niet kunnen tellen, maar volgend jaar zeker wel"
    value, (remark,) = outcome(typed, ColumnType.WHOLE)
    assert value == f"? {typed}"
    assert remark == "NT303 found=wij hebben dit jaar nog niet kunnen tellen, maar volgend ..."


@pytest.mark.parametrize("typed", ["1.234.567", "1,234,567", "1 234 567", "1'234'567", "1.234.567,00"])
def test_a_number_in_several_groups_can_mean_one_thing_only(typed: str) -> None:
    assert outcome(typed, ColumnType.WHOLE) == (1_234_567, [f"NT901 found={typed} read=1234567"])


@pytest.mark.parametrize("typed", ["1 200", "1\u00a0200", "1’200", "1.200,0", "1,200.00", "1 200,00"])
def test_a_thousand_with_a_blank_or_with_both_signs_is_certain(typed: str) -> None:
    found = " ".join(typed.split())
    assert outcome(typed, ColumnType.WHOLE) == (1200, [f"NT901 found={found} read=1200"])


@pytest.mark.parametrize("typed", ["0,85", "0.125"])
def test_a_share_as_text_is_no_number(typed: str) -> None:
    assert outcome(typed, ColumnType.WHOLE) == (f"? {typed}", [f"NT304 found={typed}"])


@pytest.mark.parametrize("typed", ["geen", "n.v.t.", ";;"])
def test_no_documents_reads_as_empty_and_is_noted(typed: str) -> None:
    assert outcome(typed, ColumnType.DOCUMENTS) == (None, [f"NT903 found={typed}"])


def test_a_name_that_two_members_have_is_asked_back_with_both_ids() -> None:
    twins = Vocabulary(members=Names([("Z1", "Z1"), ("Alba", "Z1"), ("L1", "L1"), ("alba", "L1"), ("l1", "l1")]))
    parsed = read_cell("Alba", ColumnType.LOCATION, CHOICES, twins)
    assert [(item.rule.code, dict(item.facts)) for item in parsed.remarks] == [
        ("NT339", {"found": "Alba", "first": "Z1", "second": "L1"})
    ]
    assert read_cell("L1", ColumnType.LOCATION, CHOICES, twins).value == "L1"


def test_a_title_in_the_place_of_an_id_is_asked_back_with_the_id_unless_two_have_it() -> None:
    papers = Vocabulary(
        documents=Names([("D1", "D1"), ("D2", "D2")], [("Visie op zorg", "D1"), ("Verslag", "D1"), ("Verslag", "D2")])
    )
    for typed, code in [("visie op zorg", "NT309"), ("Verslag", "NT308")]:
        (remark,) = read_cell(typed, ColumnType.DOCUMENTS, CHOICES, papers).remarks
        assert remark.rule.code == code


@pytest.mark.parametrize("typed", [1, 0.85, 0.5, 0])
def test_a_number_shown_as_a_percentage_is_one(typed: float) -> None:
    (remark,) = read_percentage(typed).remarks
    assert (remark.rule.code, remark.facts["found"]) == ("NT304", f"{typed * 100:g}%")


def test_an_unlikely_long_text_is_never_guessed_at() -> None:
    long = "Beuken " * 2_000
    value, (remark,) = outcome(long, ColumnType.MEMBER)
    assert remark.startswith("NT313")
    assert value == f"? {long.strip()}"
