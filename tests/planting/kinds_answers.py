"""Answers that contradict themselves: shares that cannot be, n.v.t.; and cells that lost their value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.planting.books import ANY, HEADER, ErrorValue, Formula, Spot, Value
from tests.planting.cells import cells, indicator_kinds
from tests.planting.kinds import Expected, Ground, Kind, Plant, say, whole_row
from tests.planting.saving import Program

REFUSED = ("N1.2", "N1.5", "N1.8", "N2.6", "N3.1", "N5.1", "N5.2", "N5.4")
"""Answered indicators that may not be declared n.v.t."""
ALLOWED = ("N3.8", "N5.3")
"""Indicators that may, and that are answered in their own row."""
WITH_ROWS = {"N2.2": "patient_council", "N4.4": "care", "N4.7": "care"}
"""Indicators that may, and the register in which rows are filled in for them."""
BOXES = ("whole", "yes_no", "date", "choice", "documents")


def pair_in_rows(sheet: str, part: str, whole: str) -> Plant:
    """More patients in a part than in the whole."""

    def plant(ground: Ground) -> list[Expected]:
        rows = [row.id for row in ground.book.tables[sheet].rows if isinstance(row.cells.get(whole), int)]
        spot = ground.choose((Spot(sheet, row, part) for row in rows), lambda spot: [Spot(sheet, spot.row, whole)])
        total = ground.book.get(Spot(sheet, spot.row, whole))
        assert isinstance(total, int)
        number = total + ground.chance.randrange(1, 90)
        ground.book.put(spot, number)
        return say("NT301", spot, numerator=number, denominator=total)

    return plant


def of_share(change: Callable[[Ground, Spot], list[Expected]]) -> Plant:
    """Something with the numerator and denominator of an indicator; the whole row is taken for it."""

    def plant(ground: Ground) -> list[Expected]:
        return change(ground, ground.choose((Spot("indicators", row, "numerator") for row in ALLOWED), whole_row))

    return plant


def too_large(ground: Ground, spot: Spot) -> list[Expected]:
    """A numerator above its denominator."""
    whole = ground.book.get(spot._replace(column="denominator"))
    assert isinstance(whole, int)
    ground.book.put(spot, whole + 3)
    return say("NT301", spot, numerator=whole + 3, denominator=whole)


def of_nothing(ground: Ground, spot: Spot) -> list[Expected]:
    """So many of none."""
    ground.book.put(spot._replace(column="denominator"), 0)
    return say("NT325", spot, numerator=int(str(ground.book.get(spot))))


def not_applicable(*, code: str, rows: tuple[str, ...], keeps: tuple[str, ...] = (), reason: bool = True) -> Plant:
    """Declared n.v.t. with something that does not go with it. `keeps`: cells that are not wiped out."""

    def plant(ground: Ground) -> list[Expected]:
        filled = {row.id for row in ground.book.tables["indicators"].rows}
        spots = (Spot("indicators", row, "answer") for row in rows if row in filled)
        spot = ground.choose(spots, lambda spot: [*whole_row(spot), Spot(WITH_ROWS.get(spot.row, ""), HEADER, ANY)])
        row = ground.book.tables["indicators"].row(spot.row)
        row.cells = {name: value for name, value in row.cells.items() if name in ("id", *keeps)}
        row.cells["answer"] = ground.chance.choice(["n.v.t.", "nvt", "NVT", "niet van toepassing"])
        if reason:
            row.cells["reason_not_applicable"] = "Dit speelt hier niet."
        return say(code, spot, indicator=spot.row)

    return plant


def not_applicable_with_own_approach(ground: Ground) -> list[Expected]:
    """Declared n.v.t. beside an own approach."""
    spot = ground.choose((Spot("indicators", row, "answer") for row in ALLOWED), whole_row)
    row = ground.book.tables["indicators"].row(spot.row)
    own: dict[str, Value] = {
        "own_aim": "Vlot",
        "own_what": "Zo",
        "own_proof": "Geteld",
        "own_until": date(2027, 1, 1),
    }
    row.cells = {"id": spot.row, "answer": "n.v.t.", "reason_not_applicable": "Dit speelt hier niet.", **own}
    return say("NT333", spot, indicator=spot.row)


def reason_alone(ground: Ground) -> list[Expected]:
    """A reason for n.v.t. beside an answer."""
    rows = [row for row, kind in indicator_kinds().items() if kind in ("yes_no", "level") and row != "N5.5"]
    filled = {row.id for row in ground.book.tables["indicators"].rows}
    spot = ground.choose(Spot("indicators", row, "reason_not_applicable") for row in rows if row in filled)
    ground.book.put(spot, "Daar doen wij niet aan.")
    return say("NT332", spot, indicator=spot.row)


def broken(value: Value, code: str) -> Plant:
    """A cell whose value went lost, whatever it asked."""

    def plant(ground: Ground) -> list[Expected]:
        spot = ground.choose(cells(ground.book, ground.chance.choice(BOXES)))
        ground.book.put(spot, value)
        found = value.code if isinstance(value, ErrorValue) else value if isinstance(value, str) else ""
        return say(code, spot, found=found) if found else say(code, spot)

    return plant


NOT_LIBREOFFICE = frozenset({Program.XLSXWRITER, Program.OPENPYXL})

KINDS = [
    Kind(name="share: part above the whole, on time", plant=pair_in_rows("care", "on_time", "treated")),
    Kind(name="share: part above the whole, in the meeting", plant=pair_in_rows("care", "in_mdt", "new_patients")),
    Kind(name="share: numerator above denominator", plant=of_share(too_large)),
    Kind(name="share: of nothing", plant=of_share(of_nothing)),
    Kind(name="n.v.t.: refused", plant=not_applicable(code="NT330", rows=REFUSED)),
    Kind(name="n.v.t.: without a reason", plant=not_applicable(code="NT331", rows=(*ALLOWED, "N5.5"), reason=False)),
    Kind(
        name="n.v.t.: with figures",
        plant=not_applicable(code="NT333", rows=ALLOWED, keeps=("numerator", "denominator")),
    ),
    Kind(name="n.v.t.: with rows", plant=not_applicable(code="NT334", rows=tuple(WITH_ROWS))),
    Kind(name="n.v.t.: a reason without it", plant=reason_alone),
    Kind(name="n.v.t.: with an own approach", plant=not_applicable_with_own_approach),
    Kind(name="lost: a reference", plant=broken(ErrorValue("#REF!"), "NT317"), programs=NOT_LIBREOFFICE),
    Kind(name="lost: a division by zero", plant=broken(ErrorValue("#DIV/0!"), "NT317"), programs=NOT_LIBREOFFICE),
    Kind(name="lost: not available", plant=broken(ErrorValue("#N/A"), "NT317")),
    Kind(name="lost: pasted in Dutch", plant=broken("#N/B", "NT317")),
    Kind(name="lost: pasted in Dutch, a reference", plant=broken("#VERW!", "NT317")),
    Kind(name="lost: a formula without its result", plant=broken(Formula("=1+1"), "NT318"), programs=NOT_LIBREOFFICE),
]
