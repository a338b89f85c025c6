"""The reasoning as sentences: every step of the core has its words, in both languages, for few and for many."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from normtool.core.assessment import (
    Because,
    FactValue,
    IndicatorResult,
    Reason,
    RowResult,
    RowState,
    Share,
    Verdict,
)
from normtool.core.scoring_pooled import OTHER
from normtool.core.standards import IndicatorClass
from normtool.telling.retelling import (
    named,
    retell,
    row_name,
    row_reason,
    share_words,
    verdict_words,
)
from normtool.texts import LANGUAGES, NO_BREAK, Words, load_topic
from tests import board_examples as examples

DUTCH, ENGLISH = Words("nl"), Words("en")
CORE = Path(__file__).resolve().parent.parent / "src" / "normtool" / "core"
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(CORE.glob("*.py"))]


def calls(name: str) -> list[ast.Call]:
    """Every call of a function in the core."""
    nodes = (node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [node for node in nodes if isinstance(node.func, ast.Name) and node.func.id == name]


def rules_in_core() -> dict[str, list[str]]:
    """The rules of the reasoning and the names of their facts."""
    return {
        str(ast.literal_eval(call.args[0])): [str(item.arg) for item in call.keywords] for call in calls("because")
    }


def row_reasons_in_core() -> set[str]:
    """Every constant that the core gives as the reason of a row or of a test on a row."""
    found = {
        node.value
        for call in (*calls("Tested"), *calls("RowResult"))
        for item in call.keywords
        if item.arg == "reason"
        for node in ast.walk(item.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return found - {""}


RULES = rules_in_core()
FEW: dict[str, FactValue] = {"share": Share(numerator=1, denominator=1), "date": date(2025, 1, 1), "group": "long"}
MANY: dict[str, FactValue] = {"share": Share(numerator=1200, denominator=1500), "date": True, "group": OTHER}
NONE: dict[str, FactValue] = {"share": None, "date": date(2020, 12, 31), "group": "huid"}


def facts_of(rule: str, given: dict[str, FactValue], number: int) -> dict[str, FactValue]:
    """Facts for a rule: these, and this number for everything else."""
    common: dict[str, FactValue] = {"target": Decimal("0.85"), "deadline": date(2025, 7, 1), "year": 2025}
    common["groups"] = max(number, 1)
    return {name: given.get(name, common.get(name, number)) for name in RULES[rule]}


def step(rule: str, **facts: FactValue) -> Because:
    """A step of the reasoning."""
    return Because(rule=rule, facts=tuple(facts.items()))


# --- every rule has its words -----------------------------------------------------------------------------------


ALWAYS_A_SHARE = ("share", "pooled", "pooled_limbo", "shown")


def test_the_core_has_rules_to_retell() -> None:
    assert {"coverage", "share", "volume", "no_answer", "age", "declared"} <= set(RULES)


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 1234])
@pytest.mark.parametrize(
    ("rule", "given"),
    [
        (rule, given)
        for rule in sorted(RULES)
        for given in (FEW, MANY, NONE)
        if given is not NONE or rule not in ALWAYS_A_SHARE
    ],
)
def test_every_rule_is_a_sentence(rule: str, given: dict[str, FactValue], number: int, words: Words) -> None:
    sentence = retell(step(rule, **facts_of(rule, given, number)), words)
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert "  " not in sentence
    assert not any(mark in sentence for mark in "{}[]")
    assert "None" not in sentence
    assert "True" not in sentence


def test_both_languages_have_the_same_keys_and_facts() -> None:
    for topic in ("because", "explain", "diagnostics", "nt3xx", "nt4xx", "nt9xx"):
        dutch, english = (shape(load_topic(language, topic)) for language in LANGUAGES)
        assert dutch == english, topic


def shape(node: Any) -> Any:
    """The keys of a topic, with the facts of every sentence."""
    if isinstance(node, dict):
        return {key: shape(value) for key, value in node.items()}
    return sorted({part.partition("}")[0] for part in str(node).split("{")[1:]} - {"count"})


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=LANGUAGES)
def test_every_reason_of_a_row_has_words(words: Words) -> None:
    pooled = {Reason.INCOMPLETE_ROWS, Reason.SMALL_NUMBERS, Reason.ZERO_DENOMINATOR}
    scattered = {"expired", "below_norm", "no_norm", "not_performed", "years_or_locations_missing"}
    for reason in row_reasons_in_core() | {item.value for item in pooled} | scattered:
        assert words.say(f"because.row.{reason}")


def test_no_reason_of_a_row_is_left_over() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in CORE.glob("*.py"))
    for reason in load_topic("nl", "because")["row"]:
        assert f'"{reason}"' in source, reason


def test_every_sentence_is_used() -> None:
    code = (CORE.parent / "telling" / "retelling.py").read_text(encoding="utf-8")
    code += (CORE.parent / "telling" / "accounts.py").read_text(encoding="utf-8")
    for key in load_topic("nl", "because"):
        assert key in RULES or f"because.{key}" in code, key


# --- what a reader reads ----------------------------------------------------------------------------------------


def in_dutch(rule: str, **facts: FactValue) -> str:
    """A step in Dutch, with plain blanks."""
    return retell(step(rule, **facts), DUTCH, {"long": "Long"}).replace(NO_BREAK, " ")


TARGET = Decimal("0.85")


@pytest.mark.parametrize(
    ("rule", "facts", "sentence"),
    [
        (
            "coverage",
            {"met": 8, "partly_met": 2, "inside": 11, "undecided": 1, "at_most": 9, "target": TARGET},
            (
                "8 van 11 rijen voldoen (73 %), 2 gedeeltelijk; 1 rij is nog niet bekend en er kunnen er hooguit 9 "
                "voldoen; het doel is 85 %."
            ),
        ),
        (
            "coverage",
            {"met": 0, "partly_met": 0, "inside": 1, "undecided": 0, "at_most": 0, "target": Decimal("0.6375")},
            "0 van 1 rij voldoet (0 %); het doel is 63,75 %.",
        ),
        (
            "coverage",
            {"met": 0, "partly_met": 0, "inside": 0, "undecided": 3, "at_most": 2, "target": Decimal(1)},
            (
                "Van geen enkele rij staat vast dat zij onder de norm valt; 3 rijen zijn nog niet bekend en er "
                "kunnen er hooguit 2 voldoen; het doel is 100 %."
            ),
        ),
        (
            "share",
            {"share": Share(numerator=169, denominator=199), "target": TARGET},
            "169 van 199 is 84 %; het doel is 85 %.",
        ),
        ("level", {"level": 2, "target": Decimal(3)}, "Het antwoord is niveau 2; het doel is niveau 3."),
        ("count", {"number": 1200, "target": Decimal(1)}, "Het antwoord is 1.200; het doel is ten minste 1."),
        (
            "too_old",
            {"date": date(2021, 12, 30), "months": 48},
            "Het nieuwste geldige document is van 30 december 2021; dat is ouder dan 48 maanden.",
        ),
        ("age", {"date": True, "months": 36}, "Het nieuwste geldige document is hooguit 36 maanden oud."),
        (
            "rows",
            {"met": 1, "wanted": 1, "inside": 3},
            "1 van 3 rijen voldoet; het doel is ten minste 1.",
        ),
        (
            "pooled_groups",
            {
                "group": "long",
                "share": Share(numerator=40, denominator=60),
                "groups": 5,
                "met": 3,
                "small": 2,
                "target": Decimal("0.9"),
            },
            (
                "Het oordeel hangt af van Long: 40 van 60 is 67 %; het doel is 90 %; 3 van 5 groepen voldoen; "
                "2 kleine groepen zijn samen als overig geteld."
            ),
        ),
        (
            "pooled_groups",
            {"group": OTHER, "share": None, "groups": 1, "met": 0, "small": 0, "target": Decimal("0.9")},
            (
                "Het oordeel hangt af van overige groepen samen, en daarvan zijn niet alle getallen bekend; "
                "het doel is 90 %; 0 van 1 groep voldoet."
            ),
        ),
        (
            "volume",
            {"met": 3, "rows": 5, "below": 2, "undecided": 4},
            "3 van 5 aantallen halen de norm, 2 niet; van 4 is het nog niet bekend.",
        ),
        (
            "volumes_without_norm",
            {"treatments": 1},
            "Voor 1 behandeling is er geen geldende norm; die telt niet mee.",
        ),
        (
            "age_year_only",
            {"months": 36, "year": 2022},
            "Van het document is alleen het jaar 2022 bekend; volgens de norm mag het hooguit 36 maanden oud zijn.",
        ),
    ],
)
def test_a_step_reads_as_a_sentence(rule: str, facts: dict[str, FactValue], sentence: str) -> None:
    assert in_dutch(rule, **facts) == sentence


def test_a_share_just_under_the_target_is_never_shown_as_the_target() -> None:
    share = Share(numerator=849, denominator=1000)
    assert share.fraction < Fraction(TARGET)
    assert share_words(share, ENGLISH, TARGET) == "849 of 1,000 is 84%"


def test_a_share_of_nothing_has_no_percentage() -> None:
    assert share_words(Share(numerator=0, denominator=0), DUTCH) == "0 van 0"


# --- rows -------------------------------------------------------------------------------------------------------


def test_a_row_is_named_by_names() -> None:
    dossier = examples.dossier()
    row = RowResult(key=("stalba", "rectal-resection"), state=RowState.NOT_MET, reason="below_norm")
    assert row_name(row, dossier.framework, dossier.evidence, DUTCH) == "St. Alba, rectumresectie"
    assert row_name(row, dossier.framework, dossier.evidence, ENGLISH) == "St. Alba, rectal resection"
    assert row_reason(row, DUTCH) == "onder de norm"


def test_groups_taken_together_and_rows_without_a_key_have_names_too() -> None:
    dossier = examples.dossier()
    other = RowResult(key=(OTHER,), state=RowState.MET)
    assert row_name(other, dossier.framework, dossier.evidence, DUTCH) == "overige groepen samen"
    assert named(RowResult(key=("",), state=RowState.MET), DUTCH, {}) == "–"
    assert row_reason(other, DUTCH) == ""


# --- verdicts ---------------------------------------------------------------------------------------------------


def result(verdict: Verdict, reason: Reason | None = None, **more: Any) -> IndicatorResult:
    """A result with this verdict."""
    return IndicatorResult(
        id="N1.1", indicator_class=IndicatorClass.CORE, is_open=True, verdict=verdict, reason=reason, **more
    )


@pytest.mark.parametrize(
    ("given", "dutch", "english"),
    [
        (result(Verdict.MET), "voldoet", "met"),
        (result(Verdict.MET, on_path=True), "voldoet (op groeipad)", "met (on growth path)"),
        (result(Verdict.PARTLY_MET, first_cycle=True), "voldoet gedeeltelijk", "partly met"),
        (result(Verdict.NOT_MET), "voldoet niet", "not met"),
        (result(Verdict.NOT_MET, first_cycle=True), "voldoet nog niet", "not yet met"),
        (
            result(Verdict.UNKNOWN, Reason.SMALL_NUMBERS),
            "niet te beoordelen (te kleine aantallen)",
            "cannot be judged (numbers too small)",
        ),
        (result(Verdict.OWN_APPROACH, Reason.NO_ANSWER), "eigen aanpak", "own approach"),
        (result(Verdict.NOT_APPLICABLE, Reason.ZERO_DENOMINATOR), "n.v.t. (noemer 0)", "n/a (denominator 0)"),
        (result(Verdict.NOT_APPLICABLE, Reason.DECLARED), "n.v.t. volgens het netwerk", "n/a, says the network"),
        (
            result(Verdict.INFORMATIVE, Reason.NOT_YET_ASKED),
            "informatief (nog niet gevraagd)",
            "informative (not yet asked)",
        ),
        (
            result(Verdict.INFORMATIVE, Reason.DUE, due=date(2026, 7, 1)),
            "informatief (te beoordelen vanaf 1 juli 2026)",
            "informative (to be judged from 1 July 2026)",
        ),
        (result(Verdict.INFORMATIVE), "informatief", "informative"),
    ],
)
def test_a_verdict_carries_its_reason(given: IndicatorResult, dutch: str, english: str) -> None:
    assert verdict_words(given, DUTCH).replace(NO_BREAK, " ") == dutch
    assert verdict_words(given, ENGLISH).replace(NO_BREAK, " ") == english
