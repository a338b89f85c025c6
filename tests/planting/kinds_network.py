"""Faults on the sheet about the network, and in what the form says of itself."""

from __future__ import annotations

from collections.abc import Callable

from tests.planting.books import ANY, Book, LooseSheet, Row, Spot, Value
from tests.planting.cells import misspelt
from tests.planting.kinds import Expected, Ground, Kind, Plant, say, say_last, whole_row

FILE = Spot()


def of_network(key: str, value: Value, code: str) -> Plant:
    """Something typed (or, without a value, wiped out) on the sheet about the network."""

    def plant(ground: Ground) -> list[Expected]:
        spot = ground.choose([Spot("network", key, "value")])
        ground.book.put(spot, value)
        return say(code, spot if value is not None else Spot("network"))

    return plant


def year_of_network(key: str, value: int, code: str) -> Plant:
    """A year that contradicts the assessment year."""

    def plant(ground: Ground) -> list[Expected]:
        spot = ground.choose([Spot("network", key, "value")], lambda _: [Spot("network", "assessment_year", "value")])
        ground.book.put(spot, value)
        return say(code, spot)

    return plant


def sub_network_without_region(ground: Ground) -> list[Expected]:
    """A sub-network that does not say of which region."""
    layer = ground.choose([Spot("network", "layer", "value")], lambda _: [Spot("network", "region", "value")])
    ground.book.put(layer, "deelnetwerk")
    ground.book.put(layer._replace(row="region"), None)
    return say("NT740", layer, layer="deelnetwerk")


def key_of_network_misspelt(ground: Ground) -> list[Expected]:
    """One slip of the hand in a label of the sheet about the network."""
    keys = ("reporting_year", "reference_date", "contact_role", "features")
    spot = ground.choose((Spot("network", key, "item") for key in keys), whole_row)
    meant = str(ground.book.get(spot))
    ground.book.put(spot, misspelt(meant, ground.chance))
    return say("NT263", spot, meant=meant)


def key_of_network_twice(ground: Ground) -> list[Expected]:
    """A row of the sheet about the network that is there twice."""
    spot = ground.choose((Spot("network", key, "value") for key in ("name", "region", "contact_role")), whole_row)
    table = ground.book.tables["network"]
    table.rows.append(Row(f"{spot.row} (again)", dict(table.row(spot.row).cells)))
    return say_last("NT271", spot, spot._replace(row=f"{spot.row} (again)"))


def year_wiped_out(ground: Ground) -> list[Expected]:
    """No year, no assessment: nothing else can be judged."""
    ground.book.put(Spot("network", "assessment_year", "value"), None)
    return say("NT270", Spot("network"), key="Toetsjaar")


def stated(key: str, value: str, code: str, **facts: str) -> Plant:
    """What the hidden sheet says this form was written for; of another edition the questions are not compared."""

    def plant(ground: Ground) -> list[Expected]:
        ground.take(Spot("_normtool", key), Spot("indicators", ANY, "question"))
        sheet = next(sheet for sheet in ground.book.loose if sheet.name == "_normtool")
        sheet.rows = [[key, value] if row[0] == key else row for row in sheet.rows]
        return say(code, FILE, **facts)

    return plant


def only(change: Callable[[Book], None], code: str) -> Plant:
    """What leaves nothing of the form."""

    def plant(ground: Ground) -> list[Expected]:
        change(ground.book)
        return say(code, FILE)

    return plant


def _another_workbook(book: Book) -> None:
    book.order = ["Begroting"]
    book.loose = [LooseSheet("Begroting", [["Post", "Bedrag"], ["Huur", 1200]])]


def _without_network(book: Book) -> None:
    book.order.remove("network")


KINDS = [
    Kind(name="network: no name", plant=of_network("name", None, "NT270")),
    Kind(name="network: a reference date in words", plant=of_network("reference_date", "eind 2025", "NT323")),
    Kind(name="network: no reference date", plant=of_network("reference_date", None, "NT910")),
    Kind(name="network: no reporting year", plant=of_network("reporting_year", None, "NT911")),
    Kind(name="network: a nature that is none", plant=of_network("nature", "proefdraai", "NT306")),
    Kind(name="network: a layer that is none", plant=of_network("layer", "afdeling", "NT306")),
    Kind(name="network: a unit of review that is none", plant=of_network("unit_of_review", "het bestuur", "NT306")),
    Kind(name="network: a sub-network without its region", plant=sub_network_without_region),
    Kind(name="network: a first year in words", plant=of_network("first_assessment_year", "eerste keer", "NT321")),
    Kind(
        name="network: reporting after assessing", plant=year_of_network("reporting_year", 2027, "NT272"), alone=True
    ),
    Kind(
        name="network: first year after this one",
        plant=year_of_network("first_assessment_year", 2027, "NT273"),
        alone=True,
    ),
    Kind(name="network: a label misspelt", plant=key_of_network_misspelt),
    Kind(name="network: something there twice", plant=key_of_network_twice),
    Kind(name="network: no assessment year", plant=year_wiped_out, alone=True),
    Kind(name="form: of another framework", plant=stated("framework", "elders", "NT259", found="elders"), alone=True),
    Kind(name="form: of another edition", plant=stated("edition", "2019.2", "NT909", found="2019.2")),
    Kind(name="form: another workbook altogether", plant=only(_another_workbook, "NT250"), alone=True),
    Kind(name="form: no sheet about the network", plant=only(_without_network, "NT251"), alone=True),
]
