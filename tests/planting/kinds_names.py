"""Names and rows: documents, members, groups and treatments that are misspelt, unknown, there twice or not there."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from tests.planting.books import ANY, HEADER, Row, Spot, Value
from tests.planting.cells import cells, column_cells, indicator_kinds, long_enough, misspelt, registers
from tests.planting.kinds import Expected, Ground, Kind, Plant, say, say_last, whole_row, whole_sheet

NEAR_ENGLISH = "regionaal"
"""Misspelt it may look more like *regional*, which means the same."""


def slip(*words: str, code: str) -> Plant:
    """One slip of the hand in a choice or a name that stands alone in its cell."""

    def plant(ground: Ground) -> list[Expected]:
        spots = cells(ground.book, *words)
        spot = ground.choose(
            spot for spot in spots if long_enough(ground.book.get(spot)) and ground.book.get(spot) != NEAR_ENGLISH
        )
        return _misspell(ground, spot, code)

    return plant


def slip_in_key(sheet: str, column: str, code: str) -> Plant:
    """One slip of the hand in a name that is part of what names the row."""

    def plant(ground: Ground) -> list[Expected]:
        spots = column_cells(ground.book, sheet, column)
        spot = ground.choose((spot for spot in spots if long_enough(ground.book.get(spot))), whole_row)
        return _misspell(ground, spot, code)

    return plant


def _misspell(ground: Ground, spot: Spot, code: str) -> list[Expected]:
    meant = str(ground.book.get(spot))
    ground.book.put(spot, misspelt(meant, ground.chance))
    return say(code, spot, found=str(ground.book.get(spot)), meant=meant)


def stranger_in_key(sheet: str, column: str, value: str, code: str) -> Plant:
    """A name that nobody knows, where the row is named."""

    def plant(ground: Ground) -> list[Expected]:
        spot = ground.choose(column_cells(ground.book, sheet, column), whole_row)
        ground.book.put(spot, value)
        return say(code, spot, found=value)

    return plant


def slip_in_list(sheet: str, column: str, code: str) -> Plant:
    """One slip of the hand in one of the names of a list."""

    def plant(ground: Ground) -> list[Expected]:
        spots = column_cells(ground.book, sheet, column)
        spot = ground.choose(
            spot for spot in spots if any(long_enough(name) for name in str(ground.book.get(spot)).split("; "))
        )
        names = str(ground.book.get(spot)).split("; ")
        number = ground.chance.choice([number for number, name in enumerate(names) if long_enough(name)])
        meant, names[number] = names[number], misspelt(names[number], ground.chance)
        ground.book.put(spot, "; ".join(names))
        return say(code, spot, found=names[number], meant=meant)

    return plant


def misspelt_document(ground: Ground) -> list[Expected]:
    """`D-12` for D12."""
    spots = cells(ground.book, "documents", sheets=("indicators", "care", "agreements", "tumour_types"))
    spot = ground.choose(spots)
    meant, *page = str(ground.book.get(spot)).split(";")[0].split(" ")
    found = meant[:1] + "-" + meant[1:]
    ground.book.put(spot, " ".join((found, *page)))
    return say("NT309", spot, found=found, meant=meant)


def twin_answer(ground: Ground) -> list[Expected]:
    """A second row with the id of an indicator."""
    rows = [row.id for row in ground.book.tables["indicators"].rows]
    spot = ground.choose((Spot("indicators", row, "id") for row in rows), whole_row)
    twin = _twin(ground, spot)
    return say_last("NT311", spot, twin, indicator=spot.row)


def twin_row(sheet: str) -> Plant:
    """A second row of a register with the same key: pasted below, or at random."""

    def plant(ground: Ground) -> list[Expected]:
        first = ground.book.tables[sheet].headings[0].id
        rows = [row.id for row in ground.book.tables[sheet].rows]
        spot = ground.choose((Spot(sheet, row, first) for row in rows), whole_row)
        twin = _twin(ground, spot)
        return say_last("NT312", spot, twin)

    return plant


def _twin(ground: Ground, spot: Spot) -> Spot:
    table = ground.book.tables[spot.sheet]
    twin = Row(f"{spot.row} (again)", deepcopy(table.row(spot.row).cells))
    ground.take(Spot(spot.sheet, twin.id, ANY))
    table.rows.insert(ground.chance.randrange(len(table.rows) + 1), twin)
    return Spot(spot.sheet, twin.id, spot.column)


def row_without_key(sheet: str) -> Plant:
    """A row of which the cell that names it is empty."""

    def plant(ground: Ground) -> list[Expected]:
        register = registers()[sheet]
        key = next(column for column in register.key_columns if column.type.value != "choice")
        spot = ground.choose(column_cells(ground.book, sheet, key.id), whole_row)
        row = ground.book.tables[sheet].row(spot.row)
        del row.cells[key.id]
        return say("NT324", spot, header=key.header.nl)

    return plant


def new_row(sheet: str, cells_of_row: dict[str, Value], code: str, column: str) -> Plant:
    """A row that does not belong there."""

    def plant(ground: Ground) -> list[Expected]:
        spot = Spot(sheet, f"new {code}", column)
        ground.take(*whole_row(spot))
        if not ground.is_free(Spot(sheet, HEADER, column)):
            ground.take(whole_sheet(sheet))
        rows = ground.book.tables[sheet].rows
        rows.insert(ground.chance.randrange(len(rows) + 1), Row(spot.row, dict(cells_of_row)))
        return say(code, spot)

    return plant


def answer_without_id(ground: Ground) -> list[Expected]:
    """An answered indicator whose id was wiped out."""
    asked = indicator_kinds()
    rows = [
        row.id for row in ground.book.tables["indicators"].rows if asked.get(row.id) in ("yes_no", "level", "whole")
    ]
    spot = ground.choose((Spot("indicators", row, "id") for row in rows), whole_row)
    ground.book.put(spot, None)
    return say("NT310", spot, found="")


def other_id(typed: Callable[[str], str], code: str) -> Plant:
    """An id that no indicator has, or not quite."""

    def plant(ground: Ground) -> list[Expected]:
        rows = [row.id for row in ground.book.tables["indicators"].rows if row.id in indicator_kinds()]
        spot = ground.choose((Spot("indicators", row, "id") for row in rows), whole_row)
        ground.book.put(spot, typed(spot.row))
        return say(code, spot, found=typed(spot.row))

    return plant


def name_of_two(ground: Ground) -> list[Expected]:
    """A name that two members have, where a location is asked."""
    ground.take(Spot("members", "HAV", "name"), Spot("members", "HAV", "id"), Spot("members", HEADER, ANY))
    rows = [row.id for row in ground.book.tables["care"].rows if row.cells.get("location") == "UMCV"]
    spot = ground.choose((Spot("care", row, "location") for row in rows), whole_row)
    ground.book.put(Spot("members", "HAV", "name"), "UMC Voorbeeld")
    ground.book.put(spot, "UMC Voorbeeld")
    return say("NT339", spot, found="UMC Voorbeeld")


REGISTERS = ("members", "meetings", "tumour_types", "care", "agreements", "volumes", "actions", "bottlenecks")

PLANTS: dict[str, Plant] = {
    "choice: misspelt": slip("choice", code="NT307"),
    "group: misspelt, in the care": slip_in_key("care", "group", "NT316"),
    "group: misspelt, among the tumour types": slip_in_key("tumour_types", "group", "NT316"),
    "group: misspelt, in a list": slip_in_list("agreements", "groups", "NT316"),
    "treatment: misspelt": slip_in_key("volumes", "treatment", "NT316"),
    "treatment: unknown": stranger_in_key("volumes", "treatment", "Galblaas eruit", "NT315"),
    "group: unknown, in the care": stranger_in_key("care", "group", "Tandheelkunde", "NT314"),
    "group: unknown, among the tumour types": stranger_in_key("tumour_types", "group", "Tandheelkunde", "NT314"),
    "location: unknown, in the care": stranger_in_key("care", "location", "Ziekenhuis Noordzicht", "NT313"),
    "location: unknown, in the volumes": stranger_in_key("volumes", "location", "Ziekenhuis Noordzicht", "NT313"),
    "location: the name of two members": name_of_two,
    "location: misspelt": stranger_in_key("care", "location", "Merlanden", "NT316"),
    "standing: misspelt": slip_in_key("volumes", "standing", "NT307"),
    "document: misspelt": misspelt_document,
    "indicator: there twice": twin_answer,
    "indicator: id wiped out": answer_without_id,
    "indicator: unknown": other_id(lambda _: "vraag over patiënten", "NT310"),
    "indicator: id with a comma": other_id(lambda row: row.replace(".", ","), "NT316"),
    "indicator: a row of another form": new_row("indicators", {"id": "Z1.1", "answer": "ja"}, "NT310", "id"),
    **{f"row there twice: {sheet}": twin_row(sheet) for sheet in (*REGISTERS, "documents", "working_groups")},
    **{
        f"row without its name: {sheet}": row_without_key(sheet)
        for sheet in REGISTERS
        if sheet not in ("members", "meetings")
    },
}

NAMELESS = ("documents", "members")
"""Where others take their names from: an unknown name elsewhere may be the one that is missing here."""

KINDS = [
    *(Kind(name=name, plant=plant) for name, plant in PLANTS.items()),
    *(Kind(name=f"row without its name: {sheet}", plant=row_without_key(sheet), alone=True) for sheet in NAMELESS),
]
