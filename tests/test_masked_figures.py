"""Numbers of patients that are withheld: in the report the row stays, with the word for it and nothing drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from normtool.core.assessment import IndicatorResult
from normtool.core.dossier import Dossier
from normtool.core.kinds import Pooled
from normtool.documents.views import ReportView, report_view
from normtool.texts import Words
from tests.dossier_examples import mixed

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"nl": "afgeschermd", "en": "withheld"}


def masked_row(result: IndicatorResult) -> IndicatorResult:
    """Its first row without its numbers."""
    first, *rest = result.rows
    return replace(result, rows=(replace(first, share=None, interval=None, number=None, is_masked=True), *rest))


def masked_whole(result: IndicatorResult) -> IndicatorResult:
    """No numbers at all."""
    rows = tuple(replace(row, share=None, interval=None, number=None, is_masked=True) for row in result.rows)
    return replace(result, rows=rows, value=None, interval=None, is_masked=True)


def has_shares(result: IndicatorResult) -> bool:
    """Whether there is anything to hide."""
    return bool(result.rows) and result.rows[0].interval is not None


def shown(language: str, mask: Callable[[IndicatorResult], IndicatorResult]) -> ReportView:
    """The report on the mixed network with every pooled share masked."""
    dossier = mixed()
    pooled = {item.id for item in dossier.framework.indicators if isinstance(item.kind, Pooled)}
    standards = tuple(
        replace(
            standard,
            indicators=tuple(
                mask(item) if item.id in pooled and has_shares(item) else item for item in standard.indicators
            ),
        )
        for standard in dossier.assessment.standards
    )
    changed: Dossier = replace(dossier, assessment=replace(dossier.assessment, standards=standards))
    return report_view(changed, Words(language))


def dots(view: ReportView) -> int:
    """How many dots stand in the pictures of shares."""
    pictures = [ET.fromstring(str(picture)) for item in view.figures.intervals for picture in item.pictures]
    return sum(len(picture.findall(f".//{SVG}circle")) for picture in pictures)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_masked_row_stays_with_its_name_and_the_word(language: str) -> None:
    open_view, view = report_view(mixed(), Words(language)), shown(language, masked_row)
    assert len(view.figures.intervals) == len(open_view.figures.intervals) > 0
    for before, after in zip(open_view.figures.intervals, view.figures.intervals, strict=True):
        assert [row[0] for row in after.table.rows] == [row[0] for row in before.table.rows]
        assert after.table.rows[0] == (before.table.rows[0][0], WORDS[language], "", "")
        assert after.table.rows[1:] == before.table.rows[1:]
        assert WORDS[language] in str(after.pictures[0])
    assert dots(view) == dots(open_view) - 2 * len(view.figures.intervals)  # each dot has an edge


def test_where_a_row_is_masked_no_institution_is_drawn_from_what_is_left() -> None:
    assert report_view(mixed(), Words("nl")).figures.funnels != ()
    assert shown("nl", masked_row).figures.funnels == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_masked_indicator_has_the_word_for_its_answer_and_no_path(language: str) -> None:
    view = shown(language, masked_whole)
    rows = {row.id: row for standard in view.standards for row in standard.rows}
    assert rows["N3.3"].answer == WORDS[language]
    assert (rows["N3.3"].answer_rest, rows["N3.3"].answer_notes) == ("", ())
    assert dots(view) == 0
    assert view.figures.paths is not None
    drawn = " ".join(map(str, view.figures.paths.pictures))
    assert "N3.3" not in drawn
    assert "N4.2" not in drawn
