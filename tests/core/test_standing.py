"""Where each part stands: counted on what was read, by the rules that colour the open cells of the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from normtool.core.asked import AskedColumns, open_cells
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.forms import FormRequest
from normtool.core.grids import Grid, Sheet
from normtool.core.intake import take_in
from normtool.core.kinds import Coverage, Filled, IsNot
from normtool.core.parts import NETWORK, PartKind
from normtool.core.places import FilePlace
from normtool.core.rules_parts import OTHER_FORMAT
from normtool.core.standards import Framework
from normtool.core.standing import PartStanding, StandingOfParts, State, stand
from tests.conftest import built_in
from tests.core.parted import MEMBERS, part
from tests.core.tables import form, seen

OWN = "## Deelnemers\n| Id | Naam | Soort | Rol | Uitwisseling met alle | Bericht huisarts |\n"
CARE = "## Zorgaanbod\n| Dit overzicht is volledig | {said} |\n| Locatie | Groep | Behandelt | Vast aanspreekpunt |\n"
VOLUMES = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Stand | Bron |\n"
GROUP = "## Tumortypenetwerken\n| Groep | Stand | Bijeenkomsten |\n"
DOCUMENTS = "## Documenten\n| Id | Titel |\n"
EXPECTED = [group.id for group in built_in().tumour_groups if group.expected]
GROUPS = [group.name.nl for group in built_in().tumour_groups if group.expected]
BOUND = sorted({name for norm in built_in().volume_norms if norm.binds_in(2025) for name in norm.treatments})
TREATMENTS = [item for item in built_in().treatments if item.id in BOUND and item.category == "intervention"]
INTERVENTIONS = [item.name.nl for item in TREATMENTS]
GROUP_OF = {
    name: group.id for group in built_in().tumour_groups for name in (group.id, *(s.id for s in group.sub_types))
}

OWED = [item for item in TREATMENTS if GROUP_OF[item.group] not in EXPECTED[:4]]
"""The treatments of groups that a hospital which has answered four groups, each with *nee*, may still treat."""


def hospital(name: str, filled: int = 11, said: str = "", *, file: str = "", treats: str = "nee") -> Grid:
    """A hospital's part with so many of its groups answered; with all of them everything else is too."""
    done = filled == 11
    title, kind, role = next((m.name, "ziekenhuis", "ondertekenaar") for m in MEMBERS if m.id == name)
    page = OWN + f"| {name} | {title} | {kind} | {role} | {'ja' if filled else ''} | {'ja' if filled else ''} |\n"
    page += CARE.format(said=said)
    page += "".join(f"| {name} | {group} | {treats if n < filled else ''} | |\n" for n, group in enumerate(GROUPS))
    count, standing = ("0", "definitief") if done else ("", "")
    page += VOLUMES + "".join(f"| {name} | {item} | 2025 | {count} | {standing} | |\n" for item in INTERVENTIONS)
    return part(page + DOCUMENTS, name, file=file)


def stood(*grids: Grid, more: Diagnostics = ()) -> StandingOfParts:
    evidence, found = take_in(built_in(), grids)
    assert evidence is not None, seen(found)
    return stand(built_in(), grids, evidence, (*found, *more))


def of(standing: StandingOfParts, name: str) -> PartStanding:
    return next(item for item in standing.parts if item.part.id == name)


def test_a_part_is_complete_open_empty_or_not_in() -> None:
    standing = stood(hospital("DW"), hospital("ML", 4), hospital("SA", 0))
    states = {item.part.id: item.state for item in standing.parts}
    assert states["DW"] is State.COMPLETE
    assert states["ML"] is State.OPEN
    assert states["SA"] is State.EMPTY
    assert states["UMC"] is states["skin"] is states["network"] is State.NOT_RECEIVED
    assert states["RT"] is State.NOTHING_ASKED
    assert (of(standing, "DW").files, of(standing, "UMC").files) == (("dw.xlsx",), ())
    assert of(standing, "ML").open_on == (("Zorgaanbod", 2 * 7), ("Volumes", 2 * len(OWED)))
    assert of(standing, "SA").filled == 0
    assert of(standing, "DW").asked == of(standing, "DW").filled == 1 + 11 + 2 * len(INTERVENTIONS)
    assert [item.part.id for item in standing.received] == ["DW", "ML", "SA"]
    assert (standing.is_divided, standing.can_be_judged) == (True, False)
    assert standing.deadline is not None


def test_no_volumes_are_asked_of_a_group_that_is_not_treated() -> None:
    assert 0 < len(OWED) < len(TREATMENTS)
    standing = of(stood(hospital("ML", 4)), "ML")
    assert dict(standing.open_on)["Volumes"] == 2 * len(OWED)
    assert standing.asked == 1 + 4 + 2 * 7 + 2 * len(OWED)


def test_what_is_open_is_owed() -> None:
    standing = stood(hospital("DW"), hospital("ML", 4))
    assert (of(standing, "ML").open, of(standing, "ML").owes) == (2 * 7 + 2 * len(OWED), True)
    assert (of(standing, "DW").open, of(standing, "DW").owes) == (0, False)
    assert (of(standing, "SA").owes, of(standing, "RT").owes) == (True, False)


def test_what_is_asked_depends_on_what_was_answered() -> None:
    treated = of(stood(hospital("DW", treats="ja")), "DW")
    spared = of(stood(hospital("DW", treats="nee")), "DW")
    assert treated.asked > spared.asked
    assert treated.state is State.OPEN
    assert dict(treated.open_on).keys() == {"Zorgaanbod"}


def test_sorted_rows_and_moved_columns_make_no_difference() -> None:
    grid = hospital("ML", 4)
    sheet = next(item for item in grid.sheets if item.name == "Zorgaanbod")
    head, *rows = sheet.rows[1:]
    turned = tuple(tuple(reversed((*row, *[None] * (len(head) - len(row))))) for row in (head, *reversed(rows)))
    moved = replace(sheet, rows=(sheet.rows[0], *turned))
    other = replace(grid, sheets=tuple(moved if item is sheet else item for item in grid.sheets))
    assert replace(of(stood(other), "ML"), open_on=()) == replace(of(stood(grid), "ML"), open_on=())
    assert dict(of(stood(other), "ML").open_on) == dict(of(stood(grid), "ML").open_on)


def test_rows_that_were_removed_are_open_too() -> None:
    grid = hospital("DW")
    cut = tuple(replace(item, rows=item.rows[:-3]) if item.name == "Zorgaanbod" else item for item in grid.sheets)
    assert of(stood(replace(grid, sheets=cut)), "DW").open_on == (("Zorgaanbod", 2 * 3),)


def test_what_a_part_declares_complete_is_not_open() -> None:
    standing = of(stood(hospital("ML", 4, said="ja")), "ML")
    assert standing.open_on == (("Volumes", 2 * len(OWED)),)


def test_two_versions_that_differ_and_two_that_agree() -> None:
    same = stood(hospital("DW"), hospital("DW", file="dw (1).xlsx"))
    assert (of(same, "DW").state, of(same, "DW").files) == (State.COMPLETE, ("dw.xlsx", "dw (1).xlsx"))
    different = of(stood(hospital("DW"), hospital("DW", file="dw (1).xlsx", treats="ja")), "DW")
    assert (different.state, different.errors) == (State.TWICE, 11)
    half = of(stood(hospital("ML", 4), hospital("ML", 0, file="leeg.xlsx")), "ML")
    assert half.state is State.OPEN


def test_two_versions_with_the_same_mistake_do_not_contradict_each_other() -> None:
    wrong = of(stood(hospital("DW", treats="misschien"), hospital("DW", file="b.xlsx", treats="misschien")), "DW")
    assert wrong.state is State.TO_CORRECT


def test_errors_come_before_open_cells_and_are_told_to_whom_they_belong() -> None:
    wrong = hospital("DW", treats="misschien")
    standing = stood(wrong, hospital("ML"))
    assert (of(standing, "DW").state, of(standing, "DW").errors) == (State.TO_CORRECT, 11)
    assert (of(standing, "ML").state, of(standing, "ML").errors) == (State.COMPLETE, 0)


def test_one_id_for_two_documents_is_an_error_of_both() -> None:
    grids = []
    for name in ("DW", "ML"):
        grid = hospital(name)
        page = Sheet(name="Documenten", rows=(("Id", "Titel"), ("D1", f"Plan van {name}")))
        grids.append(replace(grid, sheets=tuple(page if item.name == "Documenten" else item for item in grid.sheets)))
    standing = stood(*grids)
    assert [of(standing, name).errors for name in ("DW", "ML")] == [1, 1]


def test_a_file_that_cannot_be_read_is_known_by_its_name() -> None:
    unread = Diagnostic(
        rule=OTHER_FORMAT, place=FilePlace(file="alba-2026-dw.ods"), facts=(("kind", "OpenDocument"),)
    )
    standing = stood(hospital("ML"), more=(unread,))
    assert (of(standing, "DW").state, of(standing, "DW").files) == (State.NOT_READ, ("alba-2026-dw.ods",))
    assert "DW" not in {item.part.id for item in standing.received}
    assert of(standing, "SA").state is State.NOT_RECEIVED


def test_what_is_said_of_a_file_is_said_of_its_part() -> None:
    said = Diagnostic(rule=OTHER_FORMAT, place=FilePlace(file="ml.xlsx"), facts=(("kind", "OpenDocument"),))
    standing = stood(hospital("DW"), hospital("ML"), more=(said,))
    assert [(of(standing, name).state, of(standing, name).errors) for name in ("DW", "ML")] == [
        (State.COMPLETE, 0),
        (State.TO_CORRECT, 1),
    ]


def test_a_member_without_an_id_or_listed_twice_is_one_part_at_most() -> None:
    hospitals = "".join(f"| {name} | De Waard | ziekenhuis | ondertekenaar | | |\n" for name in ("DW", "dw", ""))
    parts = [item.part.id for item in stood(form(OWN + hospitals)).parts if item.part.kind is PartKind.MEMBER]
    assert parts == ["DW"]


def test_an_answer_of_the_network_is_in_its_own_part() -> None:
    answered = of(stood(form("## Indicatoren\n| Id | Antwoord |\n| N1.2 | ja |\n", "geheel.xlsx")), NETWORK)
    assert (answered.state, answered.files, answered.filled) == (State.OPEN, ("geheel.xlsx",), 1)
    page = "## Indicatoren\n| Id | Antwoord | Vorig jaar |\n| N1.2 | | ja |\n"
    blank = of(stood(form(page, "geheel.xlsx")), NETWORK)
    assert (blank.state, blank.files, blank.filled) == (State.EMPTY, (), 0)


def test_a_group_is_present_in_its_sub_types() -> None:
    group = next(item for item in built_in().tumour_groups if item.sub_types)
    names = [item.name.nl for item in group.sub_types]
    page = GROUP + "".join(f"| {name} | niet behandeld | |\n" for name in names)
    found = of(stood(part(page + DOCUMENTS, group.id)), group.id)
    assert (found.state, found.asked) == (State.COMPLETE, len(names))


def test_a_whole_form_stands_by_what_is_filled_in_of_each_part() -> None:
    members = OWN + "".join(f"| {m.id} | {m.name} | ziekenhuis | ondertekenaar | | |\n" for m in MEMBERS[3:5])
    care = CARE.format(said="") + f"| DW | {GROUPS[0]} | nee | |\n"
    standing = stood(form(members + care + GROUP + "| Huid | eigen netwerk | 4 |\n", "geheel.xlsx"))
    assert (standing.is_divided, standing.can_be_judged) == (False, True)
    assert (of(standing, "DW").state, of(standing, "DW").files) == (State.OPEN, ("geheel.xlsx",))
    assert of(standing, "ML").state is State.EMPTY
    assert of(standing, "skin").filled == 1


def request(norms: Framework) -> FormRequest:
    """An empty form for these norms in a first cycle."""
    return FormRequest(
        framework=norms,
        code="x",
        name="X",
        assessment_year=2026,
        reporting_year=2025,
        reference_date=date(2025, 12, 31),
    )


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, {"group", "state"}),
        ({"state": "not_treated"}, {"group", "state"}),
        ({"state": "own"}, {"group", "state", "regional_mdt"}),
    ],
)
def test_the_columns_a_row_is_asked(values: dict[str, object], asked: set[str]) -> None:
    columns = AskedColumns(request(built_in()), built_in().declared("tumour_types")).of_row(values)
    assert asked <= columns
    assert ("regional_mdt" in columns) == ("regional_mdt" in asked)


@pytest.mark.parametrize(
    ("state", "is_asked"), [("own", True), ("placed", True), ("not_treated", False), (None, False)]
)
def test_a_norm_for_all_groups_but_one_kind_asks_the_others(state: str | None, is_asked: bool) -> None:
    others = IsNot(test="is_not", column="state", value="not_treated")
    kind = Coverage(
        type="coverage",
        register="tumour_types",
        tests=(Filled(test="filled", column="pathway_date"),),
        where=(others,),
    )
    first, *_ = built_in().standards
    indicator = replace(first.indicators[0], kind=kind)
    norms = replace(built_in(), standards=(replace(first, indicators=(indicator,)),))
    columns = AskedColumns(request(norms), norms.declared("tumour_types")).of_row({"group": "skin", "state": state})
    assert ("pathway_date" in columns) == is_asked


def test_the_open_cells_of_an_indicator() -> None:
    evidence, _ = take_in(
        built_in(),
        (
            form(
                "## Indicatoren\n| Id | Antwoord | Teller | Noemer | Bron | Reden n.v.t. |\n| N1.2 | ja | | | | |\n"
                "| N2.6 | | | | | |\n| N3.8 | | 3 | | | |\n| N5.3 | | | | geen bestaande bron | |\n"
                "| N5.5 | n.v.t. | | | | Geen opleiding |\n"
            ),
        ),
    )
    assert evidence is not None
    found = {
        item.id: open_cells(item, evidence.answer(item.id))
        for item in built_in().indicators
        if item.id in ("N1.2", "N2.6", "N3.8", "N5.3", "N5.5", "N1.5", "N1.1")
    }
    assert found == {
        "N1.1": (),
        "N1.2": (),
        "N1.5": ("answer",),
        "N2.6": ("answer",),
        "N3.8": ("denominator",),
        "N5.3": (),
        "N5.5": (),
    }
