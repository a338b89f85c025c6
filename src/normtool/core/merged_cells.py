"""Merged cells over answers: the value belongs to the first row, and whether it holds for the others is asked."""

from __future__ import annotations

from bisect import bisect

from normtool.core.diagnostics import Collector
from normtool.core.parsing import shown
from normtool.core.places import CellRange
from normtool.core.rules_answers import MERGED_ANSWERS
from normtool.core.tables import Headers, Table


def report_merged(tables: tuple[Table, ...], headers: Headers, collector: Collector) -> None:
    """Ask back each merge that covers one of our columns in several rows that are in use."""
    for table in tables:
        in_use = sorted(table.rows()) if table.merged else []
        for top, left, bottom, right in table.merged:
            inside = [name for name, number in table.columns.items() if left <= number <= right]
            value = table.sheet.value(top, left)
            if inside and value is not None and bisect(in_use, bottom) > bisect(in_use, top):
                place = CellRange(
                    file=table.file, sheet=table.sheet.name, row=top, column=left, last_row=bottom, last_column=right
                )
                touched = headers.touched(inside[0])
                collector.add(MERGED_ANSWERS, place, indicators=touched, found=shown(value))
