"""The sheet that lays side by side: several networks, or the years of one."""

from __future__ import annotations

from normtool.documents.board_networks import write_networks
from normtool.documents.board_styles import Board
from normtool.documents.board_years import write_years


def write_comparison(board: Board) -> None:
    """Write the sheet."""
    if board.networks is not None:
        write_networks(board, board.networks)
    else:
        write_years(board)
