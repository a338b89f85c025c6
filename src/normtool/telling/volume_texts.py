"""Volume norms in words: the norm with its unit, its source and its dates, and what was compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from normtool.core.assessment import Because, NormCheck, RowState
from normtool.core.standards import NormStanding, VolumeNorm
from normtool.telling.phrases import in_sentence, joined
from normtool.texts import Words

Names = Mapping[str, str]
SENTENCE_ENDS = ".;"


def norm_words(norm: VolumeNorm, words: Words, names: Names) -> str:
    """A norm with its unit: `20 per locatie`, and what is averaged or added up for it."""
    unit = words.say(f"volumes.unit.{norm.unit}")
    text = words.say("volumes.norm", minimum=words.whole(norm.minimum), unit=unit)
    if norm.years > 1:
        text = words.say("volumes.averaged", norm=text, years=norm.years)
    if len(norm.treatments) > 1:
        added = [in_sentence(names.get(item, item)) for item in norm.treatments]
        text = words.say("volumes.added", norm=text, treatments=joined(added, words))
    return text


def source_words(norm: VolumeNorm) -> str:
    """Who set a norm, in a word or two: the first source without the part in brackets that says where it was read."""
    return norm.basis.references[0].partition(" (")[0] if norm.basis.references else ""


def standing_words(norm: VolumeNorm, words: Words, *, is_bound: bool) -> str:
    """Why a norm does not count yet; empty for one that binds."""
    if is_bound:
        return ""
    if norm.standing is not NormStanding.IN_FORCE:
        return words.say(f"volumes.standing.{norm.standing.value}")
    if norm.valid_from is None:
        return words.say("volumes.no_start")
    return words.say("volumes.starts", date=words.date(norm.valid_from))


def source_and_standing(norm: VolumeNorm, words: Words, *, is_bound: bool) -> str:
    """The source of a norm and, when it does not bind, its standing: `IZA, voorgenomen`."""
    return ", ".join(filter(None, (source_words(norm), standing_words(norm, words, is_bound=is_bound))))


def sourced_norm_words(norm: VolumeNorm, words: Words, names: Names, *, is_bound: bool) -> str:
    """A norm with unit, source and standing: `60 per instelling (IZA, voorgenomen)`."""
    text, source = norm_words(norm, words, names), source_and_standing(norm, words, is_bound=is_bound)
    return words.say("volumes.with_source", norm=text, source=source) if source else text


def norm_dates(norm: VolumeNorm, words: Words) -> tuple[str, ...]:
    """The dates of a norm that are known, apart: set, in force, in contracts, supervised, ended."""
    start = "valid_from" if norm.standing is NormStanding.IN_FORCE else "would_hold_from"
    dates = (
        ("set_on", norm.set_on),
        (start, norm.valid_from),
        ("contracted_from", norm.contracted_from),
        ("supervised_from", norm.supervised_from),
        ("valid_until", norm.valid_until),
    )
    return tuple(words.say(f"volumes.dates.{key}", date=words.date(day)) for key, day in dates if day is not None)


def sum_words(check: NormCheck, norm: VolumeNorm, words: Words) -> str:
    """What was added up or averaged: `3 locaties samen`, `gemiddeld over 2023-2025`; empty for a single number."""
    parts = []
    if len(check.locations) > 1:
        parts.append(words.say("volumes.compared.locations", count=len(check.locations)))
    if len(norm.treatments) > 1:
        parts.append(words.say("volumes.compared.treatments", count=len(norm.treatments)))
    if len(check.years) > 1:
        parts.append(words.say("volumes.compared.years", first=check.years[0], last=check.years[-1]))
    return ", ".join(parts)


def compared_words(check: NormCheck, norm: VolumeNorm, words: Words) -> str:
    """The number laid beside a norm, with what it is the sum or mean of; where a part is missing: at least that."""
    number = mean_words(check.total, check.minimum, len(check.years), words)
    if check.state is RowState.UNDECIDED:
        number = words.say("volumes.compared.at_least", number=number)
    parts = sum_words(check, norm, words)
    return words.say("volumes.compared.text", parts=parts, number=number) if parts else number


def mean_words(total: int, minimum: int, years: int, words: Words) -> str:
    """A number a year with at most one decimal, never rounded up to a norm that it does not reach."""
    mean, limit = Fraction(total, years), Fraction(minimum, years)
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if mean < limit <= Fraction(shown):
        shown = exact.quantize(Decimal("0.1"), ROUND_DOWN)
    return words.decimal(shown) if shown % 1 else words.whole(int(shown))


def verdict_words(check: NormCheck, words: Words) -> str:
    """What a number comes to against a norm; of a norm that does not bind, what it would be."""
    would = "" if check.is_bound else "would_"
    return words.say(f"volumes.verdict.{would}{check.state.value}")


def retell_below(step: Because, words: Words, names: Names) -> str:
    """One number below its norm, with the plan that stands beside it."""
    location, treatment = str(step.fact("location")), str(step.fact("treatment"))
    total, minimum, years = _number(step, "total"), _number(step, "minimum"), max(1, _number(step, "years"))
    parts = []
    for key, count in (("locations", _number(step, "locations")), ("treatments", _number(step, "treatments"))):
        if count > 1:
            parts.append(words.say(f"volumes.compared.{key}", count=count))
    if years > 1:
        parts.append(words.say("volumes.compared.mean", count=years))
    number = mean_words(total, minimum, years, words)
    below = words.say(
        "volumes.below",
        treatment=names.get(treatment, treatment),
        location=names.get(location, location),
        compared=words.say("volumes.compared.text", parts=", ".join(parts), number=number) if parts else number,
        minimum=words.whole(minimum // years),
    )
    plan = without_end(str(step.fact("plan") or ""))
    return words.say("volumes.below_plan", below=below, plan=plan) if plan else below


def retell_plan(step: Because, words: Words, _: Names) -> str:
    """An action that names the indicator."""
    action, plan, due = step.fact("action"), without_end(str(step.fact("plan"))), step.fact("due")
    if isinstance(due, date):
        return words.say("volumes.plan_due", action=action, plan=plan, date=words.date(due))
    return words.say("volumes.plan", action=action, plan=plan)


def retell_more(step: Because, words: Words, _: Names) -> str:
    """How many more numbers are below their norm."""
    return words.say_count("volumes.below_more", _number(step, "rows"))


def without_end(text: str) -> str:
    """A typed text on one line, without the full stop that the sentence around it brings."""
    return " ".join(text.split()).rstrip(SENTENCE_ENDS)


def _number(step: Because, name: str) -> int:
    value = step.fact(name)
    return value if isinstance(value, int) else 0
