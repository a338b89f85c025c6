"""*Van wie kunnen we leren?*, own approaches and bottlenecks side by side, as finished text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from normtool.core.assessment import Verdict
from normtool.core.comparison_learning import (
    BottleneckGroup,
    BottleneckHere,
    Example,
    Lesson,
    OwnApproachHere,
    bottlenecks_of,
    lessons_of,
    own_approaches_of,
)
from normtool.documents.comparison_context import Beside, shortened_text
from normtool.documents.comparison_maps import lesson_anchor
from normtool.documents.views_context import VerdictText

FourTexts = tuple[str, str, str, str]

MOST_TOLD = 3
"""Different things that are told of how an indicator is met; of the other networks only that they do."""
MOST_TITLES = 2
ALL_BY_LABEL = 3
"""Labels that are named one by one, also when they are all there are."""
TITLE_LENGTH, TEXT_LENGTH, LONG_TEXT = 90, 150, 420
"""Characters of a title, of an explanation beside it, and of a text that stands by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What networks say: their labels, the kind of evidence or nothing, documents and how many more, and a text."""

    head: str = ""
    kind: str = ""
    titles: tuple[str, ...] = ()
    more: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonView:
    """An indicator with who does not meet it yet (by verdict), who does, and with what."""

    id: str
    anchor: str
    title: str
    behind: tuple[tuple[VerdictText, str], ...]
    met: str
    own: str
    told: tuple[Told, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningView:
    """From whom can be learnt: indicators that some meet, and those that none meets yet."""

    lead: str
    lessons: tuple[LessonView, ...]
    nobody: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnApproachView:
    """The own approaches to one indicator: of each network what it aims at, does, how it knows, and until when."""

    id: str
    title: str
    rows: tuple[FourTexts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BottleneckView:
    """The bottlenecks that one party can solve: label, description, what is asked, indicators."""

    owner: str
    rows: tuple[FourTexts, ...]


# --- learning -------------------------------------------------------------------------------------------------------


def learning_view(beside: Beside) -> LearningView | None:
    """Who meets what another does not yet; None for years of one network."""
    if beside.is_years:
        return None
    found = lessons_of(beside.comparison, beside.dossiers)
    shown = sorted((item for item in found if item.examples), key=lambda item: not item.row.is_core)
    nobody = [item for item in found if not item.examples]
    return LearningView(
        lead=_learning_lead(beside, len(shown), len(nobody)),
        lessons=tuple(_lesson(beside, item) for item in shown),
        nobody=tuple((item.row.indicator.id, beside.title(item.row.indicator)) for item in nobody),
    )


def _learning_lead(beside: Beside, shown: int, nobody: int) -> str:
    if not shown and not nobody:
        return beside.say("learning.all_met")
    parts = [beside.count("learning.lead", shown)] if shown else []
    if nobody:
        parts.append(beside.count("learning.nobody_lead", nobody))
    return " ".join(parts)


def _lesson(beside: Beside, lesson: Lesson) -> LessonView:
    met, own = (
        [beside.speaker(item.column) for item in lesson.examples if item.verdict is verdict]
        for verdict in (Verdict.MET, Verdict.OWN_APPROACH)
    )
    told = _tellings(beside, lesson)
    left = len(lesson.examples) - sum(len(columns) for columns, _ in told)
    return LessonView(
        id=lesson.row.indicator.id,
        anchor=lesson_anchor(lesson.row),
        title=beside.title(lesson.row.indicator),
        behind=tuple(_behind(beside, lesson)),
        met=", ".join(met),
        own=beside.say("learning.own", names=", ".join(own)) if own else "",
        told=tuple(text for _, text in told),
        more=beside.count("learning.more", left) if left else "",
    )


def _behind(beside: Beside, lesson: Lesson) -> list[tuple[VerdictText, str]]:
    """Who is not there yet, by verdict in the order of the legend; within it in the order of the columns."""
    found = []
    for verdict in (Verdict.PARTLY_MET, Verdict.NOT_MET):
        places = [place for place in lesson.behind if lesson.row.cells[place].shown is verdict]
        if places:
            word = beside.say(f"learning.behind.{verdict.value}")
            names = ", ".join(beside.speaker(place) for place in places)
            found.append((VerdictText(verdict=verdict, word=word), names))
    return found


def _tellings(beside: Beside, lesson: Lesson) -> list[tuple[list[int], Told]]:
    """What is told, with the columns of those who say the same; first who has most to tell, then by column."""
    found: dict[Told, list[int]] = {}
    for example in sorted(lesson.examples, key=lambda item: not (item.documents or item.text)):
        found.setdefault(_told(beside, example), []).append(example.column)
    kept = list(found.items())[:MOST_TOLD]
    return [
        (columns, replace(told, head=", ".join(map(beside.speaker, columns))))
        for told, columns in sorted(kept, key=lambda item: item[1])
    ]


def _told(beside: Beside, example: Example) -> Told:
    """What one network tells, still without who it is."""
    titles = [_document(beside, *item) for item in example.documents[:MOST_TITLES]]
    left = len(example.documents) - len(titles)
    kinds = [beside.say(f"means.{item.value}") for item in example.means]
    return Told(
        kind="" if titles or example.text else beside.listed(kinds),
        titles=tuple(titles),
        more=beside.count("learning.more_documents", left) if left else "",
        text=_sentence(shortened_text(example.text, TEXT_LENGTH)),
    )


def _sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def _document(beside: Beside, title: str, page: str) -> str:
    short = shortened_text(title, TITLE_LENGTH)
    return beside.words.say("report.document_page", title=short, page=page) if page else short


# --- own approaches -------------------------------------------------------------------------------------------------


def own_approach_views(beside: Beside) -> tuple[OwnApproachView, ...]:
    """The own approaches, per indicator in the order of the norms."""
    found: dict[str, list[OwnApproachHere]] = {}
    for item in own_approaches_of(beside.comparison, beside.dossiers):
        found.setdefault(item.row.indicator.id, []).append(item)
    return tuple(
        OwnApproachView(
            id=key,
            title=beside.title(items[0].row.indicator),
            rows=_together(beside, (_own_row(beside, item) for item in items)),
        )
        for key, items in found.items()
    )


def _own_row(beside: Beside, item: OwnApproachHere) -> FourTexts:
    """Label; what it does instead; aim and proof; until when."""
    until = beside.words.span(item.until) if item.until is not None else ""
    reasons = [
        beside.say(f"own.{key}", text=_sentence(shortened_text(text, LONG_TEXT)))
        for key, text in (("aim", item.aim), ("proof", item.proof))
        if text
    ]
    return beside.speaker(item.column), shortened_text(item.what, LONG_TEXT) or "–", " ".join(reasons), until or "–"


def _together(beside: Beside, rows: Iterable[FourTexts]) -> tuple[FourTexts, ...]:
    """Rows that say the same as one, under the labels of all who say it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for label, first, second, third in rows:
        labels = found.setdefault((first, second, third), [])
        if label not in labels:
            labels.append(label)
    return tuple((_labels(beside, labels), *texts) for texts, labels in found.items())


def _labels(beside: Beside, labels: list[str]) -> str:
    """Labels one after another; of many that are all there are, only that."""
    every = len(beside.comparison.columns) if beside.is_years else beside.comparison.networks
    if len(labels) == every > ALL_BY_LABEL:
        return beside.say("every_year" if beside.is_years else "everyone")
    return ", ".join(labels)


# --- bottlenecks ----------------------------------------------------------------------------------------------------


def bottleneck_views(beside: Beside) -> tuple[BottleneckView, ...]:
    """The bottlenecks, by who can solve them; without names only which networks see one for an indicator."""
    groups = bottlenecks_of(beside.comparison, beside.dossiers)
    if not beside.comparison.is_anonymous:
        return tuple(_group(beside, group) for group in groups)
    rows = tuple(_touched_by(beside, [item for group in groups for item in group.bottlenecks]))
    return (BottleneckView(owner="", rows=rows),) if rows else ()


def _touched_by(beside: Beside, found: list[BottleneckHere]) -> Iterator[FourTexts]:
    for indicator in beside.comparison.framework.indicators:
        columns = sorted({item.column for item in found if indicator.id in item.indicators})
        if columns:
            yield _labels(beside, [beside.speaker(column) for column in columns]), "", "", beside.named(indicator)


def _group(beside: Beside, group: BottleneckGroup) -> BottleneckView:
    return BottleneckView(
        owner=shortened_text(group.owner, TITLE_LENGTH) or beside.say("bottlenecks.nobody"),
        rows=_together(beside, (_bottleneck(beside, item) for item in group.bottlenecks)),
    )


def _bottleneck(beside: Beside, item: BottleneckHere) -> FourTexts:
    description = shortened_text(item.description, LONG_TEXT)
    request = shortened_text(item.request, LONG_TEXT)
    return beside.speaker(item.column), description or "–", request or "–", ", ".join(item.indicators) or "–"
