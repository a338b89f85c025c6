"""Where two accounts of one dossier differ, in words."""

from __future__ import annotations

import pytest

from normtool.core.verifying import Difference
from normtool.telling.difference_texts import place_of
from normtool.texts import Words


@pytest.mark.parametrize(("path", "told"), [("0", "rij 1"), ("11", "rij 12"), ("D1", "rij D1")])
def test_rows_without_an_id_are_counted_from_one(path: str, told: str) -> None:
    found = Difference(path=("registers", "care", "rows", path, "number"), written=1, follows=2)
    assert place_of(found, Words("nl")) == f"tabel care, {told}, aantal"
