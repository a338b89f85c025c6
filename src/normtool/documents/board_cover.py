"""The cover note (Oplegger): one upright A4 that says where we stand and what is asked."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from typing import Any

from normtool.core.assessment import StandardResult, Verdict
from normtool.core.evidence import DataNature
from normtool.core.places import column_letters
from normtool.documents.board_colours import ACCENT, INK, INK2, MARKS, PANEL, PAPER, RULE2, SOFT, coloured
from normtool.documents.board_metrics import lines, spanned
from normtool.documents.board_region import cover_sentences, layer_sentence
from normtool.documents.board_standards import COLUMNS as STANDARD_COLUMNS
from normtool.documents.board_standards import stored
from normtool.documents.board_styles import HEADER, ROW, SYMBOLS, TABLE_ROW, Board, Page
from normtool.documents.board_texts import fitted
from normtool.documents.decisions import Agenda, Decision, board_agenda
from normtool.telling.phrases import in_full

WIDTHS = (3.5, 31, 3.5, 28, 7, 8, 6, 11, 14)
LAST = len(WIDTHS) - 1
WIDE = spanned(WIDTHS)
FIRST_STANDARD = 5
STANDARD_PIXELS = 38
POINTS = 0.75
"""Points in a pixel at 96 to the inch."""
LOGO_NAMES = {"image/png": "logo.png", "image/jpeg": "logo.jpg"}
LOGO_PIXELS, LOGO_WIDEST = 52, 260
"""The room of a logo: high, wide."""
MOST_GAPS = 3
"""With more standards undecided, the page says how many and leaves the list to the other sheets."""
SECTION = {"font_size": 14, "bold": True, "valign": "bottom"}
MIDDLE = {**ROW, "valign": "vcenter", "text_wrap": True, "font_size": 11}


def write_cover(board: Board) -> None:
    """Write the sheet."""
    page = Page(board, "cover", WIDTHS, upright=True)
    agenda = board_agenda(board.dossier, board.words)
    _write_title(page, agenda)
    row = _write_standards(page)
    row = _write_sub_networks(page, row)
    row = _write_strengths(page, agenda, row + 1)
    row = _write_decisions(page, agenda, row + 1)
    row = _write_unknown(page, agenda, row + 1)
    page.sheet.print_area(0, 0, row, LAST)
    page.sheet.fit_to_pages(1, 1)
    page.sheet.center_horizontally()
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:A{row + 1}"})


def _write_title(page: Page, agenda: Agenda) -> None:
    board = page.board
    exercise = board.dossier.evidence.network.nature is DataNature.PUBLIC_EXERCISE
    title = board.say("title.exercise" if exercise else f"title.{len(agenda.decisions)}")
    framework = board.dossier.framework
    lead = f"{_lead(board, 'exercise' if exercise else 'own')} {layer_sentence(board)}".strip()
    edition = board.say(
        "lead.edition",
        name=board.words.text(framework.name),
        edition=framework.edition,
        status=board.words.say(f"verdicts.status.{framework.status.value}"),
    )
    long_chips = sum(len(chip) for chip in board.chips) > 30
    chip_row = 0 if long_chips else 1
    page.text(1, 0, board.head("cover"), font_size=9, font_color=INK2)
    _write_chips(page, chip_row)
    page.sheet.set_row(0, 18 if long_chips else 6)
    page.sheet.set_row(1, 18)
    _write_logo(page)
    page.text(2, 0, title, font_size=22, bold=True)
    page.sheet.set_row(2, 33)
    page.merged(3, (0, LAST), f"{lead} {edition}", font_size=11, font_color=INK2, text_wrap=True, valign="top")
    page.sheet.set_row(3, 15 * lines(f"{lead} {edition}", WIDE, 11) + 9)


def _write_logo(page: Page) -> None:
    """The logo of the house style, above everything else at the left."""
    logo = page.board.house.logo
    if logo is None or logo.media_type not in LOGO_NAMES:
        return
    scale = min(LOGO_PIXELS / logo.height, LOGO_WIDEST / logo.width, 1)
    options = {
        "image_data": BytesIO(b64decode(logo.data)),
        "x_scale": scale,
        "y_scale": scale,
        "object_position": 1,
        "description": fitted(logo.alternative),
        "decorative": not logo.alternative,
    }
    page.sheet.set_row(0, (LOGO_PIXELS + 6) * POINTS)
    page.sheet.insert_image(0, 0, LOGO_NAMES[logo.media_type], options)


def _lead(board: Board, key: str) -> str:
    number = len(board.dossier.assessment.standards)
    return board.say(f"lead.{key}.{'one' if number == 1 else 'other'}", count=in_full(number, board.words))


def _write_chips(page: Page, row: int) -> None:
    """The labels at the right end of a row: provisional in ink, the others with an ink edge."""
    last = LAST
    draft = page.board.words.say("verdicts.label.draft")
    for chip in reversed(page.board.chips):
        first = last
        while first > 0 and spanned(WIDTHS[first : last + 1]) < len(chip) * 1.15 + 2:
            first -= 1
        colours: dict[str, Any] = {"border": 2, "border_color": INK}
        if chip == draft:
            colours = {"bg_color": INK, "font_color": PAPER}
        page.merged(row, (first, last), chip, colours, bold=True, font_size=9, align="center")
        last = first - 1


# --- where we stand -----------------------------------------------------------------------------------------


def _write_standards(page: Page) -> int:
    """The table of standards with its bars; gives the row of the legend."""
    board = page.board
    standards = board.dossier.assessment.standards
    names = {0: "where", 2: "verdict", 4: "met", 5: "can", 6: "rest", 7: "indicators"}
    for first, last in ((0, 1), (2, 3), (4, 4), (5, 5), (6, 6), (7, LAST)):
        look = {"align": "right"} if first in (4, 5, 6) else {"indent": int(first == 7)}
        page.merged(4, (first, last), board.say(f"cover.{names[first]}"), HEADER, look)
    page.sheet.set_row(4, 21)
    for place, standard in enumerate(standards):
        _write_standard(page, place, standard)
    last = FIRST_STANDARD + max(1, len(standards)) - 1
    said = {verdict: MARKS[verdict] for verdict in Verdict}
    page.paint_verdicts((FIRST_STANDARD, 2, last, 3), ("C", said))
    if any(standard.counts.scored for standard in standards):
        _draw_bars(page, standards)
    legend = board.say("cover.legend")
    page.merged(last + 1, (0, LAST), legend, font_size=9, font_color=INK2, text_wrap=True, top=1, top_color=RULE2)
    page.sheet.set_row(last + 1, 13 * lines(legend, WIDE, 9) + 5)
    return last + 1


def _write_standard(page: Page, place: int, standard: StandardResult) -> None:
    """One standard; its verdict and counts are formulas over the sheet of standards."""
    board, row = page.board, FIRST_STANDARD + place
    values = stored(board, standard)
    there = TABLE_ROW + 2 + place

    def cell(key: str) -> str:
        return f"{board.reference('standards')}{column_letters(STANDARD_COLUMNS.index(key) + 1)}{there}"

    counts = standard.counts
    fill, ink = SOFT[standard.verdict]
    bold = standard.verdict not in (Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE)
    page.text(row, 0, standard.id, MIDDLE, bold=True, font_color=ACCENT)
    page.text(row, 1, board.phrases.short_title(standard.id), MIDDLE)
    painted: dict[str, Any] = {"bg_color": fill, "font_color": ink}
    page.formula(row, 2, (cell("mark"), values["mark"]), MIDDLE, SYMBOLS, painted)
    page.formula(row, 3, (cell("verdict"), values["verdict"]), MIDDLE, painted, bold=bold)
    page.formula(row, 4, (cell("met"), counts.met), MIDDLE)
    page.formula(row, 5, (f"{cell('best_met')}-{cell('met')}", counts.best_met - counts.met), MIDDLE)
    page.formula(row, 6, (f"{cell('scored')}-{cell('best_met')}", counts.scored - counts.best_met), MIDDLE)
    for column in range(7, LAST + 1):
        page.sheet.write_blank(row, column, None, board.styles.get(MIDDLE))
    page.sheet.set_row(row, STANDARD_PIXELS * POINTS)


def _draw_bars(page: Page, standards: tuple[StandardResult, ...]) -> None:
    """A stacked bar beside every row: met, can still be met, the rest; one scale for all."""
    board, first, last = page.board, FIRST_STANDARD, FIRST_STANDARD + len(standards) - 1
    chart: Any = board.book.add_chart({"type": "bar", "subtype": "stacked"})
    looks: tuple[dict[str, Any], ...] = (
        {"fill": {"color": ACCENT}, "border": {"color": ACCENT, "width": 0.75}},
        {
            "pattern": {"pattern": "wide_upward_diagonal", "fg_color": ACCENT, "bg_color": PAPER},
            "border": {"color": ACCENT, "width": 0.75},
        },
        {"fill": {"color": PAPER}, "border": {"color": RULE2, "width": 0.75}},
    )
    name = board.sheet("cover")
    for column, look in enumerate(looks, start=4):
        series = {
            "name": [name, 4, column],
            "categories": [name, first, 1, last, 1],
            "values": [name, first, column, last, column],
            "gap": 85,
        }
        chart.add_series(coloured({**series, **look}))
    most = max(standard.counts.scored for standard in standards)
    chart.set_x_axis({"visible": False, "min": 0, "max": most, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"visible": False, "reverse": True})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"layout": {"x": 0.05, "y": 0, "width": 0.94, "height": 1}})
    width = sum(int(own * 7 + 5) for own in WIDTHS[7:])
    chart.set_size({"width": width, "height": STANDARD_PIXELS * len(standards)})
    rows = "; ".join(_bar_in_words(board, standard) for standard in standards)
    page.chart(first, 7, chart, board.say("cover.chart", rows=rows))


def _bar_in_words(board: Board, standard: StandardResult) -> str:
    counts = standard.counts
    return board.say(
        "cover.chart_row",
        title=board.phrases.short_title(standard.id),
        met=counts.met,
        can=counts.best_met - counts.met,
        rest=counts.scored - counts.best_met,
    )


# --- what goes well, what is asked, what is not known -------------------------------------------------------


def _section(page: Page, row: int, key: str) -> int:
    page.text(row, 0, page.board.say(f"cover.{key}"), SECTION)
    page.sheet.set_row(row, 30)
    return row + 1


def _write_sub_networks(page: Page, row: int) -> int:
    """What a region's board hears of its sub-networks; nothing for any other network."""
    sentences = cover_sentences(page.board)
    if not sentences:
        return row
    page.text(row + 1, 0, page.board.words.say("board_region.cover.heading"), SECTION)
    page.sheet.set_row(row + 1, 30)
    row += 2
    for sentence in sentences:
        page.merged(row, (0, LAST), sentence, font_size=11, text_wrap=True)
        page.sheet.set_row(row, 15 * lines(sentence, WIDE, 11) + 5)
        row += 1
    return row - 1


def _write_strengths(page: Page, agenda: Agenda, row: int) -> int:
    row = _section(page, row, "strengths")
    look = {"font_size": 11, "text_wrap": True}
    if not agenda.strengths:
        page.merged(row, (0, LAST), page.board.say("cover.no_strengths"), look)
        return row + 1
    for strength in agenda.strengths:
        page.text(row, 0, MARKS[Verdict.MET], SYMBOLS, font_color=SOFT[Verdict.MET][1])
        page.merged(row, (1, LAST), strength.sentence, look)
        page.sheet.set_row(row, 15 * lines(strength.sentence, WIDE - WIDTHS[0], 11) + 5)
        row += 1
    return row


def _write_decisions(page: Page, agenda: Agenda, row: int) -> int:
    board = page.board
    row = _section(page, row, "decisions")
    if not agenda.decisions:
        page.merged(row, (0, LAST), board.say("cover.no_decisions"), font_size=11)
        return row + 1
    page.text(row, 0, " ", HEADER)
    page.merged(row, (1, 3), board.say("cover.decision"), HEADER)
    page.merged(row, (4, 6), board.say("cover.who"), HEADER)
    page.text(row, 7, board.say("cover.before"), HEADER)
    page.text(row, 8, board.say("cover.effort"), HEADER, align="right")
    page.sheet.set_row(row, 20)
    for number, decision in enumerate(agenda.decisions, start=1):
        row += 1
        _write_decision(page, row, (number, decision))
    if agenda.further_points:
        further = board.words.say_count(
            "board.decision.further", agenda.further_points, sheet=board.sheet("programme")
        )
        row += 1
        page.merged(row, (0, LAST), further, font_size=9, font_color=INK2)
        page.sheet.set_row(row, 16)
    return row + 1


def _write_decision(page: Page, row: int, numbered: tuple[int, Decision]) -> None:
    number, decision = numbered
    style = page.board.styles.get
    page.number(row, 0, number, MIDDLE, bold=True, font_color=ACCENT, align="left")
    page.merged(row, (1, 3), decision.sentence, MIDDLE)
    width = spanned(WIDTHS[1:4])
    height = 14.5 * lines(decision.sentence, width, 11)
    if decision.detail:
        shown, quiet = page.board.shown, style(font_size=9, font_color=INK2)
        parts = [shown(decision.sentence), quiet, f"\n{shown(decision.detail)}"]
        page.sheet.write_rich_string(row, 1, style(font_size=11), *parts, style(MIDDLE))
        height += 12.5 * lines(decision.detail, width, 9)
    page.merged(row, (4, 6), decision.who, MIDDLE)
    page.text(row, 7, decision.before, MIDDLE)
    page.text(row, 8, decision.effort, MIDDLE, align="right", text_wrap=False)
    page.sheet.set_row(row, max(height, 14.5 * lines(decision.who, spanned(WIDTHS[4:7]), 11)) + 10)


def _write_unknown(page: Page, agenda: Agenda, row: int) -> int:
    """What evidence would decide which standard, and how firm the norms are."""
    board = page.board
    row = _section(page, row, "unknown")
    gaps = [gap.sentence for gap in agenda.gaps] if len(agenda.gaps) <= MOST_GAPS else []
    notice = board.words.text(board.dossier.framework.notice)
    text = "\n".join([agenda.unknown, *gaps, notice])
    look = {"bg_color": PANEL, "font_size": 10.5, "text_wrap": True, "indent": 1}
    page.merged(row, (0, LAST), text, look)
    page.sheet.set_row(row, 13.5 * lines(text, WIDE - 2, 10.5) + 20)
    return row
