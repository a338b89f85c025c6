"""How the parts of a workbook hang together: which is the workbook, which are its sheets, what belongs to a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from normtool.core import rules_workbooks as rules
from normtool.files.reading_limits import MEBIBYTE
from normtool.files.workbook_package import RefusedError

MAX_SHEETS = 255
"""As many as Excel once allowed; a form has fifteen."""
MAX_SMALL_BYTES = 12 * MEBIBYTE
"""All that is read of a workbook beside its cells and texts; styles are the most, and Excel's limit of 64,000 formats
is 10 MB. Expat reads this in well under a second."""
MAX_REFERENCES = 70_000
"""References of one part; Excel's limit of 65,530 links on a sheet stays below it."""
MAX_DEPTH = 100
"""Elements inside each other; a drawing has about twenty. A million would take gigabytes to keep track of."""

FOREIGN_PARTS = (
    ("content.xml", "OpenDocument (.ods)"),
    ("word/document.xml", "Word"),
    ("ppt/presentation.xml", "PowerPoint"),
    ("Index/Document.iwa", "Numbers"),
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
References = Mapping[str, tuple[str, str]]
"""What a part refers to: id to (kind, name of the part)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str


class Parts:
    """The parts of a package by name, and how much of the small ones has been read."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.read_bytes = 0

    def small(self, part: str) -> bytes:
        """The content of a part that is read element by element; empty when there is none."""
        content = self.contents.get(part, b"")
        self.read_bytes += len(content)
        if self.read_bytes > MAX_SMALL_BYTES:
            raise RefusedError(rules.INFLATES_TOO_FAR, part=part)
        return content

    def references(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the package; of the package itself when `part` is empty."""
        folder, slash, name = part.rpartition("/")
        source = f"{folder}{slash}_rels/{name}.rels"
        found: dict[str, tuple[str, str]] = {}
        if source not in self.contents:
            return found

        def start(name: str, attributes: dict[str, str]) -> None:
            if name != "Relationship" or attributes.get("TargetMode") == "External":
                return
            identity = attributes.get("Id", "")
            if identity in found:
                raise RefusedError(rules.AMBIGUOUS_PARTS, part=source)
            target = attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else resolve(folder, target)
            found[identity] = (attributes.get("Type", "").rpartition("/")[2], full)
            if len(found) > MAX_REFERENCES:
                raise RefusedError(rules.TOO_MANY_PARTS, limit=MAX_REFERENCES)

        read_elements(source, self.small(source), Handlers(start=start))
        return found


def resolve(folder: str, target: str) -> str:
    """The name of a part, from a target relative to a folder."""
    steps: list[str] = []
    for step in f"{folder}/{target}".split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlers:
    """What happens at the begin and the end of each element, and at its text."""

    start: Start
    end: End | None = None
    text: End | None = None


def read_elements(part: str, content: bytes, handlers: Handlers) -> None:
    """Hand every element of a part to its handlers, by its name without prefix.

    Raises:
        RefusedError: the part is not well-formed.
    """
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise RefusedError(rules.NESTED_TOO_DEEP, part=part)
        handlers.start(name.rpartition(":")[2], attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        if handlers.end is not None:
            handlers.end(name.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    if handlers.text is not None:
        parser.CharacterDataHandler = handlers.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        raise RefusedError(rules.DAMAGED_PART, part=part) from fault


def find_workbook(parts: Parts) -> str:
    """The name of the workbook's own part. Raises RefusedError when this is another kind of zip file."""
    contents = parts.contents
    named = [part for kind, part in parts.references("").values() if kind == "officeDocument" and part in contents]
    if len(set(named)) > 1:
        raise RefusedError(rules.AMBIGUOUS_PARTS, part=named[1])
    if named and named[0].endswith(".bin"):
        raise RefusedError(rules.BINARY_EXCEL)
    if named and not named[0].startswith(("word/", "ppt/")):
        return named[0]
    for part, kind in FOREIGN_PARTS:
        if part in contents:
            raise RefusedError(rules.OTHER_KIND_OF_FILE, kind=kind)
    raise RefusedError(rules.OTHER_KIND_OF_FILE, kind="ZIP")


def list_sheets(parts: Parts, workbook: str, targets: References) -> tuple[list[SheetEntry], bool]:
    """The sheets with cells, in order, and whether dates count from 1904."""
    entries: list[SheetEntry] = []
    uses_1904 = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal uses_1904
        if name == "workbookPr":
            uses_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}
        elif name == "sheet":
            reference = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            kind, part = targets.get(reference, ("", ""))
            hidden = attributes.get("state", "visible") != "visible"
            if not kind or (kind == "worksheet" and part not in parts.contents):
                raise RefusedError(rules.DAMAGED_PART, part=part or attributes.get("name", ""))
            if kind == "worksheet":
                entries.append(SheetEntry(name=attributes.get("name", ""), hidden=hidden, part=part))
            if len(entries) > MAX_SHEETS:
                raise RefusedError(rules.TOO_MANY_PARTS, limit=MAX_SHEETS)

    read_elements(workbook, parts.small(workbook), Handlers(start=start))
    if not entries:
        raise RefusedError(rules.NO_SHEETS)
    return entries, uses_1904


def only_part(targets: References, kind: str) -> str:
    """The part of a kind that a workbook has at most one of; empty when it has none."""
    found = {part for of_kind, part in targets.values() if of_kind == kind}
    if len(found) > 1:
        raise RefusedError(rules.AMBIGUOUS_PARTS, part=max(found))
    return next(iter(found), "")


def refuse_double_duty(entries: list[SheetEntry], others: tuple[str, ...]) -> None:
    """Refuse a part that is listed as two sheets, or is something else as well: its answers would count twice."""
    taken = {part for part in others if part}
    for entry in entries:
        if entry.part in taken:
            raise RefusedError(rules.AMBIGUOUS_PARTS, part=entry.part)
        taken.add(entry.part)
