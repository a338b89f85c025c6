"""Concentration and spreading in sentences: tranches, their dates with who says so, what sources say differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtool.core.assessment import IzaResult, IzaStepDate, ResultOrigin, StepState
from normtool.core.dossier import Dossier
from normtool.core.iza import GROUP, IZA_STEPS
from normtool.core.kinds import DocumentAge
from normtool.core.ledger import text_in
from normtool.core.standards import Basis, Framework, Indicator, Iza, IzaDate, IzaTranche
from normtool.texts import Words

ORIGINS = {ResultOrigin.INHERITED: "of_region", ResultOrigin.DERIVED: "of_sub_networks"}
STATES = {StepState.PLANNED: ("planned",), StepState.UNDECIDED: ("day_unknown",)}


def plain_name_of_step(framework: Framework, step_id: str, words: Words) -> str:
    """The name of a step within a sentence; its id when the norms do not have it."""
    steps = framework.iza.steps if framework.iza is not None else ()
    return next((words.text(step.name) for step in steps if step.id == step_id), step_id)


def name_of_step(framework: Framework, step_id: str, words: Words) -> str:
    """The name of a step, with a capital."""
    name = plain_name_of_step(framework, step_id, words)
    return name[:1].upper() + name[1:]


def tranche_of(framework: Framework, tranche_id: str) -> IzaTranche | None:
    """The tranche with this id, if there is one."""
    tranches = framework.iza.tranches if framework.iza is not None else ()
    return next((item for item in tranches if item.id == tranche_id), None)


def tranche_behind(framework: Framework, indicator: Indicator) -> IzaTranche | None:
    """The tranche whose step an indicator asks about; None when it asks about something else."""
    kind = indicator.kind
    return tranche_of(framework, kind.iza_tranche) if isinstance(kind, DocumentAge) else None


def sources_of(basis: Basis, words: Words) -> str:
    """Who says so, in short; a proposal of ours says that."""
    return "; ".join(basis.references) or words.say(f"verdicts.standing.{basis.standing.value}")


def what_happens(item: IzaDate, words: Words) -> str:
    """What happens on a date, in a few words."""
    return words.say(f"iza.what.{item.what}")


def date_sentence(item: IzaDate, words: Words) -> str:
    """A date, what happens then and who says so, on one line."""
    facts = {"date": words.date(item.day), "what": what_happens(item, words), "source": sources_of(item.basis, words)}
    return words.say("iza.date", **facts)


def step_words(step: IzaStepDate, words: Words, *, with_origin: bool = True) -> tuple[str, str]:
    """When a step was or will be taken, and what must be said with it: its state, and whose date it is."""
    said = [ORIGINS[step.origin]] if with_origin and step.origin in ORIGINS else []
    if step.day is None:
        text, said = words.say("iza.done"), ["no_date", *said]
    else:
        text = words.short_date(step.day.first) if step.day.is_exact else words.span(step.day)
        said = [*STATES.get(step.state, ()), *said]
    return text, ", ".join(words.say(f"iza.{key}") for key in said)


def all_of_region(results: Iterable[IzaResult]) -> bool:
    """Whether every known step is one of the region: then that is said once."""
    origins = {step.origin for result in results for step in result.steps}
    return origins == {ResultOrigin.INHERITED}


def remark_on(dossier: Dossier, group: str) -> str:
    """What was explained in the row of a group: its own, else that of the region; empty when neither says a thing."""
    above = dossier.region.evidence if dossier.region is not None else None
    for evidence in (dossier.evidence, above):
        rows = evidence.register(IZA_STEPS).rows if evidence is not None else ()
        remark = next((text_in(row, "explanation") for row in rows if text_in(row, GROUP) == group), "")
        if remark:
            return remark
    return ""


def differences(iza: Iza, words: Words) -> Iterator[str]:
    """What sources say differently about the tranches, and what is not known of one."""
    for tranche in iza.tranches:
        yield from differences_about(tranche, words)


def differences_about(tranche: IzaTranche, words: Words) -> Iterator[str]:
    """What sources say differently about a tranche; of one without groups, why there are none."""
    yield from _overtaken(tranche, words)
    yield from _disputed(tranche, words)
    if not tranche.groups:
        yield words.as_written(tranche.basis.text)


def _overtaken(tranche: IzaTranche, words: Words) -> Iterator[str]:
    """A plan that the setting of the norms came too late for."""
    plans = [item for item in tranche.dates if item.what == "planned"]
    later = [item for item in tranche.dates if item.what == "norms_set"]
    for plan in plans:
        for item in later:
            if plan.day < item.day:
                yield words.say(
                    "iza.overtaken",
                    tranche=words.text(tranche.name),
                    plan=words.date(plan.day),
                    plan_source=sources_of(plan.basis, words),
                    date=words.date(item.day),
                    source=sources_of(item.basis, words),
                )


def _disputed(tranche: IzaTranche, words: Words) -> Iterator[str]:
    """Two dates for one thing."""
    found: dict[str, list[IzaDate]] = {}
    for item in tranche.dates:
        found.setdefault(what_happens(item, words), []).append(item)
    for what, items in found.items():
        if len({item.day for item in items}) > 1:
            said = [
                words.say("iza.said", date=words.date(item.day), source=sources_of(item.basis, words))
                for item in items
            ]
            yield words.say("iza.disputed", tranche=words.text(tranche.name), what=what, dates="; ".join(said))
