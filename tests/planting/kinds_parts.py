"""Faults between two workbooks that are parts of one form."""

from __future__ import annotations

from tests.planting.books import Book, Spot, Table, Value
from tests.planting.cells import column_cells
from tests.planting.kinds import Expected, Ground, Kind, Plant, say, whole_row
from tests.planting.valid import valid_book

OTHER_ANSWERS: dict[str, Value] = {"N1.2": "nee", "N1.5": "nee", "N2.6": 1, "N3.1": "nee", "N3.7": 2, "N5.4": 2}


def second_part(ground: Ground) -> Book:
    """A second workbook about the same network, with nothing else in it yet.

    It says no more of it than it must: the rest would make good what is missing in the first.
    """
    if ground.book.second is None:
        part = valid_book()
        part.order = ["network"]
        rows = part.tables["network"].rows
        part.tables["network"].rows = [row for row in rows if row.id in ("code", "assessment_year")]
        ground.book.second = part
    return ground.book.second


def take_over(ground: Ground, spot: Spot) -> Table:
    """The row of a spot, as the only one of its sheet in the second part."""
    part = second_part(ground)
    if spot.sheet not in part.order:
        part.order.append(spot.sheet)
        part.tables[spot.sheet].rows = []
    table = part.tables[spot.sheet]
    table.rows.append(valid_book().tables[spot.sheet].row(spot.row))
    return table


def in_second(code: str, spot: Spot, **facts: str) -> list[Expected]:
    """One diagnostic in the second part."""
    return [Expected(code=code, spots=(spot,), part=1, facts=tuple(facts.items()))]


def another_network(key: str, value: Value) -> Plant:
    """A part of another network, or of another year."""

    def plant(ground: Ground) -> list[Expected]:
        spot = Spot("network", key, "value")
        second_part(ground).put(spot, value)
        return in_second("NT260", spot)

    return plant


def answered_otherwise(ground: Ground) -> list[Expected]:
    """An indicator that two parts answer differently."""
    spot = ground.choose((Spot("indicators", row, "id") for row in OTHER_ANSWERS), whole_row)
    take_over(ground, spot).row(spot.row).cells["answer"] = OTHER_ANSWERS[spot.row]
    return in_second("NT311", spot, indicator=spot.row)


def row_told_otherwise(sheet: str, column: str) -> Plant:
    """A row of a register about which two parts say different things."""

    def plant(ground: Ground) -> list[Expected]:
        spot = ground.choose(column_cells(ground.book, sheet, column), whole_row)
        value = ground.book.get(spot)
        other: Value = value + 1 if isinstance(value, int) else "nee" if value == "ja" else "ja"
        take_over(ground, spot).row(spot.row).cells[column] = other
        return in_second("NT312", spot)

    return plant


def document_told_otherwise(ground: Ground) -> list[Expected]:
    """Two parts that give one id to different documents."""
    spot = ground.choose((Spot("documents", row, "id") for row in ("D2", "D7", "D11")), whole_row)
    take_over(ground, spot).row(spot.row).cells["title"] = "Jaarverslag van het ziekenhuis"
    return say("NT242", spot, document=spot.row)


KINDS = [
    Kind(name="parts: an id for two documents", plant=document_told_otherwise),
    Kind(name="parts: of two networks", plant=another_network("code", "duinmark"), alone=True),
    Kind(name="parts: of two years", plant=another_network("assessment_year", 2027), alone=True),
    Kind(name="parts: an indicator answered otherwise", plant=answered_otherwise),
    Kind(name="parts: care told otherwise", plant=row_told_otherwise("care", "new_patients")),
    Kind(name="parts: a volume told otherwise", plant=row_told_otherwise("volumes", "number")),
]
