"""The sheets of bottlenecks: by who can solve them; of one network, or of several with theirs beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from normtool.core.comparison import Comparison
from normtool.core.comparison_learning import bottlenecks_of
from normtool.core.evidence import RegisterRow
from normtool.core.ledger import text_in, texts_in
from normtool.documents.board_networks import column_labels
from normtool.documents.board_styles import ROW, TABLE_ROW, Board, Page
from normtool.documents.board_values import row_text

KEYS = ("owner", "description", "request", "indicators")
WIDTHS = (32, 70, 52, 30)
NETWORK_WIDTH = 18
UNNAMED_WIDTHS = (60, 80)
UNNAMED = ("heading_anonymous", "without_texts")
"""Title and lead where the networks have no names."""
WRAPPED = {**ROW, "text_wrap": True}


def write_bottlenecks(board: Board) -> None:
    """Write the sheet."""
    if board.networks is not None:
        _write_networks(board, board.networks)
        return
    listed, nobody = (*_listed(board), *_beside_answers(board)), _nobody(board)
    found = sorted(listed, key=lambda item: (item[0] == nobody, item[0].casefold()))
    headers = [board.say(f"bottlenecks.{key}") for key in KEYS]
    _write(Page(board, "bottlenecks", WIDTHS), headers, found)


def _write(page: Page, headers: Sequence[str], found: Sequence[Sequence[str]]) -> None:
    """A row for each, the first column in bold."""
    board = page.board
    one = "" if board.networks is None else "_networks"
    title, lead = board.say("bottlenecks.title"), board.say(f"bottlenecks.lead{one}")
    if board.networks is not None and board.networks.is_anonymous:
        title, lead = (board.words.say(f"comparison.bottlenecks.{key}") for key in UNNAMED)
    first = page.open_table(title, lead, headers)
    for row, texts in enumerate(found, start=first):
        for place, text in enumerate(texts):
            page.text(row, place, text, WRAPPED, bold=place == 0)
        page.fit(row, zip(texts, page.widths, strict=True))
    if found:
        page.sheet.autofilter(TABLE_ROW, 0, first + len(found) - 1, len(headers) - 1)
    else:
        page.text(first, 0, board.say(f"bottlenecks.none{one}"))
    page.close()
    page.sheet.freeze_panes(first, 1)


# --- of one network -----------------------------------------------------------------------------------------


def _listed(board: Board) -> Iterator[tuple[str, str, str, str]]:
    register = board.dossier.framework.register("bottlenecks")
    if register is None:
        return
    for row in board.dossier.evidence.register("bottlenecks").rows:
        owner, description, request = (row_text(board, register, row, key) for key in KEYS[:3])
        yield owner or _nobody(board), description, request, _titles(board, _touched(row))


def _beside_answers(board: Board) -> Iterator[tuple[str, str, str, str]]:
    """Bottlenecks that were written beside an indicator."""
    for answer in board.dossier.evidence.answers:
        if answer.bottleneck is not None and answer.bottleneck.value.strip():
            yield _nobody(board), answer.bottleneck.value, "", _titles(board, (answer.indicator,))


def _nobody(board: Board) -> str:
    """What stands where is not said who can solve it."""
    return board.words.say("comparison.bottlenecks.nobody")


def _touched(row: RegisterRow) -> tuple[str, ...]:
    return texts_in(row, "indicators") or ((text,) if (text := text_in(row, "indicators")) else ())


def _titles(board: Board, ids: Iterable[str]) -> str:
    return "; ".join(f"{indicator} {board.phrases.title(indicator)}" for indicator in ids)


# --- of several networks ------------------------------------------------------------------------------------


def _write_networks(board: Board, networks: Comparison) -> None:
    """Whose each is stands behind who can solve it; without names only which networks see one for an indicator."""
    if networks.is_anonymous:
        headers = [board.say(f"bottlenecks.{key}") for key in ("indicators", "networks")]
        _write(Page(board, "bottlenecks", UNNAMED_WIDTHS), headers, list(_touched_by(board, networks)))
        return
    headers = [board.say(f"bottlenecks.{key}") for key in (KEYS[0], "network", *KEYS[1:])]
    labels, nobody = column_labels(board, networks), _nobody(board)
    found = [
        (group.owner or nobody, labels[item.column], item.description, item.request, _titles(board, item.indicators))
        for group in bottlenecks_of(networks, board.dossiers)
        for item in group.bottlenecks
    ]
    _write(Page(board, "bottlenecks", (WIDTHS[0], NETWORK_WIDTH, *WIDTHS[1:])), headers, found)


def _touched_by(board: Board, networks: Comparison) -> Iterator[tuple[str, str]]:
    """Every indicator that a bottleneck touches, with the networks that see one."""
    labels = column_labels(board, networks)
    found = [item for group in bottlenecks_of(networks, board.dossiers) for item in group.bottlenecks]
    for indicator in networks.framework.indicators:
        columns = sorted({item.column for item in found if indicator.id in item.indicators})
        if columns:
            yield _titles(board, (indicator.id,)), ", ".join(labels[column] for column in columns)
