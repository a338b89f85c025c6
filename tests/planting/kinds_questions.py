"""Answers that can be read but make a careful reader ask: warnings, which never touch a verdict."""

from __future__ import annotations

from datetime import date

from tests.planting.books import ANY, COMPLETE, Row, Spot
from tests.planting.cells import cells
from tests.planting.kinds import Expected, Ground, Kind, Plant, say, whole_row, whole_sheet

OPEN_ENDED = frozenset({"from", "valid_until", "until", "due", "answered_on", "own_until", "since"})
WITHOUT_OWN_APPROACH = ("N1.2", "N1.5", "N1.7", "N1.8", "N2.6", "N3.1", "N3.7", "N5.1", "N5.2", "N5.4")


def after_the_reference_date(ground: Ground) -> list[Expected]:
    """A date in the future."""
    dated = cells(ground.book, "date", "dates")
    spots = [spot for spot in dated if spot.column not in OPEN_ENDED and spot.sheet != "iza_steps"]
    spot = ground.choose(spot for spot in spots if not _ends_before(ground, spot, date(2026, 2, 14)))
    ground.book.put(spot, date(2026, 2, 14))
    return say("NT401", spot, date="2026-02-14", reference_date="2025-12-31")


def _ends_before(ground: Ground, spot: Spot, day: date) -> bool:
    """Whether what begins on this day would have ended by then."""
    ends = (ground.book.get(spot._replace(column=name)) for name in ("valid_until", "answered_on"))
    return any(isinstance(end, date) and end < day for end in ends)


def own_approach_incomplete(ground: Ground) -> list[Expected]:
    """An own approach of which two parts are filled in."""
    own = ("own_aim", "own_what", "own_proof")
    rows = [row for row in WITHOUT_OWN_APPROACH if ground.is_free(*(Spot("indicators", row, name) for name in own))]
    spot = ground.choose((Spot("indicators", row, "own_aim") for row in rows), whole_row)
    ground.book.put(spot, "Vlot en dichtbij")
    ground.book.put(spot._replace(column="own_proof"), "Twee keer per jaar geteld")
    return say("NT403", spot, indicator=spot.row, filled=2)


def own_approach_expired(ground: Ground) -> list[Expected]:
    """An own approach that ended."""
    spot = ground.choose(Spot("indicators", row, "own_until") for row in ("N2.7", "N4.8"))
    ground.book.put(spot, date(2025, 3, 31))
    return say("NT404", spot, indicator=spot.row, until="2025-03-31")


def complete_without_rows(ground: Ground) -> list[Expected]:
    """An empty sheet that was declared complete."""
    sheet = ground.choose(whole_sheet(sheet) for sheet in ("working_groups", "bottlenecks", "actions")).sheet
    table = ground.book.tables[sheet]
    table.rows = []
    table.complete = [(table.complete or [""])[0], "ja"]
    return say("NT405", Spot(sheet, COMPLETE, "answer"))


def exactly_all(ground: Ground) -> list[Expected]:
    """A share of one hundred per cent, of many."""
    spot = ground.choose((Spot("indicators", row, "numerator") for row in ("N3.8", "N5.3")), whole_row)
    total = ground.book.get(spot._replace(column="denominator"))
    ground.book.put(spot, total)
    return say("NT406", spot, indicator=spot.row, denominator=int(str(total)))


def proof_without_answer(ground: Ground) -> list[Expected]:
    """A document with an answer that is not there."""
    rows = ("N1.2", "N1.5", "N1.7", "N1.8", "N2.6", "N3.1", "N3.7", "N5.1")
    spot = ground.choose((Spot("indicators", row, "documents") for row in rows), whole_row)
    ground.book.put(spot._replace(column="answer"), None)
    return say("NT410", spot, indicator=spot.row)


def below_the_norm(ground: Ground) -> list[Expected]:
    """A number below the norm for it, with no plan beside it and no action about volumes."""
    ground.take(Spot("actions", ANY, "indicators"))
    rows = ("Slokdarmresectie", "Maagresectie", "Leverresectie", "Rectumresectie", "Radicale prostatectomie")
    names = [f"UMCV | {row} | 2025 | definitief" for row in rows]
    spot = ground.choose(Spot("volumes", name, "number") for name in names)
    ground.book.put(spot, 3)
    for row in ground.book.tables["actions"].rows:
        row.cells["indicators"] = str(row.cells.get("indicators") or "N3.6").replace("N3.2", "N3.6")
    return say("NT412", spot, number=3)


def group_beside_its_part(ground: Ground) -> list[Expected]:
    """A tumour group and one of its sub-types, both with a row."""
    spot = ground.choose([Spot("tumour_types", "Gynaecologisch", "group")], whole_row)
    table = ground.book.tables["tumour_types"]
    cells_of_row = dict(table.row(spot.row).cells) | {"group": "Cervix"}
    table.rows.insert(ground.chance.randrange(len(table.rows) + 1), Row("Cervix", cells_of_row))
    return say("NT413", spot)


def document_expired(ground: Ground) -> list[Expected]:
    """A document that ran out, wherever an answer names it."""
    leans = {"D3": "N1.5", "D4": "N1.8", "D8": "N2.6", "D9": "N3.1"}
    spot = ground.choose(
        (Spot("documents", name, "valid_until") for name in leans),
        lambda spot: [Spot("indicators", leans[spot.row], ANY), Spot("documents", spot.row, ANY)],
    )
    ground.book.put(spot, date(2025, 12, 20))
    place = Spot("indicators", leans[spot.row], "documents")
    return say("NT414", place, document=spot.row, date="2025-12-20")


def year_of_figures(year: int, code: str) -> Plant:
    """Figures over another year than asked."""

    def plant(ground: Ground) -> list[Expected]:
        rows = ("N3.8", "N5.3", "N3.2", "N3.3", "N4.2", "N4.6")
        spot = ground.choose(Spot("indicators", row, "year") for row in rows)
        ground.book.put(spot, year)
        return say(code, spot, year=year, reporting_year=2025)

    return plant


def year_of_volumes(year: int, code: str) -> Plant:
    """A volume over another year than asked, of a treatment that has no norm of its own there."""

    def plant(ground: Ground) -> list[Expected]:
        rows = [row.id for row in ground.book.tables["volumes"].rows if row.cells["number"] == 0]
        spot = ground.choose((Spot("volumes", row, "year") for row in rows), whole_row)
        ground.book.put(spot, year)
        return say(code, spot, year=year, reporting_year=2025)

    return plant


def year_alone(ground: Ground) -> list[Expected]:
    """A document of which only the year is known, while the month decides."""
    spot = ground.choose([Spot("documents", "D9", "date")], lambda _: [Spot("indicators", "N3.1", ANY)])
    ground.book.put(spot, 2022)
    return say("NT402", spot, year=2022)


def much_explained(ground: Ground) -> list[Expected]:
    """More than a third of the core is explained instead of answered."""
    rows = ("N1.2", "N1.5", "N1.8", "N2.6", "N3.1", "N3.7", "N5.1", "N5.2", "N5.4")
    for row in rows:
        cells_of_row = ground.book.tables["indicators"].row(row).cells
        for name in ("answer", "documents", "year"):
            cells_of_row.pop(name, None)
        own = {"own_aim": f"Doel {row}", "own_what": f"Aanpak {row}", "own_proof": f"Geteld {row}"}
        cells_of_row |= {**own, "own_until": date(2027, 1, 1)}
    return say("NT409", Spot("indicators", "N1.2", "own_aim"))


KINDS = [
    Kind(name="question: a date in the future", plant=after_the_reference_date),
    Kind(name="question: a year alone", plant=year_alone),
    Kind(name="question: own approach incomplete", plant=own_approach_incomplete),
    Kind(name="question: own approach expired", plant=own_approach_expired),
    Kind(name="question: complete without rows", plant=complete_without_rows),
    Kind(name="question: exactly all", plant=exactly_all),
    Kind(name="question: proof without an answer", plant=proof_without_answer),
    Kind(name="question: below the norm", plant=below_the_norm),
    Kind(name="question: a group beside its part", plant=group_beside_its_part),
    Kind(name="question: a document that ran out", plant=document_expired),
    Kind(name="question: figures too old", plant=year_of_figures(2019, "NT408")),
    Kind(name="question: figures of after the year", plant=year_of_figures(2026, "NT415")),
    Kind(name="question: volumes too old", plant=year_of_volumes(2019, "NT408")),
    Kind(name="question: volumes of after the year", plant=year_of_volumes(2026, "NT415")),
    Kind(name="question: much explained", plant=much_explained, alone=True),
]
