"""The formats of our marks in a workbook's styles: put behind its own, and found again byte for byte.

As long as our block stands at the end exactly as we wrote it, no other program has saved the file, so nothing but
our marks can use it and it may go. After a save by another program its remains are harmless, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from normtool.files.marked_xml import Edits, Element, outline

INK, INK2, RULE, RULE2, ACCENT = "FF1B1F24", "FF4D545C", "FFD9D5CB", "FF85807A", "FF1F4E8C"
ERROR_INK, ERROR_FILL, ERROR_EDGE = "FF8E1B32", "FFF8E4E8", "FF8E1B32"
WARNING_INK, WARNING_FILL, WARNING_EDGE = "FF7A4B00", "FFFCF1DA", "FF9A5B00"
"""Look: soft row fill, text and mark of *not met* and *partly met*."""

EMPTY_STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<styleSheet xmlns="{namespace}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="0"/></styleSheet>'
)
"""For a workbook that has no styles at all."""

ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "fonts": ('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',),
    "fills": (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
"""What a section that is missing begins with: cells without a format use it."""


def _font(size: int, colour: str, signs: str = "") -> str:
    return f'<font>{signs}<sz val="{size}"/><color rgb="{colour}"/><name val="Calibri"/><family val="2"/></font>'


def _border(top: tuple[str, str] | None, bottom: tuple[str, str]) -> str:
    above = f'<top style="{top[0]}"><color rgb="{top[1]}"/></top>' if top is not None else "<top/>"
    below = f'<bottom style="{bottom[0]}"><color rgb="{bottom[1]}"/></bottom>'
    return f"<border><left/><right/>{above}{below}<diagonal/></border>"


def _dxf(ink: str, fill: str, edge: str) -> str:
    sides = "".join(
        f'<{side} style="thin"><color rgb="{edge}"/></{side}>' for side in ("left", "right", "top", "bottom")
    )
    return (
        f'<dxf><font><color rgb="{ink}"/></font><fill><patternFill patternType="solid"><fgColor rgb="{fill}"/>'
        f'<bgColor rgb="{fill}"/></patternFill></fill><border>{sides}</border></dxf>'
    )


FONTS = (
    _font(20, INK, "<b/>"),
    _font(11, INK2),
    _font(9, INK2, "<b/>"),
    _font(10, INK),
    _font(10, INK, "<b/>"),
    _font(10, ACCENT, "<u/>"),
    _font(9, INK2),
)
TITLE_FONT, LEAD_FONT, HEAD_FONT, TEXT_FONT, STRONG_FONT, LINK_FONT, QUIET_FONT = range(len(FONTS))
BORDERS = (
    _border(("medium", INK), ("thin", RULE2)),
    _border(None, ("thin", RULE)),
    _border(("thin", RULE2), ("thin", RULE)),
)
HEAD_BORDER, ROW_BORDER, FIRST_BORDER = range(len(BORDERS))
DXFS = (_dxf(ERROR_INK, ERROR_FILL, ERROR_EDGE), _dxf(WARNING_INK, WARNING_FILL, WARNING_EDGE))

PLAIN = ""
WRAPPED = '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>'
HEADED = '<alignment horizontal="left" vertical="bottom" wrapText="1" indent="1"/>'
CELLS = (
    (TITLE_FONT, None, PLAIN),
    (LEAD_FONT, None, PLAIN),
    (HEAD_FONT, HEAD_BORDER, HEADED),
    *((font, ROW_BORDER, WRAPPED) for font in (TEXT_FONT, STRONG_FONT, LINK_FONT, QUIET_FONT)),
    *((font, FIRST_BORDER, WRAPPED) for font in (TEXT_FONT, STRONG_FONT, LINK_FONT, QUIET_FONT)),
)
"""Font, border and alignment of each format of the list; the last four are those of the first row of a sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """Where our formats stand: the number of the first cell format, and of the first conditional one."""

    cells: int
    conditional: int

    title = 0
    lead = 1
    head = 2

    def cell(self, number: int) -> int:
        """A format of the list by its number in CELLS."""
        return self.cells + number

    @property
    def error(self) -> int:
        """The conditional format of a cell with an error."""
        return self.conditional

    @property
    def warning(self) -> int:
        """The conditional format of a cell with a question."""
        return self.conditional + 1


TEXT, STRONG, LINK, QUIET = 3, 4, 5, 6
FIRST_OF_SHEET = 4
"""What to add to one of these for the first row of a sheet."""


def with_formats(content: bytes, used: int) -> tuple[bytes, Formats]:
    """The styles with our formats behind their own, and where those stand.

    The sheets use `used` conditional formats. LibreOffice lets rules use some that it does not write: those become
    empty ones, or such a rule would colour its cells as ours do.
    """
    root = outline(content)
    missing = max(0, used - _count(root, "dxfs"))
    first = {
        name: _count(root, name) or len(DEFAULTS.get(name, ())) for name in ("fonts", "borders", "cellXfs", "dxfs")
    }
    edits = Edits(content)
    for name, entries in _blocks(root, first["fonts"], first["borders"]).items():
        section, present = root.child(name), _count(root, name)
        fillers = ("<dxf/>",) * missing if name == "dxfs" else () if present else DEFAULTS.get(name, ())
        added = [*fillers, *entries]
        block, total = _written(added, root.prefix), str(present + len(added))
        if section is None:
            tag = f"{root.prefix}{name}"
            whole = f'<{tag} count="{total}">'.encode() + block + f"</{tag}>".encode()
            edits.insert_in_order(root, whole, name, ORDER)
        elif added:
            edits.set(section, "count", total)
            edits.append(section, block)
    return edits.done(), Formats(cells=first["cellXfs"], conditional=first["dxfs"] + missing)


def without_formats(content: bytes) -> bytes:
    """The styles without our formats, as long as these still stand as we wrote them."""
    root = outline(content)
    blocks = _blocks(root, _count(root, "fonts") - len(FONTS), _count(root, "borders") - len(BORDERS))
    edits = Edits(content)
    for name, entries in blocks.items():
        section, block = root.child(name), _written(entries, root.prefix)
        if section is None or not content[section.inner : section.close].endswith(block):
            return content
        if not entries:
            continue
        left = len(section.children) - len(entries)
        edits.set(section, "count", str(left))
        if left:
            edits.replace(section.close - len(block), section.close, b"")
        else:
            edits.replace(section.inner - 1, section.end, b"/>")
    return edits.done()


def _blocks(root: Element, first_font: int, first_border: int) -> dict[str, list[str]]:
    """Our entries of each section, in the order of the sections."""
    style = ' xfId="0"' if root.child("cellStyleXfs") is not None else ""
    cells = []
    for font, border, alignment in CELLS:
        said = f'numFmtId="0" fontId="{first_font + font}" fillId="0"'
        said += f' borderId="{first_border + border if border is not None else 0}"{style} applyFont="1"'
        said += ' applyBorder="1"' if border is not None else ""
        cells.append(f'<xf {said} applyAlignment="1">{alignment}</xf>' if alignment else f"<xf {said}/>")
    return {"fonts": list(FONTS), "fills": [], "borders": list(BORDERS), "cellXfs": cells, "dxfs": list(DXFS)}


def _count(root: Element, name: str) -> int:
    section = root.child(name)
    return len(section.children) if section is not None else 0


def _written(entries: list[str], prefix: str) -> bytes:
    """Entries as they stand in a part that gives its elements this prefix."""
    text = "".join(entries)
    return (re.sub(r"<(/?)", rf"<\1{prefix}", text) if prefix else text).encode()
