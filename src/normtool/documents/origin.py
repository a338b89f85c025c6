"""What a document was made of, as one line that every document carries, and that `verify` reads back.

`normtool=1.0.0 dossier=<64 hexadecimal digits> language=nl circle=board member=UMC%20Noord`: pairs in this order,
divided by spaces; what a value may not hold is written as in an address. It stands in `<meta name="normtool">` of the
HTML, among the keywords of the PDF and in the property `dossier` of the workbook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from normtool.core.dossier import Circle, Dossier
from normtool.texts import LANGUAGES, Words

META_NAME = "normtool"
"""The name of the HTML's `<meta>` that holds the line."""

PROPERTY_NAME = "dossier"
"""The name of the workbook's custom property that holds the line."""

LINE = re.compile(
    r"normtool=(?P<program>[!-~]*) dossier=(?P<digest>[0-9a-f]{64}) language=(?P<language>[a-z]{2}) "
    r"circle=(?P<circle>[a-z]+)(?: member=(?P<member>[!-~]+))?"
)
LONGEST = 2_000
"""Longer texts are not searched: a member's id is a cell, and no line of ours comes near this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a document was made of: program version, SHA-256 of the whole dossier.json, language, circle, member."""

    program: str
    digest: str
    language: str
    circle: Circle
    member: str = ""

    def line(self) -> str:
        """The origin as one line of plain characters without commas."""
        parts = {
            "normtool": quote(self.program, safe="+"),
            "dossier": self.digest,
            "language": self.language,
            "circle": self.circle.value,
            "member": quote(self.member, safe=""),
        }
        return " ".join(f"{key}={value}" for key, value in parts.items() if value or key != "member")


def origin_of(dossier: Dossier, digest: str, words: Words) -> str:
    """The line of a document made of this dossier; `digest` is the SHA-256 of the whole dossier.json.

    A part knows the digest of its whole, and that one is written.
    """
    part = dossier.part
    return Origin(
        program=dossier.program,
        digest=part.digest if part is not None else digest,
        language=words.language,
        circle=dossier.circle,
        member=part.member if part is not None else "",
    ).line()


def parse_origin(text: str) -> Origin | None:
    """The origin written anywhere in a text; None when there is none of ours."""
    found = LINE.search(text) if len(text) <= LONGEST else None
    if found is None or found["language"] not in LANGUAGES:
        return None
    circle = next((item for item in Circle if item.value == found["circle"]), None)
    if circle is None:
        return None
    return Origin(
        program=unquote(found["program"]),
        digest=found["digest"],
        language=found["language"],
        circle=circle,
        member=unquote(found["member"] or ""),
    )
