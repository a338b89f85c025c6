"""Evidence without the numbers that are hidden, in cells and in typed texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from normtool.core.assessment import Share
from normtool.core.evidence import (
    Answer,
    DocumentEntry,
    Evidence,
    OwnApproach,
    Previous,
    PreviousAnswer,
    PreviousNumber,
    RegisterRow,
    RegisterRows,
    Unreadable,
)
from normtool.core.kinds import Count
from normtool.core.ledger import number_in, texts_in
from normtool.core.masking_columns import PatientColumns
from normtool.core.masking_plan import Masks
from normtool.core.masking_results import counts_patients, is_small_number, is_small_share
from normtool.core.masking_texts import NO_SECRETS, Secrets, text_about, text_beside
from normtool.core.masking_years import NumbersThen
from normtool.core.places import Located
from normtool.core.registers import ColumnType, Register
from normtool.core.standards import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMask:
    """What is hidden in the evidence of one scope.

    `hidden` are the indicators whose value is; `about` the hidden numbers by indicator; `secrets` all of them, of
    every scope; `limit` is that of small numbers; `columns` are those that count patients.
    """

    framework: Framework
    scope: str
    masks: Masks
    hidden: frozenset[str]
    about: Mapping[str, Secrets]
    secrets: Secrets
    limit: int
    columns: tuple[PatientColumns, ...]

    def evidence(self, evidence: Evidence) -> Evidence:
        """The evidence as far as it may be seen."""
        network = evidence.network
        return replace(
            evidence,
            network=replace(network, features=text_beside(network.features, self.secrets)),
            answers=tuple(self._answer(answer) for answer in evidence.answers),
            registers=tuple(self._register(rows) for rows in evidence.registers),
            documents=tuple(self._document(entry) for entry in evidence.documents),
            previous=self._previous(evidence.previous) if evidence.previous is not None else None,
        )

    # --- answers ------------------------------------------------------------------------------------------------

    def _answer(self, answer: Answer) -> Answer:
        answer = self._texts_of(answer)
        if not counts_patients(self.framework, answer.indicator):
            return answer
        answer = replace(answer, last_year=None)
        return self._without_numbers(answer) if self._hides_numbers(answer) else answer

    def _hides_numbers(self, answer: Answer) -> bool:
        """Whether its value or a figure of it is hidden, or it holds small numbers that decide nothing.

        What was typed beside figures by group may be their sum.
        """
        if answer.indicator in self.hidden or self.masks.hides_any_of(self.scope, answer.indicator):
            return True
        one, other = (cell.value if cell is not None else None for cell in (answer.numerator, answer.denominator))
        is_small = is_small_number(one, self.limit) or is_small_number(other, self.limit)
        return is_small or is_small_share(share_of(one, other), self.limit)

    def _without_numbers(self, answer: Answer) -> Answer:
        indicator = self.framework.indicator(answer.indicator)
        is_count = indicator is not None and isinstance(indicator.kind, Count)
        said = None if is_count else answer.answer
        return replace(answer, answer=said, numerator=None, denominator=None, year=None)

    def _texts_of(self, answer: Answer) -> Answer:
        """An answer with its texts as far as they may be seen."""
        secrets = self.about.get(answer.indicator, NO_SECRETS)
        own = answer.own_approach
        return replace(
            answer,
            source=self._text(answer.source, secrets),
            explanation=self._text(answer.explanation, secrets),
            reason_not_applicable=self._text(answer.reason_not_applicable, secrets),
            bottleneck=self._text(answer.bottleneck, secrets),
            last_year=self._text(answer.last_year, secrets),
            own_approach=OwnApproach(
                aim=self._text(own.aim, secrets),
                what=self._text(own.what, secrets),
                proof=self._text(own.proof, secrets),
                until=own.until,
            ),
        )

    def _text(self, cell: Located[str] | None, secrets: Secrets) -> Located[str] | None:
        if cell is None:
            return None
        text = self.text(cell.value, secrets)
        return cell if text == cell.value else replace(cell, value=text)

    def text(self, text: str, secrets: Secrets = NO_SECRETS) -> str:
        """A typed text; `secrets` are the hidden numbers that it is about."""
        return text_beside(text_about(text, secrets), self.secrets)

    # --- registers ----------------------------------------------------------------------------------------------

    def _register(self, rows: RegisterRows) -> RegisterRows:
        register = self.framework.register(rows.register)
        if register is None:
            return rows
        columns = [item for item in self.columns if item.register == register.id]
        return replace(
            rows, rows=tuple(self._row(register, columns, place, row) for place, row in enumerate(rows.rows))
        )

    def _row(self, register: Register, columns: list[PatientColumns], place: int, row: RegisterRow) -> RegisterRow:
        """A row without its hidden cells; a cell with patients that could not be read goes as well."""
        hidden = self.masks.cells.get((self.scope, register.id, place), frozenset())
        unread = {
            column for item in columns for column in item.columns if isinstance(row.contents.get(column), Unreadable)
        }
        about = told_in(row, columns, hidden) if hidden else NO_SECRETS
        for column in register.columns:
            if column.type is ColumnType.INDICATORS:
                for indicator in texts_in(row, column.id):
                    about |= self.about.get(indicator, NO_SECRETS)
        return self.row(register, row, hidden | unread, about)

    def row(
        self, register: Register, row: RegisterRow, without: frozenset[str] = frozenset(), about: Secrets = NO_SECRETS
    ) -> RegisterRow:
        """A row without some of its cells, with its texts as far as they may be seen.

        What could not be read in a column of another kind is a text as well.
        """
        texts: dict[str, str | Unreadable] = {}
        for column in register.columns:
            match row.contents.get(column.id):
                case str() as text if column.type is ColumnType.TEXT:
                    texts[column.id] = self.text(text, about)
                case Unreadable(text=text):
                    texts[column.id] = Unreadable(text=self.text(text, about))
        if not without and all(row.contents[column] == text for column, text in texts.items()):
            return row
        return RegisterRow(
            place=row.place,
            values=tuple(
                (column, replace(cell, value=texts.get(column, cell.value)))
                for column, cell in row.values
                if column not in without
            ),
        )

    def _document(self, entry: DocumentEntry) -> DocumentEntry:
        return replace(
            entry,
            title=self.text(entry.title),
            adopted_by=self.text(entry.adopted_by),
            location=self.text(entry.location),
            keeper=self.text(entry.keeper),
        )

    # --- last year ----------------------------------------------------------------------------------------------

    def _previous(self, previous: Previous) -> Previous:
        return replace(
            previous,
            answers=tuple(self._former(answer) for answer in previous.answers),
            numbers=tuple(item for item in previous.numbers if not self._is_hidden_number(item)),
        )

    def _former(self, answer: PreviousAnswer) -> PreviousAnswer:
        about = self.about.get(answer.indicator, NO_SECRETS)
        answer = replace(answer, own_aim=self.text(answer.own_aim, about), own_what=self.text(answer.own_what, about))
        if not NumbersThen.of_answer(answer).is_hidden(self.framework, self.hidden, self.limit):
            return answer
        return replace(answer, number=None, numerator=None, denominator=None)

    def _is_hidden_number(self, item: PreviousNumber) -> bool:
        counted = any(columns.register == item.register for columns in self.columns)
        return counted and is_small_number(item.number, self.limit)


def share_of(numerator: int | None, denominator: int | None) -> Share | None:
    """The share of two numbers; None when one is missing."""
    if numerator is None or denominator is None:
        return None
    return Share(numerator=numerator, denominator=denominator)


def told_in(row: RegisterRow, columns: Iterable[PatientColumns], hidden: frozenset[str]) -> Secrets:
    """The hidden numbers of a row, and the shares that they make."""
    numbers = {column: number for column in hidden if (number := number_in(row, column)) is not None}
    pairs = (pair for item in columns for pair in item.pairs if numbers.keys() >= set(pair))
    return Secrets.of(numbers.values(), ((numbers[one], numbers[other]) for one, other in pairs))
