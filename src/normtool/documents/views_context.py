"""What every view needs: the dossier, the words, and names for the ids that people never read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from normtool.core.assessment import IndicatorResult, Reason, RowResult, StandardResult, Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature, DocumentReference, Evidence, RegisterRow
from normtool.core.places import CellPlace
from normtool.core.standards import Indicator, Standard
from normtool.telling.phrases import in_full, joined
from normtool.telling.retelling import Names, names_in, plain_verdict
from normtool.texts import Words

NONE = "–"
LONGEST_TITLE = 100
"""Letters of a document's title beside a verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictText:
    """A verdict as readers see it: the mark's code, the word, and what is added in small print."""

    verdict: Verdict
    word: str
    addition: str = ""

    @property
    def code(self) -> str:
        """The name of the mark in the stylesheets."""
        return self.verdict.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A label in a box; `kind` chooses its look."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A dossier with the words of one language.

    `names` maps ids to names, `row_documents` a row of a register (file, sheet, row) to the documents it names.
    """

    dossier: Dossier
    words: Words
    names: Names
    row_documents: Mapping[tuple[str, str, int], tuple[str, ...]]

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the report."""
        return self.words.say(f"report.{key}", **facts)

    def count(self, key: str, number: int, **facts: object) -> str:
        """A sentence of the report that depends on a number, which it may name in full as `{number}`."""
        return self.words.say_count(f"report.{key}", number, number=self.number(number), **facts)

    def number(self, number: int) -> str:
        """A number in words up to twelve, in figures from there."""
        return in_full(number, self.words)

    def verdict_word(self, verdict: Verdict) -> str:
        """The bare word of a verdict; in a first cycle *voldoet nog niet*."""
        return plain_verdict(verdict, self.words, first_cycle=self.dossier.assessment.cycle == 1)

    def listed(self, items: list[str] | tuple[str, ...], most: int = 99) -> str:
        """`a, b en c`; of more than `most` the rest is counted."""
        if len(items) > most:
            return self.say("list.more", items=", ".join(items[:most]), count=len(items) - most)
        return joined(items, self.words)

    def name(self, identifier: str) -> str:
        """The name of a member, tumour group or treatment; what was typed when it has none."""
        return self.names.get(identifier, identifier)

    def row_name(self, row: RowResult) -> str:
        """The name of one row of an aggregate."""
        return " · ".join(self.name(part) for part in row.key if part) or NONE


def open_context(dossier: Dossier, words: Words) -> Context:
    """Gather the names of a dossier."""
    return Context(
        dossier=dossier, words=words, names=names_in(dossier, words), row_documents=_row_documents(dossier)
    )


def _row_documents(dossier: Dossier) -> dict[tuple[str, str, int], tuple[str, ...]]:
    found = {}
    above = dossier.region.evidence if dossier.region is not None else None
    for register in (*dossier.evidence.registers, *(above.registers if above is not None else ())):
        for row in register.rows:
            values = [item for _, cell in row.values if isinstance(cell.value, tuple) for item in cell.value]
            named = tuple(item.document for item in values if isinstance(item, DocumentReference))
            if named:
                found[row.place.file, row.place.sheet, row.place.row] = named
    return found


def shown_verdict(result: IndicatorResult) -> Verdict:
    """The mark of an indicator: *no norm* is drawn as a dash, like *not applicable*."""
    return Verdict.NOT_APPLICABLE if result.reason is Reason.NO_NORM else result.verdict


def verdict_text(context: Context, result: IndicatorResult) -> VerdictText:
    """The verdict of an indicator in words, with what the first cycle or the growth path adds."""
    verdict = shown_verdict(result)
    word = context.words.say(f"verdicts.{verdict.value}")
    addition = ""
    if result.reason is Reason.NO_NORM:
        word = context.words.say("verdicts.reason.no_norm")
    elif verdict is Verdict.NOT_MET and result.first_cycle:
        word = context.words.say("verdicts.not_met_first_cycle")
    elif verdict is Verdict.MET and result.on_path:
        addition = f"({context.words.say('verdicts.on_path')})"
    return VerdictText(verdict=verdict, word=word, addition=addition)


def standard_verdict_text(context: Context, result: StandardResult) -> VerdictText:
    """The verdict of a standard in few words: how little is known comes first, else between which two it lies."""
    word, known = context.verdict_word(result.verdict), ""
    if result.mostly_undecided:
        counts = result.counts
        known = context.words.say("verdicts.known_short", known=counts.core_known, core=counts.core)
    if result.verdict is Verdict.UNKNOWN:
        word = context.words.say("verdicts.not_yet_known") if known else between_words(context, result)
    return VerdictText(verdict=result.verdict, word=word, addition=known)


def between_words(context: Context, result: StandardResult) -> str:
    """Between which two verdicts an undecided standard lies."""
    worst, best = (context.verdict_word(end) for end in (result.worst, result.best) if end is not None)
    return context.words.say("verdicts.between", worst=worst, best=best)


def status_chips(context: Context) -> tuple[Chip, ...]:
    """What the whole document is: provisional, invented, an exercise."""
    dossier = context.dossier
    label = context.words.say
    chips = [Chip(kind="draft", text=label("verdicts.label.draft"))] if dossier.is_preliminary else []
    nature = dossier.evidence.network.nature
    if nature is DataNature.FICTIONAL:
        chips.append(Chip(kind="fictional", text=label("verdicts.label.fictional")))
    elif nature is DataNature.PUBLIC_EXERCISE:
        chips.append(Chip(kind="exercise", text=label("verdicts.label.public_exercise")))
    return tuple(chips)


def indicator_chips(context: Context, indicator: Indicator) -> tuple[Chip, ...]:
    """The class of an indicator and the standing of its basis."""
    kind, standing = indicator.indicator_class.value, indicator.basis.standing.value
    return (
        Chip(kind=kind, text=context.words.say(f"verdicts.class.{kind}")),
        Chip(kind=standing, text=context.words.say(f"verdicts.standing.{standing}")),
    )


def anchor(identifier: str) -> str:
    """An id of the report as a place to link to: `N3.2` becomes `N3-2`."""
    return identifier.replace(".", "-")


def standard_number(standard: Standard) -> str:
    """The number of a standard, without the letter of its id."""
    return standard.id.lstrip("NSKns") or standard.id


def cells_words(places: tuple[CellPlace, ...], most: int = 12) -> tuple[str, ...]:
    """The cells of one result, gathered per sheet: `file › Sheet!A1, B2:B9`; after `most` an ellipsis."""
    sheets: dict[tuple[str, str], list[CellPlace]] = {}
    for place in dict.fromkeys(places):
        sheets.setdefault((place.file, place.sheet), []).append(place)
    told = ((file, sheet, _runs(cells)) for (file, sheet), cells in sheets.items())
    return tuple(
        f"{file} › {sheet}!{', '.join(runs[:most])}{', …' if len(runs) > most else ''}" for file, sheet, runs in told
    )


def _runs(cells: list[CellPlace]) -> list[str]:
    """Cells as spreadsheets write them: those that stand right below each other as one range, `A7:A15`."""
    runs: list[tuple[CellPlace, CellPlace]] = []
    for cell in cells:
        if runs and (cell.column, cell.row) == (runs[-1][1].column, runs[-1][1].row + 1):
            runs[-1] = (runs[-1][0], cell)
        else:
            runs.append((cell, cell))
    return [first.cell if first == last else f"{first.cell}:{last.cell}" for first, last in runs]


def document_words(context: Context, reference: DocumentReference, evidence: Evidence | None = None) -> str:
    """A document by its title, with the page if one was given; `evidence` is whose, if not the network's own.

    A title that runs on is cut; the list of documents has it whole.
    """
    entry = (evidence or context.dossier.evidence).document(reference.document)
    title = entry.title if entry is not None and entry.title else reference.document
    if len(title) > LONGEST_TITLE:
        title = f"{title[:LONGEST_TITLE].rstrip()}…"
    return context.say("document_page", title=title, page=reference.page) if reference.page else title


def cell_text(row: RegisterRow, column: str) -> str:
    """The text in a cell of a register; empty when there is none."""
    cell = row.get(column)
    return cell.value if cell is not None and isinstance(cell.value, str) else ""
