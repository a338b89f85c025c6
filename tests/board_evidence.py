"""The evidence of the example dossiers of the board workbook: rows, answers, documents with their cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from normtool.core.evidence import (
    Answer,
    DataNature,
    DateSpan,
    DocumentEntry,
    Evidence,
    NetworkFacts,
    OwnApproach,
    RegisterRow,
    RegisterRows,
    SourceFile,
    Value,
)
from normtool.core.places import CellPlace, Located
from normtool.core.registers import Choice, Column, ColumnType, Register, Text

T = TypeVar("T")


def place(row: int, column: int = 11, sheet: str = "Indicatoren") -> CellPlace:
    """A cell of the example workbook."""
    return CellPlace(file="voorbeeldland.xlsx", sheet=sheet, row=row, column=column)


def located(value: T, at: CellPlace) -> Located[T]:
    """A value with its cell."""
    return Located(value=value, place=at)


def _column(column_id: str, header: str, kind: ColumnType, *choices: str) -> Column:
    return Column(
        id=column_id,
        header=Text(nl=header, en=header),
        type=kind,
        choices=tuple(Choice(id=choice, label=Text(nl=f"{choice} nl", en=choice)) for choice in choices),
    )


def registers() -> tuple[Register, ...]:
    text = ColumnType.TEXT
    shapes = {
        "members": (("id", "Id", ColumnType.IDENTIFIER), ("name", "Naam", text)),
        "bottlenecks": (
            ("description", "Omschrijving", text),
            ("indicators", "Indicatoren", ColumnType.INDICATORS),
            ("owner", "Wie gaat erover", text),
            ("request", "Gevraagd", text),
        ),
        "actions": (
            ("id", "Id", ColumnType.IDENTIFIER),
            ("indicators", "Indicatoren", ColumnType.INDICATORS),
            ("action", "Actie", text),
            ("owner", "Actiehouder", text),
            ("due", "Gereed", ColumnType.DATE),
            ("state", "Stand", ColumnType.CHOICE),
            ("evidence_expected", "Bewijs verwacht", text),
        ),
    }
    return tuple(
        Register(
            id=register,
            sheet=Text(nl=register, en=register),
            row_is=Text(nl="rij", en="row"),
            columns=tuple(_column(*shape, *(("open", "done") if shape[0] == "state" else ())) for shape in columns),
        )
        for register, columns in shapes.items()
    )


def rows(register: str, *filled: Mapping[str, Value]) -> RegisterRows:
    """Rows of a register by column id."""
    return RegisterRows(
        register=register,
        rows=tuple(
            RegisterRow(
                place=place(number, 1, register),
                values=tuple((name, located(value, place(number, 1, register))) for name, value in row.items()),
            )
            for number, row in enumerate(filled, start=5)
        ),
    )


def _volume(location: str, number: int) -> Mapping[str, Value]:
    return {
        "location": location,
        "treatment": "rectal-resection",
        "year": 2025,
        "number": number,
        "source": "DICA",
    }


def evidence(nature: DataNature, cycle: int) -> Evidence:
    network = NetworkFacts(
        code="VBL",
        name="Oncologienetwerk Voorbeeldland",
        region="Voorbeeldland",
        assessment_year=2026,
        reporting_year=2025,
        reference_date=date(2025, 12, 31),
        first_assessment_year=2027 - cycle,
        nature=nature,
    )
    own = OwnApproach(
        aim=located("verwijzen", place(12)),
        what=located("Een verwijsverpleegkundige in plaats van overeenkomsten", place(12)),
        proof=located("jaarlijks overzicht", place(12)),
        until=located(DateSpan.of_year(2027), place(12)),
    )
    volumes = (("dewaard", 31), ("stalba", 17), ("overmaas", 0))
    return Evidence(
        network=network,
        answers=(
            Answer(indicator="N4.8", place=place(12), own_approach=own),
            Answer(indicator="N1.6", place=place(13), bottleneck=located("De agenda’s van zes raden", place(13))),
        ),
        registers=(
            rows("members", {"id": "stalba", "name": "St. Alba"}, {"id": "dewaard", "name": "De Waard"}),
            rows(
                "bottlenecks",
                {
                    "description": "De kosten van het MDO-platform.",
                    "indicators": ("N1.6",),
                    "owner": "zorgverzekeraars",
                    "request": "een meerjarige afspraak",
                },
                {"description": "Geen landelijke definitie", "owner": "de beroepsgroepen"},
            ),
            rows(
                "actions",
                {
                    "id": "V1",
                    "indicators": ("N4.7",),
                    "action": "Vijf afspraken opstellen",
                    "owner": "voorzitters borst en darm",
                    "due": DateSpan.of_day(date(2026, 10, 1)),
                    "state": "open",
                    "evidence_expected": "vijf getekende afspraken",
                },
                {"id": "V2", "indicators": ("N6.1",), "action": "Aansluiten", "owner": "niet meer", "state": "done"},
            ),
            rows("volumes", *(_volume(location, number) for location, number in volumes)),
        ),
        documents=(DocumentEntry(id="D1", place=place(5, 1, "Documenten"), title="Samenwerkingsovereenkomst 2023"),),
        files=(SourceFile(file="voorbeeldland.xlsx", digest="ab" * 32),),
    )
