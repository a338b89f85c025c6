"""Rows beside rows: expected ones that are missing, and care that another sheet denies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from normtool.core.standards import Framework
from tests.core.judging import judged, norms
from tests.core.tables import seen

PLAIN: dict[str, Any] = {"kind": "yes_no"}
MEMBERS = "## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |\n| Z2 | ziekenhuis |\n"
TYPES = "## Tumortypenetwerken\n{}| Groep | Stand | Toelichting |\n"
CARE = "## Zorgaanbod\n{}| Locatie | Groep | Behandelt | Toelichting |\n"
VOLUMES = "## Volumes\n{}| Locatie | Behandeling | Jaar | Aantal | Toelichting |\n"
COMPLETE = "| Dit overzicht is volledig | ja |\n"
INCOMPLETE = "| Dit overzicht is volledig | nee |\n"


def asked(page: str, framework: Framework | None = None, code: str = "") -> list[str]:
    """The questions about rows, or those with one code."""
    found = seen(judged(framework or norms(PLAIN), page)[1])
    codes = (code,) if code else ("NT434", "NT444", "NT445", "NT449")
    return [line for line in found if line[:5] in codes]


# --- missing -------------------------------------------------------------------------------------------------------


def test_a_sheet_that_is_mostly_filled_in_and_lacks_rows() -> None:
    page = TYPES + "| Huid | eigen netwerk | |\n| Longen | eigen netwerk | |"
    question = "Tumortypenetwerken sheet=Tumortypenetwerken count=1 names=Bot en weke delen"
    assert asked(page.format("")) == [f"NT444 {question}"]
    assert asked(page.format(COMPLETE)) == [f"NT445 {question}"]
    assert asked(page.format(INCOMPLETE)) == []


def test_a_sheet_that_is_mostly_empty_is_still_being_filled_in() -> None:
    page = TYPES + "| Huid | eigen netwerk | |"
    assert asked(page.format("")) == []
    assert asked((TYPES + "| Huid | | |\n| Longen | | |").format("")) == []
    assert asked(page.format(COMPLETE)) == [
        "NT445 Tumortypenetwerken sheet=Tumortypenetwerken count=2 names=Bot en weke delen; Long"
    ]


def test_the_first_three_missing_rows_are_named() -> None:
    rows = "".join(f"| {place} | Huid | ja | |\n" for place in ("Z1", "Z2"))
    (line,) = asked(MEMBERS + CARE.format(COMPLETE) + rows)
    assert line == (
        "NT445 Zorgaanbod sheet=Zorgaanbod count=4 names=Z1 Bot en weke delen; Z1 Long; Z2 Bot en weke delen"
    )


def test_a_sub_type_that_is_missing_is_named() -> None:
    page = (TYPES + "| Huid | eigen netwerk | |\n| Longen | eigen netwerk | |\n| Bot | eigen netwerk | |").format("")
    assert asked(page) == ["NT444 Tumortypenetwerken sheet=Tumortypenetwerken count=1 names=Weke delen"]


def test_a_body_that_an_indicator_asks_for_is_named_by_its_kind() -> None:
    given = {
        "kind": "coverage",
        "register": "Overlegvormen",
        "where": [{"one_of": {"Soort": ["PAR", "bestuurlijk"]}}],
        "tests": [{"at_least": {"Gehouden": 1}}],
        "path": 1,
    }
    page = "## Overlegvormen\n| Naam | Soort | Gehouden |\n| RvB | bestuurlijk | 2 |\n| DB | dagelijks bestuur | 9 |"
    assert asked(page, norms(given)) == ["NT444 Overlegvormen sheet=Overlegvormen count=1 names=PAR"]


@pytest.mark.parametrize("wrong", ["| Groen | eigen netwerk | |", "| Bot en weke dele | eigen netwerk | |"])
def test_a_name_that_must_be_corrected_may_be_the_row_that_is_missed(wrong: str) -> None:
    page = (TYPES + "| Huid | eigen netwerk | |\n| Longen | eigen netwerk | |\n").format("")
    assert len(asked(page)) == 1
    assert asked(page + wrong) == []


def test_volumes_are_expected_for_norms_in_force() -> None:
    framework = norms({"kind": "volume", "category": "intervention", "path": 1})
    few = [item for item in framework.volume_norms if item.treatments[0] in ("gastrectomy", "prostatectomy")]
    page = MEMBERS + VOLUMES.format("") + "| Z1 | Maagresectie | 2025 | 24 | |\n| Z2 | Maagresectie | 2025 | 0 | |\n"
    page += "| Z1 | Radicale prostatectomie | 2024 | 0 | |\n| Z2 | Radicale prostatectomie | 2025 | | |"
    assert asked(page, replace(framework, volume_norms=tuple(few))) == [
        "NT444 Volumes sheet=Volumes count=1 names=Z2 Radicale prostatectomie"
    ]
    assert asked(page, replace(framework, volume_norms=())) == []


# --- contradicted --------------------------------------------------------------------------------------------------

LUNG = TYPES.format("") + "| Longen | {} | {} |\n"
CARE_OF_LUNG = MEMBERS + CARE.format("") + "| Z1 | Longen | ja | {} |\n| Z2 | Longen | {} | {} |\n"


def test_locations_treat_what_the_network_does_not() -> None:
    page = CARE_OF_LUNG.format("", "ja", "") + LUNG.format("niet behandeld", "")
    assert asked(page, code="NT434") == [
        "NT434 Zorgaanbod!C2 sheet=Tumortypenetwerken (not_treated: Tumortypenetwerken!B2) (treated: Zorgaanbod!C3)"
    ]
    page = CARE_OF_LUNG.format("", "nee", "") + LUNG.format("niet behandeld", "")
    assert asked(page, code="NT434") == [
        "NT434 Zorgaanbod!C2 sheet=Tumortypenetwerken (not_treated: Tumortypenetwerken!B2)"
    ]


@pytest.mark.parametrize(
    ("first", "second", "network", "code"),
    [
        ("", "", "", "NT434"),
        ("Poli", "", "", "NT434"),
        ("Poli", "Poli", "", "NT449"),
        ("", "", "Alleen nazorg", "NT449"),
    ],
)
def test_what_the_network_does_not_treat_may_be_explained(first: str, second: str, network: str, code: str) -> None:
    page = CARE_OF_LUNG.format(first, "ja", second) + LUNG.format("niet behandeld", network)
    assert [line[:5] for line in asked(page)] == [code]


@pytest.mark.parametrize("state", ["eigen netwerk", "", "?", "onzin"])
def test_care_that_the_network_does_not_deny(state: str) -> None:
    assert asked(CARE_OF_LUNG.format("", "ja", "") + LUNG.format(state, ""), code="NT434") == []


@pytest.mark.parametrize(
    ("denied", "treated", "asks"),
    [
        ("Bot en weke delen", "Bot", True),
        ("Bot", "Bot", True),
        ("Bot", "Bot en weke delen", False),
        ("Bot", "Weke delen", False),
        ("Groen", "Groen", False),
    ],
)
def test_who_denies_a_group_denies_its_sub_types(denied: str, treated: str, *, asks: bool) -> None:
    page = MEMBERS + CARE.format("") + f"| Z1 | {treated} | ja | |\n"
    page += TYPES.format("") + f"| {denied} | niet behandeld | |"
    assert bool(asked(page, code="NT434")) is asks


RESECTIONS = VOLUMES.format("") + "| Z1 | {} | {} | {} | {} |"


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        (("Longresectie", 2025, 3, ""), True),
        (("Longresectie", 2025, 0, ""), False),
        (("Longresectie", 2025, "?", ""), False),
        (("Longresectie", 2024, 3, ""), False),
        (("Maagresectie", 2025, 3, ""), False),
        (("Knieprothese", 2025, 3, ""), False),
    ],
)
def test_treatments_of_a_group_that_the_location_does_not_treat(row: tuple[object, ...], *, asks: bool) -> None:
    page = MEMBERS + CARE.format("") + "| Z1 | Longen | nee | |\n" + RESECTIONS.format(*row)
    question = "NT434 Volumes!D2 sheet=Zorgaanbod (not_treated: Zorgaanbod!A2)"
    assert asked(page, code="NT434") == ([question] if asks else [])


def test_treatments_that_are_denied_may_be_explained() -> None:
    page = MEMBERS + CARE.format("") + "| Z1 | Longen | nee | {} |\n"
    for care, volume in (("Gestopt in juni", ""), ("", "Gestopt in juni")):
        found = asked(page.format(care) + RESECTIONS.format("Longresectie", 2025, 3, volume))
        assert [line[:29] for line in found] == ["NT449 Volumes!D2 code=NT434 ("]


def test_treatments_of_a_group_that_the_network_does_not_treat() -> None:
    page = MEMBERS + LUNG.format("niet behandeld", "") + RESECTIONS.format("Longresectie", 2025, 3, "")
    assert asked(page, code="NT434") == [
        "NT434 Volumes!D2 sheet=Tumortypenetwerken (not_treated: Tumortypenetwerken!A2)"
    ]


def test_a_part_of_a_group_that_is_treated_explains_its_treatments() -> None:
    page = MEMBERS + CARE.format("") + "| Z1 | Bot en weke delen | nee | |\n| Z1 | Weke delen | {} | |\n"
    page += RESECTIONS.format("Behandeling wekedelentumoren", 2025, 3, "")
    assert asked(page.format("ja"), code="NT434") == []
    assert len(asked(page.format("nee"), code="NT434")) == 1


def test_a_norm_without_volumes_asks_nothing_of_them() -> None:
    framework = norms(PLAIN)
    small = replace(framework, registers=tuple(item for item in framework.registers if item.id == "tumour_types"))
    assert asked(TYPES.format("") + "| Huid | niet behandeld | |", small) == []
