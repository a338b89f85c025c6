"""Faults in the form itself: sheets, headers and whole columns that are gone, renamed or there twice."""

from __future__ import annotations

from tests.planting.books import ANY, FIRST, HEADER, Heading, LooseSheet, Row, Spot, Table, Value
from tests.planting.cells import column_cells, misspelt, registers
from tests.planting.kinds import Expected, Ground, Kind, Plant, say, say_last, whole_sheet

NAMING = ("documents", "members")
"""Other sheets take their names from these."""
LONELY = ("working_groups", "bottlenecks", "patient_council", "actions")
"""No other sheet looks at these."""
FILE = Spot()


def choose_sheet(ground: Ground, sheets: tuple[str, ...]) -> Table:
    """A sheet that nothing else has touched, closed from now on."""
    spot = ground.choose(whole_sheet(sheet) for sheet in sheets)
    return ground.book.tables[spot.sheet]


def sheet_misspelt(ground: Ground) -> list[Expected]:
    """One slip of the hand in the name of a sheet."""
    table = choose_sheet(ground, tuple(registers()))
    meant, table.name = table.name, misspelt(table.name, ground.chance)
    return say("NT257", Spot(table.id), found=table.name, meant=meant)


def sheet_renamed(ground: Ground) -> list[Expected]:
    """A sheet under quite another name: its headers tell which it is."""
    table = choose_sheet(ground, ("meetings", "volumes"))
    meant, table.name = table.name, "Blad3" if table.id == "meetings" else "Tabel 7"
    return say("NT257", Spot(table.id), found=table.name, meant=meant)


def sheet_copied(ground: Ground) -> list[Expected]:
    """A copy of a sheet, with other things in it than the sheet itself."""
    table = choose_sheet(ground, ("meetings", "agreements", "care", *LONELY))
    copy = Table(f"{table.id} (copy)", f"{table.name} (2)", [], list(table.headings), table.rows[:-1])
    ground.book.tables[copy.id] = copy
    ground.book.order.append(copy.id)
    return say("NT261", Spot(copy.id))


def sheet_missing(ground: Ground) -> list[Expected]:
    """A register's sheet that was thrown away."""
    table = choose_sheet(ground, ("tumour_types", "agreements", "patient_council", "care"))
    ground.book.order.remove(table.id)
    return say("NT252", FILE, sheet=registers()[table.id].sheet.nl)


def indicators_missing(ground: Ground) -> list[Expected]:
    """No sheet with indicators."""
    table = choose_sheet(ground, ("indicators",))
    ground.book.order.remove(table.id)
    return say("NT251", FILE, sheet="Indicatoren")


def sheet_twice(ground: Ground) -> list[Expected]:
    """A second sheet that stands for the same register, under another of its names."""
    table = choose_sheet(ground, tuple(registers()))
    other = Table(f"{table.id} (again)", registers()[table.id].also[0], [], table.headings, table.rows)
    ground.book.tables[other.id] = other
    ground.book.order.insert(ground.book.order.index(table.id) + 1, other.id)
    return say_last("NT255", Spot(table.id), Spot(other.id))


def header_row_gone(ground: Ground) -> list[Expected]:
    """The row with headers was thrown away."""
    table = choose_sheet(ground, ("meetings", "volumes", "agreements", *LONELY))
    table.headed = False
    return say("NT253", Spot(table.id))


def stranger_sheet(ground: Ground) -> list[Expected]:
    """A sheet of the user's own."""
    sheet = LooseSheet(f"Kladblok {len(ground.book.loose)}", [["Nog bellen met het secretariaat"], [None, 12]])
    ground.book.loose.append(sheet)
    ground.book.order.insert(ground.chance.randrange(len(ground.book.order)), sheet.name)
    return say("NT904", Spot(sheet.name), sheet=sheet.name)


def stranger_column(ground: Ground) -> list[Expected]:
    """A column of the user's own."""
    spot = ground.choose(Spot(sheet, HEADER, "own") for sheet in (*registers(), "indicators"))
    table = ground.book.tables[spot.sheet]
    place = len(table.headings) if table.fixed else ground.chance.randrange(1, len(table.headings) + 1)
    table.headings.insert(place, Heading("own", "Kleurcode"))
    for row in ground.chance.sample(table.rows, 2):
        row.cells["own"] = "groen"
    return say("NT905", spot, header="Kleurcode")


def _choose_column(ground: Ground, columns: list[Spot]) -> Spot:
    return ground.choose(Spot(spot.sheet, ANY, spot.column) for spot in columns)


def _open_columns() -> list[Spot]:
    """The columns that name no row."""
    return [
        Spot(register.id, HEADER, column.id)
        for register in registers().values()
        for column in register.columns
        if not column.key and len(column.header.nl) >= 6 and "(" not in column.header.nl
    ]


def column_misspelt(ground: Ground) -> list[Expected]:
    """One slip of the hand in a header."""
    column = _choose_column(ground, [Spot("care", "", name) for name in ("on_time", "explanation")] + _open_columns())
    heading = ground.book.tables[column.sheet].heading(column.column)
    meant, heading.text = heading.text, misspelt(heading.text, ground.chance)
    return say("NT258", Spot(column.sheet, HEADER, column.column), found=heading.text, meant=meant)


def column_twice(ground: Ground) -> list[Expected]:
    """A header that stands there twice."""
    column = _choose_column(ground, _open_columns())
    table = ground.book.tables[column.sheet]
    twin = Heading(f"{column.column} (again)", table.heading(column.column).text)
    table.headings.insert(table.headings.index(table.heading(column.column)) + 1, twin)
    spots = [Spot(column.sheet, HEADER, name) for name in (column.column, twin.id)]
    return say_last("NT256", *spots)


def column_missing(sheet: str, column: str, place: str, code: str = "NT254") -> Plant:
    """A column that was thrown away, and is missed."""

    def plant(ground: Ground) -> list[Expected]:
        ground.take(Spot(sheet, ANY, column), Spot(sheet, HEADER, place))
        table = ground.book.tables[sheet]
        header = table.heading(column).text
        table.headings = [heading for heading in table.headings if heading.id != column]
        return say(code, Spot(sheet, HEADER, place), header=header)

    return plant


def words_above(ground: Ground) -> list[Expected]:
    """A line of the user's own above a table."""
    spot = ground.choose(Spot(sheet, "#above", FIRST) for sheet in registers())
    ground.book.tables[spot.sheet].above = "Versie 3, nog niet vastgesteld"
    return say("NT916", spot, found="Versie 3, nog niet vastgesteld", count=1)


def words_beside(ground: Ground) -> list[Expected]:
    """A remark right of a row, under no header."""
    sheets = ("care", "volumes", "meetings", "actions")
    spot = ground.choose(Spot(sheet, HEADER, ANY) for sheet in sheets)._replace(column="loose")
    table = ground.book.tables[spot.sheet]
    table.headings.append(Heading("loose", ""))
    table.fixed = True
    row = ground.chance.choice(table.rows)
    row.cells["loose"] = "nog navragen"
    return say("NT916", spot._replace(row=row.id), found="nog navragen", count=1)


def table_below(ground: Ground) -> list[Expected]:
    """A second table under the first, after an empty row."""
    sheet = ground.choose(whole_sheet(sheet) for sheet in ("documents", "actions", "working_groups")).sheet
    table = ground.book.tables[sheet]
    table.fixed = True
    names = [column.id for column in registers()[sheet].columns if column.type.value in ("identifier", "text")][:2]
    table.rows.append(Row("#empty", {}))
    for number, words in enumerate((("Belrooster", "vanaf maandag"), ("Secretariaat", "belt de locaties"))):
        table.rows.append(Row(f"#below {number}", dict(zip(names, words, strict=True))))
    return say("NT918", Spot(sheet, "#below 0", names[0]), found="Belrooster", count=2)


def question_overwritten(ground: Ground) -> list[Expected]:
    """An answer typed over the text of the form."""
    asked = [row.id for row in ground.book.tables["indicators"].rows if row.cells.get("question") is not None]
    spot = ground.choose(Spot("indicators", row, "question") for row in asked)
    ground.book.put(spot, "Ja, sinds vorig jaar.")
    return say("NT917", spot, header="Vraag")


def rows_hidden(ground: Ground) -> list[Expected]:
    """Rows that a filter hides: they are read all the same."""
    spot = ground.choose(Spot(sheet, "#hidden") for sheet in (*registers(), "indicators"))
    rows = ground.chance.sample(ground.book.tables[spot.sheet].rows, 3)
    for row in rows:
        row.hidden = True
    return say("NT906", Spot(spot.sheet), count=3)


def headers_again(ground: Ground) -> list[Expected]:
    """The header row a second time, further down."""
    sheets = ("care", "volumes", "documents", "agreements")
    spot = ground.choose(Spot(sheet, HEADER, ANY) for sheet in sheets)._replace(row="#again", column=FIRST)
    table = ground.book.tables[spot.sheet]
    ground.take(Spot(spot.sheet, spot.row, ANY))
    row = Row(spot.row, {heading.id: heading.text for heading in table.headings})
    table.rows.insert(ground.chance.randrange(1, len(table.rows)), row)
    return say("NT914", spot)


def total_row(sheet: str, key: str, number: str) -> Plant:
    """A row that adds up the others."""

    def plant(ground: Ground) -> list[Expected]:
        spot = ground.choose([Spot(sheet, "#total", key)], lambda _: [Spot(sheet, "#total", ANY)])
        ground.book.tables[sheet].rows.append(Row(spot.row, {key: "Totaal", number: 711}))
        return say("NT915", spot, found="Totaal")

    return plant


def merged_answers(ground: Ground) -> list[Expected]:
    """An answer merged over two rows."""
    columns = {"volumes": "source", "members": "role", "actions": "owner", "documents": "adopted_by"}
    sheet = ground.choose(whole_sheet(sheet) for sheet in columns).sheet
    table = ground.book.tables[sheet]
    table.fixed = True
    at = ground.chance.randrange(len(table.rows) - 1)
    first, last = (Spot(sheet, row.id, columns[sheet]) for row in table.rows[at : at + 2])
    ground.book.put(last, None)
    table.merged.append((first, last))
    return [Expected(code="NT262", spots=(first,), until=last)]


def complete_is_no_answer(ground: Ground) -> list[Expected]:
    """A word beside *Dit overzicht is volledig* that is neither yes nor no."""
    spot = ground.choose(Spot(sheet, "#complete", "answer") for sheet in registers())
    table = ground.book.tables[spot.sheet]
    table.complete = [(table.complete or [""])[0], "bijna"]
    return say("NT337", spot, found="bijna")


def answer_where_none_is_asked(ground: Ground) -> list[Expected]:
    """A number with an indicator that is answered in a register."""
    rows = ("N1.1", "N1.3", "N1.4", "N2.3", "N2.4", "N3.5", "N4.1", "N6.1")
    spot = ground.choose(Spot("indicators", row, column) for row in rows for column in ("answer", "numerator"))
    typed: list[Value] = ["ja", 12]
    ground.book.put(spot, ground.chance.choice(typed))
    return say("NT411", spot, indicator=spot.row)


def key_column_misspelt(ground: Ground) -> list[Expected]:
    """One slip of the hand in the header of a column that names the rows."""
    spot = ground.choose(
        (Spot("volumes", HEADER, "treatment"), Spot("bottlenecks", HEADER, "description")),
        lambda spot: [whole_sheet(spot.sheet), *column_cells(ground.book, spot.sheet, spot.column)],
    )
    heading = ground.book.tables[spot.sheet].heading(spot.column)
    meant, heading.text = heading.text, misspelt(heading.text, ground.chance)
    return say("NT258", spot, found=heading.text, meant=meant)


KINDS = [
    Kind(name="sheet: misspelt", plant=sheet_misspelt),
    Kind(name="sheet: under quite another name", plant=sheet_renamed),
    Kind(name="sheet: a copy that differs", plant=sheet_copied),
    Kind(name="sheet: thrown away", plant=sheet_missing),
    Kind(name="sheet: thrown away, the indicators", plant=indicators_missing, alone=True),
    Kind(name="sheet: there twice", plant=sheet_twice),
    Kind(name="sheet: one of their own", plant=stranger_sheet),
    Kind(name="sheet: without headers", plant=header_row_gone),
    Kind(name="column: misspelt", plant=column_misspelt),
    Kind(name="column: misspelt, one that names the rows", plant=key_column_misspelt),
    Kind(name="column: there twice", plant=column_twice),
    Kind(name="column: thrown away, the documents", plant=column_missing("indicators", "documents", "id")),
    Kind(name="column: thrown away, the denominators", plant=column_missing("indicators", "denominator", "id")),
    Kind(name="column: thrown away, one that names the rows", plant=column_missing("actions", "id", FIRST)),
    Kind(
        name="column: thrown away, the ids of documents",
        plant=column_missing("documents", "id", FIRST, "NT264"),
        alone=True,
    ),
    Kind(
        name="column: thrown away, the ids of members",
        plant=column_missing("members", "id", FIRST, "NT264"),
        alone=True,
    ),
    Kind(name="column: one of their own", plant=stranger_column),
    Kind(name="rows: the headers again", plant=headers_again),
    Kind(name="rows: a total of volumes", plant=total_row("volumes", "location", "number")),
    Kind(name="rows: a total of patients", plant=total_row("care", "location", "new_patients")),
    Kind(name="rows: merged", plant=merged_answers),
    Kind(name="words: above a table", plant=words_above),
    Kind(name="words: beside a row", plant=words_beside),
    Kind(name="words: another table below", plant=table_below),
    Kind(name="words: over a question", plant=question_overwritten),
    Kind(name="rows: hidden", plant=rows_hidden),
    Kind(name="complete: neither yes nor no", plant=complete_is_no_answer),
    Kind(name="answer: where none is asked", plant=answer_where_none_is_asked),
]
