"""Questions about documents and explanations that do a lot of work: one for many indicators, the same text again.

Source: docs/method.md, Implausible is not below target.
"""

from __future__ import annotations

from collections.abc import Iterator

from normtool.core.asking import Asked
from normtool.core.diagnostics import Related
from normtool.core.evidence import DocumentEntry
from normtool.core.ledger import Ledger
from normtool.core.places import Located
from normtool.core.rules_questions import DOCUMENT_FOR_MANY, DOCUMENT_TWICE, OWN_APPROACH_REPEATED
from normtool.core.spellings import plain

MANY = 10
"""One document can prove many things; for more indicators than this a reviewer wants to know where to look."""


def ask_about_documents(ledger: Ledger) -> Iterator[Asked]:
    """The questions about documents and about own approaches as a whole."""
    yield from _for_many(ledger)
    yield from _twice(ledger)
    yield from _own_approach_repeated(ledger)


def _for_many(ledger: Ledger) -> Iterator[Asked]:
    """A document that more than ten indicators name without a page."""
    named: dict[str, set[str]] = {}
    for answer in ledger.answers.values():
        for reference in answer.documents:
            if not reference.value.page:
                named.setdefault(reference.value.document, set()).add(answer.indicator)
    for document, indicators in named.items():
        entry = ledger.documents.get(document)
        if entry is not None and len(indicators) > MANY:
            yield Asked(
                rule=DOCUMENT_FOR_MANY,
                place=entry.place,
                facts={"document": document, "count": len(indicators)},
            )


def _twice(ledger: Ledger) -> Iterator[Asked]:
    """Two documents with one title and one date: probably one document that was listed twice."""
    seen: dict[tuple[str, object], DocumentEntry] = {}
    for entry in ledger.documents.values():
        if not plain(entry.title) or entry.date is None:
            continue
        first = seen.setdefault((plain(entry.title), entry.date.value), entry)
        if first is not entry:
            yield Asked(
                rule=DOCUMENT_TWICE,
                place=entry.place,
                facts={"document": entry.id, "other": first.id},
                related=(Related(place=first.place, role="first"),),
            )


def _own_approach_repeated(ledger: Ledger) -> Iterator[Asked]:
    """The same words under several indicators about what is done instead."""
    alike: dict[str, list[Located[str]]] = {}
    for answer in ledger.answers.values():
        what = answer.own_approach.what
        if what is not None:
            alike.setdefault(plain(what.value), []).append(what)
    for cells in alike.values():
        if len(cells) > 1:
            yield Asked(
                rule=OWN_APPROACH_REPEATED,
                place=cells[0].place,
                facts={"count": len(cells)},
                related=tuple(Related(place=cell.place, role="same_text") for cell in cells[1:]),
            )
