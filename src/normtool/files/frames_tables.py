"""The tidy tables that are exported: which there are, and of every column its type, unit, values and source.

Names of tables and columns are a contract: they may be added, never renamed. A column name means the same in every
table. What each means, in words, stands in words/*/frames.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from normtool.core.assessment import Reason, ResultOrigin, RowState, StepState, Verdict
from normtool.core.dossier import Stage
from normtool.core.evidence import DataNature
from normtool.core.standards import Dimension, FrameworkStatus, IndicatorClass, Layer, NormStanding

CellValue = str | int | bool | float | Decimal | date | None


class Kind(Enum):
    """What a column holds; the value is the type of pandas."""

    TEXT = "string"
    WHOLE = "Int64"
    DECIMAL = "Float64"
    FLAG = "boolean"
    DAY = "datetime64[s]"


class Source(Enum):
    """Where the values of a column come from."""

    NETWORK = "network"
    NORMS = "norms"
    ASSESSMENT = "assessment"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameColumn:
    """One column. `unit` is a key in words/*/frames.yaml; `values` is a closed set of codes, if it has one."""

    name: str
    kind: Kind
    unit: str
    source: Source
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """One table: its name and its columns, in order."""

    name: str
    columns: tuple[FrameColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its rows; every row has a value, or None, for each column."""

    shape: TableShape
    rows: tuple[tuple[CellValue, ...], ...]


def _codes(of: type[Enum]) -> tuple[str, ...]:
    return tuple(item.value for item in of)


def _code(name: str, source: Source, values: tuple[str, ...] = ()) -> FrameColumn:
    return FrameColumn(name=name, kind=Kind.TEXT, unit="code", source=source, values=values)


def _text(name: str, source: Source) -> FrameColumn:
    return FrameColumn(name=name, kind=Kind.TEXT, unit="text", source=source)


def _list(name: str, source: Source) -> FrameColumn:
    return FrameColumn(name=name, kind=Kind.TEXT, unit="list", source=source)


def _count(name: str, source: Source, unit: str = "number") -> FrameColumn:
    return FrameColumn(name=name, kind=Kind.WHOLE, unit=unit, source=source)


def _decimal(name: str, source: Source, unit: str) -> FrameColumn:
    return FrameColumn(name=name, kind=Kind.DECIMAL, unit=unit, source=source)


def _flag(name: str, source: Source) -> FrameColumn:
    return FrameColumn(name=name, kind=Kind.FLAG, unit="flag", source=source, values=("true", "false"))


def _day(name: str, source: Source) -> FrameColumn:
    return FrameColumn(name=name, kind=Kind.DAY, unit="day", source=source)


NETWORK, NORMS, ASSESSMENT, EVIDENCE = Source.NETWORK, Source.NORMS, Source.ASSESSMENT, Source.EVIDENCE
VERDICTS = _codes(Verdict)
STEPS = ("not_met", "partly_met", "met")

KEYS = (
    _code("network", NETWORK),
    _count("assessment_year", NETWORK, "year"),
    _count("reporting_year", NETWORK, "year"),
)
"""The columns that every table begins with: of whom and of when a row is."""

ROUND = (
    _count("cycle", ASSESSMENT),
    _code("framework", NORMS),
    _code("edition", NORMS),
    _code("status", NORMS, _codes(FrameworkStatus)),
    _code("stage", NETWORK, _codes(Stage)),
)
"""By which norms, in which round and at which stage."""

VERDICT = _code("verdict", ASSESSMENT, VERDICTS)
BOUNDS = (_code("worst", ASSESSMENT, STEPS), _code("best", ASSESSMENT, STEPS))
SHARE = (
    _count("numerator", EVIDENCE),
    _count("denominator", EVIDENCE),
    _decimal("share", ASSESSMENT, "fraction"),
    _decimal("interval_low", ASSESSMENT, "fraction"),
    _decimal("interval_high", ASSESSMENT, "fraction"),
    _count("number", EVIDENCE),
)
MASKED = _flag("masked", ASSESSMENT)
LOCATION = (_code("location", EVIDENCE), _text("location_name", EVIDENCE))
GROUP = (_code("group", NORMS), _text("group_name", NORMS))

NETWORKS = TableShape(
    name="networks",
    columns=(
        *KEYS,
        _text("network_name", NETWORK),
        _text("region", NETWORK),
        _code("nature", NETWORK, _codes(DataNature)),
        _day("reference_date", NETWORK),
        *ROUND,
        _flag("draft", NETWORK),
        _count("masked_below", NORMS),
        _code("dossier", NETWORK),
        _code("program", NETWORK),
    ),
)
STANDARDS = TableShape(
    name="standards",
    columns=(
        *KEYS,
        *ROUND,
        _code("standard", NORMS),
        _text("standard_title", NORMS),
        VERDICT,
        *BOUNDS,
        _flag("mostly_undecided", ASSESSMENT),
        _count("core", ASSESSMENT),
        _count("core_known", ASSESSMENT),
        *(_count(f"n_{verdict}", ASSESSMENT) for verdict in VERDICTS),
        _count("n_no_norm", ASSESSMENT),
        _count("n_not_yet_open", ASSESSMENT),
        _count("scored", ASSESSMENT),
        _count("best_met", ASSESSMENT),
    ),
)
INDICATORS = TableShape(
    name="indicators",
    columns=(
        *KEYS,
        *ROUND,
        _code("standard", NORMS),
        _code("indicator", NORMS),
        _text("indicator_title", NORMS),
        _code("class", NORMS, _codes(IndicatorClass)),
        _code("dimension", NORMS, _codes(Dimension)),
        _code("layer", NORMS, _codes(Layer)),
        _flag("open", ASSESSMENT),
        VERDICT,
        _code("reason", ASSESSMENT, _codes(Reason)),
        *BOUNDS,
        _code("computed", ASSESSMENT, VERDICTS),
        _decimal("target", NORMS, "target"),
        _decimal("final_target", NORMS, "target"),
        _decimal("partly_from", NORMS, "target"),
        *SHARE,
        _flag("answer", EVIDENCE),
        _day("answer_date", EVIDENCE),
        _flag("on_path", ASSESSMENT),
        _flag("own_approach", EVIDENCE),
        MASKED,
        _code("origin", ASSESSMENT, _codes(ResultOrigin)),
        _code("inherited_from", ASSESSMENT),
        _count("row_count", ASSESSMENT),
        _list("documents", EVIDENCE),
    ),
)
ROWS = TableShape(
    name="rows",
    columns=(
        *KEYS,
        _code("standard", NORMS),
        _code("indicator", NORMS),
        _count("row", ASSESSMENT),
        _list("row_key", EVIDENCE),
        _text("row_name", EVIDENCE),
        _code("state", ASSESSMENT, _codes(RowState)),
        _code("row_reason", ASSESSMENT),
        *SHARE,
        _count("year", EVIDENCE, "year"),
        _list("norms", NORMS),
        MASKED,
    ),
)
VOLUMES = TableShape(
    name="volumes",
    columns=(
        *KEYS,
        _code("indicator", NORMS),
        *LOCATION,
        _code("treatment", NORMS),
        _text("treatment_name", NORMS),
        _count("year", EVIDENCE, "year"),
        _count("number", EVIDENCE),
        _code("state", ASSESSMENT, _codes(RowState)),
        _code("norm", NORMS),
        _code("norm_standing", NORMS, _codes(NormStanding)),
        _code("norm_unit", NORMS, ("location", "institution", "surgeon")),
        _flag("norm_binds", ASSESSMENT),
        _code("norm_state", ASSESSMENT, _codes(RowState)),
        _count("norm_total", EVIDENCE),
        _count("norm_minimum", NORMS),
        _list("norm_locations", EVIDENCE),
        _list("norm_years", EVIDENCE),
    ),
)
ECHELONS = TableShape(
    name="echelons",
    columns=(
        *KEYS,
        *LOCATION,
        *GROUP,
        _flag("treats", EVIDENCE),
        _code("echelon_stated", EVIDENCE, ("1", "2", "3")),
        _code("echelon_computed", ASSESSMENT, ("1", "2", "3")),
        _list("echelons_possible", ASSESSMENT),
        _code("echelon_would_be", ASSESSMENT, ("1", "2", "3")),
        _list("open_border", ASSESSMENT),
        _count("number", EVIDENCE),
        _count("year", EVIDENCE, "year"),
        _list("norms", NORMS),
    ),
)
IZA = TableShape(
    name="iza",
    columns=(
        *KEYS,
        *GROUP,
        _code("tranche", NORMS),
        _code("step", NORMS),
        _text("step_name", NORMS),
        _code("step_state", ASSESSMENT, _codes(StepState)),
        _day("day_first", EVIDENCE),
        _day("day_last", EVIDENCE),
        _code("origin", ASSESSMENT, _codes(ResultOrigin)),
    ),
)
DOCUMENTS = TableShape(
    name="documents",
    columns=(
        *KEYS,
        _code("document", EVIDENCE),
        _text("document_title", EVIDENCE),
        _day("day_first", EVIDENCE),
        _day("day_last", EVIDENCE),
        _day("valid_until", EVIDENCE),
        _text("adopted_by", EVIDENCE),
        _text("access", EVIDENCE),
    ),
)
ACTIONS = TableShape(
    name="actions",
    columns=(
        *KEYS,
        _code("action", EVIDENCE),
        _list("indicators", EVIDENCE),
        _text("action_text", EVIDENCE),
        _text("owner", EVIDENCE),
        _day("due", EVIDENCE),
        _code("action_state", EVIDENCE),
        _text("evidence_expected", EVIDENCE),
    ),
)
BOTTLENECKS = TableShape(
    name="bottlenecks",
    columns=(
        *KEYS,
        _text("bottleneck", EVIDENCE),
        _list("indicators", EVIDENCE),
        _text("owner", EVIDENCE),
        _text("request", EVIDENCE),
        _flag("beside_answer", EVIDENCE),
    ),
)
SHAPES = (NETWORKS, STANDARDS, INDICATORS, ROWS, VOLUMES, ECHELONS, IZA, DOCUMENTS, ACTIONS, BOTTLENECKS)
"""Every table, in the order in which they are written."""

DICTIONARY = TableShape(
    name="dictionary",
    columns=(
        _code("table", NORMS),
        _code("column", NORMS),
        _code("type", NORMS, _codes(Kind)),
        _text("unit", NORMS),
        _list("values", NORMS),
        _text("source", NORMS),
        _text("meaning", NORMS),
    ),
)
"""The data dictionary: one row a column of every other table."""
