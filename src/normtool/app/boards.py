"""`board`: the workbook for the board of one network; of several dossiers also a comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from normtool.app.dossiers import GivenDossier, cut_all, in_own_style, named, read_given
from normtool.app.reading import Common, in_order, not_written, refuse
from normtool.app.reporting import told
from normtool.core.comparability import check_comparable
from normtool.core.comparison import network_key
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Circle, Dossier
from normtool.files.outputs import OutputError, check_target, write_files


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRequest:
    """What `board` was asked: dossiers of one network (years) or of several, and the workbook to make."""

    common: Common
    dossiers: tuple[Path, ...]
    target: Path
    member: str = ""
    anonymous: bool = False


def board(request: BoardRequest) -> int:
    """Make the workbook: for one board with its years, or for networks side by side."""
    common, target = request.common, request.target
    given, faults = read_given(common, request.dossiers)
    if any(item.is_error for item in faults) or not given:
        return refuse(common, in_order(faults))
    parts, found = _parts(request, given)
    diagnostics = in_order((*faults, *found))
    if any(item.is_error for item in diagnostics):
        return refuse(common, diagnostics)
    try:
        check_target(target.parent, (target.name,), force=common.force)
        data = _workbook(request, [item.dossier for item in parts])
        write_files(target.parent, {target.name: data}, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    return told(common, target, parts[0], diagnostics)


def _parts(request: BoardRequest, given: tuple[GivenDossier, ...]) -> tuple[tuple[GivenDossier, ...], Diagnostics]:
    """What a board may see of its own dossiers, and networks of each other's; and what keeps them apart."""
    apart = check_comparable(named(given), is_anonymous=request.anonymous) if len(given) > 1 else ()
    networks = {network_key(item.dossier) for item in given}
    circle = Circle.BOARD if len(networks) == 1 and not request.anonymous else Circle.NETWORK
    parts, refused = cut_all(given, circle, request.member)
    return parts, (*apart, *refused)


def _workbook(request: BoardRequest, parts: list[Dossier]) -> bytes:
    from normtool.documents.board_xlsx import board_workbook

    is_of_one = parts[0].circle is Circle.BOARD
    house, words = in_own_style(request.common, parts, is_of_one=is_of_one)
    first, *others = (replace(item, house_style=house) for item in parts)
    return board_workbook(first, words, tuple(others), is_anonymous=request.anonymous)
