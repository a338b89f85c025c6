"""Steps of concentration and spreading that do not fit: the plan, their order, or what is stated elsewhere."""

from __future__ import annotations

from datetime import date

from tests.planting.books import ANY, Row, Spot
from tests.planting.kinds import Expected, Ground, Kind, say, whole_row

TRANCHE = ("Hoofd-hals", "Pancreas en lever", "Long", "Nier", "Slokdarm en maag")
"""The groups of tranche 1, of which the valid workbook says nothing."""
OTHERS = ("Huid", "Borst", "Hersenen")
"""Groups outside the tranches, each with the date of its first step."""
IN_TIME = date(2025, 6, 18)
"""The day of the regional plan that N1.8 names."""


def _about_the_plan(spot: Spot) -> list[Spot]:
    """What the questions about the plan lean on: the answer, its document, and all that is said of the tranche."""
    groups = ("Maag-darm-lever", "Hoofd-hals", "Long", "Urologisch")
    rows = [Spot("tumour_types", group, ANY) for group in groups] + [Spot("iza_steps", name, ANY) for name in TRANCHE]
    return [Spot("indicators", "N1.8", ANY), Spot("documents", "D4", ANY), *rows, *whole_row(spot)]


def _add_rows(ground: Ground, dates: dict[str, date]) -> None:
    """Rows with the date of the plan, for these groups; the answer is not explained."""
    table = ground.book.tables["iza_steps"]
    for group, day in dates.items():
        row = Row(group, {"group": group, "regional_plan": day})
        table.rows.insert(ground.chance.randrange(len(table.rows) + 1), row)
    ground.book.put(Spot("indicators", "N1.8", "explanation"), None)


def plan_not_for_all(ground: Ground) -> list[Expected]:
    """A plan that two groups of the tranche do not have yet."""
    spot = ground.choose([Spot("indicators", "N1.8", "answer")], _about_the_plan)
    open_groups = sorted(ground.chance.sample(range(len(TRANCHE)), 2))
    _add_rows(ground, {name: IN_TIME for at, name in enumerate(TRANCHE) if at not in open_groups})
    return say("NT770", spot, indicator="N1.8", names="; ".join(TRANCHE[at] for at in open_groups))


def plan_after_its_document(ground: Ground) -> list[Expected]:
    """A group whose plan is younger than the document that should hold it."""
    spot = ground.choose([Spot("iza_steps", name, "regional_plan") for name in TRANCHE], _about_the_plan)
    _add_rows(ground, dict.fromkeys(TRANCHE, IN_TIME) | {spot.row: date(2025, 11, 20)})
    return say("NT771", spot, group=spot.row, first="2025-11-20", indicator="N1.8", second="2025-06-18")


def steps_in_another_order(ground: Ground) -> list[Expected]:
    """A step before one that comes before it."""
    spot = ground.choose((Spot("iza_steps", name, "decision") for name in OTHERS), whole_row)
    ground.book.put(spot, date(2021, 3, 25))
    return say("NT772", spot, second="2021-03-25")


def two_stories(ground: Ground) -> list[Expected]:
    """A last step that is not the last one with a date."""
    spot = ground.choose(
        (Spot("tumour_types", name, "iza_step") for name in OTHERS),
        lambda spot: [*whole_row(spot), Spot("iza_steps", spot.row, ANY)],
    )
    ground.book.put(spot, "regioplan")
    ground.book.put(spot._replace(column="explanation"), None)
    return say("NT773", spot, group=spot.row, step="regioplan", dated="SWOT")


KINDS = [
    Kind(name="iza: a plan that is not for all", plant=plan_not_for_all),
    Kind(name="iza: a plan from after its document", plant=plan_after_its_document),
    Kind(name="iza: steps in another order", plant=steps_in_another_order),
    Kind(name="iza: two stories of one group", plant=two_stories),
]
