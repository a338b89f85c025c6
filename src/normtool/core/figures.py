"""Figures that a national source delivers in a file: its rows as typed figures, the newest delivery of each.

What the columns are, and what becomes of the figures, is told in docs/figures.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from normtool.core.cells import read_whole
from normtool.core.cells_dates import read_date, read_year
from normtool.core.diagnostics import Collector, Severity
from normtool.core.evidence import DateSpan, NetworkFacts
from normtool.core.form_identity import hidden_sheet
from normtool.core.form_names import FormName
from normtool.core.grids import Grid, GridValue
from normtool.core.parsing import Parsed, Vocabulary, shown
from normtool.core.places import CellPlace, FilePlace, Located
from normtool.core.registers import Text
from normtool.core.rules_answers import ERROR_CELL, FORMULA_WITHOUT_RESULT
from normtool.core.rules_offers import (
    FIGURE_INCOMPLETE,
    MISSPELT_IN_FIGURES,
    NO_FIGURES,
    OTHERS_IN_FIGURES,
    UNKNOWN_IN_FIGURES,
)
from normtool.core.spellings import Names
from normtool.core.standards import Framework
from normtool.core.tables import Headers, Table, best_header_row, broken_cells, find_tables


def _column(name: str, nl: str, en: str, *also: str) -> FormName:
    return FormName(id=name, text=Text(nl=nl, en=en), also=also)


FIGURE_COLUMNS = (
    _column("indicator", "Indicator", "Indicator", "Id", "Indicator-id", "Indicatornummer"),
    _column("network", "Netwerk", "Network", "Netwerkcode", "Regio"),
    _column("institution", "Instelling", "Institution", "Ziekenhuis", "Hospital", "Locatie", "Location", "Deelnemer"),
    _column("group", "Groep", "Group", "Tumorgroep", "Tumour group", "Tumorsoort"),
    _column("numerator", "Teller", "Numerator", "Aantal", "Number"),
    _column("denominator", "Noemer", "Denominator", "Totaal", "Total"),
    _column("year", "Jaar", "Year", "Over jaar", "Verslagjaar"),
    _column("source", "Bron", "Source", "Registratie"),
    _column(
        "delivered",
        "Aangeleverd op",
        "Delivered on",
        "Geleverd op",
        "Datum aanlevering",
        "Aanleverdatum",
        "Peildatum",
    ),
)
NEEDED = ("indicator", "numerator", "year")
HEADERS = Headers.of((column.id, column.text, column.also) for column in FIGURE_COLUMNS)
LABELS = {column.id: column.text for column in FIGURE_COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of a delivery.

    `institution` and `group` are ids, empty for the whole network; a figure without a denominator is a count.
    """

    indicator: str
    institution: str
    group: str
    numerator: Located[int]
    denominator: Located[int] | None
    year: Located[int]
    source: Located[str] | None
    delivered: date | None
    place: CellPlace

    @property
    def said(self) -> str:
        """The figure in a few signs: `45/50`."""
        below = f"/{self.denominator.value}" if self.denominator is not None else ""
        return f"{self.numerator.value}{below}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """What reading figures needs at hand: the norms, the network, the names it uses, and where remarks go.

    `parents` maps a location to its institution; `listed` says whether it is known who takes part at all.
    """

    framework: Framework
    code: str
    name: str
    reporting_year: int
    vocabulary: Vocabulary
    parents: Mapping[str, str]
    collector: Collector
    listed: bool = True

    @classmethod
    def of(cls, framework: Framework, network: NetworkFacts, names: Vocabulary, collector: Collector) -> Bureau:
        """The bureau of a network whose members are not known yet."""
        return cls(
            framework=framework,
            code=network.code,
            name=network.name,
            reporting_year=network.reporting_year,
            vocabulary=names,
            parents={},
            collector=collector,
        )


# --- reading rows -----------------------------------------------------------------------------------------------


def read_figures(grid: Grid, bureau: Bureau) -> Iterator[Figure]:
    """The figures in a file that are about this network; a form holds answers, and none of these."""
    tables = _tables_in(grid, bureau.collector)
    if not tables:
        header = ", ".join(LABELS[name].nl for name in NEEDED)
        bureau.collector.add(NO_FIGURES, FilePlace(file=grid.file), header=header)
    others = 0
    for table in tables:
        missing = [name for name in NEEDED if name not in table.columns]
        if missing:
            header = ", ".join(LABELS[name].in_language(table.language) for name in missing)
            place = FilePlace(file=grid.file, sheet=table.sheet.name)
            bureau.collector.add(NO_FIGURES, place, header=header)
            continue
        reader = _RowReader(table, bureau)
        for row in table.rows():
            if reader.is_other(row):
                others += 1
            elif (found := reader.read(row)) is not None:
                yield found
    if others:
        bureau.collector.add(OTHERS_IN_FIGURES, FilePlace(file=grid.file), count=others)


def _tables_in(grid: Grid, collector: Collector) -> list[Table]:
    """The tables of figures in a file; a form has none."""
    return [
        table
        for sheet in (() if hidden_sheet(grid) is not None else grid.sheets)
        if best_header_row(sheet, HEADERS) is not None
        for table in find_tables(grid, sheet, HEADERS, collector)
    ]


def nameless_rows(grid: Grid) -> tuple[CellPlace, ...]:
    """The rows with a figure that name neither a network nor an institution: only the reader knows whose they are."""
    return tuple(
        table.place(row, "indicator")
        for table in _tables_in(grid, Collector())
        for row in table.rows()
        if table.text(row, "indicator") is not None
        and table.text(row, "network") is None
        and table.text(row, "institution") is None
    )


class _RowReader:
    """Reads the rows of one table of figures."""

    def __init__(self, table: Table, bureau: Bureau) -> None:
        self.table = table
        self.bureau = bureau
        self.collector = bureau.collector
        self.is_text = not table.sheet.percentages and table.file.lower().endswith((".csv", ".txt", ".tsv"))
        self.broken: dict[int, list[tuple[str, str, bool]]] = {}
        for column, row, text, is_error in broken_cells(table):
            self.broken.setdefault(row, []).append((column, text, is_error))
        names = (bureau.code, bureau.name, *bureau.vocabulary.network)
        self.own = Names((text, bureau.code) for text in names if text)

    def is_other(self, row: int) -> bool:
        """Whether a row is about another network; of a row that names none, whether its institution is unknown."""
        network = self.table.text(row, "network")
        if network is not None:
            return self.own.find_loosely(network.value) is None
        institution = self.table.text(row, "institution")
        if institution is None or not self.bureau.listed:
            return False
        vocabulary = self.bureau.vocabulary
        return all(
            names.find_loosely(institution.value) is None for names in (vocabulary.members, vocabulary.registered)
        )

    def read(self, row: int) -> Figure | None:
        """The figure in a row; None, with a diagnostic, when it cannot be used."""
        for column, text, is_error in self.broken.get(row, ()):
            place = self.table.place(row, column)
            if is_error:
                self.collector.add(ERROR_CELL, place, found=text)
            else:
                self.collector.add(FORMULA_WITHOUT_RESULT, place)
        if row in self.broken:
            return None
        vocabulary = self.bureau.vocabulary
        indicator = self._named(row, "indicator", vocabulary.indicators)
        if indicator is None:
            return None
        members = (vocabulary.members, vocabulary.registered)
        institution = self._named(row, "institution", *members) if self.bureau.listed else ""
        group = self._named(row, "group", vocabulary.groups)
        touched = (indicator,)
        numerator = self._number(row, "numerator", read_whole, touched)
        denominator = self._number(row, "denominator", read_whole, touched)
        year = self._number(row, "year", read_year, touched)
        day = self._day(row)
        if institution is None or group is None:
            return None
        for name, cell in (("numerator", numerator), ("year", year)):
            if cell is None:
                self._incomplete(row, name, touched)
        half = denominator is None and self.table.value(row, "denominator") is not None
        if numerator is None or year is None or day is False or half:
            return None
        if not self.bureau.listed and self.table.value(row, "institution") is not None:
            institution = str(self.table.value(row, "institution"))
        return Figure(
            indicator=indicator,
            institution=institution,
            group=group,
            numerator=numerator,
            denominator=denominator,
            year=year,
            source=self.table.text(row, "source"),
            delivered=day if isinstance(day, date) else None,
            place=numerator.place,
        )

    def _named(self, row: int, column: str, names: Names, *others: Names) -> str | None:
        """The id a cell names, empty when it names none; None, with a question, when nobody has that name."""
        cell = self.table.text(row, column)
        if cell is None and column == "indicator":
            self._incomplete(row, column, ())
            return None
        if cell is None:
            return ""
        found = next((item for known in (names, *others) if (item := known.find_loosely(cell.value))), None)
        if found is None:
            header = LABELS[column].in_language(self.table.language)
            meant = names.guess_spelling(cell.value)
            facts = {"header": header, "found": shown(cell.value)}
            if meant is None:
                self.collector.add_facts(UNKNOWN_IN_FIGURES, cell.place, facts)
            else:
                self.collector.add_facts(MISSPELT_IN_FIGURES, cell.place, {**facts, "meant": meant})
        return found

    def _incomplete(self, row: int, column: str, touched: tuple[str, ...]) -> None:
        """Ask for an empty cell; what is wrong with a filled one was told when it was read."""
        if self.table.value(row, column) is not None:
            return
        header = LABELS[column].in_language(self.table.language)
        place = self.table.place(row, column)
        self.collector.add(FIGURE_INCOMPLETE, place, indicators=touched, header=header)

    def _number(
        self, row: int, column: str, read: Callable[[GridValue], Parsed], touched: tuple[str, ...]
    ) -> Located[int] | None:
        value = self.table.value(row, column)
        if value is None:
            return None
        place = self.table.place(row, column)
        parsed = read(value)
        self._remark(place, parsed, touched)
        if parsed.value is False:  # *geen* is no number of a figure
            header = LABELS[column].in_language(self.table.language)
            self.collector.add(FIGURE_INCOMPLETE, place, indicators=touched, header=header)
        if isinstance(parsed.value, bool) or not isinstance(parsed.value, int):
            return None
        return Located(value=parsed.value, place=place)

    def _day(self, row: int) -> date | bool | None:
        """The day of delivery; None when none is given, False when it cannot be read."""
        value = self.table.value(row, "delivered")
        if value is None:
            return None
        parsed = read_date(value)
        self._remark(self.table.place(row, "delivered"), parsed, ())
        return parsed.value.last if isinstance(parsed.value, DateSpan) else False

    def _remark(self, place: CellPlace, parsed: Parsed, touched: tuple[str, ...]) -> None:
        """Pass on what there is to say; that a number is text says nothing of a file in which everything is text."""
        for remark in parsed.remarks:
            if remark.rule.severity is not Severity.NOTE or not self.is_text:
                self.collector.add_facts(remark.rule, place, remark.facts, indicators=touched)
