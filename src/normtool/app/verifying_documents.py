"""Checking a document: is every word and number in it what follows from the dossier it was made of."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from normtool import __version__
from normtool.app.attaching import as_attachment
from normtool.app.making import DOSSIER, Stored, dossier_attached, page_of, paper_of, workbook_of
from normtool.app.verifying_account import Account
from normtool.app.verifying_dossiers import Read
from normtool.core.circles import may_become, part_for
from normtool.core.dossier import Dossier
from normtool.core.grids import Grid, Sheet
from normtool.core.places import CellPlace
from normtool.documents.origin import Origin
from normtool.documents.pdf import Attachment, PdfUnavailable
from normtool.files.pdf_reading import Pages, PdfContent, content_of, pages_of, read_pages
from normtool.files.reading_worker import read_all
from normtool.telling.diagnostic_texts import place_text
from normtool.telling.difference_texts import cut
from normtool.texts import Words

MOST_LAID_SIDE_BY_SIDE = 3_000
"""Words or lines between the first and the last difference; beyond that it is another text."""
SHORT = 3
"""Characters of a line that does not tell where one is."""
MOST_CELLS = 200
"""Cells that differ and are named; a workbook of which more differ is another workbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A document, what it says it was made of, and the dossier that was found: the whole one, or its part."""

    account: Account
    path: Path
    origin: Origin
    read: Read

    @property
    def dossier(self) -> Dossier:
        """What the document was made of."""
        found, origin = self.read.dossier, self.origin
        if found.part is not None and (found.part.circle, found.part.member) == (origin.circle, origin.member):
            return found
        return part_for(found, origin.circle, self.read.whole_digest, origin.member)

    @property
    def digest(self) -> str:
        """The SHA-256 of the whole dossier.json."""
        return self.read.whole_digest

    @property
    def can_be_made(self) -> bool:
        """Whether the dossier holds all that the document shows; a part that is narrower does not."""
        return may_become(self.read.dossier, self.origin.circle, self.origin.member)

    @property
    def words(self) -> Words:
        """The language of the document."""
        return Words(self.origin.language)


def _say_version(given: Given) -> None:
    """That a text differs need not mean that someone changed it, when another version of the program wrote it."""
    if given.origin.program != __version__:
        given.account.open("other_version", version=given.origin.program)


# --- pdf ------------------------------------------------------------------------------------------------------


def check_paper(given: Given, content: PdfContent) -> None:
    """Note in what the pages of a PDF differ from those that follow from its dossier."""
    account = given.account
    for page, kind in content.added:
        account.differ("laid_over", page=page, kind=kind)
    attached = tuple(
        as_attachment(given.words, item.name, item.content) for item in content.attachments if item.name != DOSSIER
    )
    try:
        data = paper_of(given.words, given.dossier, (_own_dossier(given), *attached), given.digest)
    except PdfUnavailable:
        account.open("no_pdf")
        return
    if data == given.path.read_bytes():
        account.agree("same_bytes")
        return
    follows = content_of(data)
    _compare_beside(given, content, follows)
    if sorted(content.drawn) == sorted(follows.drawn):
        account.agree("pdf_saved_again", pages=content.pages)
    else:
        _compare_pages(given, data)


def _compare_beside(given: Given, content: PdfContent, follows: PdfContent) -> None:
    """What is said on no page: title, bookmarks, descriptions of figures.

    What is lacking, a program may have left out when it saved the file; another version may have described otherwise.
    """
    if given.origin.program != __version__:
        return
    place = given.account.words.say("verify.beside_pages")
    for text in (Counter(content.beside) - Counter(follows.beside)).elements():
        given.account.differ_at("text", place, cut(text), "–")


def _own_dossier(given: Given) -> Attachment:
    return dossier_attached(given.words, Stored.of(given.dossier))


def _compare_pages(given: Given, data: bytes) -> None:
    """Word for word through all pages: where lines break may depend on the computer that made them."""
    account, pages = given.account, read_pages(given.path)
    if pages is None:
        account.open("pages_unread")
        return
    written, expected = list(_words_of(pages)), list(_words_of(pages_of(data)))
    first, second = [word for _, word in written], [word for _, word in expected]
    if first == second:
        account.agree("words_of_pages", pages=len(pages))
        account.open("drawn")
    else:
        _say_version(given)
        for start, end, other, last in apart(first, second):
            page = written[min(start, len(written) - 1)][0] if written else 1
            place = account.words.say("verify.page", page=page)
            account.differ_at("text", place, _joined(written[start:end]), _joined(expected[other:last]))


def apart(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two texts differ: from and up to which item of the first, and of the second.

    What begins and ends alike is left out; when more is left than can be laid side by side, that is one difference.
    """
    least = min(len(first), len(second))
    begin = next((at for at in range(least) if first[at] != second[at]), least)
    left = least - begin
    end = next((at for at in range(left) if first[-1 - at] != second[-1 - at]), left)
    ends = (len(first) - end, len(second) - end)
    if max(ends) - begin > MOST_LAID_SIDE_BY_SIDE:
        yield begin, ends[0], begin, ends[1]
        return
    matcher = SequenceMatcher(None, first[begin : ends[0]], second[begin : ends[1]], autojunk=False)
    for kind, *places in matcher.get_opcodes():
        if kind != "equal":
            start, stop, other, last = (begin + place for place in places)
            yield start, stop, other, last


def _words_of(pages: Pages) -> Iterator[tuple[int, str]]:
    for number, lines in enumerate(pages, start=1):
        for line in lines:
            for word in line.split():
                yield number, word


def _joined(found: Sequence[tuple[int, str]]) -> str:
    return cut(" ".join(word for _, word in found)) or "–"


# --- html -----------------------------------------------------------------------------------------------------


class _Lines(HTMLParser):
    """What a page says, line by line; what it does (style, script) beside that."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.does: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        # Any attribute may hide or show something: hidden, style, class, src.
        self.does.append(f"{tag} {attrs}")
        if tag != "meta":
            self.lines += [value for name, value in attrs if name in {"aria-label", "title", "content"} and value]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in {"style", "script"}:
            self.does.append(data.strip())
        elif data.strip():
            self.lines.append(" ".join(data.split()))


def check_page(given: Given, content: bytes) -> None:
    """Note in what a page for a browser differs from the one that follows from its dossier."""
    follows = page_of(given.words, given.dossier, given.digest)
    if content == follows:
        given.account.agree("same_bytes")
        return
    written, expected = _Lines(content.decode("utf-8", "replace")), _Lines(follows.decode())
    if written.lines == expected.lines:
        given.account.agree("words_of_page")
        if written.does != expected.does and given.origin.program == __version__:
            given.account.differ("does")
        elif written.does != expected.does:
            given.account.open("other_layout", version=given.origin.program)
        return
    _say_version(given)
    for start, end, other, last in apart(written.lines, expected.lines):
        before = next((line for line in reversed(written.lines[:start]) if len(line) > SHORT), "")
        place = given.account.words.say("verify.after", text=cut(before))
        texts = [cut(" ".join(lines)) for lines in (written.lines[start:end], expected.lines[other:last])]
        given.account.differ_at("text", place, texts[0] or "–", texts[1] or "–")


# --- workbook -------------------------------------------------------------------------------------------------


def check_workbook(given: Given, content: bytes) -> None:
    """Note which cells of a workbook differ from those that follow from its dossier."""
    account = given.account
    follows = workbook_of(given.words, given.dossier, given.digest, given.origin.member)
    if content == follows:
        account.agree("same_bytes")
        return
    written, expected = _grids(content, follows)
    if written is None or expected is None:
        account.differ("workbook_unread")
        return
    without = sum(len(sheet.unread_formulas) for sheet in written.sheets)
    if without:
        account.open("without_result", count=account.words.whole(without))
    found = list(_cells(written, expected))
    if found:
        _say_version(given)
    for place, first, second in found[:MOST_CELLS]:
        account.differ_at("cell", place_text(place, account.words), cut(first) or "–", cut(second) or "–")
    if found:
        return
    account.agree("cells", sheets=len(expected.sheets))
    inside, ours = parts_of(content), parts_of(follows)
    changed = [name for name in dict.fromkeys((*inside, *ours)) if inside.get(name) != ours.get(name)]
    if changed and REWRITTEN.isdisjoint(changed):
        account.differ("inside", parts=", ".join(changed))
    elif changed:
        account.open("formulas")


def _grids(*contents: bytes) -> tuple[Grid | None, ...]:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.xlsx" for number, _ in enumerate(contents)]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        return tuple(item.grid for item in read_all(paths))


def _cells(written: Grid, expected: Grid) -> Iterator[tuple[CellPlace, str, str]]:
    """Cells that differ, sheet by sheet; a sheet that one of them lacks differs in every cell."""
    sheets = [{sheet.name: sheet for sheet in grid.sheets} for grid in (written, expected)]
    for name in dict.fromkeys((*sheets[0], *sheets[1])):
        first, second = ({} if name not in side else _values(side[name]) for side in sheets)
        # A program that does not calculate stores no results; there is nothing to compare then.
        without = dict(sheets[0][name].unread_formulas) if name in sheets[0] else {}
        for row, column in sorted({*first, *second} - without.keys()):
            left, right = first.get((row, column), ""), second.get((row, column), "")
            if left != right:
                yield CellPlace(file="", sheet=name, row=row, column=column), left, right


def _values(sheet: Sheet) -> dict[tuple[int, int], str]:
    filled = {(row, column): _told(value) for row, column, value in sheet.filled_cells()}
    return filled | dict(sheet.errors)


def _told(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float | int) and not isinstance(value, bool) else str(value)


REWRITTEN = frozenset({"docProps/app.xml", "xl/styles.xml"})
"""Parts that every program writes in its own way when it saves a workbook: where they are as they were, no program
saved it, and what is changed was changed by hand."""


def parts_of(content: bytes) -> dict[str, str]:
    """The digest of every part of a workbook's package, by name."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return {name: hashlib.sha256(package.read(name)).hexdigest() for name in package.namelist()}
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return {}


CUSTOM = "docProps/custom.xml"
MOST_OF_PART = 1_000_000


def property_in(content: bytes) -> str:
    """The custom properties of a workbook as text; empty when there are none or it is no workbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package, package.open(CUSTOM) as part:
            return re.sub(r"<[^>]*>", " ", part.read(MOST_OF_PART).decode("utf-8", "replace"))
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        return ""
