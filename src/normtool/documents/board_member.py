"""The sheet of one member: its own rows beside the result of the whole network; no other member is on it."""

from __future__ import annotations

from normtool.core.assessment import IndicatorResult, RowResult, RowState, Verdict
from normtool.core.places import column_letters
from normtool.core.volumes import missed
from normtool.documents.board_colours import MARKS
from normtool.documents.board_formulas import letter
from normtool.documents.board_styles import ROW, SYMBOLS, TABLE_ROW, Board, Page
from normtool.documents.regional import places_of
from normtool.telling.retelling import row_reason
from normtool.telling.volume_texts import compared_words, verdict_words

COLUMNS = ("id", "indicator", "network_mark", "network", "network_finding", "row", "mark", "own", "figure", "reason")
WIDTHS = (7, 36, 6, 22, 24, 28, 6, 21, 24, 30)
VERDICTS = {
    RowState.MET: Verdict.MET,
    RowState.PARTLY_MET: Verdict.PARTLY_MET,
    RowState.NOT_MET: Verdict.NOT_MET,
    RowState.UNDECIDED: Verdict.UNKNOWN,
    RowState.COUNTED: Verdict.INFORMATIVE,
}
"""What a row of this member says; one outside the question is left out."""
WRAPPED = {**ROW, "text_wrap": True}
OWN_MARK, NETWORK_MARK = COLUMNS.index("mark"), COLUMNS.index("network_mark")


def write_member(board: Board) -> None:
    """Write the sheet: a line for every row of an indicator that is about this member or a location of it."""
    member = board.dossier.part.member if board.dossier.part is not None else ""
    ids = places_of(board.dossier, member)
    page = Page(board, "member", WIDTHS)
    name = board.phrases.names().get(member, member)
    title, lead = board.say("member.title", name=name), board.say("member.lead", sheet=board.sheet("indicators"))
    first = page.open_table(title, lead, [board.say(f"member.{key}") for key in COLUMNS])
    row = first
    for result in board.dossier.assessment.indicators:
        for own in result.rows:
            if not ids.isdisjoint(own.key) and own.state in VERDICTS:
                _write_row(page, row, result, (own, _row_name(board, own, member)))
                row += 1
    last = max(first, row - 1)
    if row == first:
        page.text(row, 0, board.say("member.none"))
    else:
        page.sheet.autofilter(TABLE_ROW, 0, last, len(COLUMNS) - 1)
    for mark in (NETWORK_MARK, OWN_MARK):
        page.paint_verdicts((first, mark, last, mark + 1), (column_letters(mark + 1), dict(MARKS)))
    page.sheet.freeze_panes(first, 2)
    page.close()


def _write_row(page: Page, row: int, result: IndicatorResult, named: tuple[RowResult, str]) -> None:
    board, (own, name) = page.board, named
    place = [item.id for item in board.dossier.assessment.indicators].index(result.id) + TABLE_ROW + 2
    there = board.reference("indicators")
    verdict = VERDICTS[own.state]
    texts = {
        "indicator": board.phrases.title(result.id),
        "network_finding": board.phrases.finding(result),
        "row": name,
        "own": _own_words(board, own),
        "figure": _figure(board, own),
        "reason": row_reason(own, board.words),
    }
    page.link(row, 0, (f"{there}A{place}", result.id), WRAPPED)
    for key, text in texts.items():
        page.text(row, COLUMNS.index(key), text, WRAPPED, bold=key == "own")
    mark = (f"{there}{letter(board, 'mark')}{place}", MARKS[result.verdict])
    page.formula(row, NETWORK_MARK, mark, ROW, SYMBOLS)
    word = (f"{there}{letter(board, 'verdict')}{place}", board.phrases.verdict(result.verdict))
    page.formula(row, COLUMNS.index("network"), word, WRAPPED, bold=True)
    page.text(row, OWN_MARK, MARKS[verdict], ROW, SYMBOLS)
    page.fit(row, [(text, WIDTHS[COLUMNS.index(key)]) for key, text in texts.items()])


def _own_words(board: Board, own: RowResult) -> str:
    """What a row comes to, in the words of the board's report: of a number beside its norm, else whether it is so."""
    check = next((item for item in own.checks if item.is_bound and item.state is own.state), None)
    if check is not None:
        return verdict_words(check, board.words)
    return board.words.say(f"board_report.member.state.{own.state.value}")


def _row_name(board: Board, own: RowResult, member: str) -> str:
    """What a row is about besides the member itself: a tumour group, a treatment, a location."""
    names = board.phrases.names()
    return ", ".join(names.get(part, part) for part in own.key if part not in ("", member)) or board.say(
        "member.whole"
    )


def _figure(board: Board, own: RowResult) -> str:
    """The number behind a row, beside its norm where it has one; withheld where it is masked."""
    if own.is_masked:
        return board.words.say("verdicts.masked")
    check = missed(own) or next((item for item in own.checks if item.is_bound), None)
    norm = next((item for item in board.dossier.framework.volume_norms if check and item.id == check.norm), None)
    if check is not None and norm is not None:
        return board.say("member.beside_norm", number=compared_words(check, norm, board.words), minimum=norm.minimum)
    if own.share is not None and own.share.denominator:
        part, whole = board.words.whole(own.share.numerator), board.words.whole(own.share.denominator)
        return board.say("finding.share", percent=board.words.share(own.share), met=part, all=whole)
    return board.words.whole(own.number) if own.number is not None else ""
