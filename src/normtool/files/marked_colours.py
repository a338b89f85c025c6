"""The colour of a marked cell: a conditional format of its own, so that the cell keeps its format.

Its formula is always true and names this program, so it is found again whatever program saved the file since.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from normtool.files.marked_xml import Edits, Element, outline

SIGN = 'N("normtool")'
TRUE, FALSE = f"{SIGN}=0", f"{SIGN}=1"
OUR_SIGN = re.compile(rb"""N\(\s*(?:"|&quot;|&#34;|&#x22;)normtool""")
"""The same, however quotes are written in XML."""
MOST_REFERENCES = 200
"""Ranges that one conditional format speaks of: spreadsheets slow down on longer lists."""

SHEET_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""The elements of a sheet in the order that the schema prescribes (ECMA-376 part 1, CT_Worksheet)."""

AROUND = frozenset({"conditionalFormatting", "conditionalFormattings", "ext", "extLst"})
"""Elements around a conditional format that go when nothing else is in them."""


def without_colours(content: bytes) -> bytes:
    """A sheet without our colours; the other conditional formats get the priorities back that they had."""
    if OUR_SIGN.search(content) is None:
        return content
    root = outline(content)
    rules = list(root.all("cfRule"))
    ours = [rule for rule in rules if OUR_SIGN.search(content, rule.start, rule.end)]
    gone = {id(rule) for rule in ours}
    edits = Edits(content)
    _remove_rules(edits, root, gone)
    taken = sorted(rule.number("priority") for rule in ours if "priority" in rule.attributes)
    for rule in rules:
        if id(rule) not in gone and "priority" in rule.attributes:
            old = rule.number("priority")
            _set_priority(edits, rule, old - bisect_left(taken, old))
    return edits.done()


def with_colours(content: bytes, coloured: Sequence[tuple[int, Sequence[str]]]) -> bytes:
    """A sheet in which ranges are coloured: (number of the format, ranges), the most important first.

    Our formats come before the sheet's own, which keep their order.
    """
    root = outline(content)
    texts = written(coloured, root.prefix)
    if not texts:
        return content
    edits = Edits(content)
    for rule in root.all("cfRule"):
        if "priority" in rule.attributes:
            _set_priority(edits, rule, rule.number("priority") + len(texts))
    edits.insert_in_order(root, b"".join(texts), "conditionalFormatting", SHEET_ORDER)
    return edits.done()


def written(coloured: Sequence[tuple[int, Sequence[str]]], prefix: str = "", formula: str = TRUE) -> list[bytes]:
    """Our conditional formats as XML, with priorities from 1."""
    blocks: list[bytes] = []
    for number, ranges in coloured:
        for start in range(0, len(ranges), MOST_REFERENCES):
            references = " ".join(ranges[start : start + MOST_REFERENCES])
            text = (
                f'<{prefix}conditionalFormatting sqref="{references}">'
                f'<{prefix}cfRule type="expression" dxfId="{number}" priority="{len(blocks) + 1}">'
                f"<{prefix}formula>{formula}</{prefix}formula></{prefix}cfRule></{prefix}conditionalFormatting>"
            )
            blocks.append(text.encode())
    return blocks


def joined(cells: Iterable[str]) -> list[str]:
    """Cells and ranges, with cells that stand below each other as one range; each once, in the order of the sheet."""
    singles: dict[str, set[int]] = {}
    ranges: list[str] = []
    for cell in dict.fromkeys(cells):
        match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
        if match is None:
            ranges.append(cell)
        else:
            singles.setdefault(match.group(1), set()).add(int(match.group(2)))
    for letters in sorted(singles, key=lambda letters: (len(letters), letters)):
        rows = sorted(singles[letters])
        first = rows[0]
        for row, following in zip(rows, [*rows[1:], 0], strict=True):
            if following != row + 1:
                ranges.append(f"{letters}{first}" if first == row else f"{letters}{first}:{letters}{row}")
                first = following
    return ranges


def _set_priority(edits: Edits, rule: Element, priority: int) -> None:
    if rule.number("priority") != priority:
        edits.set(rule, "priority", str(priority))


def _remove_rules(edits: Edits, root: Element, gone: set[int]) -> None:
    """Take rules away, and every element around them that holds nothing else."""

    def empty(element: Element) -> bool:
        left = [child for child in element.children if child.name != "sqref"]
        return id(element) in gone or bool(left and element.name in AROUND and all(map(empty, left)))

    def clear(element: Element) -> None:
        for child in element.children:
            if empty(child):
                edits.remove(child)
            else:
                clear(child)

    clear(root)
