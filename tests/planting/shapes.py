"""What people and programs do to a workbook that must not matter: nothing of it may be remarked on."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from normtool.core.form_names import INDICATOR_COLUMNS, NETWORK_KEYS
from tests.planting.books import Book, Formula, Table
from tests.planting.cells import cells, registers

Change = Callable[[Book, Random], None]
NO_BREAK = "\u00a0"


def reshape(book: Book, chance: Random) -> list[str]:
    """Change a workbook in a few of these ways; tells which."""
    names = chance.sample(sorted(CHANGES), chance.randrange(1, len(CHANGES)))
    for name in names:
        CHANGES[name](book, chance)
    return sorted(names)


def _loose_tables(book: Book) -> list[Table]:
    return [table for table in book.tables.values() if not table.fixed]


def sort_rows(book: Book, chance: Random) -> None:
    """Rows in another order."""
    for table in _loose_tables(book):
        chance.shuffle(table.rows)


def move_columns(book: Book, chance: Random) -> None:
    """Columns in another order; on the sheet about the network the labels stay in front."""
    for table in _loose_tables(book):
        if table.id != "network":
            chance.shuffle(table.headings)


def restyle_headers(book: Book, chance: Random) -> None:
    """Headers in capitals, broken over lines, with blanks, colons and asterisks."""
    styles: list[Callable[[str], str]] = [
        str.upper,
        str.lower,
        lambda text: text.replace(" ", "\n"),
        lambda text: f"{text}  ",
        lambda text: f" {text}{NO_BREAK}",
        lambda text: text.replace(" ", NO_BREAK),
        lambda text: f"{text} *",
        lambda text: f"{text}:",
    ]
    for table in book.tables.values():
        for heading in chance.sample([item for item in table.headings if item.text], len(table.headings) // 2):
            heading.text = chance.choice(styles)(heading.text)


def use_other_names(book: Book, chance: Random) -> None:
    """Headers and labels by another of the names that are understood."""
    for table in book.tables.values():
        names = other_names(table.id)
        for heading in table.headings:
            found = names.get(heading.id)
            if found is not None and heading.text == found[0] and chance.random() < 0.3:
                heading.text = chance.choice(found)
        for row in table.rows if table.id == "network" else ():
            found = names.get(row.id)
            if found is not None and row.cells["item"] == found[0]:
                row.cells["item"] = chance.choice(found)


def other_names(sheet: str) -> dict[str, tuple[str, ...]]:
    """The header of each column of a sheet (on that about the network: each label), and other names for it."""
    if sheet in registers():
        return {column.id: (column.header.nl, *column.also) for column in registers()[sheet].columns}
    names = {"network": NETWORK_KEYS, "indicators": INDICATOR_COLUMNS}.get(sheet, ())
    return {name.id: (name.text.nl, *name.also) for name in names}


def rename_sheets(book: Book, chance: Random) -> None:
    """Sheet names in capitals, with a blank behind them, or another of those that are understood."""
    taken = {table.name.casefold() for table in book.tables.values()}
    for table in book.tables.values():
        others: tuple[str, ...] = ()
        if table.id in registers() and table.name == registers()[table.id].sheet.nl:
            others = tuple(name for name in registers()[table.id].also if name.casefold() not in taken)
        name = chance.choice((table.name, *others))
        table.name = chance.choice([name.upper(), f"{name} ", name.lower(), name])


def move_sheets(book: Book, chance: Random) -> None:
    """Sheets in another order."""
    chance.shuffle(book.order)


def move_down(book: Book, chance: Random) -> None:
    """More empty lines above the table, or no title."""
    for table in book.tables.values():
        table.titles = [""] * chance.randrange(4) + table.titles[chance.randrange(2) :]


def colour_below(book: Book, chance: Random) -> None:
    """A format copied far down: hundreds of rows with nothing in them."""
    for table in chance.sample(list(book.tables.values()), 3):
        table.formatted_rows = chance.randrange(50, 400)


def hide_columns(book: Book, chance: Random) -> None:
    """A column that is hidden."""
    for table in chance.sample(list(book.tables.values()), 3):
        table.hidden_columns.add(chance.choice(table.headings).id)


def count_from_1904(book: Book, chance: Random) -> None:
    """Dates as an old Macintosh counts them."""
    book.date_1904 = True


def add_up(book: Book, chance: Random) -> None:
    """Numbers that are the result of a formula."""
    for spot in cells(book, "whole"):
        value = book.get(spot)
        if isinstance(value, int) and not isinstance(value, bool) and chance.random() < 0.1:
            book.put(spot, Formula(f"={value - 1}+1", value))


def store_texts_inline(book: Book, chance: Random) -> None:
    """Texts in the cells themselves instead of in a table of texts."""
    book.inline_texts = True


def type_sloppily(book: Book, chance: Random) -> None:
    """Closed answers in capitals, or with blanks around them."""
    styles: list[Callable[[str], str]] = [
        str.upper,
        str.capitalize,
        lambda text: f" {text}",
        lambda text: f"{text}{NO_BREAK}",
    ]
    for spot in cells(book, "yes_no", "choice"):
        value = book.get(spot)
        if isinstance(value, str) and chance.random() < 0.2:
            book.put(spot, chance.choice(styles)(value))


CHANGES: dict[str, Change] = {
    "rows sorted": sort_rows,
    "columns moved": move_columns,
    "headers by other names": use_other_names,
    "headers restyled": restyle_headers,
    "sheets renamed": rename_sheets,
    "sheets moved": move_sheets,
    "moved down": move_down,
    "formats below": colour_below,
    "columns hidden": hide_columns,
    "1904": count_from_1904,
    "numbers added up": add_up,
    "texts inline": store_texts_inline,
    "typed sloppily": type_sloppily,
}
