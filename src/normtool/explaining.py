"""What `normtool explain` says: of a code, of an indicator, and of a verdict step by step. Plain text, 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from textwrap import wrap

from normtool.core.assessment import IndicatorResult, Reason, RowResult, Share, Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import Answer, DocumentReference, RegisterRow
from normtool.core.form_names import INDICATOR_COLUMNS, INDICATORS_SHEET
from normtool.core.forms import AGREEMENTS, needed_cells, registers_of
from normtool.core.kinds import Count, DocumentAge, Maturity, Proportion, Step, VolumeKind, YesNo
from normtool.core.ledger import documents_in, open_ledger
from normtool.core.places import CellPlace, Located
from normtool.core.scoring import target_of
from normtool.core.spellings import near
from normtool.core.standards import Framework, Indicator, IndicatorClass, VolumeNorm
from normtool.core.volumes import collect_figures
from normtool.diagnostic_texts import BOUND, RULES, WIDTH, blank_hint, blank_message, more, place_text, title
from normtool.norm_texts import norm_sentence, target_text
from normtool.retelling import (
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
from normtool.texts import Words

MOST = 40
"""Rows, cells and documents that are listed before the rest is only counted."""
DOCUMENT_CELLS = ("id", "title", "date", "valid_until", "place")
"""What is told of a document that a verdict names."""
IN_ONE_CELL = ("yes_no", "document_age", "maturity", "count", "proportion")


def suggest(name: str, framework: Framework) -> str | None:
    """The code or indicator that a name most looks like, if any comes close."""
    known = {item.casefold(): item for item in (*RULES, *(indicator.id for indicator in framework.indicators))}
    found = near(name, known, cutoff=0.6)
    return known[found] if found is not None else None


@dataclass(slots=True)
class Page:
    """Lines of text in two columns: a label, and what belongs to it."""

    words: Words
    labels: int
    lines: list[str] = field(default_factory=list)

    def head(self, text: str) -> None:
        """A heading over the whole width."""
        self.lines += [*wrap(text, WIDTH), ""]

    def field(self, label: str, *texts: str, indent: int = 0) -> None:
        """Texts beside a label, each on lines of its own; nothing when there are none."""
        filled = [text for text in texts if text.strip()]
        for number, text in enumerate(filled):
            first = f"{label if number == 0 else '':<{self.labels}}{' ' * indent}"
            self.lines += self._wrapped(first, text)

    def under(self, text: str, indent: int = 2) -> None:
        """A text below the one before it."""
        self.lines += self._wrapped(" " * (self.labels + indent), text)

    def text(self) -> str:
        """The page, with a line break at its end."""
        return "\n".join(line.rstrip() for line in self.lines) + "\n"

    def _wrapped(self, first: str, text: str) -> list[str]:
        lines = []
        for part in text.split("\n"):
            rest = " " * len(first)
            found = wrap(part, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
            lines += [line.replace(BOUND, " ") for line in found]
            first = rest
        return lines


def _page(words: Words, section: str) -> Page:
    """An empty page whose first column fits every label of a section of explain.yaml."""
    found = words.find(f"explain.{section}")
    texts = [text for text in found.values() if isinstance(text, str) and "{" not in text]
    return Page(words=words, labels=min(max(len(text) for text in texts), 14) + 2)


# --- a code -----------------------------------------------------------------------------------------------------


def explain_code(code: str, words: Words) -> str:
    """A rule: what it is about, what its message looks like, what to do.

    Raises:
        KeyError: no rule has this code.
    """
    rule = RULES[code]
    page = _page(words, "code")
    page.head(f"{code}  {title(code, words)} ({words.say(f'diagnostics.severity.{rule.severity.value}')})")
    page.lines += [*wrap(more(code, words), WIDTH), ""]
    page.field(words.say("explain.code.seen"), blank_message(code, words))
    page.field(words.say("explain.code.do"), blank_hint(code, words))
    return page.text()


# --- an indicator -----------------------------------------------------------------------------------------------


def explain_indicator(framework: Framework, indicator_id: str, words: Words) -> str:
    """An indicator: what it asks, its norm and path, where it is answered, what it rests on, what helps.

    Raises:
        KeyError: no indicator has this id.
    """
    indicator = _indicator(framework, indicator_id)
    standard = next(item for item in framework.standards if indicator in item.indicators)
    page = _page(words, "indicator")

    def put(label: str, *texts: str) -> None:
        page.field(words.say(f"explain.indicator.{label}"), *texts)

    page.head(f"{indicator.id}  {words.text(indicator.title)}")
    put("under", f"{standard.id}  {words.text(standard.title)}")
    put("asked", _standing(indicator, words), _asked(indicator, words))
    put("question", words.text(indicator.question))
    put("norm", norm_sentence(indicator, None, words))
    put("path", *(_step(indicator, step, words) for step in indicator.path))
    put("where", *_where(framework, indicator, words))
    source = words.say(f"explain.source.{indicator.source.value}")
    put("evidence", words.say("explain.evidence", source=source, minutes=indicator.minutes))
    put("guidance", words.text(indicator.guidance))
    allowed = "allowed" if indicator.may_be_not_applicable else "refused"
    put("not_applicable", words.say(f"explain.not_applicable.{allowed}"))
    standing = words.say(f"verdicts.standing.{indicator.basis.standing.value}")
    put("basis", words.say("explain.basis", standing=standing, text=words.text(indicator.basis.text)))
    put("references", *_references(framework, indicator))
    put("also_in", *_cross_references(framework, indicator, words))
    put("remedy", _effort(indicator, words))
    return page.text()


def _indicator(framework: Framework, indicator_id: str) -> Indicator:
    indicator = framework.indicator(indicator_id)
    if indicator is None:
        raise KeyError(indicator_id)
    return indicator


def _standing(indicator: Indicator, words: Words) -> str:
    parts = {"class": indicator.indicator_class, "dimension": indicator.dimension, "layer": indicator.layer}
    facts = {name: words.say(f"verdicts.{name}.{part.value}") for name, part in parts.items()}
    return words.say("explain.indicator.standing", **facts)


def _asked(indicator: Indicator, words: Words) -> str:
    kind = indicator.indicator_class.value
    if indicator.indicator_class is IndicatorClass.CORE and indicator.opening_cycle > 1:
        kind = IndicatorClass.GROWTH.value
    return words.say(f"explain.asked.{kind}", cycle=indicator.opening_cycle)


def _step(indicator: Indicator, step: Step, words: Words) -> str:
    target = target_text(indicator, step, words)
    text = (
        words.say("explain.step.year", year=step.year, target=target)
        if step.cycle is None
        else words.say("explain.step.cycle", cycle=step.cycle, target=target)
    )
    return _with_band(indicator, step, text, words)


def _with_band(indicator: Indicator, step: Step, text: str, words: Words) -> str:
    if step.partly_from is None:
        return text
    as_number = isinstance(indicator.kind, Maturity | Count)
    partly = words.decimal(step.partly_from) if as_number else words.target_share(step.partly_from)
    return words.say("explain.step.partly", step=text, partly=partly)


def _where(framework: Framework, indicator: Indicator, words: Words) -> list[str]:
    """The sheets and columns an indicator is answered in."""
    places = []
    cells = [*needed_cells(indicator)]
    if isinstance(indicator.kind, YesNo | DocumentAge | Maturity | Proportion):
        cells.append("documents")
    if cells:
        headers = [words.text(column.text) for column in INDICATOR_COLUMNS if column.id in cells]
        places.append((words.text(INDICATORS_SHEET.text), headers))
    for register, columns in registers_of(framework, indicator):
        headers = [words.text(column.header) for column in register.columns if column.id in columns]
        places.append((words.text(register.sheet), headers))
    return [
        words.say("explain.columns", sheet=sheet, columns=", ".join(headers))
        if headers
        else words.say("explain.sheet", sheet=sheet)
        for sheet, headers in places
    ]


def _references(framework: Framework, indicator: Indicator) -> list[str]:
    """The sources; a mark such as S4 is written out where the framework does so."""
    written = {text.partition(":")[0]: text for text in framework.basis.references if ":" in text}
    return [written.get(reference, reference) for reference in indicator.basis.references]


def _cross_references(framework: Framework, indicator: Indicator, words: Words) -> list[str]:
    schemes = ((indicator.soncos, framework.soncos), (indicator.oeci, framework.oeci))
    return [words.text(item.title) for ids, known in schemes for item in known if item.id in ids]


def _effort(indicator: Indicator, words: Words) -> str:
    return words.say("explain.effort", remedy=words.text(indicator.remedy), hours=indicator.effort_hours)


# --- a verdict --------------------------------------------------------------------------------------------------


def explain_verdict(dossier: Dossier, indicator_id: str, words: Words) -> str:
    """A verdict step by step, with every number and cell it rests on, and what would lift it.

    Raises:
        KeyError: no indicator has this id.
    """
    indicator = _indicator(dossier.framework, indicator_id)
    result = dossier.assessment.indicator(indicator_id)
    if result is None:
        raise KeyError(indicator_id)
    account = Account(dossier=dossier, indicator=indicator, result=result, page=_page(words, "verdict"))
    page = account.page
    page.head(f"{indicator.id}  {words.text(indicator.title)}")
    account.tell_frame()
    account.tell_verdict()
    account.tell_answer()
    account.tell_rows()
    account.tell_cells()
    account.tell_documents()
    account.put("lift", account.lift())
    return page.text()


@dataclass(slots=True)
class Account:
    """The account of one verdict as it is written; `told` are the cells that were named already."""

    dossier: Dossier
    indicator: Indicator
    result: IndicatorResult
    page: Page
    names: Names = field(init=False)
    cells: Mapping[CellPlace, tuple[str, str]] = field(init=False)
    rows_at: Mapping[tuple[str, str, int], RegisterRow] = field(init=False)
    told: set[CellPlace] = field(default_factory=set)

    def __post_init__(self) -> None:
        evidence, words = self.dossier.evidence, self.page.words
        self.names = names_of(self.dossier.framework, evidence, words)
        self.cells = dict(self._register_cells())
        self.rows_at = {
            (row.place.file, row.place.sheet, row.place.row): row for part in evidence.registers for row in part.rows
        }

    def _register_cells(self) -> Iterable[tuple[CellPlace, tuple[str, str]]]:
        """Every filled cell of a register: its header and what it holds."""
        words = self.page.words
        for part in self.dossier.evidence.registers:
            register = self.dossier.framework.register(part.register)
            for row in part.rows:
                for name, cell in row.values:
                    column = register.column(name) if register is not None else None
                    header = words.text(column.header) if column is not None else name
                    yield cell.place, (header, value_words(cell.value, words, self.names, column))
            if part.complete is not None:
                said = value_words(part.complete.value, words, self.names)
                yield part.complete.place, ("", said)

    @property
    def answer(self) -> Answer | None:
        """What was answered in the indicator's own row."""
        return self.dossier.evidence.answer(self.indicator.id)

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
        return words.say("explain.cell", place=where, header=header, value=value)

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
        self.put("norm", norm_sentence(self.indicator, target.step, words))
        if target.step is not None and target.final is not None:
            now = _with_band(self.indicator, target.step, target_text(self.indicator, target.step, words), words)
            final = target_text(self.indicator, target.final, words)
            is_last = target.step is target.final
            self.put("target", now if is_last else self.say("target_final", target=now, final=final))
        self.put("why", *(retell(step, words, self.names) for step in result.because))
        self._tell_interval()
        why = self._bounds_reason()
        if result.worst is not None and result.best is not None and why:
            ends = [plain_verdict(end, words, first_cycle=result.first_cycle) for end in (result.worst, result.best)]
            reason = words.say(f"explain.bounds.{why}")
            self.put("bounds", self.say("bounds_text", worst=ends[0], best=ends[1], why=reason))

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
        words, result, remedy = self.page.words, self.result, _effort(self.indicator, self.page.words)
        if result.verdict in (Verdict.NOT_MET, Verdict.PARTLY_MET):
            return remedy
        if result.verdict is Verdict.OWN_APPROACH:
            return words.say("explain.lift.own_approach", remedy=remedy)
        if result.verdict is Verdict.UNKNOWN or result.reason is Reason.DUE:
            reason = result.reason.value if result.reason is not None else Reason.NO_ANSWER.value
            return words.say(f"explain.lift.{reason}", remedy=remedy, minutes=self.indicator.minutes)
        return ""
