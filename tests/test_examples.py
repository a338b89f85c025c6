"""The invented dossiers that documents are tested with are the same whatever was made before them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from normtool.core.dossier import Dossier
from tests.comparison_examples import network
from tests.dossier_examples import FIRST, FIRST_ADDED, answer, at, mixed, nearly_unknown


@pytest.mark.parametrize("make", [mixed, nearly_unknown, lambda: network("ONA", "Aland")])
def test_an_example_has_the_same_cells_each_time(make: Callable[[], Dossier]) -> None:
    first = make()
    at("Indicatoren")
    assert make() == first


def test_what_a_test_adds_stands_in_no_cell_of_the_example() -> None:
    before = at("Indicatoren")
    dossier = mixed()
    after = answer("N1.1").place
    rows = {item.place.row for item in dossier.evidence.answers}
    assert min(rows) >= FIRST
    assert max(rows) < FIRST_ADDED <= min(before.row, after.row)
