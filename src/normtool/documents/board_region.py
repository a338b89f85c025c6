"""The sheet of a region: every indicator by sub-network, and who the sub-networks are.

Verdicts of sub-networks can be chosen; counts, names and the region's verdict are formulas that follow them.
"""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import IndicatorResult, ResultOrigin, SubNetworkVerdict, Verdict
from normtool.core.dossier import SubNetwork
from normtool.core.places import column_letters
from normtool.documents.board_colours import ACCENT, INK2, MARKS
from normtool.documents.board_formulas import letter
from normtool.documents.board_metrics import lines, spanned
from normtool.documents.board_region_formulas import RollUpFormulas, sub_network_words
from normtool.documents.board_styles import DASH, HEADER, ROW, SYMBOLS, TABLE_ROW, Board, Page
from normtool.documents.regional import (
    HOSPITAL,
    Tally,
    hospitals,
    in_order,
    is_derived,
    is_region,
    is_regional,
    layer_above,
    members_of,
    spoken_names,
    tally,
)

BEFORE, AFTER = ("id", "name"), ("met", "of", "names", "mark", "verdict", "worst", "best")
"""Columns before and after those of the sub-networks."""
BEFORE_WIDTHS, AFTER_WIDTHS = (7, 40), (9, 7, 28, 6, 22, 20, 20)
CELL_WIDTH = 21
MOST_CODE = 16
"""How wide the first column gets for long codes of sub-networks."""
WRAPPED = {**ROW, "text_wrap": True, "valign": "vcenter"}
QUIET = {**WRAPPED, "font_size": 9, "font_color": INK2}


def write_region(board: Board) -> None:
    """Write the sheet; a network without sub-networks has none."""
    if not is_region(board.dossier):
        return
    items = in_order(board.dossier)
    number = len(items)
    code_width = max(BEFORE_WIDTHS[0], min(MOST_CODE, 2 + max(len(item.code) for item in items)))
    widths = (code_width, BEFORE_WIDTHS[1], *[CELL_WIDTH] * number, *AFTER_WIDTHS, *[CELL_WIDTH] * (2 * number))
    page = Page(board, "region", widths)
    first = page.open_table(
        region_say(board, "title"), region_say(board, "lead", sheet=board.sheet("indicators")), _headers(board, items)
    )
    results = rolled_up(board)
    for row, result in enumerate(results, start=first):
        _Row(page, row, result).write()
    last = first + max(1, len(results)) - 1
    _paint(page, first, last)
    page.sheet.freeze_panes(first, len(BEFORE))
    _write_sub_networks(page, last + 2)
    last_printed = len(BEFORE) + number + AFTER.index("verdict")
    page.sheet.print_area(TABLE_ROW - 2, 0, page.last_row, last_printed)


def rolled_up(board: Board) -> list[IndicatorResult]:
    """The results that are asked now, in the order of the sheet."""
    return [item for item in board.dossier.assessment.indicators if item.is_open]


def region_say(board: Board, key: str, **facts: object) -> str:
    """A sentence on a region for its board."""
    return board.words.say(f"board_region.{key}", **facts)


def region_count(board: Board, key: str, count: int, **facts: object) -> str:
    """A sentence on a region that depends on a number."""
    return board.words.say_count(f"board_region.{key}", count, **facts)


def origin_words(board: Board, result: IndicatorResult) -> str:
    """Whose answer an indicator rests on, in few words."""
    if result.origin is ResultOrigin.INHERITED:
        return region_say(board, "origin.inherited", region=result.inherited_from)
    if not is_region(board.dossier):
        return region_say(board, "origin.own")
    if is_derived(result):
        return region_say(board, "origin.derived")
    return region_say(board, "origin.region") if is_regional(result) else ""


def place_of(board: Board, result: IndicatorResult, key: str) -> str:
    """The cell with the region's `verdict`, `worst` or `best` of a derived indicator, which other sheets read."""
    row = TABLE_ROW + 2 + [item.id for item in rolled_up(board)].index(result.id)
    column = len(BEFORE) + len(board.dossier.sub_networks) + AFTER.index(key)
    return f"{board.reference('region')}{column_letters(column + 1)}{row}"


# --- the roll-up --------------------------------------------------------------------------------------------


def _headers(board: Board, items: tuple[SubNetwork, ...]) -> list[str]:
    codes = [item.code for item in items]
    worst, best = (
        [region_say(board, f"column.stored_{side}", code=code) for code in codes] for side in ("worst", "best")
    )
    around = [[region_say(board, f"column.{key}") for key in keys] for keys in (BEFORE, AFTER)]
    return [*around[0], *codes, *around[1], *worst, *best]


def _paint(page: Page, first: int, last: int) -> None:
    """Soft fills in every cell with a verdict, and a list to choose from where one can be chosen."""
    number = len(page.board.dossier.sub_networks)
    said = {verdict: page.board.phrases.verdict(verdict) for verdict in Verdict}
    start = len(BEFORE)
    missing = region_say(page.board, "not_received")
    for column in range(start, start + number):
        letters = column_letters(column + 1)
        page.paint_verdicts((first, column, last, column), (letters, said))
        page.paint_verdicts((first, column, last, column), (letters, {Verdict.UNKNOWN: missing}))
    mark = start + number + AFTER.index("mark")
    page.paint_verdicts((first, mark, last, mark + 1), (column_letters(mark + 2), said))


@dataclass(frozen=True, slots=True)
class _Row:
    """One indicator on the sheet."""

    page: Page
    row: int
    result: IndicatorResult

    def write(self) -> None:
        board, result = self.page.board, self.result
        place = [item.id for item in board.dossier.assessment.indicators].index(result.id) + TABLE_ROW + 2
        there = f"{board.reference('indicators')}A{place}"
        title = board.phrases.title(result.id)
        self.page.link(self.row, 0, (there, result.id), WRAPPED)
        self.page.text(self.row, 1, title, WRAPPED)
        regional = is_regional(result)
        if regional:
            self._arranged()
        else:
            self._verdicts()
        if is_derived(result):
            self._derived()
        else:
            self._as_indicator(place)
        names = self._names() if is_derived(result) else ""
        self.page.fit(self.row, [(title, BEFORE_WIDTHS[1]), (names, AFTER_WIDTHS[2])], 3)

    @property
    def _items(self) -> tuple[SubNetwork, ...]:
        return in_order(self.page.board.dossier)

    @property
    def _tally(self) -> Tally:
        return tally(self.page.board.dossier, self.result)

    def _names(self) -> str:
        return ", ".join(self._tally.met)

    def _after(self, key: str) -> int:
        return len(BEFORE) + len(self._items) + AFTER.index(key)

    def _arranged(self) -> None:
        """One cell over all sub-networks: the region answered for them."""
        last = len(BEFORE) + len(self._items) - 1
        text = region_say(self.page.board, "arranged")
        self.page.merged(self.row, (len(BEFORE), last), text, WRAPPED, font_color=INK2, align="center")

    def _verdicts(self) -> None:
        """A word for each sub-network, to choose another, and at the right what an open one can still become."""
        board = self.page.board
        found = {item.network: item for item in self.result.sub_networks}
        helper = self._after(AFTER[-1]) + 1
        for place, item in enumerate(self._items):
            verdict = found.get(item.code)
            word = sub_network_words(board, verdict)
            self.page.text(self.row, len(BEFORE) + place, word, WRAPPED, bold=verdict is not None)
            for side, bound in enumerate(_bounds(verdict)):
                column = helper + side * len(self._items) + place
                self.page.text(self.row, column, board.phrases.verdict(bound), QUIET)
        self._let_choose()

    def _let_choose(self) -> None:
        board, first = self.page.board, len(BEFORE)
        words = [board.phrases.verdict(verdict) for verdict in Verdict]
        self.page.sheet.data_validation(
            self.row,
            first,
            self.row,
            first + len(self._items) - 1,
            {"validate": "list", "source": [*words, region_say(board, "not_received")], "ignore_blank": True},
        )

    def _derived(self) -> None:
        """Counts, names and the verdict as formulas over the cells of this row."""
        board, result, found = self.page.board, self.result, self._tally
        formulas = RollUpFormulas(board, self.row + 1, len(BEFORE), self._after(AFTER[0]))
        left = board.phrases.verdict(result.verdict) if not found.counted else None
        say = board.phrases.verdict
        worst, best = (say(end) if end is not None and found.counted else DASH for end in (result.worst, result.best))
        values: dict[str, tuple[str, str | int]] = {
            "met": (formulas.met(), len(found.met)),
            "of": (formulas.counted(), found.counted),
            "names": (formulas.names(), self._names()),
            "mark": (formulas.mark(), MARKS[result.verdict]),
            "verdict": (formulas.verdict(left), say(result.verdict)),
            "worst": (formulas.bound("worst"), worst),
            "best": (formulas.bound("best"), best),
        }
        for key, pair in values.items():
            self.page.formula(self.row, self._after(key), pair, WRAPPED, **_look(key))

    def _as_indicator(self, place: int) -> None:
        """The region's own answer, or what is only shown: as the sheet of indicators has it."""
        board, result = self.page.board, self.result
        for key in ("met", "of", "names"):
            self.page.text(self.row, self._after(key), "", WRAPPED, align="center" if key != "names" else "left")
        say = board.phrases.verdict
        values = {"mark": MARKS[result.verdict], "verdict": say(result.verdict)}
        values |= {"worst": say(result.worst) if result.worst else DASH}
        values |= {"best": say(result.best) if result.best else DASH}
        for key, value in values.items():
            formula = f"{board.reference('indicators')}{letter(board, key)}{place}"
            self.page.formula(self.row, self._after(key), (formula, value), WRAPPED, **_look(key))


def _look(key: str) -> dict[str, object]:
    if key == "mark":
        return {**SYMBOLS}
    return {"bold": True} if key == "verdict" else {"align": "center"} if key in ("met", "of") else {}


def _bounds(item: SubNetworkVerdict | None) -> tuple[Verdict, Verdict]:
    """What an open verdict can still become; of one that is known what it could, were it open."""
    if item is None or item.verdict not in (Verdict.UNKNOWN, Verdict.OWN_APPROACH):
        return Verdict.NOT_MET, Verdict.MET
    return item.worst or Verdict.NOT_MET, item.best or Verdict.MET


# --- who they are -------------------------------------------------------------------------------------------


def _write_sub_networks(page: Page, row: int) -> None:
    """Code, name, hospitals and dossier of each; whom they share."""
    board, last = page.board, len(BEFORE) + len(in_order(page.board.dossier)) + 2
    name, houses = (1, 2), (3, last)
    page.text(row, 0, region_say(board, "column.code"), HEADER)
    page.merged(row, name, region_say(board, "column.sub_network"), HEADER)
    page.merged(row, houses, region_say(board, "column.hospitals"), HEADER)
    page.merged(row, (last + 1, last + 2), region_say(board, "column.dossier"), HEADER)
    width = spanned(page.widths[3 : last + 1])
    members = members_of(board.dossier)
    for item in in_order(board.dossier):
        row += 1
        names = [one.name for one in members if item.code in one.sub_networks and one.kind == HOSPITAL]
        listed = ", ".join(names) or DASH
        page.text(row, 0, item.code, ROW, bold=True, font_color=ACCENT)
        page.merged(row, name, item.name or item.code, WRAPPED)
        page.merged(row, houses, listed, WRAPPED)
        received = "received" if item.assessment is not None else "not_received"
        page.merged(row, (last + 1, last + 2), region_say(board, received), WRAPPED)
        page.fit(row, [(listed, width), (item.name, spanned(page.widths[1:3]))])
    note = shared_words(board)
    page.merged(row + 1, (0, last + 2), note, font_size=9, font_color=INK2, text_wrap=True)
    page.sheet.set_row(row + 1, 13 * lines(note, spanned(page.widths[: last + 3]), 9) + 4)


def shared_words(board: Board) -> str:
    """How many hospitals, each counted once, and who takes part in more than one sub-network."""
    found = hospitals(board.dossier)
    parts = [region_count(board, "hospitals", found)] if found else []
    shared = [member.name for member in members_of(board.dossier) if len(member.sub_networks) > 1]
    if shared:
        parts.append(region_count(board, "shared", len(shared), names=board.phrases.joined(shared)))
    return " ".join(parts) or DASH


def waiting_words(board: Board, result: IndicatorResult) -> str:
    """The sub-networks that a derived verdict still waits for."""
    found = tally(board.dossier, result)
    return ", ".join((*found.unknown, *found.own, *found.missing))


# --- what the cover says ------------------------------------------------------------------------------------


def layer_sentence(board: Board) -> str:
    """What this network is among others, for the lead of the cover; empty for a network on its own."""
    if is_region(board.dossier):
        names = list(spoken_names(board.dossier).values())
        return region_count(board, "cover.region", len(names), names=board.phrases.joined(names))
    above = layer_above(board.dossier)
    if not above:
        return ""
    inherited = sum(item.origin is ResultOrigin.INHERITED for item in board.dossier.assessment.indicators)
    sentence = region_say(board, "cover.sub_network", region=above)
    return f"{sentence} {region_count(board, 'cover.inherited', inherited)}" if inherited else sentence


def cover_sentences(board: Board) -> tuple[str, ...]:
    """What the sub-networks ask of the board of their region: dossiers that are missing, and where they differ."""
    items = in_order(board.dossier)
    absent = [item.name or item.code for item in items if item.assessment is None]
    sentences = (
        [region_count(board, "cover.absent", len(absent), names=board.phrases.joined(absent))] if absent else []
    )
    differing = [item for item in rolled_up(board) if is_derived(item) and tally(board.dossier, item).differs]
    if differing:
        facts = {"names": board.phrases.named(tuple(item.id for item in differing)), "sheet": board.sheet("region")}
        sentences.append(region_count(board, "cover.differ", len(differing), **facts))
    elif len(items) > 1:
        sentences.append(region_say(board, "cover.alike", sheet=board.sheet("region")))
    return tuple(sentences)
