"""Colours, formats and pages of the board workbook: the look of look.md in cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from xlsxwriter.workbook import Workbook

from normtool.core.assessment import Verdict
from normtool.core.comparison import Comparison
from normtool.core.dossier import Dossier, FormerYear
from normtool.core.evidence import DataNature
from normtool.core.house_style import HouseStyle
from normtool.core.masking_texts import MASK
from normtool.documents.board_colours import ACCENT, INK, INK2, PANEL, RULE, RULE2, SOFT, colour, coloured
from normtool.documents.board_metrics import lines, spanned
from normtool.documents.board_phrases import Phrases, clipped
from normtool.documents.board_texts import LONGEST_FURNITURE, LONGEST_HEAD, fitted, furniture
from normtool.telling.phrases import joined
from normtool.texts import Words

HEAD_ROW, TITLE_ROW, LEAD_ROW, TABLE_ROW = 0, 1, 2, 3
"""Rows of every page that is a table: head line, title, lead, header of the table (from 0)."""
LEAD_WIDTH = 120
FEW_YEARS = 2
"""So many years are named one by one."""
LINE = 13.5
"""Points of a line of body text."""
DASH = "–"
SYMBOLS = {"font_name": "Segoe UI Symbol", "align": "center"}
HEADER = {
    "bold": True,
    "font_size": 9,
    "font_color": INK2,
    "text_wrap": True,
    "top": 2,
    "bottom": 1,
    "top_color": INK,
}
ROW = {"valign": "vcenter", "bottom": 1, "bottom_color": RULE}
FILL_IN = {"bg_color": PANEL, "border": 1, "border_color": RULE2, "valign": "vcenter", "text_wrap": True}


@dataclass(slots=True)
class Styles:
    """Formats by their properties, each made once."""

    book: Any
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def get(self, *bases: dict[str, Any], **properties: object) -> Any:
        """The format with these properties; later ones win."""
        whole: dict[str, object] = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "vcenter"}
        for base in bases:
            whole |= base
        whole |= properties
        key = tuple(sorted(whole.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(coloured(whole))
        return self.made[key]


@dataclass(frozen=True, slots=True)
class Board:
    """One workbook in the making: the dossier, the words, the formats and the sheet names.

    `former` are earlier years of the network, latest first. `networks` is there when the workbook lays several
    networks side by side, `dossiers` are then theirs in the order of its columns; else the dossiers of the years.
    """

    dossier: Dossier
    words: Words
    phrases: Phrases
    book: Workbook
    styles: Styles
    former: tuple[FormerYear, ...] = ()
    networks: Comparison | None = None
    dossiers: tuple[Dossier, ...] = ()

    def say(self, key: str, **facts: object) -> str:
        """A sentence of this workbook."""
        return self.words.say(f"board.{key}", **facts)

    def shown(self, text: str) -> str:
        """A text as a cell can hold it, with words where something was left out."""
        return fitted(text.replace(MASK, self.words.say("verdicts.left_out")))

    def sheet(self, key: str) -> str:
        """The name of a sheet."""
        return self.say(f"sheet.{key}")

    def reference(self, key: str) -> str:
        """The name of a sheet as formulas write it."""
        quoted = self.sheet(key).replace("'", "''")
        return f"'{quoted}'!"

    def label(self, standard_id: str) -> str:
        """A standard's number and short title: the name by which formulas find its rows."""
        return f"{standard_id} {self.phrases.short_title(standard_id)}"

    @property
    def date_format(self) -> str:
        """The number format of dates."""
        return "d-m-yyyy" if self.words.language == "nl" else "d/m/yyyy"

    @property
    def everyone(self) -> tuple[Dossier, ...]:
        """The dossiers that this workbook is made of."""
        return self.dossiers or (self.dossier,)

    @property
    def chips(self) -> tuple[str, ...]:
        """What every page must say aloud: provisional, fictional, an exercise."""
        chips = ["draft"] if any(item.is_preliminary for item in self.everyone) else []
        natures = dict.fromkeys(item.evidence.network.nature for item in self.everyone)
        chips += [nature.value for nature in natures if nature is not DataNature.NETWORK]
        return tuple(self.words.say(f"verdicts.label.{chip}") for chip in chips)

    @property
    def meant_for(self) -> str:
        """Who may see this workbook, in words: its circle, or the board of one member."""
        part = self.dossier.part
        if part is None or not part.member:
            return self.words.say(f"verdicts.circle.{self.dossier.circle.value}")
        return self.say("page.member", member=self.phrases.names().get(part.member, part.member))

    @property
    def name(self) -> str:
        """The name of the network, or how many networks stand side by side."""
        if self.networks is None:
            return self.dossier.evidence.network.name
        return self.words.say_count("board_comparison.networks", self.networks.networks)

    @property
    def assessment_years(self) -> str:
        """The years of assessment: one, or from which to which where several networks stand side by side."""
        items = self.everyone if self.networks is not None else (self.dossier,)
        return self._years(item.evidence.network.assessment_year for item in items)

    def head(self, key: str) -> str:
        """Network, sheet, year and circle on one line."""
        sheet = self.sheet(key)
        return self.say(
            "page.head",
            network=clipped(self.name, LONGEST_HEAD),
            sheet=sheet if sheet.isupper() else sheet.lower(),
            year=self.assessment_years,
            circle=self.meant_for,
        )

    def foot(self) -> str:
        """Norms with version and status, years and stage on one line."""
        items = self.everyone if self.networks is not None else (self.dossier,)
        norms = dict.fromkeys(self.norms_of(item) for item in items)
        stages = dict.fromkeys(self.words.say(f"verdicts.stage.{item.stage.value}") for item in items)
        several = len({item.evidence.network.assessment_year for item in items}) > 1
        foot = self.say(
            "page.foot_of_years" if several else "page.foot",
            norms="; ".join(norms),
            assessment_year=self.assessment_years,
            reporting_year=self._years(item.evidence.network.reporting_year for item in items),
            stage=", ".join(stages),
        )
        return " · ".join(filter(None, (self.house.footer.strip(), foot)))

    def _years(self, years: Iterable[int]) -> str:
        """Years in words; three or more in a row by the first and the last."""
        found = sorted(set(years))
        if len(found) > FEW_YEARS and found[-1] - found[0] == len(found) - 1:
            return f"{found[0]}-{found[-1]}"
        return joined([str(year) for year in found], self.words)

    @property
    def house(self) -> HouseStyle:
        """The house style that the dossier has; which one that is for several networks the caller decides."""
        return self.dossier.house_style or HouseStyle()

    def norms_of(self, dossier: Dossier) -> str:
        """The norms of a dossier with version and status."""
        framework = dossier.framework
        status = self.words.say(f"verdicts.status.{framework.status.value}")
        name = self.words.text(framework.name)
        return self.say("page.norms", name=name, edition=framework.edition, status=status)


class Page:
    """One sheet: its columns, its furniture, and cells that keep text text."""

    def __init__(self, board: Board, key: str, widths: Sequence[float], *, upright: bool = False) -> None:
        self.board, self.key, self.widths = board, key, tuple(widths)
        self.last_row = 0
        self.sheet: Any = board.book.add_worksheet(board.sheet(key))
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, board.styles.get())
        self.sheet.hide_gridlines(2)
        side = 0.6 if upright else 0.45
        self.sheet.set_paper(9)
        if not upright:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=side, right=side, top=0.75, bottom=0.7)
        self._foot()

    def _foot(self) -> None:
        number = self.board.say("page.number", page="&P", pages="&N")
        room = LONGEST_FURNITURE - len(number) - 20
        self.sheet.set_footer(f"&L&8 {furniture(self.board.foot(), room)}&R&8 {number}")

    # --- furniture ------------------------------------------------------------------------------------------

    def open_table(self, title: str, lead: str, columns: Sequence[str], *, repeats: bool = True) -> int:
        """Head line, title, lead and table header; gives the first row under it.

        The head line is for the screen; in print it stands in the header of every page. The header of the table
        `repeats` on every page too, unless what follows the table there has a header of its own.
        """
        self.top(title, lead)
        for column, name in enumerate(columns):
            self.text(TABLE_ROW, column, name, HEADER)
        self.sheet.set_row(TABLE_ROW, 2 * LINE)
        if repeats:
            self.sheet.repeat_rows(TABLE_ROW)
        return TABLE_ROW + 1

    def top(self, title: str, lead: str) -> None:
        """Head line, chips, title and lead, and the header in print."""
        say = self.board
        self._head_line()
        self.text(TITLE_ROW, 0, title, font_size=18, bold=True)
        self.sheet.set_row(TITLE_ROW, 27)
        last = self._column_at(LEAD_WIDTH)
        self.merged(LEAD_ROW, (0, last), lead, font_color=INK2, text_wrap=True, valign="top")
        self.sheet.set_row(LEAD_ROW, LINE * lines(lead, spanned(self.widths[: last + 1])) + 6)
        chips = " · ".join(say.chips)
        room = (LONGEST_FURNITURE - 30) // 2
        self.sheet.set_header(f"&L&8 {furniture(say.head(self.key), room)}&R&8&B {furniture(chips, room)}")

    def _head_line(self) -> None:
        """What must be said aloud first, then network, sheet, year and circle."""
        style, head = self.board.styles.get, self.board.head(self.key)
        quiet = style(font_size=9, font_color=INK2)
        if not self.board.chips:
            self.sheet.write_string(HEAD_ROW, 0, self.board.shown(head), quiet)
            return
        aloud = style(font_size=9, bold=True)
        parts = [aloud, f"{' · '.join(self.board.chips)}   ", quiet, self.board.shown(head)]
        self.sheet.write_rich_string(HEAD_ROW, 0, *parts, quiet)

    def _column_at(self, width: float) -> int:
        """The last column that starts within so many characters from the left."""
        total = 0.0
        for column, own in enumerate(self.widths):
            total += own
            if total >= width:
                return column
        return len(self.widths) - 1

    def close(self, first_row: int = TITLE_ROW) -> None:
        """Print from this row on: the head line above it stands in the header of every printed page."""
        self.sheet.print_area(first_row, 0, self.last_row, len(self.widths) - 1)

    # --- cells ----------------------------------------------------------------------------------------------

    def text(self, row: int, column: int, text: str, *bases: dict[str, Any], **look: object) -> None:
        """Text as text, whatever it starts with; a dash where there is none."""
        self.last_row = max(self.last_row, row)
        self.sheet.write_string(row, column, self.board.shown(text) or DASH, self.board.styles.get(*bases, **look))

    def number(self, row: int, column: int, number: float, *bases: dict[str, Any], **look: object) -> None:
        """A number as a number."""
        self.sheet.write_number(row, column, number, self.board.styles.get(*bases, **look))

    def day(self, row: int, column: int, day: date, *bases: dict[str, Any], **look: object) -> None:
        """A date as a date."""
        style = self.board.styles.get(*bases, num_format=self.board.date_format, align="left", **look)
        self.sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), style)  # noqa: DTZ001

    def formula(
        self, row: int, column: int, formula: tuple[str, str | int], *bases: dict[str, Any], **look: object
    ) -> None:
        """A formula of ours with the value that the engine found."""
        text, value = formula
        self.sheet.write_formula(row, column, f"={text}", self.board.styles.get(*bases, **look), value)

    def link(self, row: int, column: int, target: tuple[str, str], *bases: dict[str, Any]) -> None:
        """A link to a cell of this workbook: (reference, text)."""
        reference, text = target
        style = self.board.styles.get(*bases, font_color=ACCENT, underline=1)
        self.sheet.write_url(row, column, f"internal:{reference}", style, string=self.board.shown(text))

    def merged(self, row: int, span: tuple[int, int], text: str, *bases: dict[str, Any], **look: object) -> None:
        """Text over several columns (first, last)."""
        style = self.board.styles.get(*bases, **look)
        self.last_row = max(self.last_row, row)
        first, last = span
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_string(row, first, self.board.shown(text), style)

    def chart(self, row: int, column: int, chart: object, description: str) -> None:
        """A chart, with words for who cannot see it."""
        options = {"object_position": 1, "description": self.board.shown(description)}
        self.sheet.insert_chart(row, column, chart, options)

    def fit(self, row: int, texts: Iterable[tuple[str, float]], most: int = 12) -> None:
        """Make a row as high as its longest text (text, width in characters), up to so many lines."""
        height = max((lines(text, width) for text, width in texts), default=1)
        self.sheet.set_row(row, LINE * min(height, most) + 5)

    def paint_verdicts(self, cells: tuple[int, int, int, int], test: tuple[str, dict[Verdict, str]]) -> None:
        """Soft fills and text colours over a range, by what stands in the column of its first row."""
        column, said = test
        for verdict, word in said.items():
            fill, ink = SOFT[verdict]
            style = self.board.book.add_format({"bg_color": colour(fill), "font_color": colour(ink)})
            criteria = f'=${column}{cells[0] + 1}="{word}"'
            self.sheet.conditional_format(*cells, {"type": "formula", "criteria": criteria, "format": style})
