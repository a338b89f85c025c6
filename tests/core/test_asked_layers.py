"""What is asked at which layer: a region, a sub-network of it, a network that is neither. Source: docs/method.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.asked_columns import closed_columns
from normtool.core.asked_layers import Asks, asks
from normtool.core.evidence import NetworkLayer, Origin
from normtool.core.forms import (
    FormRequest,
    answerable_indicators,
    asked_indicators,
    asks_of,
    expected_minutes,
    expected_rows,
    form_indicators,
)
from normtool.core.kinds import Coverage, Pooled, VolumeKind
from normtool.core.parts import NETWORK, owners_in, parts_of
from normtool.core.ready import Offer
from normtool.core.standards import Indicator, Layer
from tests.conftest import built_in
from tests.core.parted import MEMBERS, request

REGION, SUB = NetworkLayer.REGION, NetworkLayer.SUB_NETWORK
BY_GROUP = ("tumour_types", "care", "volumes")


def ids(indicators: tuple[Indicator, ...]) -> list[str]:
    return [indicator.id for indicator in indicators]


def rows(made: FormRequest, register: str) -> int:
    return len(expected_rows(made, built_in().declared(register)))


def settled(*indicators: str) -> tuple[tuple[str, str], ...]:
    return tuple((indicator, "geregeld") for indicator in indicators)


def read_in(register: str) -> list[str]:
    """The indicators that read a register."""
    found = []
    for indicator in built_in().indicators:
        kind = indicator.kind
        named = kind.register if isinstance(kind, Coverage | Pooled) else ""
        if register == (named or ("volumes" if isinstance(kind, VolumeKind) else "")):
            found.append(indicator.id)
    return found


@pytest.mark.parametrize(
    ("own", "layer", "asked"),
    [
        (None, Layer.REGION, Asks.YES),
        (None, Layer.EITHER, Asks.YES),
        (None, Layer.SUB_NETWORK, Asks.YES),
        (REGION, Layer.REGION, Asks.YES),
        (REGION, Layer.EITHER, Asks.FREE),
        (REGION, Layer.SUB_NETWORK, Asks.ELSEWHERE),
        (SUB, Layer.REGION, Asks.ELSEWHERE),
        (SUB, Layer.EITHER, Asks.YES),
        (SUB, Layer.SUB_NETWORK, Asks.YES),
    ],
)
def test_who_is_asked_what(own: NetworkLayer | None, layer: Layer, asked: Asks) -> None:
    assert asks(own, layer) is asked


def test_a_network_on_its_own_is_asked_everything() -> None:
    made = request()
    assert asked_indicators(made) == answerable_indicators(made) == form_indicators(made)


def test_a_sub_network_is_not_asked_what_the_region_answers() -> None:
    own, alone = request(layer=SUB), request()
    assert set(ids(asked_indicators(alone))) - set(ids(asked_indicators(own))) == {"N1.8"}
    assert form_indicators(own) == form_indicators(alone)
    spared = expected_minutes(asked_indicators(alone)) - expected_minutes(asked_indicators(own))
    assert spared == built_in().indicators[ids(built_in().indicators).index("N1.8")].minutes


def test_a_region_is_asked_its_own_question_and_may_answer_the_rest() -> None:
    region = request(layer=REGION)
    assert ids(asked_indicators(region)) == ["N1.8"]
    assert answerable_indicators(region) == form_indicators(region)


def test_a_region_has_no_expected_rows_by_location_or_group_but_all_its_members() -> None:
    region, alone = request(layer=REGION), request()
    assert [rows(region, name) for name in BY_GROUP] == [0, 0, 0]
    assert all(rows(alone, name) for name in BY_GROUP)
    assert rows(region, "members") == len(MEMBERS)
    assert (rows(region, "meetings"), rows(alone, "meetings") > 0) == (0, True)


def test_the_form_of_a_region_is_one_part() -> None:
    region = request(layer=REGION)
    (own,) = parts_of(region)
    assert (own.id, own.rows) == (NETWORK, 1 + len(MEMBERS) + rows(region, "iza_steps"))
    assert own.minutes == expected_minutes(asked_indicators(region))
    assert set(owners_in(region).members.values()) == set(owners_in(region).groups.values()) == {NETWORK}


def test_what_the_region_arranged_is_not_asked_again() -> None:
    alone, own = request(layer=SUB), request(layer=SUB, settled=settled("N1.2", "N2.1"))
    assert set(ids(asked_indicators(alone))) - set(ids(asked_indicators(own))) == {"N1.2", "N2.1"}
    assert asks_of(own, next(item for item in form_indicators(own) if item.id == "N1.2")) is Asks.ELSEWHERE
    meetings = built_in().declared("meetings")
    kinds = [dict(row)["kind"] for row in expected_rows(own, meetings)]
    assert "patient_council" in [dict(row)["kind"] for row in expected_rows(alone, meetings)]
    assert "patient_council" not in kinds
    assert kinds
    care = built_in().declared("care")
    read = settled(*read_in("care"))
    closed = closed_columns(built_in(), care, answerable_indicators(request(layer=SUB, settled=read)))
    assert "contact" in closed


def test_a_register_that_the_region_keeps_whole_has_no_expected_rows() -> None:
    kept = request(layer=SUB, settled=settled(*read_in("tumour_types")))
    assert (rows(kept, "tumour_types"), rows(kept, "care") > 0) == (0, True)


def last_year(register: str, *key: str, column: str) -> Offer:
    """A row of last year."""
    named = tuple(zip([item.id for item in built_in().declared(register).key_columns], key, strict=False))
    return Offer(
        scope=register, key=key, origin=Origin.LAST_YEAR, cells=((column, "x"),), named=named, file="f", year=2024
    )


def test_last_years_rows_come_back_where_they_are_asked() -> None:
    offers = (last_year("tumour_types", "other", column="state"),)
    kept = settled(*read_in("tumour_types"))
    assert rows(request(offers=offers), "tumour_types") == 12
    assert rows(request(offers=offers, layer=SUB, settled=kept), "tumour_types") == 0
    assert rows(request(offers=offers, layer=REGION), "tumour_types") == 1


def test_a_framework_in_which_nothing_reads_a_register_still_fills_it_in() -> None:
    norms = replace(built_in(), standards=())
    assert len(expected_rows(request(norms, layer=REGION), norms.declared("tumour_types"))) == 11
