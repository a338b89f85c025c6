"""*Stand van zaken* as the officer reads it: the overview, and the text to remind people with."""

from __future__ import annotations

import pytest

from normtool.app.standing import TITLE_WIDTH, overview, parts_missing, reminder, standing_of
from normtool.core.diagnostics import Diagnostic
from normtool.core.grids import Grid
from normtool.core.intake import take_in
from normtool.core.parts import Part, PartKind
from normtool.core.places import FilePlace
from normtool.core.rules_parts import OTHER_FORMAT
from normtool.core.standing import PartStanding, StandingOfParts, State
from normtool.texts import Words
from tests.conftest import built_in
from tests.core.parted import part
from tests.core.tables import form, seen, workbook

NL, EN = Words("nl"), Words("en")
GROUP = "Tumortypenetwerken"


def stands(name: str, state: State, *open_on: tuple[str, int], questions: int = 0) -> PartStanding:
    """A part of the member or group with this name."""
    left = sum(count for _, count in open_on)
    return PartStanding(
        part=Part(id=name, kind=PartKind.GROUP, title=name),
        state=state,
        files=() if state in (State.NOT_RECEIVED, State.NOTHING_ASKED) else (f"{name}.xlsx",),
        asked=left + 1,
        filled=1,
        questions=questions,
        open_on=open_on,
    )


def standing(*parts: PartStanding, is_divided: bool = True) -> StandingOfParts:
    return StandingOfParts(network="Netwerk Alba", assessment_year=2026, is_divided=is_divided, parts=parts)


def asked(*parts: PartStanding, is_divided: bool = True, words: Words = NL) -> list[str]:
    """The lines of the reminder that ask something of somebody."""
    return [line for line in reminder(standing(*parts, is_divided=is_divided), words) if line.startswith("–")]


def test_what_is_asked_of_several_is_asked_in_one_sentence() -> None:
    empty = [stands(name, State.EMPTY, (GROUP, 2)) for name in ("Huid", "Long", "Oog")]
    other = stands("De Waard", State.EMPTY, ("Zorgaanbod", 11), ("Volumes", 4))
    assert asked(*empty, other, is_divided=False) == [
        "– Huid, Long en Oog: er is nog niets ingevuld (Tumortypenetwerken).",
        "– De Waard: er is nog niets ingevuld (Zorgaanbod en Volumes).",
    ]
    same = [stands(name, State.OPEN, ("Zorgaanbod", 3), ("Volumes", 4)) for name in ("De Waard", "Meerlanden")]
    more = [stands("Huid", State.OPEN, (GROUP, 2)), stands("Oog", State.OPEN, (GROUP, 5))]
    assert asked(*same, *more) == [
        "– De Waard en Meerlanden: nog antwoorden open op Zorgaanbod (3) en Volumes (4).",
        "– Huid (2) en Oog (5): nog antwoorden open op Tumortypenetwerken.",
    ]
    assert asked(*more, words=EN) == ["– Huid (2) and Oog (5): answers still open on Tumortypenetwerken."]


def test_nobody_is_reminded_when_nobody_owes_anything() -> None:
    assert reminder(standing(stands("Huid", State.COMPLETE), stands("Oog", State.NOTHING_ASKED)), NL) == []


def test_parts_of_which_nothing_was_asked_are_not_counted() -> None:
    lines = overview(
        standing(
            stands("Huid", State.COMPLETE), stands("Oog", State.NOT_RECEIVED), stands("RT", State.NOTHING_ASKED)
        ),
        NL,
    )
    assert lines[0] == "Stand van zaken: 1 van de 2 delen binnen, 1 compleet"
    assert lines[2:] == [
        "  Nog niet binnen (1): Oog",
        "  Compleet (1): Huid",
        "  Niet nodig, alles was al ingevuld (1): RT",
    ]


def test_a_part_that_leaves_a_question_keeps_its_own_line() -> None:
    lines = overview(standing(stands("Huid", State.COMPLETE, questions=2), stands("Oog", State.COMPLETE)), NL)
    assert lines[2:] == [f"  {'Huid':<{TITLE_WIDTH}}compleet; 2 vragen", "  Compleet (1): Oog"]


def test_of_an_undivided_form_the_parts_without_answers_are_named_together() -> None:
    parts = [stands(name, State.EMPTY, (GROUP, 2)) for name in ("Huid", "Long")]
    lines = overview(standing(*parts, stands("Oog", State.COMPLETE), is_divided=False), NL)
    assert lines == [
        "Stand van zaken: 1 van de 3 delen compleet",
        "",
        "  Nog niets ingevuld (2): Huid, Long",
        "  Compleet (1): Oog",
    ]
    came_back = overview(standing(*parts), NL)
    assert [line for line in came_back if "leeg teruggekomen" in line] == came_back[2:]


# --- when it is shown -----------------------------------------------------------------------------------------------


def shown(*grids: Grid, unread: str = "") -> StandingOfParts | None:
    evidence, found = take_in(built_in(), grids)
    assert evidence is not None, seen(found)
    place = FilePlace(file=unread)
    more = (Diagnostic(rule=OTHER_FORMAT, place=place, facts=(("kind", "OpenDocument"),)),) if unread else ()
    return standing_of(built_in(), grids, evidence, (*found, *more))


def test_one_whole_form_has_no_parts_whatever_lies_beside_it() -> None:
    stranger = workbook("## Blad1\n| Begroting | 2026 |", "begroting.xlsx")
    assert shown(form(""), stranger) is None
    assert shown(form(""), stranger, unread="alba-2026-huid.ods") is None
    both = shown(form("", "een.xlsx"), form("", "twee.xlsx"))
    assert both is not None
    assert len(both.parts) == 12


def test_a_part_alone_is_told_of_itself_until_another_comes_in_that_cannot_be_read() -> None:
    own = part("## Tumortypenetwerken\n| Groep | Stand |\n| Huid | niet behandeld |", "skin")
    alone = shown(own, workbook("## Blad1\n| Begroting | 2026 |", "begroting.xlsx"))
    assert alone is not None
    assert [item.part.id for item in alone.parts] == ["skin"]
    beside = shown(own, unread="alba-2026-dw.ods")
    assert beside is not None
    assert {item.part.id: item.state for item in beside.parts}["DW"] is State.NOT_READ


@pytest.mark.parametrize("parts", [("DW",), ("DW", "skin")])
def test_parts_without_that_of_the_network_cannot_be_judged(parts: tuple[str, ...]) -> None:
    grids = tuple(part("", name) for name in parts)
    evidence, _ = take_in(built_in(), grids)
    assert evidence is not None
    assert [item.code for item in parts_missing(built_in(), grids, evidence)] == ["NT245"]
