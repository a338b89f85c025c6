"""Who treats what, and what is therefore not asked. Source: docs/method.md, Missing rows."""

from __future__ import annotations

import pytest

from normtool.core.evidence import Origin
from normtool.core.expected_rows import owes_volume, treating_in
from normtool.core.forms import FormRequest, expected_rows
from normtool.core.ledger import Ledger, open_ledger
from normtool.core.ready import Offer
from normtool.core.treating import Treating
from tests.conftest import built_in
from tests.core.parted import request
from tests.core.tables import read

MEMBERS = "## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |\n| Z2 | ziekenhuis |\n"
CARE = "## Zorgaanbod\n| Locatie | Groep | Behandelt |\n"
TYPES = "## Tumortypenetwerken\n| Groep | Stand |\n"
COMPLETE = "| Dit overzicht is volledig | ja |\n| "


def ledger(page: str) -> Ledger:
    return open_ledger(built_in(), read(MEMBERS + page)[0])


def complete(sheet: str) -> str:
    """The same sheet, declared complete."""
    return sheet.replace("| ", COMPLETE, 1)


@pytest.mark.parametrize(
    ("page", "kidney", "prostate"),
    [
        ("", None, None),
        (CARE + "| Z1 | Urologisch | nee |", False, False),
        (CARE + "| Z1 | Urologisch | ja |\n| Z1 | Nier | nee |", False, True),
        (CARE + "| Z1 | Urologisch | nee |\n| Z1 | Nier | ja |", True, False),
        (CARE + "| Z2 | Urologisch | nee |", None, None),
        (complete(CARE) + "| Z2 | Urologisch | nee |", False, False),
        (complete(CARE) + "| Z1 | Nier | ja |", True, False),
        (complete(CARE) + "| Z1 | Nier | misschien |", None, False),
        (TYPES + "| Urologisch | niet behandeld |", False, False),
        (TYPES + "| Nier | niet behandeld |", False, None),
        (TYPES + "| Urologisch | niet behandeld |\n" + CARE + "| Z1 | Urologisch | ja |", True, True),
    ],
)
def test_a_location_treats_what_its_own_row_says_else_what_the_network_says(
    page: str, kidney: bool | None, prostate: bool | None
) -> None:
    found = ledger(page)
    treating = treating_in(found)
    assert (treating.treats("Z1", "kidney"), treating.treats("Z1", "prostate")) == (kidney, prostate)
    owed = [owes_volume(found, "Z1", name) for name in ("partial-nephrectomy", "prostatectomy")]
    assert owed == [kidney is not False, prostate is not False]


@pytest.mark.parametrize(
    ("rows", "treats"),
    [
        ("| Z1 | Nier | nee |\n| Z1 | Blaas | nee |\n| Z1 | Prostaat | nee |", False),
        ("| Z1 | Nier | nee |\n| Z1 | Blaas | ja |", True),
        ("| Z1 | Nier | nee |\n| Z1 | Blaas | nee |", None),
    ],
)
def test_a_group_is_treated_when_one_of_its_sub_types_is(rows: str, treats: bool | None) -> None:
    assert treating_in(ledger(CARE + rows)).treats("Z1", "urological") is treats
    assert treating_in(ledger(complete(CARE) + rows)).treats("Z1", "urological") is (treats or False)


def test_a_row_without_an_answer_tells_nothing_even_in_a_complete_overview() -> None:
    page = complete("## Zorgaanbod\n| Locatie | Groep | Behandelt | Echelon |\n") + "| Z1 | Long | | 2 |"
    assert treating_in(ledger(page)).treats("Z1", "lung") is None


def test_a_complete_overview_tells_nothing_of_a_group_that_is_not_expected() -> None:
    found = ledger(complete(CARE) + "| Z2 | Long | ja |")
    assert owes_volume(found, "Z1", "immunotherapy")
    assert not owes_volume(found, "Z1", "lung-resection")


def test_a_treatment_that_the_norms_do_not_know_is_owed() -> None:
    assert owes_volume(ledger(""), "Z1", "unheard-of")


# --- in the form of the year after --------------------------------------------------------------------------------


def treating(*not_treated: str, **said: bool) -> Treating:
    """What was said last year; `UMC_N__lung=False`: the location UMC-N did not treat lung."""
    pairs = {
        (place.replace("_", "-"), group): value for name, value in said.items() for place, group in [name.split("__")]
    }
    groups = built_in().tumour_groups
    return Treating(
        groups={name: group.id for group in groups for name in (group.id, *(part.id for part in group.sub_types))},
        sub_types={group.id: tuple(part.id for part in group.sub_types) for group in groups},
        not_treated=frozenset(not_treated),
        said=pairs,
    )


def named(made: FormRequest, register: str) -> set[tuple[str, str]]:
    """The location and the group or treatment of the expected rows."""
    return {(str(row[0][1]), str(row[1][1])) for row in expected_rows(made, built_in().declared(register))}


def test_a_group_that_was_not_treated_gets_no_rows_of_care_and_volumes() -> None:
    before, now = request(), request(treating=treating("lung", "kidney"))
    gone = {(place, "lung") for place in ("UMC-N", "UMC-Z", "DW", "ML", "SA")}
    assert named(before, "care") - named(now, "care") == gone
    without = {treatment for _, treatment in named(before, "volumes") - named(now, "volumes")}
    bound = {name for norm in built_in().volume_norms if norm.binds_in(2025) for name in norm.treatments}
    kidney = {item.id for item in built_in().treatments if item.group in ("lung", "kidney")} & bound
    assert without == kidney != set()


def test_a_location_that_did_not_treat_a_group_gets_its_care_to_confirm_and_no_volumes() -> None:
    before, now = request(), request(treating=treating(DW__urological=False, DW__prostate=True))
    assert named(before, "care") == named(now, "care")
    gone = named(before, "volumes") - named(now, "volumes")
    assert {place for place, _ in gone} == {"DW"}
    assert ("DW", "prostatectomy") in named(now, "volumes")
    assert ("DW", "cystectomy") in gone


def test_last_years_care_of_a_group_that_is_not_treated_does_not_come_back() -> None:
    def offer(group: str) -> Offer:
        key = ("DW", group)
        named = (("location", "DW"), ("group", group))
        return Offer(
            scope="care",
            key=key,
            origin=Origin.LAST_YEAR,
            cells=(("treats", "nee"),),
            named=named,
            file="f",
            year=2024,
        )

    now = request(treating=treating("kidney"), offers=(offer("kidney"), offer("bladder")))
    assert ("DW", "bladder") in named(now, "care")
    assert ("DW", "kidney") not in named(now, "care")
