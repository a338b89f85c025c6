"""What a form asks of frameworks with registers of another make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from normtool.core.forms import FormMember, FormRequest, expected_rows, used_choices
from normtool.core.registers import ColumnType, Expected, Register
from normtool.core.standards import Framework
from tests import cases
from tests.core.judging import norms

MEMBERS = (FormMember(id="Z1", name="Alba", kind="hospital"),)


def request(framework: Framework) -> FormRequest:
    """A form for one hospital."""
    return FormRequest(
        framework=framework,
        code="ALBA",
        name="Alba",
        assessment_year=2026,
        reporting_year=2025,
        reference_date=date(2025, 12, 31),
        members=MEMBERS,
    )


def without(register: Register, column_type: ColumnType) -> Register:
    """The register without its columns of this type."""
    return replace(register, columns=tuple(item for item in register.columns if item.type is not column_type))


def test_care_and_volumes_are_filled_in_beforehand_only_where_their_columns_are_there() -> None:
    volume = {"kind": "volume", "category": "intervention", "path": 1}
    made = request(norms(volume))
    care, volumes = cases.register_of("Zorgaanbod"), cases.register_of("Volumes")
    assert len(expected_rows(made, care)) == 3
    assert (("location", "Z1"), ("treatment", "gastrectomy"), ("year", 2025)) in expected_rows(made, volumes)
    assert expected_rows(made, without(care, ColumnType.LOCATION)) == ()
    assert expected_rows(made, without(care, ColumnType.GROUP)) == ()
    for column_type in (ColumnType.LOCATION, ColumnType.TREATMENT, ColumnType.YEAR):
        assert expected_rows(made, without(volumes, column_type)) == ()


def test_choices_come_from_filters_on_the_expected_column_only() -> None:
    board = {
        "kind": "coverage",
        "register": "Overlegvormen",
        "where": [{"is": {"Alle ziekenhuizen vertegenwoordigd": "ja"}}, {"is": {"Soort": "bestuurlijk"}}],
        "tests": [{"at_least": {"Gehouden": 1}}],
        "at_least_rows": 1,
    }
    policy = {**board, "where": [{"filled": "Reglement"}, {"one_of": {"Soort": ["beleid", "PAR"]}}]}
    meetings = cases.register_of("Overlegvormen")
    assert list(used_choices(request(norms(board, policy)), meetings)) == ["board", "patient_council", "policy"]
    other = replace(meetings, expected=Expected.CHOICES_USED, expected_column=None)
    assert expected_rows(request(norms(board)), other) == ()
