"""Diagnostics as sentences: every rule has its words, and a message says what, where and what to do."""

from __future__ import annotations

import string

import pytest

from normtool.core import rules_answers as rules
from normtool.core.diagnostics import Collector, Diagnostic, Facts, Related, Rule, Severity
from normtool.core.places import CellPlace, CellRange, FilePlace, KeyPlace, Place
from normtool.telling.diagnostic_texts import (
    RULES,
    WIDTH,
    as_json,
    as_text,
    blank_hint,
    blank_message,
    hint,
    message,
    more,
    place_text,
    title,
)
from normtool.texts import LANGUAGES, Words, load_topic

DUTCH, ENGLISH = Words("nl"), Words("en")
NUMERATOR = CellPlace(file="onz-2026.xlsx", sheet="Standaard 3", row=14, column=4)
DENOMINATOR = CellPlace(file="onz-2026.xlsx", sheet="Standaard 3", row=14, column=5)


def found(rule: Rule, place: Place | None = None, **facts: str | int) -> Diagnostic:
    """A diagnostic of a rule with these facts."""
    collector = Collector()
    collector.add_facts(rule, place, facts)
    return collector.items[0]


def with_gaps(rule: Rule, fact: str | int) -> Diagnostic:
    """A diagnostic in which every fact is the same."""
    facts: Facts = tuple((name, fact) for name in rule.facts)
    return Diagnostic(rule=rule, place=NUMERATOR, facts=facts)


def too_large() -> Diagnostic:
    """The example of the architecture."""
    return Diagnostic(
        rule=rules.NUMERATOR_TOO_LARGE,
        place=NUMERATOR,
        facts=(("numerator", 51), ("denominator", 48)),
        related=(Related(place=DENOMINATOR, role="denominator"),),
    )


# --- every rule has its words -----------------------------------------------------------------------------------


def fields_of(text: str) -> set[str]:
    """The facts that a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_has_four_texts_that_name_only_its_facts(code: str, language: str) -> None:
    texts = load_topic(language, f"nt{code[2]}xx")[code]
    assert set(texts) == {"title", "message", "hint", "more"}
    allowed = {"title": set(), "more": set(), "message": set(RULES[code].facts), "hint": set(RULES[code].facts)}
    for part, text in texts.items():
        assert text.strip() == text
        assert text
        assert fields_of(text) <= allowed[part], part
    assert len(texts["title"].split()) <= 9
    assert not texts["message"].removesuffix("n.v.t.").endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_belongs_to_a_rule(language: str) -> None:
    topics = {f"nt{code[2]}xx" for code in RULES}
    assert {code for topic in topics for code in load_topic(language, topic)} == set(RULES)


@pytest.mark.parametrize("code", sorted(RULES))
def test_both_languages_name_the_same_facts(code: str) -> None:
    dutch, english = (load_topic(language, f"nt{code[2]}xx")[code] for language in LANGUAGES)
    assert {name: fields_of(text) for name, text in dutch.items()} == {
        name: fields_of(text) for name, text in english.items()
    }


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=LANGUAGES)
@pytest.mark.parametrize("code", sorted(RULES))
def test_the_longest_facts_still_fit_the_screen(code: str, words: Words) -> None:
    long_place = CellPlace(
        file="Oncologienetwerk Noordwest 2026 (1).xlsx", sheet="Stem van de PAR", row=1048, column=30
    )
    for fact in ("x" * 60, "een heel lange naam van een instelling, met nog meer", 10_000_000, ""):
        item = with_gaps(RULES[code], fact)
        item = Diagnostic(rule=item.rule, place=long_place, facts=item.facts)
        for line in as_text(item, words, with_file=True):
            assert len(line) <= WIDTH
    assert title(code, words)
    assert more(code, words).endswith((".", "!"))
    assert blank_message(code, words)
    assert blank_hint(code, words)


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        title("NT999", DUTCH)


# --- what a reader sees -----------------------------------------------------------------------------------------


def test_a_diagnostic_says_what_where_else_and_what_to_do() -> None:
    assert as_text(too_large(), DUTCH) == [
        "fout NT301  'Standaard 3'!D14  teller 51 is groter dan noemer 48",
        "       zie  'Standaard 3'!E14  noemer",
        "      hulp  verbeter de teller of de noemer; in de teller telt alleen wat ook in",
        "            de noemer zit                                 normtool explain NT301",
    ]


def test_a_warning_in_english_with_its_file() -> None:
    item = found(rules.FIGURES_TOO_OLD, NUMERATOR, indicator="N5.3", year=2021, reporting_year=2025)
    assert as_text(item, ENGLISH, with_file=True) == [
        "warning NT408  onz-2026.xlsx › 'Standaard 3'!D14  the figures for N5.3 are about",
        "               2021; the reporting year is 2025",
        "         help  enter newer figures if there are any       normtool explain NT408",
    ]


def test_dates_are_shown_as_people_write_them() -> None:
    item = found(rules.AFTER_REFERENCE_DATE, None, date="2026-03-01", reference_date="2025-12-31")
    assert message(item, DUTCH) == "1-3-2026 ligt na de peildatum 31-12-2025 en telt daarom nog niet mee"
    assert message(item, ENGLISH) == "1/3/2026 is after the reference date 31/12/2025 and does not count yet"


def test_a_year_alone_stays_a_year() -> None:
    item = found(rules.AFTER_REFERENCE_DATE, None, date="2027", reference_date="2025-12-31")
    assert message(item, DUTCH).startswith("2027 ligt na de peildatum")


def test_a_month_stays_a_month() -> None:
    item = found(rules.AFTER_REFERENCE_DATE, None, date="2027-02-01/2027-02-28", reference_date="2025-12-31")
    assert message(item, DUTCH).startswith("februari\xa02027 ligt na de peildatum")
    assert message(item, ENGLISH).startswith("February\xa02027 is after the reference date")


def test_large_numbers_have_separators_and_years_have_not() -> None:
    item = found(rules.NUMERATOR_TOO_LARGE, None, numerator=12345, denominator=1200)
    assert message(item, DUTCH) == "teller 12.345 is groter dan noemer 1.200"
    assert "2025" in message(found(rules.REPORTING_YEAR_ASSUMED, None, year=2025), DUTCH)


def test_choices_end_with_or() -> None:
    item = found(rules.NOT_A_CHOICE, None, found="misschien", choices="eigen netwerk, ondergebracht, niet behandeld")
    assert hint(item, DUTCH) == "kies: eigen netwerk, ondergebracht of niet behandeld"
    assert hint(item, ENGLISH) == "choose: eigen netwerk, ondergebracht or niet behandeld"
    assert hint(found(rules.NOT_A_CHOICE, None, found="x", choices="ja"), DUTCH) == "kies: ja"


def test_a_tick_is_read_as_yes_in_the_language_of_the_reader() -> None:
    item = found(rules.CHOICE_READ_AS, None, found="x", read="ja")
    assert message(item, DUTCH) == "‘x’ is gelezen als ja"
    assert message(item, ENGLISH) == "‘x’ was read as yes"


def test_an_empty_cell_is_called_empty() -> None:
    assert message(found(rules.UNKNOWN_INDICATOR, None, found=""), DUTCH) == "‘leeg’ is geen id van een indicator"


@pytest.mark.parametrize(
    ("place", "short", "with_file"),
    [
        (NUMERATOR, "'Standaard 3'!D14", "onz-2026.xlsx › 'Standaard 3'!D14"),
        (CellPlace(file="a.xlsx", sheet="Zorgaanbod", row=3, column=28), "Zorgaanbod!AB3", "a.xlsx › Zorgaanbod!AB3"),
        (CellPlace(file="a.xlsx", sheet="PAR's", row=1, column=1), "'PAR''s'!A1", "a.xlsx › 'PAR''s'!A1"),
        (
            CellRange(file="a.xlsx", sheet="Volumes", row=1, column=1, last_row=2, last_column=3),
            "Volumes!A1:C2",
            "a.xlsx › Volumes!A1:C2",
        ),
        (FilePlace(file="a.xlsx", sheet="Netwerk"), "blad Netwerk", "a.xlsx › blad Netwerk"),
        (FilePlace(file="a.xlsx"), "a.xlsx", "a.xlsx"),
        (KeyPlace(file="framework.yaml", line=12, column=3), "framework.yaml:12:3", "framework.yaml:12:3"),
        (None, "", ""),
    ],
)
def test_places_are_written_as_a_formula_would(place: Place | None, short: str, with_file: str) -> None:
    assert place_text(place, DUTCH) == short
    assert place_text(place, DUTCH, with_file=True) == with_file


# --- JSON -------------------------------------------------------------------------------------------------------


def test_json_has_the_keys_of_the_contract() -> None:
    assert as_json(too_large(), DUTCH) == {
        "code": "NT301",
        "severity": "error",
        "file": "onz-2026.xlsx",
        "sheet": "Standaard 3",
        "cell": "D14",
        "related": [{"role": "denominator", "file": "onz-2026.xlsx", "sheet": "Standaard 3", "cell": "E14"}],
        "facts": {"numerator": 51, "denominator": 48},
        "message": "teller 51 is groter dan noemer 48",
        "hint": "verbeter de teller of de noemer; in de teller telt alleen wat ook in de noemer zit",
    }


def test_json_of_other_places() -> None:
    rule = rules.NOT_OUR_FORM
    in_yaml = as_json(found(rule, KeyPlace(file="a.yaml", line=2, column=5)), DUTCH)
    assert (in_yaml["file"], in_yaml["sheet"], in_yaml["cell"], in_yaml["line"], in_yaml["column"]) == (
        "a.yaml",
        None,
        None,
        2,
        5,
    )
    whole = as_json(found(rule, FilePlace(file="a.xlsx")), DUTCH)
    assert (whole["file"], whole["sheet"], whole["cell"]) == ("a.xlsx", None, None)
    assert as_json(found(rule), DUTCH)["file"] is None


def test_every_severity_has_a_label() -> None:
    labels = [DUTCH.say(f"diagnostics.severity.{severity.value}") for severity in Severity]
    assert labels == ["fout", "let op", "ter info"]


@pytest.mark.parametrize(
    ("typed", "shown"), [("2025-03-14", "14-3-2025"), ("0000-00-00", "0000-00-00"), ("2025-02-30", "2025-02-30")]
)
def test_what_only_looks_like_a_date_is_shown_as_it_was_typed(typed: str, shown: str) -> None:
    facts = (("key", "Naam"), ("first", typed), ("second", "Alba"))
    assert shown in message(Diagnostic(rule=rules.OTHER_NETWORK, facts=facts), DUTCH)
