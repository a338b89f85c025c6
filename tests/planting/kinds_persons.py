"""Data about a patient, which do not belong in a workbook. The numbers are known test numbers."""

from __future__ import annotations

from tests.planting.books import HEADER, Heading, LooseSheet, Spot, Value
from tests.planting.cells import every_cell
from tests.planting.kinds import Expected, Ground, Kind, Plant, say

TEST_NUMBER = 111_222_333
"""A number that passes the test of a citizen service number, and that nobody has."""
LABEL = "Bevestigd: geen patiëntgegevens"


def in_text(value: Value, code: str) -> Plant:
    """Something about a person among free text. What stands above and below it would be told as one with it."""

    def plant(ground: Ground) -> list[Expected]:
        columns = ("explanation", "source", "place", "answer", "result", "request")
        spot = ground.choose(
            (spot for spot in every_cell(ground.book, (), ("text",)) if spot.column in columns),
            lambda spot: [Spot(spot.sheet, "#persons", spot.column)],
        )
        ground.book.put(spot, value)
        return say(code, spot, count=1)

    return plant


def mail_in_own_column(ground: Ground) -> list[Expected]:
    """A column of the user's own that speaks of patients."""
    spot = ground.choose(Spot(sheet, HEADER, "own") for sheet in ("care", "volumes", "actions"))
    table = ground.book.tables[spot.sheet]
    table.headings.append(Heading("own", "E-mail patiënt"))
    row = ground.chance.choice(table.rows)
    row.cells["own"] = "a.nonymus@example.org"
    return [*say("NT905", spot, header="E-mail patiënt"), *say("NT804", spot._replace(row=row.id), count=1)]


def in_comment(text: str, code: str) -> Plant:
    """Something about a person in a comment on a cell."""

    def plant(ground: Ground) -> list[Expected]:
        spot = ground.choose(every_cell(ground.book, ("care", "volumes", "meetings"), ("yes_no", "whole")))
        ground.book.tables[spot.sheet].comments[spot] = text
        return say(code, spot)

    return plant


def confirmed(text: str, code: str) -> Plant:
    """What was filled in on the sheet about the network to confirm that there are no data of patients."""

    def plant(ground: Ground) -> list[Expected]:
        row = next(row for row in ground.book.tables["network"].rows if row.cells.get("item") == LABEL)
        spot = Spot("network", row.id, "value")
        ground.take(spot, Spot("network", "#released"))
        row.cells["value"] = text
        return say(code, spot)

    return plant


def released(ground: Ground) -> list[Expected]:
    """A number that may be one of a patient, and a confirmation that it is not."""
    ground.take(Spot("#persons", "*", "*"))
    confirmation = confirmed("kwaliteitsadviseur, 12-1-2026", "NT819")(ground)
    return [*in_text(f"aanvraag {TEST_NUMBER}", "NT818")(ground), *confirmation]


def in_sheet_name(name: str, code: str) -> Plant:
    """Something about a person in the name of a sheet, which is then not told either."""

    def plant(ground: Ground) -> list[Expected]:
        ground.take(Spot(name, "*", "*"))
        ground.book.loose.append(LooseSheet(name, [["Nog uit te zoeken"]], withheld=True))
        ground.book.order.insert(ground.chance.randrange(1, len(ground.book.order)), name)
        return say(code, Spot(name))

    return plant


def in_title(text: str, code: str) -> Plant:
    """Something about a person in the title of the file."""

    def plant(ground: Ground) -> list[Expected]:
        ground.take(Spot("#package", "title", ""))
        ground.book.title = text
        return say(code, Spot())

    return plant


KINDS = [
    Kind(name="person: a number that is called one", plant=in_text(f"zie bsn {TEST_NUMBER}", "NT801")),
    Kind(name="person: a number alone", plant=in_text(f"aanvraag {TEST_NUMBER}", "NT811")),
    Kind(name="person: a number as a number", plant=in_text(TEST_NUMBER, "NT811")),
    Kind(name="person: a birth date", plant=in_text("mevrouw, geboren 12-03-1951", "NT802")),
    Kind(name="person: a patient number", plant=in_text("patiëntnummer 1234567", "NT803")),
    Kind(name="person: mail of a patient", plant=in_text("patiënt: a.nonymus@example.org", "NT813")),
    Kind(name="person: a column with mail of patients", plant=mail_in_own_column),
    Kind(name="person: in a comment", plant=in_comment(f"bsn {TEST_NUMBER}", "NT805")),
    Kind(name="person: perhaps in a comment", plant=in_comment(f"aanvraag {TEST_NUMBER}", "NT814")),
    Kind(name="person: perhaps a patient number", plant=in_text("dossiernummer 1234567", "NT812")),
    Kind(name="person: in the name of a sheet", plant=in_sheet_name(f"bsn {TEST_NUMBER}", "NT807")),
    Kind(name="person: perhaps in the name of a sheet", plant=in_sheet_name(f"aanvraag {TEST_NUMBER}", "NT816")),
    Kind(name="person: in the title of the file", plant=in_title(f"bsn {TEST_NUMBER}", "NT806")),
    Kind(name="person: perhaps in the title of the file", plant=in_title(f"aanvraag {TEST_NUMBER}", "NT815")),
    Kind(name="person: confirmed by nobody", plant=confirmed("akkoord", "NT817")),
    Kind(name="person: released", plant=released, alone=True),
]
