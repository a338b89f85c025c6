"""What stands ready beside what was typed: gathered before the reading, accounted for after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from normtool.core.carried_offers import by_row, previous_of, read_offers
from normtool.core.deliveries import take_figures
from normtool.core.diagnostics import Collector, Related
from normtool.core.evidence import Evidence, NetworkFacts, Origin, RegisterRow, SourceFile
from normtool.core.figures import Bureau
from normtool.core.grids import Grid
from normtool.core.ledger import documents_in, text_in
from normtool.core.parsing import Desk
from normtool.core.places import CellPlace, FilePlace
from normtool.core.ready import INDICATORS, Delivered, Key, Offer, Ready
from normtool.core.rules_offers import DOCUMENT_NOT_CONFIRMED, FIGURE_WITHOUT_ROW, FIGURES_NOT_SHOWN


def carried_in(grids: Iterable[Grid]) -> Ready:
    """What the forms carry ready to be confirmed."""
    offers = {grid.file: read_offers(grid) for grid in grids}
    return Ready(offers=by_row(offers))


def lay_ready(
    figures: tuple[Grid, ...], facts: NetworkFacts | None, members: tuple[RegisterRow, ...], desk: Desk
) -> None:
    """Lay the figures of national sources ready, now that it is known who takes part."""
    if facts is None or not figures:
        return
    known = {text_in(row, "id"): text_in(row, "parent") for row in members}
    parents = {member: parent for member, parent in known.items() if parent}
    bureau = replace(Bureau.of(desk.framework, facts, desk.vocabulary, desk.collector), parents=parents)
    found: dict[tuple[str, Key], tuple[Delivered, ...]] = {}
    for item in take_figures(figures, bureau):
        found[item.scope, item.key] = (*found.get((item.scope, item.key), ()), item)
    desk.ready.delivered = found


def with_offers(evidence: Evidence, figures: tuple[Grid, ...], desk: Desk) -> Evidence:
    """The evidence with what was taken over and what last year was; what came to nothing is asked about."""
    ready = desk.ready
    _ask_about_documents(evidence, ready, desk.collector)
    _ask_about_rows(evidence, ready, desk)
    offers = [offer for items in ready.offers.values() for offer in items]
    delivered = tuple(SourceFile(file=grid.file, digest=grid.digest, is_figures=True) for grid in figures)
    return replace(
        evidence,
        files=(*evidence.files, *delivered),
        taken_over=tuple(ready.taken),
        previous=previous_of(desk.framework, offers),
    )


def _ask_about_documents(evidence: Evidence, ready: Ready, collector: Collector) -> None:
    """A document that an answer names, but that only waits to be confirmed, proves nothing yet."""
    if not ready.waiting:
        return
    named: dict[str, CellPlace] = {}
    for reference in [item for answer in evidence.answers for item in answer.documents]:
        named.setdefault(reference.value.document, reference.place)
    for rows in evidence.registers:
        for reference in [item for row in rows.rows for item in documents_in(row)]:
            named.setdefault(reference.value.document, reference.place)
    present = {entry.id for entry in evidence.documents}
    for document, place in ready.waiting.items():
        if document in named and document not in present:
            related = (Related(place=named[document], role="named_here"),)
            collector.add(DOCUMENT_NOT_CONFIRMED, place, related=related, document=document)


def _ask_about_rows(evidence: Evidence, ready: Ready, desk: Desk) -> None:
    """A figure for a row that is not in the form, while the sheet is there."""
    present = {rows.register for rows in evidence.registers}
    for (scope, key), figures in ready.delivered.items():
        for figure in figures:
            indicator = desk.framework.indicator(figure.indicator)
            is_open = indicator is not None and indicator.opening_cycle <= evidence.network.cycle
            asked = scope in present if scope != INDICATORS else not figure.is_beside
            if (scope, key) not in ready.met and asked and is_open:
                place = figure.cells[0][1].place
                desk.collector.add(FIGURE_WITHOUT_ROW, place, indicator=figure.indicator)


def figures_for_form(bureau: Bureau, figures: tuple[Grid, ...]) -> tuple[Offer, ...]:
    """Delivered figures as offers in a form that is still to be filled in.

    While it is not known who takes part, figures of institutions have no row to stand in: they are counted.
    """
    delivered = take_figures(figures, bureau)
    scattered = [item for item in delivered if item.scope != INDICATORS and not bureau.listed and any(item.key[:-1])]
    if scattered:
        place = FilePlace(file=scattered[0].cells[0][1].place.file)
        bureau.collector.add(FIGURES_NOT_SHOWN, place, count=len(scattered))
    return tuple(
        Offer(
            scope=item.scope,
            key=item.key,
            origin=Origin.DELIVERED,
            cells=tuple((name, typed) for name, cell in item.cells if isinstance(typed := cell.value, str | int)),
            file=item.cells[0][1].place.file,
            year=item.year,
        )
        for item in delivered
        if item not in scattered
    )
