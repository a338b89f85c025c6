"""The sheet of standards: verdict, bounds, counts and share as formulas; next step and caveat as text."""

from __future__ import annotations

from normtool.core.assessment import NextStep, StandardResult, Verdict
from normtool.documents.board_colours import ACCENT, MARKS
from normtool.documents.board_formulas import StandardFormulas
from normtool.documents.board_metrics import spanned
from normtool.documents.board_styles import DASH, HEADER, ROW, SYMBOLS, TABLE_ROW, Board, Page

COLUMNS = (
    "number",
    "standard",
    "mark",
    "verdict",
    "worst",
    "best",
    "known",
    "core",
    "met",
    "partly_met",
    "not_met",
    "unknown",
    "own_approach",
    "scored",
    "best_met",
    "share",
    "not_applicable",
    "informative",
    "no_norm",
)
WIDTHS = (4, 29, 5, 27, 13, 13, 7, 6, 8.5, 11.5, 8, 11, 8, 7, 8.5, 16, 6.5, 11, 6.5)
NUMBERS = frozenset(COLUMNS[6:]) - {"share"}
NEXT_SPAN, EFFORT, CAVEAT_SPAN = (2, 5), (6, 7), (8, len(WIDTHS) - 1)
"""Columns of the second table: next step, effort, what the verdict does not say."""
WRAPPED = {**ROW, "text_wrap": True, "valign": "vcenter"}
SIX = 6


def write_standards(board: Board) -> None:
    """Write the sheet."""
    page = Page(board, "standards", WIDTHS)
    standards = board.dossier.assessment.standards
    title = board.say("standards.title" if len(standards) == SIX else "standards.title_other")
    lead = board.say("standards.lead", sheet=board.sheet("indicators"))
    first = page.open_table(title, lead, [board.say(f"standards.{key}") for key in COLUMNS])
    for row, standard in enumerate(standards, start=first):
        _write_counts(page, row, standard)
    last = first + max(1, len(standards)) - 1
    said = {verdict: MARKS[verdict] for verdict in Verdict}
    page.paint_verdicts((first, COLUMNS.index("mark"), last, COLUMNS.index("verdict")), ("C", said))
    _write_next_steps(page, last + 2)
    for column, key in enumerate(COLUMNS):
        if key in NUMBERS:
            page.text(TABLE_ROW, column, board.say(f"standards.{key}"), HEADER, align="center")
    page.close()
    page.sheet.freeze_panes(first, 2)
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:A{last + 4 + len(standards)}"})


def stored(board: Board, standard: StandardResult) -> dict[str, str | int]:
    """What the engine found, for every formula of a standard's row."""
    counts, say = standard.counts, board.phrases.verdict
    known_first = standard.verdict is Verdict.UNKNOWN and standard.mostly_undecided
    few = board.say("standards.known_first", known=counts.core_known, core=counts.core)
    share = board.say("standards.share_none")
    if counts.scored:
        share = board.say("standards.share_text", met=counts.met, scored=counts.scored)
        if counts.best_met > counts.met:
            share += board.say("standards.share_more", best=counts.best_met)
    return {
        "mark": MARKS[standard.verdict],
        "verdict": few if known_first else board.phrases.bounds(standard),
        "worst": say(standard.worst) if standard.worst else DASH,
        "best": say(standard.best) if standard.best else DASH,
        "known": counts.core_known,
        "core": counts.core,
        "met": counts.met,
        "partly_met": counts.partly_met,
        "not_met": counts.not_met,
        "unknown": counts.unknown,
        "own_approach": counts.own_approach,
        "scored": counts.scored,
        "best_met": counts.best_met,
        "share": share,
        "not_applicable": counts.not_applicable,
        "informative": counts.informative + counts.not_yet_open,
        "no_norm": counts.no_norm,
    }


def _write_counts(page: Page, row: int, standard: StandardResult) -> None:
    board = page.board
    formulas = StandardFormulas(board, row + 1, COLUMNS)
    values = stored(board, standard)
    texts = _texts(formulas)
    page.text(row, 0, standard.id, ROW, bold=True, font_color=ACCENT, valign="vcenter")
    page.text(row, 1, board.phrases.short_title(standard.id), WRAPPED)
    for place, key in enumerate(COLUMNS[2:], start=2):
        look: dict[str, object] = {"bold": True} if key in ("verdict", "share") else {}
        if isinstance(values[key], int):
            look = {"align": "center"}
        if key == "mark":
            page.formula(row, place, (texts[key], values[key]), ROW, SYMBOLS, valign="vcenter")
        else:
            page.formula(row, place, (texts[key], values[key]), WRAPPED, **look)
    page.sheet.set_row(row, 30)


def _texts(formulas: StandardFormulas) -> dict[str, str]:
    say = formulas.board.phrases.verdict
    no_norm = formulas.board.words.say("verdicts.reason.no_norm")
    return {
        "mark": formulas.mark(),
        "verdict": formulas.verdict(),
        "worst": formulas.bound("worst"),
        "best": formulas.bound("best"),
        "known": formulas.core_known(),
        "core": formulas.core(),
        "met": formulas.scored(Verdict.MET),
        "partly_met": formulas.scored(Verdict.PARTLY_MET),
        "not_met": formulas.scored(Verdict.NOT_MET),
        "unknown": formulas.scored(Verdict.UNKNOWN),
        "own_approach": formulas.scored(Verdict.OWN_APPROACH),
        "scored": formulas.count(counts=1),
        "best_met": formulas.count(counts=1, best=say(Verdict.MET)),
        "share": formulas.share(),
        "not_applicable": formulas.count(verdict=say(Verdict.NOT_APPLICABLE)),
        "informative": formulas.count(verdict=say(Verdict.INFORMATIVE)),
        "no_norm": formulas.count(verdict=say(Verdict.UNKNOWN), reason=no_norm),
    }


# --- next steps ---------------------------------------------------------------------------------------------


def _write_next_steps(page: Page, row: int) -> None:
    board = page.board
    page.text(row, 0, board.say("standards.number"), HEADER)
    page.text(row, 1, board.say("standards.standard"), HEADER)
    page.merged(row, NEXT_SPAN, board.say("standards.next"), HEADER)
    page.merged(row, EFFORT, board.say("standards.effort"), HEADER)
    page.merged(row, CAVEAT_SPAN, board.say("standards.caveat"), HEADER)
    page.sheet.set_row(row, 26)
    for place, standard in enumerate(board.dossier.assessment.standards, start=row + 1):
        step, caveat = next_step(board, standard), _caveat(board, standard)
        page.text(place, 0, standard.id, ROW, bold=True, font_color=ACCENT, valign="vcenter")
        page.text(place, 1, board.phrases.short_title(standard.id), WRAPPED)
        page.merged(place, NEXT_SPAN, step, WRAPPED)
        effort = standard.next_step.effort_hours if standard.next_step else 0
        page.merged(place, EFFORT, board.words.whole(effort) if effort else DASH, WRAPPED, align="center")
        page.merged(place, CAVEAT_SPAN, caveat, WRAPPED)
        widths = [spanned(WIDTHS[first : last + 1]) for first, last in (NEXT_SPAN, CAVEAT_SPAN)]
        name = board.phrases.short_title(standard.id)
        page.fit(place, zip((step, caveat, name), (*widths, WIDTHS[1]), strict=True))


def next_step(board: Board, standard: StandardResult) -> str:
    """What lifts a standard's verdict, in a sentence."""
    step = standard.next_step
    if step is None or not step.indicators:
        met = standard.verdict is Verdict.MET
        return board.say("standards.next_none" if met else "standards.next_nothing")
    names = _names(board, step)
    if step.start is Verdict.UNKNOWN:
        return board.say("standards.next_evidence", names=names)
    say = board.phrases.verdict
    return board.say("standards.next_from", start=say(step.start), goal=say(step.goal), names=names)


def _names(board: Board, step: NextStep) -> str:
    names = [f"{board.phrases.title(indicator)} ({indicator})" for indicator in step.indicators]
    return board.phrases.joined(names)


def _caveat(board: Board, standard: StandardResult) -> str:
    structure, process, outcome = standard.dimensions
    mix = board.say("standards.mix", structure=structure, process=process, outcome=outcome)
    found = next((item for item in board.dossier.framework.standards if item.id == standard.id), None)
    return f"{board.words.text(found.caveat)} {mix}" if found else mix
