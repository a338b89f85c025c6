"""Figures, dates and rows that cannot both be true when they are laid beside each other: questions."""

from __future__ import annotations

from datetime import date

from tests.planting.books import ANY, HEADER, Row, Spot
from tests.planting.kinds import Expected, Ground, Kind, Plant, say, say_last, whole_row, whole_sheet

MANY_GROUPS = ("Maag-darm-lever", "Gynaecologisch", "Borst")
"""Tumour groups that several locations treat, without a word of explanation."""
NOT_EXPLAINED = ("Borst", "Gynaecologisch")
"""Tumour types without a word under *Toelichting*: what is odd there has not been explained yet."""
EXPLAINED = ("Hersenen", "Hoofd-hals", "Long", "Maag-darm-lever")


def group_below_the_corridor(ground: Ground) -> list[Expected]:
    """None of the patients of a group were treated in time."""
    spot = ground.choose(Spot("care", f"UMCV | {group}", "on_time") for group in MANY_GROUPS)
    group = ground.book.get(spot._replace(column="group"))
    rows = [
        row for row in ground.book.tables["care"].rows if row.cells.get("group") == group and row.cells.get("on_time")
    ]
    spots = [Spot("care", row.id, "on_time") for row in rows]
    beside = [other._replace(column=column) for other in spots for column in ("treated", "explanation")]
    ground.take(*(other for other in spots if other != spot), *beside)
    for other in spots:
        ground.book.put(other, 0)
    return say("NT407", *spots, indicator="N3.3", percent=0, low=20)


def counted_the_rest(ground: Ground) -> list[Expected]:
    """The patients that were too late instead of those that were in time."""
    spot = ground.choose(
        (Spot("care", f"UMCV | {group}", "on_time") for group in ("Maag-darm-lever", "Borst")),
        lambda spot: [spot._replace(column="treated")],
    )
    on_time, treated = ground.book.get(spot), ground.book.get(spot._replace(column="treated"))
    assert isinstance(on_time, int)
    assert isinstance(treated, int)
    ground.book.put(spot, treated - on_time)
    return say("NT430", spot, indicator="N3.3", numerator=treated - on_time, denominator=treated, rest=on_time)


def part_above_its_whole(ground: Ground) -> list[Expected]:
    """A network that says it has fewer new patients than one of its locations."""
    spot = ground.choose([Spot("indicators", "N5.3", "denominator")], whole_row)
    ground.take(whole_sheet("care"))
    for name, value in (("numerator", 60), ("denominator", 1_600), ("year", 2025)):
        ground.book.put(spot._replace(column=name), value)
    rows = [row for row in ground.book.tables["care"].rows if row.cells.get("location") == "UMCV"]
    counted = [Spot("care", row.id, "new_patients") for row in rows if row.cells.get("new_patients") is not None]
    return say("NT431", *counted, total=1_600)


def filled_down(ground: Ground) -> list[Expected]:
    """The same two numbers in five rows."""
    ground.take(Spot("care", ANY, "on_time"), Spot("care", ANY, "treated"), Spot("care", HEADER, ANY))
    groups = ("Maag-darm-lever", "Gynaecologisch", "Long", "Borst", "Urologisch")
    spots = [Spot("care", f"UMCV | {group}", "on_time") for group in groups]
    for spot in spots:
        ground.book.put(spot, 245)
        ground.book.put(spot._replace(column="treated"), 284)
    return say("NT432", *spots, numerator=245, denominator=284, count=5)


def figures_of_care_not_given(ground: Ground) -> list[Expected]:
    """New patients at a location that does not treat them."""
    rows = ("DW | Hersenen", "ML | Oog", "SA | Huid", "SA | Hersenen", "DW | Oog")
    spot = ground.choose(
        (Spot("care", row, "new_patients") for row in rows), lambda spot: [spot._replace(column="treats")]
    )
    ground.book.put(spot, 12)
    return say("NT433", spot, number=12, header="Behandelt")


def treated_where_it_is_not(ground: Ground) -> list[Expected]:
    """A treatment at a location that says it does not treat that group."""
    rows = [f"{location} | Behandeling wekedelentumoren | 2025 | definitief" for location in ("DW", "ML", "SA")]
    spot = ground.choose(
        (Spot("volumes", row, "number") for row in rows),
        lambda spot: [Spot("care", f"{spot.row[:2]} | Bot en weke delen", ANY)],
    )
    ground.book.put(spot, 80)
    return say("NT434", spot)


def part_of_itself(ground: Ground) -> list[Expected]:
    """A member that is part of itself."""
    spot = ground.choose([Spot("members", "HAV", "parent")])
    ground.book.put(spot, spot.row)
    return say("NT439", spot, member=spot.row, parent=spot.row)


def location_without_hospital(ground: Ground) -> list[Expected]:
    """A location that belongs to no hospital."""
    spot = ground.choose([Spot("members", "ML", "kind")], whole_row)
    ground.book.put(spot, "locatie")
    return say("NT438", spot, member="ML")


def of_figures_of_a_member(column: str, value: str | date, code: str) -> Plant:
    """A change to a hospital by which its figures on two sheets become odd."""

    def plant(ground: Ground) -> list[Expected]:
        ground.book.put(Spot("members", "ML", column), value)
        for row in ground.book.tables["care"].rows:
            row.cells.pop("explanation", None)
        care = [
            row
            for row in ground.book.tables["care"].rows
            if row.cells.get("location") == "ML" and row.cells.get("on_time")
        ]
        volumes = [
            row
            for row in ground.book.tables["volumes"].rows
            if row.cells.get("location") == "ML" and row.cells["number"]
        ]
        return [
            *say(code, *(Spot("care", row.id, "on_time") for row in care), member="ML"),
            *say(code, *(Spot("volumes", row.id, "number") for row in volumes), member="ML"),
        ]

    return plant


def counted_twice(ground: Ground) -> list[Expected]:
    """A location that is part of a hospital with figures of its own for the same care."""
    ground.book.put(Spot("members", "ML", "kind"), "locatie")
    ground.book.put(Spot("members", "ML", "parent"), "DW")
    found: list[Expected] = []
    for sheet, about, number in (("care", "group", "on_time"), ("volumes", "treatment", "number")):
        rows = [row for row in ground.book.tables[sheet].rows if row.cells.get(number)]
        parts = {row.cells[about] for row in rows if row.cells.get("location") == "ML"}
        twice = [row for row in rows if row.cells.get("location") == "DW" and row.cells[about] in parts]
        found += say("NT435", *(Spot(sheet, row.id, number) for row in twice), member="DW", count=len(twice))
    return found


def end_before_start(ground: Ground) -> list[Expected]:
    """An end that lies before its beginning."""
    columns = {"agreements": ("date", "valid_until"), "patient_council": ("date", "answered_on")}
    spots = [
        Spot(sheet, row.id, end)
        for sheet, (_, end) in columns.items()
        for row in ground.book.tables[sheet].rows
        if row.cells.get(end) is not None
    ]
    spot = ground.choose(spots, lambda spot: [spot._replace(column=columns[spot.sheet][0])])
    ground.book.put(spot, date(2021, 5, 6))
    return say("NT440", spot, second="2021-05-06")


def unlikely(value: date, *columns: tuple[str, str]) -> Plant:
    """A date from long ago, or from a far future."""

    def plant(ground: Ground) -> list[Expected]:
        spots = [
            Spot(sheet, row.id, column)
            for sheet, column in columns
            for row in ground.book.tables[sheet].rows
            if isinstance(row.cells.get(column), date)
        ]
        spot = ground.choose(spots)
        ground.book.put(spot, value)
        return say("NT441", spot, date=value.isoformat())

    return plant


def starts_later(ground: Ground) -> list[Expected]:
    """A body that met before it existed."""
    rows = ("Bestuurlijk overleg", "Overleg beleidsondersteuners")
    spot = ground.choose((Spot("meetings", row, "since") for row in rows), whole_row)
    ground.book.put(spot, date(2026, 3, 1))
    return say("NT442", spot._replace(column="held"), date="2026-03-01", reporting_year=2025)


def of_another_year(rows: tuple[str, ...], code: str) -> Plant:
    """Figures that were discussed before the year; where that was explained it is only noted."""

    def plant(ground: Ground) -> list[Expected]:
        spot = ground.choose(
            (Spot("tumour_types", row, "figures_discussed") for row in rows),
            lambda spot: [spot._replace(column="explanation"), spot._replace(column="since")],
        )
        ground.book.put(spot, date(2024, 4, 8))
        return say(code, spot)

    return plant


def row_missing(sheet: str, rows: tuple[str, ...], code: str) -> Plant:
    """An expected row that was thrown away."""

    def plant(ground: Ground) -> list[Expected]:
        row = ground.choose((Spot(sheet, row, ANY) for row in rows), whole_row).row
        ground.take(Spot(sheet, "#missing", ANY))
        table = ground.book.tables[sheet]
        table.rows.remove(table.row(row))
        return say(code, Spot(sheet), count=1)

    return plant


def document_for_many(ground: Ground) -> list[Expected]:
    """One document that proves nearly everything, without a page."""
    rows = ("N1.2", "N1.5", "N1.7", "N1.8", "N2.6", "N3.1", "N3.7", "N3.8", "N5.1", "N5.2", "N5.3", "N5.4")
    spots = [Spot("indicators", row, "documents") for row in rows]
    ground.take(*spots, *(ground.key_of(spots[0])), Spot("documents", "D5", ANY))
    for spot in spots:
        ground.book.put(spot, "D5")
    return say("NT446", Spot("documents", "D5", "id"), document="D5", count=len(rows))


def document_twice(ground: Ground) -> list[Expected]:
    """One document under two ids."""
    rows = ("D2", "D6", "D7", "D11", "D12")
    spot = ground.choose((Spot("documents", row, "id") for row in rows), whole_row)
    table = ground.book.tables["documents"]
    twin = Row("D99", {name: table.row(spot.row).cells[name] for name in ("title", "date", "place")} | {"id": "D99"})
    table.rows.insert(ground.chance.randrange(len(table.rows) + 1), twin)
    ground.take(spot._replace(row="D99", column="*"))
    return say_last("NT447", spot, spot._replace(row="D99"))


def own_approach_copied(ground: Ground) -> list[Expected]:
    """The same words under two indicators."""
    first, second = Spot("indicators", "N2.7", "own_what"), Spot("indicators", "N4.8", "own_what")
    ground.take(first, second)
    ground.book.put(second, ground.book.get(first))
    return [Expected(code="NT448", spots=(first,), facts=(("count", 2),))]


PAST, FAR = date(1985, 3, 14), date(2099, 12, 31)
NO_CYSTECTOMY = tuple(f"{location} | Cystectomie | 2025 | definitief" for location in ("DW", "ML", "SA"))
NO_CARE = ("SA | Huid", "DW | Hersenen", "ML | Hersenen", "DW | Huid")

KINDS = [
    Kind(name="beside: part above its whole", plant=part_above_its_whole),
    Kind(name="beside: a document for everything", plant=document_for_many),
    Kind(name="beside: filled down", plant=filled_down),
    Kind(name="beside: none of a group in time", plant=group_below_the_corridor),
    Kind(name="beside: counted the rest", plant=counted_the_rest),
    Kind(name="beside: figures of care not given", plant=figures_of_care_not_given),
    Kind(name="beside: treated where it is not", plant=treated_where_it_is_not),
    Kind(name="beside: a member part of itself", plant=part_of_itself),
    Kind(name="beside: a location without hospital", plant=location_without_hospital),
    Kind(name="beside: counted twice", plant=counted_twice, alone=True),
    Kind(
        name="beside: figures of no hospital",
        plant=of_figures_of_a_member("kind", "overig", "NT436"),
        alone=True,
    ),
    Kind(
        name="beside: figures of one that left",
        plant=of_figures_of_a_member("until", date(2024, 6, 30), "NT437"),
        alone=True,
    ),
    Kind(name="beside: an end before its start", plant=end_before_start),
    Kind(name="beside: long ago", plant=unlikely(PAST, ("documents", "date"), ("tumour_types", "pathway_date"))),
    Kind(name="beside: far ahead", plant=unlikely(FAR, ("documents", "valid_until"), ("agreements", "valid_until"))),
    Kind(name="beside: met before it began", plant=starts_later),
    Kind(name="beside: discussed in another year", plant=of_another_year(NOT_EXPLAINED, "NT443")),
    Kind(name="beside: discussed in another year, explained", plant=of_another_year(EXPLAINED, "NT449")),
    Kind(name="beside: a row of care missing", plant=row_missing("care", NO_CARE, "NT444")),
    Kind(name="beside: a row of volumes missing", plant=row_missing("volumes", NO_CYSTECTOMY, "NT445")),
    Kind(name="beside: a document under two ids", plant=document_twice),
    Kind(name="beside: the same own approach", plant=own_approach_copied),
]
