"""What the board reads first: chosen from verdicts, in sentences, never more than fits on a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.assessment import Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature
from normtool.documents.decisions import Agenda, DecisionKind, board_agenda
from normtool.texts import Words
from tests import dossier_examples
from tests.board_evidence import rows
from tests.board_examples import (
    ALL_WELL,
    MET,
    MIXED,
    NEARLY_UNKNOWN,
    NOT,
    OWN,
    STRUGGLING,
    UNKNOWN,
    dossier,
    with_verdict,
)

NL, EN = Words("nl"), Words("en")
KINDS = DecisionKind


def agenda(item: Dossier, words: Words = NL) -> Agenda:
    return board_agenda(item, words)


def without_registers(item: Dossier) -> Dossier:
    return replace(item, evidence=replace(item.evidence, registers=(), answers=()))


def test_a_mixed_network_is_asked_to_adopt_to_repair_to_agree_and_to_put_on_the_agenda() -> None:
    found = agenda(dossier(draft=False))
    assert [(item.kind, item.indicators) for item in found.decisions] == [
        (KINDS.ADOPT, ()),
        (KINDS.IMPROVE, ("N4.7",)),
        (KINDS.IMPROVE, ("N2.6",)),
        (KINDS.OWN_APPROACH, ("N4.8",)),
        (KINDS.BOTTLENECK, ("N1.6",)),
    ]
    assert found.further_points == 2


def test_each_decision_says_who_before_when_and_at_what_effort() -> None:
    adopt, repair, *_, bottleneck = agenda(dossier(draft=False)).decisions
    assert (adopt.sentence, adopt.who, adopt.before, adopt.effort) == (
        "Stel de zelfevaluatie vast.",
        "bestuur",
        "vandaag",
        "–",
    )
    assert (repair.who, repair.before, repair.effort, repair.effort_hours) == (
        "voorzitters borst en darm",
        "1-10-2026",
        "ongeveer 40 uur",
        40,
    )
    assert repair.sentence == "Regel shared-care-afspraken met alle deelnemers (N4.7)."
    assert repair.detail == "Zonder deze stap blijft standaard 4 op ‘voldoet niet’."
    assert bottleneck.sentence == "Zet op de agenda van zorgverzekeraars: De kosten van het MDO-platform."
    assert bottleneck.detail == "Er is nog één knelpunt."


def test_an_action_that_is_done_gives_no_owner() -> None:
    found = agenda(dossier({**ALL_WELL, "N6.1": NOT}, draft=False))
    assert found.decisions[1].indicators == ("N6.1",)
    assert (found.decisions[1].who, found.decisions[1].before) == ("raden van bestuur", "–")


def test_what_alone_holds_a_standard_down_comes_before_what_does_not_suffice() -> None:
    verdicts = {**ALL_WELL, "N1.1": NOT, "N1.2": NOT, "N5.1": NOT, "N6.1": Verdict.PARTLY_MET}
    found = agenda(without_registers(dossier(verdicts, draft=False)))
    assert [item.indicators for item in found.decisions[1:]] == [("N5.1",), ("N1.1",), ("N1.2",), ("N6.1",)]


def test_strong_points_are_core_first_one_per_standard_and_have_their_numbers() -> None:
    found = agenda(dossier(draft=False))
    assert [item.sentence for item in found.strengths] == [
        "Samenwerkingsovereenkomst: 4 van 4.",
        "Patiëntenadviesraad: 4 van 4.",
        "Onderwijs en symposia: 4 van 4.",
    ]


def test_a_growth_indicator_is_a_strong_point_only_after_the_core() -> None:
    verdicts = {**dict.fromkeys(MIXED, NOT), "N1.6": MET, "N3.1": MET, "N5.3": Verdict.INFORMATIVE}
    assert [item.indicator for item in agenda(dossier(verdicts)).strengths] == ["N3.1", "N1.6"]


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        ("N1.2", "Bestuur met mandaat: geregeld."),
        ("N1.5", "Visie en meerjarenplan: vastgesteld op 1\u00a0maart\u00a02024."),
        ("N3.7", "Verbeterprogramma: niveau 3 van 4."),
        ("N3.2", "Volumenormen per locatie: 1 van 2."),
    ],
)
def test_every_kind_of_answer_has_a_finding(indicator: str, sentence: str) -> None:
    verdicts = {**dict.fromkeys(MIXED, NOT), indicator: MET}
    assert [item.sentence for item in agenda(dossier(verdicts)).strengths] == [sentence]


def test_volumes_below_their_norm_are_named_with_number_and_minimum() -> None:
    found = agenda(dossier({**ALL_WELL, "N3.2": Verdict.PARTLY_MET}, draft=False))
    assert found.decisions[1].detail.startswith("Nu: St. Alba, rectumresectie: 17, de norm is 20.")


def test_when_most_is_unknown_the_evidence_comes_first_and_adopting_after_it() -> None:
    found = agenda(dossier(NEARLY_UNKNOWN, cycle=1, draft=False, nature=DataNature.NETWORK))
    evidence, adopt = found.decisions[:2]
    assert (evidence.kind, adopt.kind) == (KINDS.EVIDENCE, KINDS.ADOPT)
    assert "16 van de 17 kernindicatoren" in evidence.sentence
    assert evidence.effort == "ongeveer 8 uur"
    assert (adopt.sentence, adopt.before) == ("Stel de zelfevaluatie vast zodra dat bewijs er is.", "–")
    assert found.unknown.startswith("Bij geen van de standaarden staat het oordeel vast.")


def test_when_nothing_is_known_the_sentence_says_so_plainly() -> None:
    verdicts = {**NEARLY_UNKNOWN, "N1.1": UNKNOWN}
    first = agenda(dossier(verdicts, cycle=1)).decisions[0]
    assert first.sentence.endswith("nog geen daarvan is te beoordelen.")


def test_an_exercise_on_public_texts_asks_nobody_to_adopt_anything() -> None:
    found = agenda(dossier(NEARLY_UNKNOWN, cycle=1, draft=False, nature=DataNature.PUBLIC_EXERCISE))
    assert KINDS.ADOPT not in [item.kind for item in found.decisions]
    assert found.decisions[0].kind is KINDS.EVIDENCE


def test_a_draft_is_adopted_only_once_its_errors_are_gone() -> None:
    first = agenda(dossier(draft=True)).decisions[0]
    assert first.sentence == "Stel de zelfevaluatie vast zodra de fouten in het formulier zijn hersteld."
    assert first.before == "–"


def test_missing_evidence_fills_the_room_that_is_left() -> None:
    item = without_registers(dossier({**ALL_WELL, "N5.2": UNKNOWN}, draft=False))
    assert [decision.kind for decision in agenda(item).decisions] == [KINDS.ADOPT, KINDS.EVIDENCE]


def test_the_first_cycle_reads_not_yet() -> None:
    found = agenda(dossier(STRUGGLING, cycle=1, draft=False))
    assert "‘voldoet nog niet’" in found.decisions[1].detail


def test_gaps_name_the_standard_its_bounds_and_what_would_decide() -> None:
    found = agenda(dossier())
    assert [gap.indicators for gap in found.gaps] == [("N5.2",)]
    assert found.gaps[0].sentence == (
        "Standaard 5, Onderzoek, onderwijs en opleiding: tussen voldoet niet en voldoet. "
        "Dat hangt af van Overzicht van studies (N5.2)."
    )
    assert "Dat is geen ‘voldoet niet’." in found.unknown


def test_a_core_own_approach_leaves_its_standard_open() -> None:
    found = agenda(dossier({**ALL_WELL, "N1.2": OWN}))
    assert [gap.indicators for gap in found.gaps] == [("N1.2",)]


def test_nothing_is_unknown_when_all_is_decided() -> None:
    found = agenda(dossier(ALL_WELL))
    assert found.gaps == ()
    assert found.unknown == "Bij elke standaard is het oordeel over de kern bekend."


def test_deciding_a_gap_closes_it() -> None:
    assert agenda(with_verdict(dossier(), "N5.2", MET)).gaps == ()


def test_a_long_bottleneck_is_quoted_in_part() -> None:
    item = dossier(ALL_WELL, draft=False)
    long_text = "kosten " * 2000
    registers = (rows("bottlenecks", {"description": long_text, "owner": "iedereen " * 900}),)
    last = agenda(replace(item, evidence=replace(item.evidence, registers=registers))).decisions[-1]
    assert last.kind is KINDS.BOTTLENECK
    assert len(last.sentence) < 260
    assert "…" in last.sentence


def test_a_bottleneck_without_owner_still_makes_a_sentence() -> None:
    item = dossier(ALL_WELL, draft=False)
    registers = (rows("bottlenecks", {"description": "Geen geld."}),)
    last = agenda(replace(item, evidence=replace(item.evidence, registers=registers))).decisions[-1]
    assert last.sentence == "Zet op de agenda van wie erover gaat: Geen geld."


@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
@pytest.mark.parametrize("verdicts", [MIXED, NEARLY_UNKNOWN, STRUGGLING, ALL_WELL])
@pytest.mark.parametrize("nature", list(DataNature))
def test_the_page_never_overflows(words: Words, verdicts: dict[str, Verdict], nature: DataNature) -> None:
    found = agenda(dossier(verdicts, nature=nature, draft=False), words)
    assert len(found.strengths) <= 3
    assert 1 <= len(found.decisions) <= 5
    assert all(item.sentence and item.who and item.before and item.effort for item in found.decisions)


@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
def test_the_built_in_norms_judged_by_the_engine_make_an_agenda(words: Words) -> None:
    mixed = agenda(dossier_examples.mixed(), words)
    assert mixed.strengths[0].indicator == "N1.1"
    assert mixed.decisions[0].kind is KINDS.ADOPT
    unknown = agenda(dossier_examples.nearly_unknown(), words)
    assert unknown.decisions[0].kind is KINDS.EVIDENCE
