"""Cell comments in the part that holds those of one sheet: ours go in and out, those of others stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normtool.files.marked_remarks import Paragraph, Piece, our_spans, remark
from normtool.files.marked_xml import Edits, Element, escape, outline, text_element, text_of

AUTHOR = "normtool"
THREAD = "tc="
"""The author of a comment that stands for a conversation; the conversation itself is in a part of its own."""
FONT = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'


def empty_comments(namespace: str) -> bytes:
    """A part without comments, to which ours are added."""
    text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    text += f'<comments xmlns="{namespace}"><authors></authors><commentList></commentList></comments>'
    return text.encode()


def without_remarks(content: bytes) -> tuple[bytes, list[str], int]:
    """The comments without our remarks; the cells whose comment was all ours; and how many comments are left."""
    root = outline(content)
    listed = _list_of(root)
    edits = Edits(content)
    gone = []
    for comment in listed:
        spans = our_spans("".join(text for _, text in _texts(content, comment)))
        if spans and _cut(edits, comment, spans):
            gone.append(comment)
    if gone:
        _forget_author(edits, root, {id(comment) for comment in gone})
    return edits.done(), [comment.attribute("ref") for comment in gone], len(listed) - len(gone)


def with_remarks(content: bytes, remarks: Mapping[str, Sequence[Paragraph]]) -> tuple[bytes, list[str]]:
    """The comments with our remarks (cell to paragraphs), and the cells that had none yet.

    Ours stand under what others wrote. A conversation is left alone: it does not show what stands in its comment.
    """
    root = outline(content)
    authors, listing = root.child("authors"), root.child("commentList")
    if authors is None or listing is None:
        return content, []
    edits = Edits(content)
    present = {comment.attribute("ref"): comment for comment in listing.children}
    names = [text_of(content, item) for item in authors.children]
    added = [cell for cell in remarks if cell not in present]
    if added and AUTHOR not in names:
        edits.append(authors, _tagged(root.prefix, "author", AUTHOR.encode()))
        names.append(AUTHOR)
    made = [_comment(cell, names.index(AUTHOR), remarks[cell], root.prefix) for cell in added]
    edits.append(listing, b"".join(made))
    for cell, paragraphs in remarks.items():
        comment = present.get(cell)
        if comment is not None and not _author(comment, names).startswith(THREAD):
            _write_under(edits, comment, paragraphs, root.prefix)
    return edits.done(), added


def _author(comment: Element, names: Sequence[str]) -> str:
    number = comment.number("authorId", -1)
    return names[number] if 0 <= number < len(names) else ""


def _list_of(root: Element) -> list[Element]:
    listing = root.child("commentList")
    return listing.children if listing is not None else []


def _texts(content: bytes, comment: Element) -> list[tuple[Element, str]]:
    """The pieces of text of a comment, without how they sound (`rPh`)."""
    body = comment.child("text")
    if body is None:
        return []
    pieces = [item for child in body.children if child.name != "rPh" for item in (child, *child.children)]
    return [(item, text_of(content, item)) for item in pieces if item.name == "t"]


def _cut(edits: Edits, comment: Element, spans: list[tuple[int, int]]) -> bool:
    """Cut spans out of the text of a comment; when only blanks are left the comment goes, and this gives True."""
    pieces = _texts(edits.content, comment)
    kept: list[str] = []
    at = 0
    for _, text in pieces:
        kept.append(_outside(text, [(start - at, end - at) for start, end in spans]))
        at += len(text)
    if not "".join(kept).strip():
        edits.remove(comment)
        return True
    runs = {id(item): run for run in comment.all("r") for item in run.children}
    left = [item for (item, _), text in zip(pieces, kept, strict=True) if text]
    for (item, text), rest in zip(pieces, kept, strict=True):
        run = runs.get(id(item), item)
        if not rest:
            edits.remove(run)
        elif len(left) == 1 and len(run.children) == 1:
            edits.replace(run.start, run.end, _kept(edits.content, item, text, rest))
        elif rest != text:
            edits.replace(item.start, item.end, _kept(edits.content, item, text, rest))
    return False


def _outside(text: str, spans: list[tuple[int, int]]) -> str:
    """What is left of a text without these spans, which may begin before it and end behind it."""
    left, at = "", 0
    for start, end in spans:
        left += text[at : max(at, start)]
        at = max(at, end)
    return left + text[at:]


def _kept(content: bytes, item: Element, text: str, rest: str) -> bytes:
    """A piece of text of which this is left; what it has escaped stays so."""
    if rest == text:
        return content[item.start : item.end]
    tag = f"{item.prefix}t".encode()
    return b"<" + tag + b' xml:space="preserve">' + escape(rest) + b"</" + tag + b">"


def _write_under(edits: Edits, comment: Element, paragraphs: Sequence[Paragraph], prefix: str) -> None:
    """Put our remark behind what others wrote, as runs of its own."""
    body = comment.child("text")
    if body is None:
        return
    for item in body.named("t"):
        whole = edits.content[item.start : item.end]
        edits.replace(item.start, item.end, _tagged(prefix, "r", whole))
    behind = next((item.start for item in body.children if item.name in {"rPh", "phoneticPr"}), None)
    runs = _runs(paragraphs, prefix, begin="\n")
    if behind is None:
        edits.append(body, runs)
    else:
        edits.insert(behind, runs)


def _comment(cell: str, author: int, paragraphs: Sequence[Paragraph], prefix: str) -> bytes:
    text = _tagged(prefix, "text", _runs(paragraphs, prefix))
    tag = f"{prefix}comment".encode()
    return b"<" + tag + f' ref="{cell}" authorId="{author}">'.encode() + text + b"</" + tag + b">"


def _runs(paragraphs: Sequence[Paragraph], prefix: str, begin: str = "") -> bytes:
    (first, bold), *rest = remark(paragraphs)
    return b"".join(_run(piece, prefix) for piece in [(begin + first, bold), *rest])


def _run(piece: Piece, prefix: str) -> bytes:
    text, bold = piece
    look = (("<b/>" if bold else "") + FONT).replace("<", f"<{prefix}").encode()
    return _tagged(prefix, "r", _tagged(prefix, "rPr", look) + text_element(text, prefix))


def _tagged(prefix: str, name: str, inside: bytes) -> bytes:
    tag = f"{prefix}{name}".encode()
    return b"<" + tag + b">" + inside + b"</" + tag + b">"


def _forget_author(edits: Edits, root: Element, gone: set[int]) -> None:
    """Take our name away when it is the last one and nobody's comment bears it."""
    authors = root.child("authors")
    if authors is None or not authors.children:
        return
    last = len(authors.children) - 1
    used = any(comment.number("authorId") == last for comment in _list_of(root) if id(comment) not in gone)
    if text_of(edits.content, authors.children[last]) == AUTHOR and not used:
        edits.remove(authors.children[last])
