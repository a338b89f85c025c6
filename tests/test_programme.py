"""The improvement programme in the report: only what the network wrote, and what has no action yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from normtool.core.assessment import Verdict
from normtool.core.dossier import Dossier, FormerAction
from normtool.core.evidence import DateSpan, Evidence, RegisterRow, RegisterRows
from normtool.core.history import former_year
from normtool.core.standards import IndicatorClass
from normtool.documents.pages import report_html
from normtool.documents.views import report_view
from normtool.documents.views_context import open_context
from normtool.documents.views_programme import ProgrammeView, programme_view
from normtool.texts import Words
from tests.dossier_examples import HOSTILE, answer, built_in, mixed, nearly_unknown, row, rows

NL, EN = Words("nl"), Words("en")


def action(identifier: str, *indicators: str, **more: object) -> RegisterRow:
    """A row of *Verbeteracties*; a text that was left out is an empty cell."""
    found = row("Verbeteracties", id=identifier, **more)
    named = row("Verbeteracties", indicators=tuple(indicators)) if indicators else row("Verbeteracties")
    return replace(found, values=(*found.values, *named.values))


def with_rows(register: str, *found: RegisterRow, dossier: Dossier | None = None) -> Dossier:
    """The mixed network with these rows instead of what stands in the register."""
    base = dossier or mixed()
    others = tuple(item for item in base.evidence.registers if item.register != register)
    registers: tuple[RegisterRows, ...] = (*others, rows(register, *found, complete=False))
    return replace(base, evidence=replace(base.evidence, registers=registers))


def programme(dossier: Dossier, words: Words = NL) -> ProgrammeView:
    """The section."""
    found = report_view(dossier, words).programme
    assert found is not None
    return found


def below(dossier: Dossier) -> list[str]:
    """The core indicators that are asked and not or only partly met."""
    return [
        item.id
        for item in dossier.assessment.indicators
        if item.is_open
        and item.indicator_class is IndicatorClass.CORE
        and item.verdict in (Verdict.NOT_MET, Verdict.PARTLY_MET)
    ]


def test_actions_stand_under_the_standard_of_their_first_indicator() -> None:
    day = date(2026, 10, 1)
    found = programme(
        with_rows(
            "actions",
            action("V1", "N4.7", "N1.2", action="Opschrijven.", owner="voorzitters", due=day, state="in_progress"),
            action("V2", "N1.2", action="Nalezen.", evidence_expected="Een verslag."),
        )
    )
    groups = {group.title[:1]: group for group in found.groups}
    (first,), (second,) = groups["4"].actions, groups["1"].actions
    assert (first.id, first.owner, first.due, first.state) == (
        "V1",
        "voorzitters",
        "1\u00a0oktober\u00a02026",
        "loopt",
    )
    assert first.indicators == (("N4.7", "N4-7"), ("N1.2", "N1-2"))
    assert (second.owner, second.due, second.state) == ("nog niemand", "nog geen datum", "–")
    assert second.evidence == "Een verslag."
    assert found.lead.startswith("Het netwerk noemt twee verbeteracties.")


def test_core_indicators_below_their_norm_without_an_action_are_named() -> None:
    dossier = with_rows("actions")
    wanted = below(dossier)
    assert len(wanted) > 1
    assert [row.id for group in programme(dossier).groups for row in group.lacking] == wanted
    assert "Het netwerk noemt nog geen verbeteracties." in programme(dossier).lead
    covered = with_rows("actions", action("V1", *wanted[1:], action="Alles behalve één."))
    assert [row.id for group in programme(covered).groups for row in group.lacking] == wanted[:1]
    assert "Voor één kernindicator die niet of gedeeltelijk voldoet, is" in programme(covered).lead


def test_an_action_without_a_known_indicator_is_not_lost() -> None:
    found = programme(with_rows("actions", action("V1", action="Los."), action("V2", "N9.9", action="Elders.")))
    assert found.groups[-1].title == "Acties zonder indicator"
    assert [row.id for row in found.groups[-1].actions] == ["V1", "V2"]
    assert found.groups[-1].actions[1].indicators == ()


def test_every_standard_that_is_not_met_tells_its_next_step() -> None:
    dossier = with_rows("actions")
    steps = {group.title[:1]: group.step for group in programme(dossier, EN).groups}
    for standard in dossier.assessment.standards:
        step = standard.next_step
        if step is None:
            assert steps.get(standard.id.lstrip("S"), "") == ""
        else:
            assert all(name in steps[standard.id.lstrip("S")] for name in step.indicators)


def test_open_actions_of_last_year_tell_how_they_stand_now() -> None:
    framework = built_in()
    open_then = (
        FormerAction(id="V1", action="Opschrijven.", owner="voorzitters", due=DateSpan.of_year(2025)),
        FormerAction(id="V2", action="Nalezen."),
        FormerAction(id="V3", action="Vergeten."),
        FormerAction(id="V4", action="Zonder stand.", indicators=("N1.2",)),
        FormerAction(id="V2", action="Iets anders onder hetzelfde nummer.", indicators=("N6.1",)),
    )
    former = replace(former_year(framework, mixed(), "ab"), assessment_year=2025, open_actions=open_then)
    now = with_rows(
        "actions",
        action("V1", "N4.7", action="Opschrijven.", state="in_progress", due=date(2026, 3, 1)),
        action("V2", "N1.2", action="Nalezen.", state="done"),
        action("V4", "N1.2", action="Nog zonder stand."),
    )
    found = programme(replace(now, history=(former,)))
    assert found.former_title == "Open acties uit 2025"
    assert [(item.id, item.due, item.now) for item in found.former] == [
        ("V1", "2025", "loopt, gereed op 1\u00a0maart\u00a02026"),
        ("V2", "–", "klaar"),
        ("V3", "–", "dit jaar niet meer genoemd"),
        ("V4", "–", "–"),
        ("V2", "–", "dit jaar niet meer genoemd"),
    ]


def test_bottlenecks_are_grouped_by_who_can_solve_them() -> None:
    found = programme(
        with_rows(
            "bottlenecks",
            row("Knelpunten", description="Geen geld.", owner="verzekeraars", request="Betalen."),
            row("Knelpunten", description="Geen norm."),
            row("Knelpunten", description="Geen tijd.", owner="verzekeraars"),
        )
    )
    (owner, points), (nobody, rest) = found.owners
    assert owner == "verzekeraars"
    assert [(item.description, item.request) for item in points] == [("Geen geld.", "Betalen."), ("Geen tijd.", "")]
    assert nobody == "Nog niet bekend wie erover gaat"
    assert rest[0].description == "Geen norm."
    beside = [item for item in rest if item.indicators == (("N1.7", "N1-7"),)]
    assert beside[0].description == "De kosten van het MDO-platform kan het netwerk niet zelf dragen."


def test_nothing_is_invented_where_nothing_was_written() -> None:
    found = programme(nearly_unknown())
    assert all(group.actions == () for group in found.groups)
    assert found.former == ()
    assert found.owners == ()
    page = report_html(nearly_unknown(), NL)
    assert "Standaard en volgende stap" in page
    assert "Open acties uit" not in page
    assert "Knelpunten, per partij" not in page


def test_without_steps_actions_and_bottlenecks_there_is_no_section() -> None:
    dossier = mixed()
    standards = tuple(replace(item, next_step=None, indicators=()) for item in dossier.assessment.standards)
    evidence: Evidence = replace(dossier.evidence, registers=(), answers=())
    bare = replace(dossier, evidence=evidence, assessment=replace(dossier.assessment, standards=standards))
    assert programme_view(open_context(bare, NL)) is None


@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
def test_what_people_wrote_stays_text(words: Words) -> None:
    dossier = with_rows("actions", action("V1", "N4.7", action=HOSTILE, owner=HOSTILE, evidence_expected=HOSTILE))
    dossier = with_rows(
        "bottlenecks", row("Knelpunten", description=HOSTILE, owner=HOSTILE, request=HOSTILE), dossier=dossier
    )
    dossier = replace(dossier, evidence=replace(dossier.evidence, answers=(answer("N1.2", bottleneck=HOSTILE),)))
    found = programme(dossier, words)
    assert found.owners[0][0] == HOSTILE
    page = report_html(dossier, words)
    assert '<script>alert("x")' not in page
    assert page.count("{{ 7*7 }}") >= 6
