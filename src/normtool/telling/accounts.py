"""The account of one verdict: every number, row, cell and document it rests on, in plain text of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from normtool.core.assessment import IndicatorResult, Reason, RowResult, RowState, Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import Answer, DocumentReference, Evidence, RegisterRow, Value
from normtool.core.form_names import COMPLETE_LABEL, INDICATOR_COLUMNS
from normtool.core.forms import AGREEMENTS, columns_of, registers_of
from normtool.core.kinds import Count, Coverage, Maturity, Pooled, Step
from normtool.core.ledger import documents_in, text_in
from normtool.core.places import CellPlace, Located
from normtool.core.scoring import target_of
from normtool.core.standards import Indicator
from normtool.telling.diagnostic_texts import BOUND, place_text
from normtool.telling.norm_texts import norm_sentence, target_text
from normtool.telling.plain_pages import Page
from normtool.telling.region_texts import origin_words
from normtool.telling.retelling import (
    Names,
    named,
    names_of,
    plain_verdict,
    reference_words,
    retell,
    row_reason,
    share_words,
    value_words,
    verdict_words,
)
from normtool.telling.volume_accounts import VolumeAccount
from normtool.texts import Words

MOST = 40
"""Rows and documents that are listed before the rest is only counted."""
DOCUMENT_CELLS = ("id", "title", "date", "valid_until", "place")
"""What is told of a document that a verdict names."""
OWN_PARTS = (("own_aim", "aim"), ("own_what", "what"), ("own_proof", "proof"), ("own_until", "until"))
"""Columns of the form, and the parts of an own approach that stand in them."""
EMPTY_REASONS = frozenset({"empty", "empty_in_complete", "filter_undecided"})
"""Reasons for which the headers of the empty cells are told."""
ORDER = (
    RowState.NOT_MET,
    RowState.UNDECIDED,
    RowState.PARTLY_MET,
    RowState.MET,
    RowState.COUNTED,
    RowState.OUTSIDE,
)
"""Rows that hold a verdict back come first."""


def with_band(indicator: Indicator, step: Step, text: str, words: Words) -> str:
    """A target with the partly band behind it, when the step has one."""
    if step.partly_from is None:
        return text
    as_number = isinstance(indicator.kind, Maturity | Count)
    partly = words.decimal(step.partly_from) if as_number else words.target_share(step.partly_from)
    return words.say("explain.step.partly", step=text, partly=partly)


def effort_words(indicator: Indicator, words: Words) -> str:
    """What helps, and how many hours it costs the reference network."""
    return words.say_count("explain.effort", indicator.effort_hours, remedy=words.text(indicator.remedy))


@dataclass(slots=True)
class Account:
    """The account of one verdict as it is written; `told` are the cells that were named already."""

    dossier: Dossier
    indicator: Indicator
    result: IndicatorResult
    page: Page
    names: Names = field(init=False)
    volumes: VolumeAccount = field(init=False)
    cells: dict[CellPlace, tuple[str, str]] = field(init=False)
    rows_at: Mapping[tuple[str, str, int], RegisterRow] = field(init=False)
    told: set[CellPlace] = field(default_factory=set)

    def __post_init__(self) -> None:
        evidence, framework, words = self.evidence, self.dossier.framework, self.page.words
        self.names = names_of(framework, self.dossier.evidence, words) | names_of(framework, evidence, words)
        self.volumes = VolumeAccount(self.dossier, words, self.names)
        self.cells = dict(self._register_cells()) | dict(self._answer_cells())
        if self.answer is not None:
            header = words.text(INDICATOR_COLUMNS[0].text)
            self.cells.setdefault(self.answer.place, (header, self.indicator.id))
        self.rows_at = {row.place.line: row for part in evidence.registers for row in part.rows}

    def _register_cells(self) -> Iterable[tuple[CellPlace, tuple[str, str]]]:
        """Every filled cell of a register: its header and what it holds; also where region and sub-network differ."""
        words = self.page.words
        for part in (part for evidence in self._all_evidence() for part in evidence.registers):
            register = self.dossier.framework.register(part.register)
            for row in part.rows:
                for name, cell in row.values:
                    column = register.column(name) if register is not None else None
                    header = words.text(column.header) if column is not None else name
                    yield cell.place, (header, value_words(cell.value, words, self.names, column))
            if part.complete is not None:
                said = value_words(part.complete.value, words, self.names)
                yield part.complete.place, (words.text(COMPLETE_LABEL.text), said)

    def _answer_cells(self) -> Iterator[tuple[CellPlace, tuple[str, str]]]:
        """The filled cells of the indicator's own row, in the order of the form."""
        answer, words = self.answer, self.page.words
        if answer is None:
            return
        found: dict[str, Located[Value] | None] = {
            column: getattr(answer, column)
            for column in (
                *("answer", "numerator", "denominator", "year", "source", "explanation"),
                *("reason_not_applicable", "bottleneck", "last_year", "confirmed"),
            )
        }
        found |= {column: getattr(answer.own_approach, part) for column, part in OWN_PARTS}
        if answer.documents:
            references = tuple(reference.value for reference in answer.documents)
            found["documents"] = Located(value=references, place=answer.documents[0].place)
        for column in INDICATOR_COLUMNS:
            cell = found.get(column.id)
            if cell is not None:
                plain = column.id == "year"
                shown = str(cell.value) if plain else value_words(cell.value, words, self.names)
                yield cell.place, (words.text(column.text), shown)

    @property
    def evidence(self) -> Evidence:
        """The evidence that the verdict rests on: the network's own, or that of its region."""
        return self.dossier.evidence_of(self.result)

    def _all_evidence(self) -> list[Evidence]:
        """The network's own and that of its region, as IZA steps stand in either; what the verdict rests on last."""
        above = self.dossier.region.evidence if self.dossier.region is not None else None
        found = [self.dossier.evidence] if above is None else [self.dossier.evidence, above]
        return sorted(found, key=lambda evidence: evidence is self.evidence)

    @property
    def answer(self) -> Answer | None:
        """What was answered in the indicator's own row."""
        return self.evidence.answer(self.indicator.id)

    def put(self, label: str, *texts: str) -> None:
        """Texts beside a label."""
        self.page.field(self.say(label), *texts)

    def say(self, key: str, **facts: object) -> str:
        """A sentence about a verdict."""
        return self.page.words.say(f"explain.verdict.{key}", **facts)

    def cell(self, place: CellPlace) -> str:
        """A cell with what it holds: `formulier.xlsx › Zorgaanbod!D14  Behandelt: ja`."""
        self.told.add(place)
        words = self.page.words
        where = place_text(place, words, with_file=True).replace(" ", BOUND)
        header, value = self.cells.get(place, ("", words.say("because.nothing")))
        if not header:
            return words.say("explain.cell_plain", place=where, value=value)
        text = words.say("explain.cell", place=where, header=header, value=value)
        return f"{text} {self._taken_over(place)}".strip()

    def _taken_over(self, place: CellPlace) -> str:
        """Where a value that was not typed came from; nothing of a typed one."""
        found = next((item for item in self.evidence.taken_over if item.place == place), None)
        if found is None:
            return ""
        said = place_text(found.said, self.page.words).replace(" ", BOUND)
        key = found.origin.value if found.said.file == place.file else "not_asked"
        return self.page.words.say(f"explain.taken_over.{key}", file=found.file, place=said)

    # The frame and the verdict.

    def tell_frame(self) -> None:
        """Whose verdict this is, over what, and against which norms."""
        network, framework, words = self.dossier.evidence.network, self.dossier.framework, self.page.words
        facts = {
            "name": network.name,
            "assessment_year": network.assessment_year,
            "cycle": self.dossier.assessment.cycle,
            "reporting_year": network.reporting_year,
            "date": words.date(network.reference_date),
        }
        self.put("network", self.say("network_text", **facts))
        self.put("norms", self.say("norms_text", name=words.text(framework.name), edition=framework.edition))

    def tell_verdict(self) -> None:
        """The verdict, the norm and target of this cycle, the reasoning, how sure it is and how far it can move."""
        words, result = self.page.words, self.result
        network = self.dossier.evidence.network
        target = target_of(self.indicator, self.dossier.assessment.cycle, network.assessment_year)
        self.put("verdict", self._verdict())
        self.put("origin", *origin_words(self.dossier, result, words))
        self.put("norm", norm_sentence(self.indicator, target.step, words))
        if target.step is not None and target.final is not None:
            now = with_band(self.indicator, target.step, target_text(self.indicator, target.step, words), words)
            final = target_text(self.indicator, target.final, words)
            is_last = target.step is target.final
            self.put("target", now if is_last else self.say("target_final", target=now, final=final))
        self.put("why", *(retell(step, words, self.names) for step in result.because))
        self._tell_interval()
        why = self._bounds_reason()
        if result.worst is not None and result.best is not None and why:
            ends = [plain_verdict(end, words, first_cycle=result.first_cycle) for end in (result.worst, result.best)]
            reason = words.say(f"explain.bounds.{why}")
            key = "bounds_same" if ends[0] == ends[1] else "bounds_text"
            self.put("bounds", self.say(key, worst=ends[0], best=ends[1], why=reason))

    def _verdict(self) -> str:
        result, words = self.result, self.page.words
        verdict = verdict_words(result, words)
        if result.computed is None:
            return verdict
        computed = plain_verdict(result.computed, words, first_cycle=result.first_cycle)
        key = "computed" if result.verdict is Verdict.OWN_APPROACH else "shown"
        return self.say(key, verdict=verdict, computed=computed)

    def _tell_interval(self) -> None:
        interval, target = self.result.interval, self.result.target
        if interval is None:
            return
        ends = {"low": Fraction(interval.low), "high": Fraction(interval.high)}
        spans = target is not None and ends["low"] < Fraction(target) <= ends["high"]
        shown = {name: self.page.words.share(end) for name, end in ends.items()}
        self.put("interval", self.say("interval_spans" if spans else "interval_text", **shown))

    def _bounds_reason(self) -> str:
        if self.result.verdict is Verdict.OWN_APPROACH:
            return "own_approach"
        reason = self.result.reason
        return reason.value if self.result.verdict is Verdict.UNKNOWN and reason is not None else ""

    def lift(self) -> str:
        """What would lift the verdict; empty when it needs no lifting."""
        words, result, remedy = self.page.words, self.result, effort_words(self.indicator, self.page.words)
        if result.verdict in (Verdict.NOT_MET, Verdict.PARTLY_MET):
            return remedy
        if result.verdict is Verdict.OWN_APPROACH:
            return words.say("explain.lift.own_approach", remedy=remedy)
        if result.verdict is Verdict.UNKNOWN or result.reason is Reason.DUE:
            reason = result.reason.value if result.reason is not None else Reason.NO_ANSWER.value
            return words.say(f"explain.lift.{reason}", remedy=remedy, minutes=self.indicator.minutes)
        return ""

    # What it rests on.

    def tell_answer(self) -> None:
        """The cells of the indicator's own row, and whether its own approach holds."""
        places = [place for place, _ in self._answer_cells()]
        if not places and self.answer is not None and self.answer.place in self.result.places:
            places = [self.answer.place]
        self.put("answer", *(self.cell(place) for place in places))
        if self.answer is not None and self.answer.own_approach.cells:
            self.put("own_approach", self.say("own_holds" if self.result.own_approach else "own_fails"))

    def tell_rows(self) -> None:
        """The rows that count, those that hold the verdict back first, each with its cells."""
        registers = [register.id for register, _ in registers_of(self.dossier.framework, self.indicator)]
        complete = [self.evidence.register(register).complete for register in registers]
        lines = [self.cell(said.place) for said in complete if said is not None]
        self.put("rows", *lines)
        label = "" if lines else self.say("rows")
        rows = sorted(self.result.rows, key=lambda row: ORDER.index(row.state))
        for row in rows[:MOST]:
            self.page.field(label, self._row(row))
            label = ""
            for text in (*self.volumes.lines(row), *(self.cell(place) for place in self._row_cells(row))):
                self.page.under(text)
            if row.note:
                self.page.under(self.say("row_note", note=row.note))
        if len(rows) > MOST:
            self.page.under(self.page.words.say_count("explain.verdict.rows_more", len(rows) - MOST), 0)
        if AGREEMENTS in registers[1:]:
            self._tell_agreements(rows[:MOST])

    def _row(self, row: RowResult) -> str:
        words = self.page.words
        state = words.say(f"because.state.{row.state.value}")
        text = self.say("row", name=named(row, words, self.names), state=state)
        reason = self._reason(row)
        if reason:
            text = self.say("row_reason", row=text, reason=reason)
        if row.share is not None:
            marks = () if self.result.target is None else (self.result.target,)
            text = self.say("row_share", row=text, share=share_words(row.share, words, *marks))
        if row.year is not None and row.number is not None:
            text = self.say("row_number", row=text, number=words.whole(row.number), year=row.year)
        return text

    def _reason(self, row: RowResult) -> str:
        """Why a row is as it is; where cells are empty, under which headers."""
        reason = row_reason(row, self.page.words)
        filled = next(filter(None, map(self._row_at, row.places)), None)
        kind = self.indicator.kind
        tested = next(iter(registers_of(self.dossier.framework, self.indicator)), None)
        if filled is None or tested is None or row.reason not in EMPTY_REASONS:
            return reason
        register, columns = tested
        if row.reason == "filter_undecided" and isinstance(kind, Coverage | Pooled):
            columns = tuple(name for test in kind.where for name in columns_of(test))
        empty = [column for column in register.columns if column.id in columns and filled.get(column.id) is None]
        headers = ", ".join(self.page.words.text(column.header) for column in empty)
        return self.say("empty_cells", reason=reason, headers=headers) if headers else reason

    def _row_cells(self, row: RowResult) -> tuple[CellPlace, ...]:
        """The cells a row rests on; for a share its numbers, for a volume also those of other years and locations."""
        kind = self.indicator.kind
        if isinstance(kind, Pooled):
            found = (self._row_at(place) for place in row.places)
            cells = (item.get(name) for item in found if item for name in (kind.numerator, kind.denominator))
            return tuple(dict.fromkeys(cell.place for cell in cells if cell is not None))
        return tuple(dict.fromkeys((*row.places, *self.volumes.places(row))))

    def _row_at(self, place: CellPlace) -> RegisterRow | None:
        return self.rows_at.get((place.file, place.sheet, place.row))

    def _tell_agreements(self, rows: list[RowResult]) -> None:
        """Every agreement that covers a row, once, with all its cells."""
        known = {row.place: row for row in self.evidence.register(AGREEMENTS).rows}
        found = dict.fromkeys(place for row in rows for place in row.places if place in known)
        cells = [cell.place for place in found for _, cell in known[place].values]
        self.put("agreements", *(self.cell(place) for place in cells))

    def tell_documents(self) -> None:
        """The documents named, with title, date and page, and where they are named."""
        named_in: dict[DocumentReference, list[CellPlace]] = {}
        for found in self._references():
            named_in.setdefault(found.value, []).append(found.place)
        label = self.say("documents")
        for reference, places in list(named_in.items())[:MOST]:
            self._tell_document(label, reference)
            label = ""
            for place in dict.fromkeys(places):
                if place not in self.told:
                    self.page.under(self.say("named_in", cell=self.cell(place)))
        if len(named_in) > MOST:
            self.page.under(self.page.words.say_count("explain.verdict.documents_more", len(named_in) - MOST), 0)

    def _references(self) -> Iterator[Located[DocumentReference]]:
        yield from self.answer.documents if self.answer is not None else ()
        rows = (self._row_at(place) for row in self.result.rows for place in row.places)
        for row in {item.place: item for item in rows if item is not None}.values():
            yield from documents_in(row)

    def _tell_document(self, label: str, reference: DocumentReference) -> None:
        shown = reference_words(reference, self.page.words)
        entry = self.evidence.document(reference.document)
        if entry is None:
            self.page.field(label, self.say("document_unknown", reference=shown))
            return
        self.page.field(label, self.say("document", reference=shown, title=entry.title or self.say("no_title")))
        rows = self.evidence.register("documents").rows
        row = next((item for item in rows if text_in(item, "id") == reference.document), None)
        cells = [row.get(column) for column in DOCUMENT_CELLS] if row is not None else []
        for cell in cells:
            if cell is not None and cell.place not in self.told:
                self.page.under(self.cell(cell.place))
