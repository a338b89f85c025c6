"""Places, diagnostics and evidence as plain values."""

from __future__ import annotations

import pytest

from normtool.core.diagnostics import Collector, Rule, Severity
from normtool.core.places import CellPlace, CellRange, column_letters
from tests.conftest import built_in
from tests.core.tables import read

ERROR = Rule(code="NT999", severity=Severity.ERROR, facts=("found", "meant"))


@pytest.mark.parametrize(
    ("column", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")],
)
def test_columns_are_lettered_as_spreadsheets_do(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_a_cell_and_a_range_have_an_address() -> None:
    assert CellPlace(file="f.xlsx", sheet="Blad", row=14, column=4).cell == "D14"
    assert CellRange(file="f.xlsx", sheet="Blad", row=14, column=4, last_row=20, last_column=28).cell == "D14:AB20"


def test_facts_are_kept_in_the_order_of_their_rule() -> None:
    collector = Collector()
    collector.add(ERROR, None, meant="b", found="a", indicators=("N1.1",))
    collector.add_facts(ERROR, None, {"meant": "d", "found": "c"}, indicators=("N1.2",))
    first, second = collector.done()
    assert (first.code, first.is_error, first.facts) == ("NT999", True, (("found", "a"), ("meant", "b")))
    assert (second.facts, second.indicators) == ((("found", "c"), ("meant", "d")), ("N1.2",))


@pytest.mark.parametrize("facts", [{}, {"found": "a"}, {"found": "a", "meant": "b", "more": "c"}])
def test_a_rule_gets_exactly_its_facts(facts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="NT999"):
        Collector().add_facts(ERROR, None, facts)


def test_a_warning_is_no_error() -> None:
    collector = Collector()
    collector.add(Rule(code="NT998", severity=Severity.WARNING))
    assert not collector.done()[0].is_error


def test_evidence_is_looked_up_by_id() -> None:
    evidence, _ = read(
        "## Documenten\n| Id | Titel |\n| D1 | Visie |\n## Indicatoren\n| Id | Antwoord |\n| N1.2 | nee |"
    )
    answer, document = evidence.answer("N1.2"), evidence.document("D1")
    assert answer is evidence.answers[0]
    assert document is evidence.documents[0]
    assert (evidence.answer("N1.3"), evidence.document("D2")) == (None, None)


def test_a_register_that_a_norm_names_must_be_there() -> None:
    assert built_in().declared("care").id == "care"
    with pytest.raises(KeyError):
        built_in().declared("nowhere")
    assert built_in().register("nowhere") is None
    assert built_in().indicator("N9.9") is None
