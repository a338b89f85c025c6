"""One cause, one diagnostic: what only follows from a fault that was named already is left unsaid."""

from __future__ import annotations

from collections.abc import Mapping

from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.places import CellPlace
from normtool.core.rules_answers import (
    DOCUMENT_MISSPELT,
    HEADER_NOT_FOUND,
    NETWORK_VALUE_MISSING,
    REASON_WITHOUT_NOT_APPLICABLE,
    REGISTER_MISSING,
    SHEET_MISSING,
    UNKNOWN_DOCUMENT,
    UNKNOWN_MEMBER,
)

NAMED_IN = {UNKNOWN_DOCUMENT: "documents", DOCUMENT_MISSPELT: "documents", UNKNOWN_MEMBER: "members"}
"""Rules about names that another sheet should give."""


def without_consequences(diagnostics: Diagnostics, unnamed: Mapping[str, int | None]) -> Diagnostics:
    """The diagnostics but for those that another one explains.

    `unnamed` counts the rows of documents and members of which the id could not be read (None: the ids of all of
    them); so many unknown names may well be theirs.
    """
    silent = set()
    for register, count in unnamed.items():
        names = {_fact(item, "found") for item in diagnostics if NAMED_IN.get(item.rule) == register}
        if count is None or len(names) <= count:
            silent.add(register)
    refused = {_row(item) for item in diagnostics if item.is_error and item.rule is not REASON_WITHOUT_NOT_APPLICABLE}
    unlabelled = {item.place for item in diagnostics if item.rule is HEADER_NOT_FOUND}
    gone = {_fact(item, "sheet") for item in diagnostics if item.rule is SHEET_MISSING}
    return tuple(
        item
        for item in diagnostics
        if NAMED_IN.get(item.rule) not in silent
        and not (item.rule is REASON_WITHOUT_NOT_APPLICABLE and _row(item) in refused)
        and not (item.rule is NETWORK_VALUE_MISSING and item.place in unlabelled)
        and not (item.rule is REGISTER_MISSING and _fact(item, "sheet") in gone)
    )


def _fact(item: Diagnostic, name: str) -> object:
    return dict(item.facts).get(name)


def _row(item: Diagnostic) -> tuple[str, str, int] | None:
    """The row of a diagnostic about a cell."""
    place = item.place
    return place.line if isinstance(place, CellPlace) else None
