"""What travels with a workbook and is never opened: it is named, and the rest is read."""

from __future__ import annotations

from tests.planting.books import Spot
from tests.planting.kinds import Expected, Ground, Kind, Plant, say

PASSENGERS = {
    "file: with macros": ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0", "NT230"),
    "file: linked to another": ("xl/externalLinks/externalLink1.xml", b"<externalLink/>", "NT231"),
    "file: with another in it": ("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0", "NT232"),
}


def passenger(name: str, content: bytes, code: str) -> Plant:
    """A part in the package."""

    def plant(ground: Ground) -> list[Expected]:
        ground.take(Spot("#package", name, ""))
        ground.book.parts[name] = content
        return say(code, Spot())

    return plant


KINDS = [Kind(name=name, plant=passenger(*part)) for name, part in PASSENGERS.items()]
