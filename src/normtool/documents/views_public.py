"""The report for everyone, in plain language (B1): what goes well, what must get better, what we do not know yet.

It says verdicts in other words and adds nothing: the sentences stand with the indicators in the norms. What is
unknown is never among what must get better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from normtool.core.assessment import IndicatorResult, Reason, StandardResult, Verdict
from normtool.core.dossier import Dossier, Stage
from normtool.core.evidence import DataNature
from normtool.core.ledger import text_in
from normtool.core.standards import FrameworkStatus, Indicator, IndicatorClass, Standard
from normtool.documents.regional import HOSPITAL, is_region, members_of
from normtool.documents.views import ContentsRow, FurnitureView
from normtool.documents.views_context import Context, VerdictText, open_context, status_chips
from normtool.telling.phrases import joined
from normtool.texts import Words

MOST_POINTS = 3
"""Points of each column on the first page."""
ROOM_FOR_MEMBERS = 700
"""Characters that fit beside how we looked; longer lists of members get the width of the page."""
SHOWN = {Verdict.MET: 0, Verdict.NOT_MET: 1, Verdict.PARTLY_MET: 2}
"""The verdicts that a sentence tells, in their order."""
METHOD = (("year", "evidence"), ("unknown",), ("aim", "scope"), ("data",))
"""How we looked: sentences by paragraph."""
Pair = tuple[Indicator, IndicatorResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """One sentence with its mark."""

    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """One standard as a question: our answer, how many points there were, and what they tell."""

    question: str
    answer: VerdictText
    counted: str
    points: tuple[PointView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicView:
    """The whole report for everyone; `none_key`: what is said where a column of the first page has no points.

    `has_points`: the norms have sentences for everyone; older ones have only their questions.
    """

    language: str
    furniture: FurnitureView
    contents: tuple[ContentsRow, ...]
    title: str
    lead: str
    notices: tuple[str, ...]
    good: tuple[PointView, ...]
    better: tuple[PointView, ...]
    has_points: bool
    none_key: str
    questions_title: str
    answers: tuple[AnswerView, ...]
    noticed: tuple[PointView, ...]
    noticed_rest: str
    release: str
    method: tuple[str, ...]
    members: tuple[str, ...]
    has_many_members: bool


def public_view(dossier: Dossier, words: Words) -> PublicView:
    """The report for everyone, of what the public part of a dossier holds."""
    context = open_context(dossier, words)
    pairs, members = _asked(context), _members(context)
    number = len(dossier.assessment.standards)
    noticed, noticed_rest = _noticed(context, pairs)
    return PublicView(
        language=words.language,
        furniture=_furniture(context),
        contents=tuple(
            ContentsRow(anchor=f"public-{key}", title=_say(context, f"contents.{key}"))
            for key in ("front", "questions", "answers", "about")
        ),
        title=_title(context),
        lead=_lead(context),
        notices=_notices(context),
        good=_chosen(context, pairs, (Verdict.MET,)),
        better=_chosen(context, pairs, (Verdict.NOT_MET, Verdict.PARTLY_MET)),
        has_points=any(indicator.public is not None for indicator in dossier.framework.indicators),
        none_key="unknown" if any(result.verdict is Verdict.UNKNOWN for _, result in pairs) else "none",
        questions_title=_count(context, "questions.title", number),
        answers=_answers(context),
        noticed=noticed,
        noticed_rest=noticed_rest,
        release=_release(context),
        method=_method(context),
        members=members,
        has_many_members=sum(map(len, members)) > ROOM_FOR_MEMBERS,
    )


def _say(context: Context, key: str, **facts: object) -> str:
    return context.words.say(f"public_report.{key}", **facts)


def _count(context: Context, key: str, number: int) -> str:
    """A sentence that depends on a number, which is written in words where it is small."""
    text = context.words.say_count(f"public_report.{key}", number, number=context.number(number))
    return _capital(text)


def _capital(sentence: str) -> str:
    """A sentence with a capital; in Dutch a capital takes no accent (*Eén*)."""
    return ("E" if sentence.startswith("é") else sentence[:1].upper()) + sentence[1:]


# --- what returns on every page -----------------------------------------------------------------------------


def _furniture(context: Context) -> FurnitureView:
    dossier, network = context.dossier, context.dossier.evidence.network
    circle = context.words.say(f"verdicts.circle.{dossier.circle.value}")
    document = _say(context, "document", year=network.assessment_year, circle=circle)
    stage = "final" if dossier.stage is Stage.FINAL and not dossier.is_preliminary else "other"
    footer = _say(
        context,
        f"footer.{dossier.framework.status.value}",
        edition=dossier.framework.edition,
        year=network.reporting_year,
        stage=_say(context, f"stage.{stage}"),
    )
    return FurnitureView(
        title=f"{network.name} · {document}",
        network=network.name,
        layer="",
        document=document,
        footer=footer,
        chips=status_chips(context),
    )


# --- the first page -----------------------------------------------------------------------------------------


def _title(context: Context) -> str:
    """The question of the whole report, with the number of hospitals where there are several."""
    number = len(_names(context, is_hospital=True))
    if number < 2:
        return _say(context, "title.plain")
    key = "exercise" if _is_exercise(context) else "hospitals"
    return _say(context, f"title.{key}", number=context.number(number))


def _lead(context: Context) -> str:
    key = "exercise" if _is_exercise(context) else "hospitals"
    if len(_names(context, is_hospital=True)) < 2:
        key = "plain"
    return _say(context, f"lead.{key}", network=context.dossier.evidence.network.name)


def _is_exercise(context: Context) -> bool:
    return context.dossier.evidence.network.nature is DataNature.PUBLIC_EXERCISE


def _notices(context: Context) -> tuple[str, ...]:
    """What the reader must know first: that it is an exercise, that it is not released."""
    there = {"public_exercise": _is_exercise(context), "preliminary": context.dossier.is_preliminary}
    return tuple(_say(context, f"notices.{key}") for key, is_there in there.items() if is_there)


def _asked(context: Context) -> list[Pair]:
    """The indicators that are scored now, with their results, in the order of the norms."""
    framework = context.dossier.framework
    results = (item for item in context.dossier.assessment.indicators if _is_asked(item))
    return [(found, item) for item in results if (found := framework.indicator(item.id)) is not None]


def _is_asked(result: IndicatorResult) -> bool:
    scored = result.is_open and result.indicator_class is not IndicatorClass.INFORMATIVE
    return scored and result.reason is not Reason.NO_NORM and result.verdict not in _LEFT


_LEFT = {Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE}
"""Verdicts of what did not have to be looked at."""


def _chosen(context: Context, pairs: list[Pair], verdicts: tuple[Verdict, ...]) -> tuple[PointView, ...]:
    """A few points: of each standard in turn, the core first, and the lower verdict first."""
    standard_of = {
        item.id: standard.id for standard in context.dossier.framework.standards for item in standard.indicators
    }
    left = [pair for pair in pairs if pair[1].verdict in verdicts and pair[0].public is not None]
    used: Counter[str] = Counter()
    chosen: list[Pair] = []
    while left and len(chosen) < MOST_POINTS:
        best = min(left, key=lambda pair: (used[standard_of[pair[0].id]], *_weight(pair)))
        left.remove(best)
        used[standard_of[best[0].id]] += 1
        chosen.append(best)
    return _points(context, chosen)


def _weight(pair: Pair) -> tuple[bool, ...]:
    """What comes first: of what is good that which patients notice, of the rest the core and what is lowest."""
    indicator, result = pair
    is_unnoticed = indicator.public is None or not indicator.public.noticed
    is_side = result.indicator_class is not IndicatorClass.CORE
    if result.verdict is Verdict.MET:
        return is_unnoticed, is_side
    return is_side, result.verdict is not Verdict.NOT_MET, is_unnoticed


def _points(context: Context, pairs: Iterable[Pair]) -> tuple[PointView, ...]:
    """The sentences of indicators that are met, partly met or not met; others have none."""
    found = []
    for indicator, result in pairs:
        if indicator.public is None or result.verdict not in SHOWN:
            continue
        text = indicator.public.good if result.verdict is Verdict.MET else indicator.public.better
        found.append(PointView(verdict=result.verdict, text=context.words.text(text)))
    return tuple(found)


def _noticed(context: Context, pairs: list[Pair]) -> tuple[tuple[PointView, ...], str]:
    """The points that patients can notice themselves, the good ones first, and what there is to say of the rest."""
    noticed = [pair for pair in pairs if pair[0].public is not None and pair[0].public.noticed]
    told = sorted((pair for pair in noticed if pair[1].verdict in SHOWN), key=lambda pair: SHOWN[pair[1].verdict])
    rest = _say(context, "notice.rest")
    if not told:
        return (), f"{_say(context, 'notice.nothing')} {rest}"
    unknown = len(noticed) - len(told)
    open_points = (_count(context, "notice.unknown", unknown),) if unknown else ()
    return _points(context, told), " ".join((*open_points, rest))


def _release(context: Context) -> str:
    """That an invented network is invented; who released this and when, where someone did."""
    release, nature = context.dossier.release, context.dossier.evidence.network.nature
    told = [_say(context, "release.fictional")] if nature is DataNature.FICTIONAL else []
    if release is not None and not context.dossier.is_preliminary:
        told.append(_say(context, "release.released", by=release.by, date=context.words.date(release.on)))
    return " ".join(told)


# --- per question -------------------------------------------------------------------------------------------


def _answers(context: Context) -> tuple[AnswerView, ...]:
    results = {item.id: item for item in context.dossier.assessment.standards}
    standards = context.dossier.framework.standards
    return tuple(_answer(context, item, results[item.id]) for item in standards if item.id in results)


def _answer(context: Context, standard: Standard, result: StandardResult) -> AnswerView:
    by_id = {item.id: item for item in result.indicators}
    pairs = [(item, by_id[item.id]) for item in standard.indicators if item.id in by_id and _is_asked(by_id[item.id])]
    told = sorted((pair for pair in pairs if pair[1].verdict in SHOWN), key=lambda pair: SHOWN[pair[1].verdict])
    key = result.verdict.value
    if result.verdict is Verdict.UNKNOWN and told:
        key = "unknown_partly"
    return AnswerView(
        question=context.words.text(standard.plain),
        answer=VerdictText(verdict=result.verdict, word=_say(context, f"answer.{key}")),
        counted=_counted(context, [item.verdict for _, item in pairs]),
        points=_points(context, told),
    )


def _counted(context: Context, verdicts: list[Verdict]) -> str:
    """`We keken naar acht punten. Zes zijn goed. Eén moet beter. Van één weten we het nog niet.`"""
    if not verdicts:
        return _say(context, "answers.none")
    asked = _count(context, "answers.asked", len(verdicts))
    if set(verdicts) == {Verdict.UNKNOWN}:
        return f"{asked} {_say(context, 'answers.nothing')}"
    counts = (
        ("good", verdicts.count(Verdict.MET)),
        ("better", verdicts.count(Verdict.NOT_MET) + verdicts.count(Verdict.PARTLY_MET)),
        ("unknown", verdicts.count(Verdict.UNKNOWN)),
        ("own", verdicts.count(Verdict.OWN_APPROACH)),
    )
    parts = [_count(context, f"answers.{key}", number) for key, number in counts if number]
    return " ".join((asked, *parts))


# --- how, and who -------------------------------------------------------------------------------------------


def _method(context: Context) -> tuple[str, ...]:
    """How we looked, in plain words; and how official the norms are."""
    status, year = context.dossier.framework.status, context.dossier.evidence.network.reporting_year
    paragraphs = [*METHOD, *([(status.value,)] if status is not FrameworkStatus.IN_FORCE else [])]
    return tuple(" ".join(_say(context, f"method.{key}", year=year) for key in keys) for keys in paragraphs)


def _members(context: Context) -> tuple[str, ...]:
    told = []
    for key, is_hospital in (("hospitals", True), ("others", False)):
        if names := _names(context, is_hospital=is_hospital):
            told.append(_say(context, f"members.{key}", names=joined(names, context.words)))
    return tuple(told) or (_say(context, "members.none"),)


def _names(context: Context, *, is_hospital: bool) -> list[str]:
    """The names of hospitals, or of the others that took part; a location goes with its hospital."""
    dossier = context.dossier
    if is_region(dossier):
        found = [(item.name, item.kind, item.parent) for item in members_of(dossier)]
    else:
        rows = dossier.evidence.register("members").rows
        found = [(text_in(row, "name"), text_in(row, "kind"), text_in(row, "parent")) for row in rows]
    return [name for name, kind, parent in found if name and not parent and (kind == HOSPITAL) is is_hospital]
