"""The sheet of indicators: one row each, on which every count and verdict of the workbook rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from normtool.core.assessment import IndicatorResult, Share, StandardResult, Verdict
from normtool.core.evidence import Evidence
from normtool.core.kinds import Count, Maturity, Pooled
from normtool.core.next_steps import counts_in_score
from normtool.core.places import CellPlace
from normtool.documents.board_colours import INK2, MARKS
from normtool.documents.board_formulas import COLUMNS, RowFormulas, column, columns, letter
from normtool.documents.board_metrics import lines
from normtool.documents.board_region import origin_words, place_of
from normtool.documents.board_styles import DASH, HEADER, ROW, SYMBOLS, TABLE_ROW, Board, Page
from normtool.documents.board_values import is_level, target_words
from normtool.documents.regional import is_derived, is_inherited
from normtool.telling.retelling import names_in

WIDTHS = dict(zip(COLUMNS, (7, 34, 11, 9, 34, 6, 22, 20, 20, 9, 18, 18, 24, 56, 34, 56, 30, 8, 18, 18), strict=True))
ORIGIN_WIDTH = 26
MOST_CELLS = 6
MOST_LINES = 8
WRAPPED = {**ROW, "text_wrap": True}
QUIET = {**WRAPPED, "font_size": 9, "font_color": INK2}
UNDECIDED = (Verdict.UNKNOWN, Verdict.OWN_APPROACH)


def write_indicators(board: Board) -> None:
    """Write the sheet: a table with filters, a dropdown for every verdict, and formulas beside it."""
    keys = columns(board)
    page = Page(board, "indicators", [WIDTHS.get(key, ORIGIN_WIDTH) for key in keys])
    headers = [board.say(f"indicators.{key}") for key in keys]
    lead = board.say("indicators.lead", sheet=board.sheet("standards"))
    first = page.open_table(board.say("indicators.title"), lead, headers)
    row = first
    for place, standard in enumerate(board.dossier.assessment.standards):
        for result in standard.indicators:
            _Row(page, row, standard, result).write(TABLE_ROW + 2 + place)
            row += 1
    last = max(first, row - 1)
    header = board.styles.get(HEADER)
    page.sheet.add_table(
        TABLE_ROW,
        0,
        last,
        len(keys) - 1,
        {
            "name": board.sheet("indicators"),
            "style": None,
            "columns": [{"header": name, "header_format": header} for name in headers],
        },
    )
    _let_choose(page, first, last)
    said = {verdict: board.phrases.verdict(verdict) for verdict in Verdict}
    painted = (first, column(board, "mark"), last, column(board, "verdict"))
    page.paint_verdicts(painted, (letter(board, "verdict"), said))
    page.sheet.freeze_panes(first, column(board, "mark"))
    page.sheet.repeat_columns(0, 0)
    page.sheet.print_area(TABLE_ROW, 0, last, column(board, "cells"))
    page.sheet.fit_to_pages(2, 0)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:B{last + 1}"})


def _let_choose(page: Page, first: int, last: int) -> None:
    board = page.board
    page.sheet.data_validation(
        first,
        column(board, "verdict"),
        last,
        column(board, "verdict"),
        {
            "validate": "list",
            "source": [board.phrases.verdict(verdict) for verdict in Verdict],
            "input_title": board.say("indicators.input_title"),
            "input_message": board.say("indicators.input"),
        },
    )


class _Row:
    def __init__(self, page: Page, row: int, standard: StandardResult, result: IndicatorResult) -> None:
        self.page, self.row, self.board = page, row, page.board
        self.standard, self.result = standard, result
        self.indicator = page.board.dossier.framework.indicator(result.id)

    def write(self, standard_row: int) -> None:
        board, result = self.board, self.result
        self._text("id", result.id, bold=True)
        target = f"{board.reference('standards')}A{standard_row}"
        self.page.link(self.row, self._column("standard"), (target, board.label(self.standard.id)), WRAPPED)
        self._text("class", board.words.say(f"verdicts.class.{result.indicator_class.value}"))
        self._text("open", board.say("indicators.yes" if result.is_open else "indicators.no"))
        self._text("name", board.phrases.title(result.id))
        self._verdict()
        self._target()
        self._value()
        self._text("reason", self._reason())
        if "origin" in columns(board):
            self._text("origin", origin_words(board, result))
        self._words()

    def _column(self, key: str) -> int:
        return column(self.board, key)

    def _text(self, key: str, text: str, **look: object) -> None:
        self.page.text(self.row, self._column(key), text, WRAPPED, **look)

    def _verdict(self) -> None:
        """The word to choose, and what follows from it."""
        say, result = self.board.phrases.verdict, self.result
        formulas = RowFormulas(self.board, self.row + 1)
        self.page.formula(self.row, self._column("mark"), (formulas.mark(), MARKS[result.verdict]), ROW, SYMBOLS)
        if is_derived(result):
            there = (place_of(self.board, result, "verdict"), say(result.verdict))
            self.page.formula(self.row, self._column("verdict"), there, WRAPPED, bold=True)
        else:
            self._text("verdict", say(result.verdict), bold=True)
        worst = say(result.worst) if result.worst else DASH
        best = say(result.best) if result.best else DASH
        self.page.formula(self.row, self._column("worst"), (formulas.worst(), worst), WRAPPED)
        self.page.formula(self.row, self._column("best"), (formulas.best(), best), WRAPPED)
        counts = (formulas.counts(), int(counts_in_score(result)))
        self.page.formula(self.row, self._column("counts"), counts, QUIET, align="center")
        if is_derived(result):
            self._rolled_up_bounds((worst, best))
            return
        open_bounds = result.verdict in UNDECIDED
        stored_worst = worst if open_bounds else say(Verdict.NOT_MET)
        stored_best = best if open_bounds else say(Verdict.MET)
        self.page.text(self.row, self._column("stored_worst"), stored_worst, QUIET)
        self.page.text(self.row, self._column("stored_best"), stored_best, QUIET)

    def _rolled_up_bounds(self, bounds: tuple[str, str]) -> None:
        """What an open verdict of a region can still become, as its own sheet says."""
        for key, value in zip(("worst", "best"), bounds, strict=True):
            there = (place_of(self.board, self.result, key), value)
            self.page.formula(self.row, self._column(f"stored_{key}"), there, QUIET)

    def _target(self) -> None:
        target = self.result.target
        if target is None:
            self._text("target", "")
        elif is_level(self.indicator):
            self.page.number(self.row, self._column("target"), float(target), ROW, align="left")
        else:
            style = percent_format(target, self.board.words.language)
            self.page.number(self.row, self._column("target"), float(target), ROW, num_format=style, align="left")

    def _value(self) -> None:
        value, place = self.result.value, self._column("value")
        match value:
            case bool():
                self._text("value", self.board.say("indicators.yes" if value else "indicators.no"))
            case date():
                self.page.day(self.row, place, value, ROW)
            case int() if self.indicator is not None and isinstance(self.indicator.kind, Count | Maturity):
                self.page.number(self.row, place, value, ROW, align="left")
            case int() | Share():
                self._text("value", self.board.phrases.finding(self.result))
            case None:
                self._text("value", self.board.words.say("verdicts.masked") if self.result.is_masked else "")

    def _words(self) -> None:
        texts = {
            "note": self._note(),
            "explanation": self._explanation(),
            "documents": "; ".join(self._documents()),
            "basis": self._basis(),
            "cells": place_names(self.board, self.result.places),
        }
        for key, text in texts.items():
            look = WRAPPED if key == "explanation" else QUIET
            long = lines(text, WIDTHS[key]) > MOST_LINES
            self.page.text(self.row, self._column(key), text, look, valign="top" if long else "vcenter")
        named = [(self.board.phrases.title(self.result.id), WIDTHS["name"])]
        named.append((self.board.label(self.standard.id), WIDTHS["standard"]))
        named.append((self._reason(), WIDTHS["reason"]))
        self.page.fit(self.row, [*((text, WIDTHS[key]) for key, text in texts.items()), *named], MOST_LINES)

    def _reason(self) -> str:
        reason = self.result.reason
        return self.board.words.say(f"verdicts.reason.{reason.value}") if reason else ""

    def _note(self) -> str:
        """What changes the reading of the result, not the result."""
        result, words = self.result, self.board.words
        notes = list(self._worst_group())
        if result.on_path:
            notes.append(words.say("verdicts.on_path"))
            if result.final_target is not None:
                final = target_words(self.indicator, result.final_target, words)
                notes.append(self.board.say("indicators.final_target", target=final))
        if result.computed is not None:
            key = "computed" if result.verdict is Verdict.OWN_APPROACH else "shown"
            notes.append(self.board.say(f"indicators.{key}", verdict=self.board.phrases.verdict(result.computed)))
        if result.due is not None:
            notes.append(self.board.say("indicators.due", date=words.date(result.due)))
        return "; ".join(notes)

    def _worst_group(self) -> Iterator[str]:
        """Where the worst group decides, the share is that group's and not the network's: which one it is."""
        kind, value = (self.indicator.kind if self.indicator is not None else None), self.result.value
        if isinstance(kind, Pooled) and kind.per_group and isinstance(value, Share):
            group = next((row.key[0] for row in self.result.rows if row.share == value), "")
            if group:
                name = names_in(self.board.dossier, self.board.words).get(group, group)
                yield self.board.words.say("report.rows.lowest", name=name)

    def _explanation(self) -> str:
        """The network's own words: explanation, reason for n.v.t., own approach."""
        evidence = self.board.dossier.evidence_of(self.result)
        answer = evidence.answer(self.result.id)
        if answer is None or (is_inherited(self.result) and evidence is self.board.dossier.evidence):
            return ""
        parts = [cell.value for cell in (answer.explanation, answer.reason_not_applicable) if cell is not None]
        if answer.own_approach.what is not None:
            parts.append(self.board.say("indicators.own_approach", what=answer.own_approach.what.value))
        return "\n".join(parts)

    def _documents(self) -> list[str]:
        """The documents with their titles; those of an inherited answer stand in the register of the region."""
        return document_names(self.board.dossier.evidence_of(self.result), self.result.documents)

    def _basis(self) -> str:
        if self.indicator is None:
            return ""
        standing = self.board.words.say(f"verdicts.standing.{self.indicator.basis.standing.value}")
        return f"{standing}: {self.board.words.as_written(self.indicator.basis.text)}"


def percent_format(target: Decimal, language: str) -> str:
    """The number format of a share that shows it whole, or with the decimals it has."""
    exponent = (target * 100).normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    places = "0" if decimals == 0 else "0." + "0" * decimals
    return f"{places} %" if language == "nl" else f"{places}%"


def document_names(evidence: Evidence, references: Iterable[str]) -> list[str]:
    """Documents as they were referred to (id, page) with their title."""
    names = []
    for reference in references:
        entry = evidence.document(reference.partition(" ")[0])
        names.append(f"{reference} {entry.title}".strip() if entry else reference)
    return names


def place_names(board: Board, places: tuple[CellPlace, ...]) -> str:
    """Source cells by sheet, as `Indicatoren!K14, L14`, with their file when there are more files."""
    own = {item.file for item in board.dossier.evidence.files}
    many = len(own) > 1 or any(place.file not in own for place in places)
    sheets: dict[str, list[str]] = {}
    for place in places:
        sheet = f"{place.file} › {place.sheet}" if many else place.sheet
        if place.cell not in sheets.setdefault(sheet, []):
            sheets[sheet].append(place.cell)
    return "; ".join(f"{sheet}!{_listed(board, cells)}" for sheet, cells in sheets.items())


def _listed(board: Board, cells: list[str]) -> str:
    shown = cells[:MOST_CELLS]
    if len(cells) > MOST_CELLS:
        shown.append(board.words.say_count("board.more", len(cells) - MOST_CELLS))
    return ", ".join(shown)
