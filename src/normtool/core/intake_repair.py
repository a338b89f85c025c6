"""Which indicators an error touches: in a draft they cannot be judged, the others can."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.core.dates import Truth
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.evidence import RegisterRow
from normtool.core.intake_registers import users
from normtool.core.kinds import Coverage, Pooled
from normtool.core.ledger import Ledger, documents_in, text_in
from normtool.core.places import CellPlace
from normtool.core.registers import Register
from normtool.core.scoring_rows import filter_row

DOCUMENTS = "documents"
Line = tuple[Register, RegisterRow]


def to_repair(ledger: Ledger, diagnostics: Diagnostics) -> tuple[str, ...]:
    """The indicators that errors touch, through their own row, a row of a register or a document they name.

    A row that falls outside an indicator's filter, whatever the error, does not touch it.
    """
    errors = [item for item in diagnostics if item.is_error]
    wrong = {error.place.line for error in errors if isinstance(error.place, CellPlace)}
    lines = {spot: line for line in _lines(ledger) if (spot := line[1].place.line) in wrong} if wrong else {}
    touched: set[str] = set()
    broken: set[str] = set()
    for error in errors:
        line = _line_of(lines, error)
        if line is not None and line[0].id == DOCUMENTS:
            broken.add(text_in(line[1], "id"))
        touched.update(name for name in error.indicators if line is None or not _is_outside(ledger, line, name))
    touched.update(_named_by(ledger, broken))
    return tuple(indicator.id for indicator in ledger.framework.indicators if indicator.id in touched)


def _lines(ledger: Ledger) -> Iterator[Line]:
    for register in ledger.framework.registers:
        for row in ledger.rows(register.id).rows:
            yield register, row


def _line_of(lines: dict[tuple[str, str, int], Line], error: Diagnostic) -> Line | None:
    return lines.get(error.place.line) if isinstance(error.place, CellPlace) else None


def _is_outside(ledger: Ledger, line: Line, name: str) -> bool:
    register, row = line
    indicator = ledger.framework.indicator(name)
    kind = indicator.kind if indicator is not None else None
    if not isinstance(kind, Coverage | Pooled) or kind.register != register.id:
        return False
    return filter_row(ledger, register, row, kind.where) is Truth.NO


def _named_by(ledger: Ledger, broken: set[str]) -> Iterator[str]:
    """The indicators whose answer, or a row they read, names a document that holds an error."""
    if not broken:
        return
    for answer in ledger.answers.values():
        if any(reference.value.document in broken for reference in answer.documents):
            yield answer.indicator
    for register, row in _lines(ledger):
        if any(reference.value.document in broken for reference in documents_in(row)):
            for name in users(ledger.framework, register.id, None):
                if not _is_outside(ledger, (register, row), name):
                    yield name
