"""What `normtool explain` says of concentration and spreading, for an indicator about a step of a tranche."""

from __future__ import annotations

from normtool.core.assessment import IzaResult, IzaStepDate
from normtool.core.framework_names import group_names
from normtool.core.standards import Framework, Indicator
from normtool.telling.accounts import Account
from normtool.telling.iza_texts import (
    date_sentence,
    differences_about,
    plain_name_of_step,
    step_words,
    tranche_behind,
)
from normtool.telling.retelling import Names
from normtool.texts import Words


def tranche_lines(framework: Framework, indicator: Indicator, words: Words) -> list[str]:
    """The tranche that an indicator asks about: its groups, its dates with their sources, the steps, the disputes."""
    tranche = tranche_behind(framework, indicator)
    if tranche is None or framework.iza is None:
        return []
    names = group_names(framework)
    groups = ", ".join(words.text(names[group]) for group in tranche.groups)
    steps = ", ".join(words.text(step.name) for step in framework.iza.steps)
    return [
        words.say("iza.explain.groups", tranche=words.text(tranche.name), groups=groups),
        *(date_sentence(item, words) for item in tranche.dates),
        words.say("iza.explain.steps", steps=steps),
        *differences_about(tranche, words),
    ]


def tell_tranche(account: Account) -> None:
    """The tranche behind a verdict, and every group in it with its steps and the cells they stand in."""
    framework, words = account.dossier.framework, account.page.words
    tranche = tranche_behind(framework, account.indicator)
    if tranche is None:
        return
    account.put("tranche", *tranche_lines(framework, account.indicator, words))
    label = account.say("steps")
    for result in account.dossier.assessment.iza:
        if result.tranche == tranche.id:
            account.page.field(label, _group(framework, result, words, account.names))
            label = ""
            for place in dict.fromkeys(place for step in result.steps for place in step.places):
                account.page.under(account.cell(place))


def _group(framework: Framework, result: IzaResult, words: Words, names: Names) -> str:
    """A group with what is known of each step, and the last one taken: `Long: SWOT 2023; laatste stap: SWOT`."""
    steps = ", ".join(_step(framework, step, words) for step in result.steps) or words.say("iza.explain.open")
    text = words.say("iza.explain.step", group=names.get(result.group, result.group), steps=steps)
    if not result.last_taken:
        return text
    last = words.say("iza.explain.last", step=plain_name_of_step(framework, result.last_taken, words))
    return f"{text}; {last}"


def _step(framework: Framework, step: IzaStepDate, words: Words) -> str:
    name, (date, addition) = plain_name_of_step(framework, step.step, words), step_words(step, words)
    key = "said_more" if addition else "said"
    return words.say(f"iza.explain.{key}", step=name, date=date, addition=addition)
