"""What the report says: sentences made by rules, in both languages, honest when little is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.assessment import RowState, Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature
from normtool.core.registers import Text
from normtool.documents.views import ReportView, report_view
from normtool.documents.views_annexes import grouped_digest
from normtool.documents.views_indicators import IndicatorView
from normtool.documents.views_registers import column_widths
from normtool.texts import NO_BREAK, Words
from tests.dossier_examples import HOSTILE, mixed, nearly_unknown

NL, EN = Words("nl"), Words("en")


def view(dossier: Dossier | None = None, words: Words = NL) -> ReportView:
    return report_view(dossier if dossier is not None else mixed(), words)


def indicator(report: ReportView, identifier: str) -> IndicatorView:
    return next(row for standard in report.standards for row in standard.rows if row.id == identifier)


def test_the_lead_counts_standards_and_names_what_needs_attention() -> None:
    lead = view().summary.lead
    assert lead.startswith("Eén standaard voldoet, twee voldoen gedeeltelijk en één voldoet niet.")
    assert "Bij twee ontbreekt bewijs" in lead
    assert lead.endswith("standaard 4: shared-care-afspraken.")


def test_when_little_is_known_the_summary_says_so_and_what_to_bring_first() -> None:
    summary = view(nearly_unknown()).summary
    assert summary.mostly_unknown
    assert "geen ‘voldoet niet’" in summary.lead
    assert summary.points_title == "Dit is al bekend"
    minutes = [int(row.minutes.split()[0]) for row in summary.missing]
    assert minutes == sorted(minutes)


def test_an_own_approach_keeps_a_place_among_the_decisions() -> None:
    assert "N4.8" in [point.small for point in view().summary.decisions]


def test_standards_carry_bounds_counts_and_a_reason() -> None:
    report = view()
    second = report.standards[1]
    assert second.verdict.word == "tussen voldoet gedeeltelijk en voldoet"
    assert (second.met_of, second.can_become) == ("4 van 7", "kan 5 worden")
    assert "N2.5" in second.why
    assert report.standards[0].why == "Alle zes kernindicatoren voldoen."


def test_core_stands_before_growth_and_informative() -> None:
    classes = [row.indicator_class for row in view().standards[3].rows]
    assert classes == sorted(classes, key=["core", "growth", "informative"].index)


def test_what_is_not_yet_asked_is_one_line_not_a_row() -> None:
    third = view().standards[2]
    assert "N3-8" in [place for place, _ in third.not_asked]
    assert "N3.8" not in [row.id for row in third.rows]


def test_an_indicator_tells_answer_target_verdict_and_documents() -> None:
    row = indicator(view(), "N4.1")
    assert (row.answer, row.answer_rest, row.answer_notes) == ("6 van 7", "86\u00a0%", ("nee: Huid",))
    assert (row.target, row.target_end) == ("85\u00a0%", "100\u00a0%")
    assert (row.verdict.word, row.verdict.addition) == ("voldoet", "(op groeipad)")
    assert "MDO-overzicht 2025" in row.verdict_notes
    assert row.because
    assert row.cells[0].startswith("voorbeeldland-2026.xlsx › ")


def test_a_gap_counts_what_is_still_needed() -> None:
    assert "nog 4 nodig voor het doel" in indicator(view(), "N4.7").verdict_notes


def test_an_own_approach_is_told_in_full_beside_the_computed_verdict() -> None:
    row = indicator(view(), "N4.8")
    assert row.verdict.verdict is Verdict.OWN_APPROACH
    assert "zonder eigen aanpak: voldoet niet" in row.verdict_notes
    text = row.remarks[0].text
    assert text.startswith("Doel: elke patiënt snel op de juiste plek.")
    assert "31" in text


def test_no_answer_is_a_dash_and_never_a_zero() -> None:
    row = indicator(view(nearly_unknown()), "N4.1")
    assert (row.answer, row.answer_notes) == ("–", ())


def test_rows_that_all_fall_outside_the_question_are_no_answer() -> None:
    dossier = mixed()
    standards = tuple(
        replace(
            standard,
            indicators=tuple(
                replace(item, rows=tuple(replace(row, state=RowState.OUTSIDE) for row in item.rows))
                for item in standard.indicators
            ),
        )
        for standard in dossier.assessment.standards
    )
    shown = view(replace(dossier, assessment=replace(dossier.assessment, standards=standards)))
    assert indicator(view(), "N1.1").answer == "4 van 4"
    assert indicator(shown, "N1.1").answer == "–"


def test_no_norm_is_a_dash_that_does_not_count() -> None:
    row = indicator(view(), "N4.6")
    assert (row.verdict.verdict, row.verdict.word) == (Verdict.NOT_APPLICABLE, "geen norm")
    assert "telt niet mee" in row.verdict_notes


def test_the_next_step_asks_for_evidence_where_the_verdict_is_open() -> None:
    report = view()
    open_step, low_step = report.standards[1].next_step, report.standards[3].next_step
    assert open_step is not None
    assert open_step.is_evidence
    assert low_step is not None
    assert (low_step.start, low_step.goal) == ("voldoet niet", "voldoet gedeeltelijk")


def test_figures_say_their_message() -> None:
    figures = view().figures
    assert "bij elf van de twaalf aantallen" in figures.volumes_lead
    assert "rectumresectie in St. Alba (17)" in figures.volumes_lead
    assert "De Waard" in figures.volumes[0].note
    assert [figure.key for figure in figures.funnels] == ["funnel-N3-3", "funnel-N4-2"]
    assert "St. Alba ligt buiten" in figures.funnels[0].note
    assert figures.paths is not None
    assert figures.paths_lead == "Het doel van deze ronde is gehaald bij drie van deze acht indicatoren."


def test_without_numbers_there_are_no_figures() -> None:
    figures = view(nearly_unknown()).figures
    assert figures.paths is None
    assert not figures.intervals
    assert not figures.volumes


def test_registers_appear_with_labels_and_only_when_filled() -> None:
    tables = {table.key: table for table in view().organisation.tables}
    assert "oncologiecommissie" in tables["meetings"].rows[1][0]
    assert tables["meetings"].rows[2][1:] == ((("Documenten", "D6"),), "In augustus geen bijeenkomst.")
    assert "agreements" not in {table.key for table in view(nearly_unknown()).organisation.tables}


def test_the_patient_council_speaks_in_its_own_words() -> None:
    council = view().organisation.council
    assert council[0].title.startswith("Bij standaard 2")
    assert ("Wat merken patiënten", "Patiënten horen pas laat in welk ziekenhuis zij worden behandeld.") in council[
        0
    ].parts
    assert view(nearly_unknown()).organisation.council == ()


def test_soncos_and_oeci_name_what_is_left_open() -> None:
    organisation = view().organisation
    assert [row.id for row in organisation.requirements[0].rows] == ["N1.1", "N1.2", "N1.3", "N2.1"]
    assert organisation.cross is not None
    assert [title for title, _ in organisation.cross.open_notes] == ["Preventie en vroege opsporing"]


def test_annexes_tell_documents_gaps_and_provenance() -> None:
    annex = view().annex
    used = {row.id: row.used_by for row in annex.documents}
    assert used["D1"] == ("N1.1",)
    assert "N4.1" in used["D4"]
    assert [gap[0] for gap in annex.gaps] == ["N4.3"]
    assert annex.files[0][0] == "voorbeeldland-2026.xlsx"
    assert any(norm.standing == "voorgenomen" for norm in annex.norms)


@pytest.mark.parametrize(
    ("nature", "chips"),
    [
        (DataNature.NETWORK, []),
        (DataNature.FICTIONAL, ["FICTIEF"]),
        (DataNature.PUBLIC_EXERCISE, ["Oefening op openbare teksten; geen oordeel over dit netwerk"]),
    ],
)
def test_status_is_said_on_every_page(nature: DataNature, chips: list[str]) -> None:
    assert [chip.text for chip in view(mixed(nature)).furniture.chips] == chips
    draft = replace(mixed(nature), draft=True)
    assert [chip.text for chip in view(draft).furniture.chips] == ["VOORLOPIG", *chips]
    assert len(view(draft).cover.notices) == len(chips) + 2


def test_english_has_no_dutch_left() -> None:
    report = view(words=EN)
    assert report.summary.lead.startswith("One standard is met, two are partly met and one is not met.")
    assert indicator(report, "N4.1").answer_notes == ("no: Skin",)
    assert report.furniture.document == "review report 2026 · intended for: review team"


def test_a_first_cycle_says_not_yet() -> None:
    assert view(nearly_unknown()).standards[0].verdict.word == "voldoet nog niet"


def test_texts_of_users_are_left_as_they_are() -> None:
    report = view(mixed(explanation=HOSTILE))
    assert indicator(report, "N3.7").remarks[0].text == HOSTILE


def test_column_widths_never_exceed_the_page() -> None:
    widths = column_widths([("a", "b" * 40, "c " * 90), ("", "", "")])
    assert sum(widths) <= 100
    assert widths[0] < widths[2]


def test_digests_are_grouped() -> None:
    assert grouped_digest("7f3a19c2e04bff") == "7F3A 19C2 E04B"
    assert grouped_digest("7f3a19", whole=True) == "7F3A 19"


def test_a_number_at_the_end_of_a_document_stays_with_its_word() -> None:
    notes = [note for item in view().standards for row in item.rows for note in row.verdict_notes]
    assert any(f"blz.{NO_BREAK}" in note for note in notes)
    assert not any(note.endswith(tuple(f" {number}" for number in range(100))) for note in notes)


def test_a_summary_with_many_words_is_set_smaller() -> None:
    assert not view().summary.is_tight
    dossier, caveat = mixed(), Text(nl="Dit oordeel zegt niet alles. " * 7, en="")
    standards = tuple(replace(item, caveat=caveat) for item in dossier.framework.standards)
    wordy = replace(dossier, framework=replace(dossier.framework, standards=standards))
    assert view(wordy).summary.is_tight
