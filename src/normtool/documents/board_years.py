"""The sheet of a network beside its own earlier years: how many indicators are met by standard, and what changed.

Source of what may be compared: docs/method.md, *Trend*; only what was asked in every year, in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from typing import Any

from normtool.core.assessment import IndicatorResult, Reason, Verdict
from normtool.core.dossier import FormerResult, FormerYear
from normtool.core.history import in_both_years
from normtool.core.places import column_letters
from normtool.core.standards import IndicatorClass
from normtool.documents.board_colours import ACCENT, ACCENT_MID, ACCENT_SOFT, INK2, coloured
from normtool.documents.board_formulas import filled, letter, quoted
from normtool.documents.board_heat import GAP, TILE, is_one_of, is_scored, legend, paint_tiles
from normtool.documents.board_metrics import lines
from normtool.documents.board_styles import DASH, HEADER, LINE, ROW, TABLE_ROW, Board, Page
from normtool.documents.board_values import target_words
from normtool.telling.retelling import plain_verdict

BEFORE, BEFORE_WIDTHS = ("id", "indicator", "class"), (7, 38, 10)
AFTER, AFTER_WIDTHS = ("change", "target", "standard", "alike", "compared"), (23, 22, 34, 10, 10)
PRINTED_AFTER = 2
"""Of these columns so many are printed; the others are what the formulas count on."""
YEAR_WIDTH = 18
MANY = 3
"""With so many earlier years the sheet lies on its side."""
ONE_PAGE = 50
"""So many indicators are still readable on one page."""
BAR_PIXELS = 32
POINTS = 0.75
"""Points in a pixel at 96 to the inch."""
PAINTS = (ACCENT, ACCENT_MID, ACCENT_SOFT)
"""The bars of this year, the year before and those before it."""
WRAPPED = {**ROW, "text_wrap": True}
QUIET = {**WRAPPED, "font_size": 9, "font_color": INK2}
SECTION = {"font_size": 14, "bold": True, "valign": "bottom"}
STEPS = ((Verdict.NOT_MET, Verdict.PARTLY_MET), (Verdict.NOT_MET, Verdict.MET), (Verdict.PARTLY_MET, Verdict.MET))
"""From lower to higher."""


def write_years(board: Board) -> None:
    """Write the sheet; the years stand from the first to this one."""
    _Years(board).write()


def compared_in_all(board: Board) -> frozenset[str]:
    """The indicators that count in this year and in every year before it, asked in the same way."""
    pairs = (in_both_years(board.dossier.assessment, year) for year in board.former)
    return reduce(frozenset.__and__, (frozenset(pair.now.id for pair in found) for found in pairs))


@dataclass(slots=True)
class _Place:
    """Where the table of indicators begins and ends (rows from 0)."""

    header: int
    first: int
    last: int


class _Years:
    def __init__(self, board: Board) -> None:
        self.board = board
        self.former = tuple(reversed(board.former))
        self.common = compared_in_all(board)
        self.results = [item for item in board.dossier.assessment.indicators if self._was_asked(item)]
        widths = (*BEFORE_WIDTHS, *[YEAR_WIDTH] * (len(self.former) + 1), *AFTER_WIDTHS)
        self.page = Page(board, "comparison", widths, upright=len(self.former) < MANY)

    def _was_asked(self, result: IndicatorResult) -> bool:
        then = (year.result(result.id) for year in self.former)
        return result.is_open or any(item is not None and item.is_open for item in then)

    def _say(self, key: str, **facts: object) -> str:
        return self.board.words.say(f"board_comparison.{key}", **facts)

    # --- columns ----------------------------------------------------------------------------------------------

    @property
    def _this_year(self) -> int:
        return self.board.dossier.evidence.network.assessment_year

    @property
    def _years(self) -> tuple[int, ...]:
        return (*(year.assessment_year for year in self.former), self._this_year)

    def _year_column(self, place: int) -> int:
        return len(BEFORE) + place

    def _after(self, key: str) -> int:
        return len(BEFORE) + len(self._years) + AFTER.index(key)

    def _cell(self, column: int, row: int) -> str:
        return f"${column_letters(column + 1)}{row + 1}"

    # --- the sheet --------------------------------------------------------------------------------------------

    def write(self) -> None:
        """The trend first, then every indicator."""
        board, page = self.board, self.page
        lead = self._say("years.lead", year=self._this_year, sheet=board.sheet("indicators"))
        page.top(self._say("years.title"), lead)
        standards = board.dossier.assessment.standards
        header = TABLE_ROW + len(standards) + 5
        groups = [(key, list(items)) for key, items in groupby(self.results, key=self._standard)]
        place = _Place(header, header + 1, header + len(self.results) + len(groups))
        self._write_trend(place)
        self._write_indicators(groups, place)
        last = self._after(AFTER[PRINTED_AFTER - 1])
        page.text(place.last + 1, 0, legend(board), font_size=9, font_color=INK2)
        page.sheet.repeat_rows(header)
        if len(self.former) < MANY and len(self.results) <= ONE_PAGE:
            page.sheet.fit_to_pages(1, 1)
        page.sheet.freeze_panes(TABLE_ROW, len(BEFORE) - 1)
        page.sheet.print_area(1, 0, place.last + 1, last)

    def _standard(self, result: IndicatorResult) -> str:
        return self.board.phrases.standard_of(result.id)

    # --- the trend --------------------------------------------------------------------------------------------

    def _write_trend(self, place: _Place) -> None:
        """How many of the compared indicators are met, by standard and year, as formulas over the table below."""
        board, page, row = self.board, self.page, TABLE_ROW
        page.text(row, 0, self._say("years.trend"), SECTION)
        page.sheet.set_row(row, 26)
        row += 1
        headers = {0: self._say("column.standard"), 2: self._say("years.compared")}
        headers |= {self._year_column(number): str(year) for number, year in enumerate(self._years)}
        arrow = self._say("years.from_to", then=self._years[0], now=self._years[-1])
        headers[self._after("change")] = arrow
        page.merged(row, (0, 1), headers.pop(0), HEADER)
        bars = ", ".join(map(str, reversed(self._years)))
        headers[self._after("target")] = self._say("years.bars", years=bars)
        for column, name in headers.items():
            page.text(row, column, name, HEADER, align="center")
        page.sheet.set_row(row, 2 * LINE)
        first = row + 1
        for standard in board.dossier.assessment.standards:
            row += 1
            self._write_standard(row, standard.id, place)
        self._draw(first, row)
        self._write_summary(row + 1, place)

    def _write_standard(self, row: int, standard: str, place: _Place) -> None:
        board, page, middle = self.board, self.page, {"align": "center"}
        page.merged(row, (0, 1), board.label(standard), WRAPPED, bold=True)
        ids = [item.id for item in self.results if item.id in self.common and self._standard(item) == standard]
        chosen = (
            f"{self._range('standard', place)},{quoted(board.label(standard))},{self._range('compared', place)},1"
        )
        page.formula(row, 2, (f"COUNTIFS({chosen})", len(ids)), ROW, middle)
        met = quoted(board.phrases.verdict(Verdict.MET))
        found = [self._met(ids, number) for number in range(len(self._years))]
        for number, count in enumerate(found):
            cells = self._year_range(number, place)
            page.formula(row, self._year_column(number), (f"COUNTIFS({chosen},{cells},{met})", count), ROW, middle)
        then, now = (self._cell(self._year_column(number), row) for number in (0, len(found) - 1))
        sentence = board.words.find("board_comparison.years.trend_text")
        text = f"IF($C{row + 1}=0,{quoted(DASH)},{filled(sentence, then=then, now=now, of=f'$C{row + 1}')})"
        value = self._say("years.trend_text", then=found[0], now=found[-1], of=len(ids)) if ids else DASH
        page.formula(row, self._after("change"), (text, value), WRAPPED, middle, bold=True)
        page.sheet.set_row(row, BAR_PIXELS * POINTS)

    def _met(self, ids: list[str], number: int) -> int:
        """How many of these indicators were met in a year (place in the columns)."""
        if number == len(self.former):
            found = (self.board.dossier.assessment.indicator(indicator) for indicator in ids)
            return sum(item is not None and item.verdict is Verdict.MET for item in found)
        then = (self.former[number].result(indicator) for indicator in ids)
        return sum(item is not None and item.verdict is Verdict.MET for item in then)

    def _range(self, key: str, place: _Place) -> str:
        column = column_letters(self._after(key) + 1)
        return f"${column}${place.first + 1}:${column}${place.last + 1}"

    def _year_range(self, number: int, place: _Place) -> str:
        column = column_letters(self._year_column(number) + 1)
        return f"${column}${place.first + 1}:${column}${place.last + 1}"

    def _draw(self, first: int, last: int) -> None:
        """Bars by standard: this year beside the years before it."""
        board, name = self.board, self.board.sheet("comparison")
        chart: Any = board.book.add_chart({"type": "bar"})
        for number in reversed(range(len(self._years))):
            paint = PAINTS[min(len(self._years) - 1 - number, len(PAINTS) - 1)]
            column = self._year_column(number)
            series = {
                "name": [name, first - 1, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "fill": {"color": paint},
                "border": {"color": ACCENT, "width": 0.75},
                "gap": 60,
                "data_labels": {"value": True, "font": {"size": 8}},
            }
            chart.add_series(coloured(series))
        chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        chart.set_y_axis({"visible": False, "reverse": True})
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
        chart.set_plotarea({"layout": {"x": 0.02, "y": 0, "width": 0.9, "height": 1}})
        chart.set_size({"width": AFTER_WIDTHS[1] * 7 + 5, "height": BAR_PIXELS * (last - first + 1)})
        self.page.chart(first, self._after("target"), chart, self._chart_in_words())

    def _chart_in_words(self) -> str:
        rows = []
        for standard in self.board.dossier.assessment.standards:
            ids = [item.id for item in standard.indicators if item.id in self.common]
            numbers = [
                self._say("years.chart_year", year=year, met=self._met(ids, number))
                for number, year in enumerate(self._years)
            ]
            title = self.board.phrases.short_title(standard.id)
            rows.append(self._say("years.chart_row", title=title, numbers=", ".join(numbers)))
        return self._say("years.chart", rows="; ".join(rows))

    def _write_summary(self, row: int, place: _Place) -> None:
        """What changed since the last year, counted over the column of changes."""
        board, keys = self.board, ("better", "worse", "known", "lost")
        if not self.common:
            self.page.text(row, 0, self._say("years.none"))
            return
        cells = self._range("change", place)
        counts = {key: f"COUNTIFS({cells},{quoted(self._say(f'change.{key}'))})" for key in keys}
        found = [self._change(item) for item in self.results]
        stored = {key: sum(change == key for change in found) for key in keys}
        year = str(self._years[-2])
        sentence = board.words.find("board_comparison.years.summary").replace("{year}", year)
        value = self._say("years.summary", year=year, **stored)
        self.page.last_row = max(self.page.last_row, row)
        self.page.formula(row, 0, (filled(sentence, **counts), value), font_color=INK2)
        self.page.sheet.set_row(row, 22)

    # --- every indicator --------------------------------------------------------------------------------------

    def _write_indicators(self, groups: list[tuple[str, list[IndicatorResult]]], place: _Place) -> None:
        page, row = self.page, place.header
        page.text(row - 1, 0, self._say("years.heading"), SECTION)
        page.sheet.set_row(row - 1, 32)
        headers = [self._say(f"column.{key}") for key in BEFORE]
        headers += [*map(str, self._years), self._say("column.change", year=self._years[-2])]
        headers += [self._say(f"column.{key}") for key in AFTER[1:]]
        page.sheet.set_row(row, 2 * LINE)
        for column, name in enumerate(headers):
            centred = len(BEFORE) <= column < self._after("change")
            page.text(row, column, name, HEADER, align="center" if centred else "left")
        for standard, items in groups:
            row += 1
            page.sheet.set_row(row, GAP)
            for item in items:
                row += 1
                self._write_indicator(row, item, standard)
        last_year = self._year_column(len(self._years) - 1)
        paint_tiles(page, (place.first, len(BEFORE), place.last, last_year))

    def _write_indicator(self, row: int, result: IndicatorResult, standard: str) -> None:
        board, page = self.board, self.page
        title = board.phrases.title(result.id)
        page.text(row, 0, result.id, ROW, bold=True, font_color=ACCENT)
        page.text(row, 1, title, WRAPPED)
        page.text(row, 2, board.words.say(f"verdicts.class.{result.indicator_class.value}"), QUIET)
        for number, year in enumerate(self.former):
            page.text(row, self._year_column(number), self._word_then(year, result.id), TILE)
        self._write_now(row, result)
        self._write_change(row, result)
        page.text(row, self._after("target"), self._target(result), QUIET)
        page.text(row, self._after("standard"), board.label(standard), QUIET)
        page.number(row, self._after("alike"), int(self._is_alike(result)), QUIET, align="center")
        compared = (self._compared(row), int(result.id in self.common))
        page.formula(row, self._after("compared"), compared, QUIET, align="center")
        page.sheet.set_row(row, LINE * lines(title, BEFORE_WIDTHS[1]) + 5)

    def _word_then(self, year: FormerYear, indicator: str) -> str:
        then = year.result(indicator)
        if then is None or not then.is_open:
            return self._say("not_asked")
        if not then.is_same_norm:
            return self._say("years.other_norm")
        return plain_verdict(then.verdict, self.board.words, first_cycle=year.cycle == 1)

    def _write_now(self, row: int, result: IndicatorResult) -> None:
        """The verdict of this year as the sheet of indicators has it, so that it follows a change there."""
        column = self._year_column(len(self.former))
        if not result.is_open:
            self.page.text(row, column, self._say("not_asked"), TILE)
            return
        place = [item.id for item in self.board.dossier.assessment.indicators].index(result.id) + TABLE_ROW + 2
        there = f"{self.board.reference('indicators')}{letter(self.board, 'verdict')}{place}"
        self.page.formula(row, column, (there, self.board.phrases.verdict(result.verdict)), TILE)

    def _target(self, result: IndicatorResult) -> str:
        """From which target to which, where it is another one than the year before."""
        then = self.former[-1].result(result.id)
        if then is None or not then.is_same_norm or then.target is None:
            return ""
        if result.target is None or result.target == then.target:
            return ""
        indicator = self.board.dossier.framework.indicator(result.id)
        before, after = (target_words(indicator, target, self.board.words) for target in (then.target, result.target))
        return self._say("years.target", then=before, now=after)

    # --- what changed -----------------------------------------------------------------------------------------

    def _is_alike(self, result: IndicatorResult) -> bool:
        """Whether it was asked in every year in the same way, whatever its verdict."""
        then = [year.result(result.id) for year in self.former]
        judged = result.is_open and result.indicator_class is not IndicatorClass.INFORMATIVE
        return judged and result.reason is not Reason.NO_NORM and all(_is_judged(item) for item in then)

    def _compared(self, row: int) -> str:
        """1 where it counts in every year: asked alike, and a verdict that counts in each."""
        words = self.board.words
        cells = (self._cell(self._year_column(number), row) for number in range(len(self._years)))
        scored = ",".join(is_scored(cell, words) for cell in cells)
        return f"IF(AND({self._cell(self._after('alike'), row)}=1,{scored}),1,0)"

    def _change(self, result: IndicatorResult) -> str:
        """What became of it since the last year, as a key of the words."""
        then = self.former[-1].result(result.id)
        if not result.is_open:
            return "gone"
        if then is None or not then.is_open:
            return "new"
        if not then.is_same_norm:
            return "other_norm"
        if then.verdict is result.verdict:
            return "same"
        step = (then.verdict, result.verdict)
        if step in STEPS:
            return "better"
        if step[::-1] in STEPS:
            return "worse"
        if then.verdict is Verdict.UNKNOWN:
            return "known"
        return "lost" if result.verdict is Verdict.UNKNOWN else "otherwise"

    def _write_change(self, row: int, result: IndicatorResult) -> None:
        """A formula over both verdicts; what was not asked, or in another way, stays so whatever they are."""
        key, column = self._change(result), self._after("change")
        word = self._say(f"change.{key}")
        if key in ("gone", "new", "other_norm"):
            self.page.text(row, column, word, QUIET, indent=1)
        else:
            self.page.formula(row, column, (self._change_formula(row), word), WRAPPED, indent=1)

    def _change_formula(self, row: int) -> str:
        words = self.board.words
        then, now = (self._cell(self._year_column(len(self.former) - back), row) for back in (1, 0))

        def say(name: str) -> str:
            return quoted(self._say(f"change.{name}"))

        def steps(before: str, after: str) -> str:
            tests = (f"AND({is_one_of(before, [a], words)},{is_one_of(after, [b], words)})" for a, b in STEPS)
            return f"OR({','.join(tests)})"

        same = (f"AND({is_one_of(then, [item], words)},{is_one_of(now, [item], words)})" for item in Verdict)
        text = f"IF({is_one_of(now, [Verdict.UNKNOWN], words)},{say('lost')},{say('otherwise')})"
        text = f"IF({is_one_of(then, [Verdict.UNKNOWN], words)},{say('known')},{text})"
        text = f"IF({steps(now, then)},{say('worse')},{text})"
        text = f"IF({steps(then, now)},{say('better')},{text})"
        return f"IF(OR({','.join(same)}),{say('same')},{text})"


def _is_judged(then: FormerResult | None) -> bool:
    if then is None or not then.is_open or not then.is_same_norm:
        return False
    has_norm = then.verdict is not Verdict.UNKNOWN or then.worst is not None
    return has_norm and then.indicator_class is not IndicatorClass.INFORMATIVE
