"""A network of four hospitals and eleven groups, and the parts of its form as markdown pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from normtool.core.form_identity import identity_lines
from normtool.core.form_names import HIDDEN_SHEET
from normtool.core.forms import FormMember, FormRequest
from normtool.core.grids import Grid, Sheet
from normtool.core.standards import Framework
from tests.conftest import built_in
from tests.core.tables import NETWORK, workbook

MEMBERS = (
    FormMember(id="UMC", name="Universitair Centrum", kind="hospital", role="signatory"),
    FormMember(id="UMC-N", name="UMC Noord", kind="location", parent="UMC"),
    FormMember(id="UMC-Z", name="UMC Zuid", kind="location", parent="UMC"),
    FormMember(id="DW", name="De Waard", kind="hospital", role="signatory"),
    FormMember(id="ML", name="Meerlanden", kind="hospital", role="signatory"),
    FormMember(id="SA", name="St. Alba", kind="hospital", role="signatory"),
    FormMember(id="RT", name="Radiotherapie Alba", kind="radiotherapy", role="partner"),
    FormMember(id="ZK", name="Zorgzeker", kind="insurer", role="partner"),
)


def request(framework: Framework | None = None, **changes: object) -> FormRequest:
    """The form of that network."""
    facts: dict[str, object] = {
        "framework": framework or built_in(),
        "code": "ALBA",
        "name": "Netwerk Alba",
        "assessment_year": 2026,
        "reporting_year": 2025,
        "reference_date": date(2025, 12, 31),
        "first_assessment_year": 2026,
        "members": MEMBERS,
        "deadline": date(2026, 3, 1),
    }
    return FormRequest(**{**facts, **changes})  # type: ignore[arg-type]


def part(markdown: str, *parts: str, file: str = "", network: str = NETWORK, **changes: object) -> Grid:
    """The workbook of these parts: what the page says, and the hidden sheet that says whose it is."""
    name = file or f"{'-'.join(parts).lower()}.xlsx"
    page = workbook(network + markdown, name)
    lines = tuple(tuple(line) for line in identity_lines(request(None, part=parts, **changes)))
    return replace(page, sheets=(*page.sheets, Sheet(name=HIDDEN_SHEET, rows=lines, hidden=True)))
