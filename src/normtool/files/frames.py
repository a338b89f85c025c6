"""Tidy tables as data frames of pandas, with types that know what is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from normtool.files.frames_tables import CellValue, Kind, Table


def frame_of(table: Table) -> pd.DataFrame:
    """A table as a frame; without rows it still has its columns, each of its own type."""
    columns = {
        column.name: _series([row[place] for row in table.rows], column.kind)
        for place, column in enumerate(table.shape.columns)
    }
    return pd.DataFrame(columns)


def _series(values: list[CellValue], kind: Kind) -> pd.Series[Any]:
    if kind is Kind.DECIMAL:
        return pd.Series([float(item) if isinstance(item, Decimal) else item for item in values], dtype=kind.value)
    return pd.Series(values, dtype=kind.value)
