"""The reasoning behind a verdict as sentences, rows by their names, and verdicts with what belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from normtool.core.assessment import (
    Because,
    FactValue,
    IndicatorResult,
    Reason,
    RowResult,
    Share,
    Verdict,
)
from normtool.core.dossier import Dossier
from normtool.core.evidence import DateSpan, DocumentReference, Evidence, RegisterRow, Said, Unreadable, Value
from normtool.core.framework_names import group_names
from normtool.core.ledger import text_in
from normtool.core.registers import Column, ColumnType
from normtool.core.scoring_pooled import OTHER
from normtool.core.standards import Framework
from normtool.telling.volume_texts import retell_below, retell_more, retell_plan
from normtool.texts import Words

Names = Mapping[str, str]

SHARE_TARGETS = frozenset({"share", "coverage", "pooled", "pooled_incomplete", "pooled_limbo", "pooled_groups"})
"""Rules whose target is a share; other targets are levels or numbers."""
YEARS = frozenset({"year"})


def retell(step: Because, words: Words, names: Names | None = None) -> str:
    """One step of the reasoning as a sentence. `names` maps ids (of tumour groups) to names."""
    teller = TELLERS.get(step.rule)
    if teller is not None:
        return teller(step, words, names or {})
    facts = {name: _fact(step, name, words) for name, _ in step.facts}
    return words.say(f"because.{step.rule}", **facts)


def names_of(framework: Framework, evidence: Evidence, words: Words) -> dict[str, str]:
    """The names of everything that has an id: choices that name rows, groups, treatments, members."""
    names = {OTHER: words.say("because.other_groups")}
    for register in framework.registers:
        column = register.column(register.expected_column or "")
        names |= {choice.id: words.text(choice.label) for choice in (column.choices if column else ())}
    names |= {group: words.text(name) for group, name in group_names(framework).items()}
    names |= {item.id: words.text(item.name) for item in framework.treatments}
    if framework.iza is not None:
        names |= {step.id: words.text(step.name) for step in framework.iza.steps}
        names |= {tranche.id: words.text(tranche.name) for tranche in framework.iza.tranches}
    return names | _names_of_members(evidence.register("members").rows)


def names_in(dossier: Dossier, words: Words) -> Names:
    """The names of everything in a dossier that has an id, also of members of its sub-networks and its region."""
    members = [row for item in dossier.sub_networks for row in item.members]
    above = dossier.region.evidence if dossier.region is not None else None
    members += above.register("members").rows if above is not None else ()
    return {**_names_of_members(members), **names_of(dossier.framework, dossier.evidence, words)}


def _names_of_members(rows: Iterable[RegisterRow]) -> dict[str, str]:
    return {text_in(row, "id"): text_in(row, "name") for row in rows if text_in(row, "name")}


def named(row: RowResult, words: Words, names: Names) -> str:
    """The name of one row, when the names are at hand already."""
    return ", ".join(names.get(part, part) for part in row.key if part) or words.say("because.no_name")


def row_name(row: RowResult, framework: Framework, evidence: Evidence, words: Words) -> str:
    """The name of one row of an aggregate: names of members, groups, treatments and choices instead of ids."""
    return named(row, words, names_of(framework, evidence, words))


def row_reason(row: RowResult, words: Words) -> str:
    """Why a row is undecided, not met or outside; empty when there is nothing to explain."""
    return words.say(f"because.row.{row.reason}") if row.reason else ""


def verdict_words(result: IndicatorResult, words: Words) -> str:
    """The verdict of an indicator, with its reason in brackets where there is one."""
    verdict = result.verdict
    if verdict is Verdict.MET and result.on_path:
        return words.say("verdicts.met_on_path")
    if verdict is Verdict.NOT_MET and result.first_cycle:
        return words.say("verdicts.not_met_first_cycle")
    if result.reason is Reason.DECLARED:
        return words.say("verdicts.reason.declared")
    word = words.say(f"verdicts.{verdict.value}")
    if result.reason is None or verdict is Verdict.OWN_APPROACH:
        return word
    if result.reason is Reason.DUE and result.due is not None:
        return words.say("because.with_reason", verdict=word, reason=_due(result.due, words))
    reason = words.say(f"verdicts.reason.{result.reason.value}")
    return words.say("because.with_reason", verdict=word, reason=reason)


def plain_verdict(verdict: Verdict, words: Words, *, first_cycle: bool) -> str:
    """The bare word of a verdict; in a first cycle *voldoet nog niet* instead of *voldoet niet*."""
    if verdict is Verdict.NOT_MET and first_cycle:
        return words.say("verdicts.not_met_first_cycle")
    return words.say(f"verdicts.{verdict.value}")


def share_words(share: Share, words: Words, *marks: Decimal) -> str:
    """A share with its numbers: `48 van 60 is 80 %`; without a denominator only the numbers."""
    part, whole = words.whole(share.numerator), words.whole(share.denominator)
    if not share.denominator:
        return words.say("because.part_of", part=part, whole=whole)
    return words.say("because.share_of", part=part, whole=whole, percent=words.share(share, *marks))


def value_words(value: Value, words: Words, names: Names, column: Column | None = None) -> str:
    """What a cell holds: names for ids, labels for choices; nothing that was typed is left out."""
    match value:
        case bool():
            return words.say("because.yes" if value else "because.no")
        case int():
            return str(value) if column is not None and column.type is ColumnType.YEAR else words.whole(value)
        case str():
            return _label(value, words, names, column)
        case DateSpan():
            return words.span(value)
        case Said():
            return words.say(f"because.said.{value.value}")
        case Unreadable():
            return value.text
        case tuple():
            return "; ".join(_part(part, words, names, column) for part in value)


def reference_words(reference: DocumentReference, words: Words) -> str:
    """A reference to a document as it is typed: `D4 p. 12`."""
    if not reference.page:
        return reference.document
    return words.say("because.page", document=reference.document, page=reference.page)


def _part(part: str | DateSpan | DocumentReference, words: Words, names: Names, column: Column | None) -> str:
    if isinstance(part, DocumentReference):
        return reference_words(part, words)
    return value_words(part, words, names, column)


def _label(value: str, words: Words, names: Names, column: Column | None) -> str:
    if column is None or column.type in (ColumnType.TEXT, ColumnType.IDENTIFIER):
        return value
    choice = next((item for item in column.choices if item.id == value), None)
    return words.text(choice.label) if choice is not None else names.get(value, value)


def _due(day: date, words: Words) -> str:
    return words.say("because.from_date", date=words.date(day))


# --- facts ------------------------------------------------------------------------------------------------------


def _fact(step: Because, name: str, words: Words) -> str:
    """One fact as text, as the rule means it."""
    value = step.fact(name)
    match value:
        case Decimal():
            return words.target_share(value) if step.rule in SHARE_TARGETS else words.decimal(value)
        case Share():
            return share_words(value, words, *_target(step))
        case bool():
            return words.say("because.yes" if value else "because.no")
        case int():
            return str(value) if name in YEARS else words.whole(value)
        case date():
            return words.date(value)
        case None:
            return words.say("because.nothing")
        case _:
            return value


def _target(step: Because) -> tuple[Decimal, ...]:
    target = step.fact("target")
    return (target,) if isinstance(target, Decimal) else ()


def _number(step: Because, name: str) -> int:
    value: FactValue = step.fact(name)
    return value if isinstance(value, int) else 0


def _counted(key: str, part: int, whole: int) -> str:
    """The form of a sentence about a part of a whole: nothing there, one thing, one that does, or several."""
    if whole == 0:
        return f"because.{key}.none"
    return f"because.{key}.single" if whole == 1 else f"because.{key}.one" if part == 1 else f"because.{key}.other"


def _tail(key: str, count: int, words: Words, **facts: str) -> str:
    """A part of a sentence that is only there when there is something to count."""
    return words.say_count(f"because.{key}", count, **facts) if count else ""


# --- rules with more than one form ------------------------------------------------------------------------------


def _dated(step: Because, words: Words, _: Names) -> str:
    form = "dated" if isinstance(step.fact("date"), date) else "undated"
    facts = {name: _fact(step, name, words) for name, _ in step.facts}
    return words.say(f"because.{step.rule}.{form}", **facts)


def _coverage(step: Because, words: Words, _: Names) -> str:
    met, inside, partly = (_number(step, name) for name in ("met", "inside", "partly_met"))
    text = words.say(_counted("coverage", met, inside), met=words.whole(met), inside=words.whole(inside))
    if inside:
        share = words.share(Share(numerator=met, denominator=inside), *_target(step))
        text += words.say("because.coverage.share", share=share)
    if partly:
        text += words.say("because.coverage.partly", count=words.whole(partly))
    text += _tail("coverage.open", _number(step, "undecided"), words, at_most=_fact(step, "at_most", words))
    return text + words.say("because.coverage.target", target=_fact(step, "target", words))


def _rows(step: Because, words: Words, _: Names) -> str:
    key = _counted("rows", _number(step, "met"), _number(step, "inside"))
    return words.say(key, **{name: _fact(step, name, words) for name, _ in step.facts})


def _by_rows(step: Because, words: Words, _: Names) -> str:
    facts = {name: _fact(step, name, words) for name in ("share", "target")}
    return words.say_count(f"because.{step.rule}", _number(step, "rows"), **facts)


def _pooled_incomplete(step: Because, words: Words, _: Names) -> str:
    form = "none" if step.fact("share") is None else "known"
    return words.say(
        f"because.pooled_incomplete.{form}", **{name: _fact(step, name, words) for name, _ in step.facts}
    )


def _pooled_groups(step: Because, words: Words, names: Names) -> str:
    group, met, groups = str(step.fact("group")), _number(step, "met"), _number(step, "groups")
    name = names.get(group, words.say("because.other_groups") if group == OTHER else group)
    form = "unknown" if step.fact("share") is None else "known"
    facts = {key: _fact(step, key, words) for key in ("share", "target")}
    text = words.say(f"because.pooled_groups.{form}", group=name, **facts)
    key = _counted("pooled_groups.met", met, groups)
    text += words.say(key, met=words.whole(met), groups=words.whole(groups))
    return f"{text}{_tail('pooled_groups.small', _number(step, 'small'), words)}."


def _volume(step: Because, words: Words, _: Names) -> str:
    met, rows = _number(step, "met"), _number(step, "rows")
    text = words.say(_counted("volume", met, rows), met=words.whole(met), rows=words.whole(rows))
    text += _tail("volume.below", _number(step, "below"), words)
    return f"{text}{_tail('volume.open', _number(step, 'undecided'), words)}."


def _iza_steps(step: Because, words: Words, names: Names) -> str:
    met, of = _number(step, "met"), _number(step, "of")
    form = "none" if not met else "all" if met == of else "some"
    if of == 1:
        form = "only" if met else "only_none"
    if not _number(step, "known"):
        form = "nothing"
    groups = [names.get(group, group) for group in str(step.fact("names") or "").split(", ")]
    name, tranche = (names.get(str(step.fact(key)), str(step.fact(key))) for key in ("step", "tranche"))
    facts = {"step": name[:1].upper() + name[1:], "tranche": tranche, "met": words.whole(met), "of": words.whole(of)}
    return words.say(f"because.iza_steps.{form}", names=in_words(groups, words), **facts)


def _roll_up(step: Because, words: Words, _: Names) -> str:
    met, of = _number(step, "met"), _number(step, "of")
    form = "none" if not met else "all" if met == of else "one" if met == 1 else "other"
    if of == 1:
        form = "single_met" if met else "single"
    numbers = {"met": words.whole(met), "of": words.whole(of)}
    return words.say(f"because.roll_up.{form}", names=_names_in(step, words), **numbers)


def _sub_networks(step: Because, words: Words, _: Names) -> str:
    return words.say(f"because.{step.rule}", names=_names_in(step, words))


def _names_in(step: Because, words: Words) -> str:
    return in_words(str(step.fact("names") or "").split(", "), words)


def in_words(items: list[str], words: Words) -> str:
    """A list in a sentence: `a, b en c`."""
    if len(items) < 2:
        return "".join(items)
    return words.say("because.and", items=", ".join(items[:-1]), last=items[-1])


def _by_count(step: Because, words: Words, _: Names) -> str:
    return words.say_count(f"because.{step.rule}", next((v for _, v in step.facts if isinstance(v, int)), 0))


TELLERS: Mapping[str, Callable[[Because, Words, Names], str]] = {
    "age": _dated,
    "too_old": _dated,
    "deadline": _dated,
    "coverage": _coverage,
    "rows": _rows,
    "pooled": _by_rows,
    "pooled_limbo": _by_rows,
    "pooled_incomplete": _pooled_incomplete,
    "pooled_groups": _pooled_groups,
    "volume": _volume,
    "iza_steps": _iza_steps,
    "roll_up": _roll_up,
    "roll_up_partly": _sub_networks,
    "roll_up_not_met": _sub_networks,
    "roll_up_own_approach": _sub_networks,
    "roll_up_unknown": _sub_networks,
    "roll_up_not_received": _sub_networks,
    "roll_up_left": _sub_networks,
    "volume_below": retell_below,
    "volume_plan": retell_plan,
    "volumes_below_more": retell_more,
    "volumes_without_norm": _by_count,
    "not_classified": _by_count,
}
"""Rules whose sentence has more than one form; the others have one."""
