"""How full a standard's last page gets, by estimate: a nearly empty one is shared with the next standard."""

from __future__ import annotations

from math import ceil

from normtool.documents.views_figures import FiguresView
from normtool.documents.views_indicators import IndicatorView, StandardView, StepView
from normtool.documents.views_iza import IzaView
from normtool.documents.views_region import RegionView

PAGE = 252.0
"""Height of the text on a page, in mm."""
SHARED_BELOW = 0.5
"""A last page less full than this is shared."""
LINE, SMALL_LINE = 4.25, 3.9
WIDE_MAP = 4
"""Sub-networks beside each other that leave room for long titles."""
CAUTION = 1.05
"""Rather too high: a standard that was thought to spill over and does not, just starts the next page full."""


def shared_pages(standards: tuple[StandardView, ...], before: float = PAGE) -> tuple[bool, ...]:
    """Which sections start on the page where the one before ends: each standard, and what follows the last.

    `before`: how high the section before the first standard is, in mm.
    """
    shared: list[bool] = []
    end = before
    for standard in standards:
        shared.append(_is_roomy(end))
        end = (end % PAGE if shared[-1] else 0) + height(standard)
    return (*shared, _is_roomy(end))


def _is_roomy(end: float) -> bool:
    return 0 < end % PAGE < PAGE * SHARED_BELOW


def height(standard: StandardView) -> float:
    """About how high a standard is on paper, in mm."""
    head = 46 + 5.6 * _lines(standard.title, 85) + LINE * max(4, _lines(standard.why, 40))
    notes = (
        SMALL_LINE
        * (
            _lines(standard.caveat + standard.mix, 130)
            + _lines(", ".join(text for _, text in standard.not_asked), 130)
        )
        + 4
    )
    return CAUTION * (head + sum(_row(row) for row in standard.rows) + notes + _step(standard.next_step))


def _row(row: IndicatorView) -> float:
    first = LINE * _lines(f"{row.id} {row.title}", 38) + SMALL_LINE * _lines(row.question, 47)
    answer = LINE * _lines(f"{row.answer}, {row.answer_rest}", 20) + SMALL_LINE * _sum(row.answer_notes, 21)
    verdict = LINE + SMALL_LINE * _sum(row.verdict_notes, 28)
    target = LINE * _lines(f"{row.target} {row.target_end}", 16) + (3.5 if row.steps else 0) + 4.5
    remarks = sum(2 + 4.1 * _lines(f"{remark.heading}. {remark.text}", 112) for remark in row.remarks)
    origin = 2 + 4.1 * _lines(row.origin.text, 105) if row.origin is not None else 0
    return 2.8 + max(first, answer, verdict, target) + remarks + origin


def _step(step: StepView | None) -> float:
    if step is None:
        return 0.0
    return 23 + sum(1 + 4.9 * _lines(f"{text} {small}", 88) for _, text, small in step.lines)


def height_before(figures: FiguresView, region: RegionView | None) -> float:
    """About how high the pictures before the first standard are: the region where it has none."""
    has_pictures = figures.paths is not None or figures.intervals or figures.volumes
    return figures_height(figures) if region is None or has_pictures else region_height(region)


def iza_follows(iza: IzaView, figures: FiguresView, before: float) -> bool:
    """Whether concentration and spreading goes on where what stands before it ends.

    After volumes or echelons it always does: where those end cannot be foretold, and it breaks by itself.
    """
    return _is_long(figures) or 0 < before % PAGE <= PAGE - iza_height(iza)


def height_with(iza: IzaView | None, figures: FiguresView, before: float) -> float:
    """About how high all that stands before the first standard is; a whole page when that cannot be foretold."""
    if iza is None:
        return before
    if _is_long(figures):
        return PAGE
    return iza_height(iza) + (before if iza_follows(iza, figures, before) else 0)


def _is_long(figures: FiguresView) -> bool:
    return bool(figures.volumes) or figures.echelons is not None


def iza_height(iza: IzaView) -> float:
    """About how high the section on concentration and spreading is, in mm."""
    height = 36 + 5.6 * _lines(iza.lead, 85) + 4 * len(iza.differences)
    for row in iza.rows:
        height += 6.8 + (SMALL_LINE if any(step.addition for step in row.steps) else 0)
        height += 2 + 4.1 * _lines(row.remark + row.documents, 112) if row.remark or row.documents else 0
    return height + (86 if iza.dates is not None else 0)


def figures_height(figures: FiguresView) -> float:
    """About how high the pictures are when there are only paths; a whole page when there is more."""
    if figures.paths is None or figures.intervals or figures.volumes or figures.echelons:
        return PAGE
    return 40 + 52.0 * len(figures.paths.pictures)


def region_height(region: RegionView) -> float:
    """About how high the section on the region and its sub-networks is, in mm."""
    height = 40 + 5.6 * _lines(region.lead, 85) + 5 * len(region.absent)
    for row in region.sub_networks:
        height += 2.8 + LINE * max(2, _lines(f"{row.code} {row.name}", 30), _lines(row.hospitals, 45))
    for part in region.maps:
        room = 46 if len(part.heads) <= WIDE_MAP else 32
        rows = [row for block in part.blocks for row in block.rows]
        height += 14 + 1.8 * len(part.blocks) + sum(1.1 + SMALL_LINE * _lines(row.title, room) for row in rows)
    for difference in region.differences:
        most = max(len(difference.met), len(difference.below))
        height += 2.8 + LINE * max(1, _lines(f"{difference.id} {difference.title}", 36), ceil(most / 3))
    return height


def _lines(text: str, letters: int) -> int:
    return ceil(len(text) / letters)


def _sum(texts: tuple[str, ...], letters: int) -> int:
    return sum(_lines(text, letters) for text in texts)
