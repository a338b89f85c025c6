"""Invented norms for tests: both lung norms bind, and the borders between echelons are in force.

The built-in norms leave the lung norms `intended` and publish no border, because no source says otherwise. What the
program does once they are in force is shown here with numbers that are nobody's.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import yaml

from normtool.core.registers import Text
from normtool.core.standards import Basis, Framework, NormStanding, Standing, VolumeNorm
from normtool.resources import data_dir

Unit = Literal["location", "institution"]
BUILT_IN = "netwerknormering-voorbeeld"
LUNG_NORMS = ("soncos-lung-resection-50", "iza-lung-resection-60")
FROM = date(2025, 1, 1)
"""Invented norms are in force from here: they bind the figures of 2025 and later."""
INVENTED = Basis(
    text=Text(nl="Verzonnen voor een test.", en="Invented for a test."),
    standing=Standing.SOURCED,
    references=("een verzonnen bron",),
)
"""A norm in force must name a source."""


def bound_lung(framework: Framework) -> Framework:
    """The framework with two norms in force for lung resections: 50 since 2017, and 60 from 2025, per institution."""
    in_force = {norm.id: replace(norm, standing=NormStanding.IN_FORCE) for norm in framework.volume_norms}
    soncos, iza = (in_force[norm] for norm in LUNG_NORMS)
    changed = {soncos.id: soncos, iza.id: replace(iza, valid_from=FROM)}
    return replace(framework, volume_norms=tuple(changed.get(norm.id, norm) for norm in framework.volume_norms))


def averaged(framework: Framework, treatment: str, minimum: int, *, unit: Unit = "location") -> Framework:
    """The framework with one more norm for a treatment: the mean of three years, in force from 2025."""
    norm = replace(border(f"mean-{treatment}", minimum, unit), treatments=(treatment,), years=3)
    return replace(framework, volume_norms=(*framework.volume_norms, norm))


def with_borders(
    framework: Framework, *, specific: Mapping[str, int], generic: int | None = None, unit: Unit = "location"
) -> Framework:
    """The framework with borders between the echelons in force from 2025.

    `specific` has the border between 1 and 2 by tumour group; the built-in norms of that systemic therapy make way.
    `generic` is the border between 2 and 3, for all groups; without it that border is unpublished.
    """
    borders = tuple(border(f"border-{group}", minimum, unit, group) for group, minimum in specific.items())
    treated = {treatment for norm in borders for treatment in norm.treatments}
    others = tuple(norm for norm in framework.volume_norms if not treated & set(norm.treatments))
    assert framework.echelons is not None
    minima = () if generic is None else (border("generic-minimum", generic, unit),)
    return replace(
        framework, volume_norms=(*others, *borders), echelons=replace(framework.echelons, generic_minima=minima)
    )


def border(name: str, minimum: int, unit: Unit = "location", group: str = "") -> VolumeNorm:
    """An invented border in force from 2025; without a group it is a generic minimum."""
    return VolumeNorm(
        id=name,
        treatments=(f"systemic-therapy-{group}",) if group else (),
        minimum=minimum,
        unit=unit,
        standing=NormStanding.IN_FORCE,
        basis=INVENTED,
        valid_from=FROM,
    )


def write_standards(folder: Path, framework: Framework) -> Path:
    """A copy of the built-in norms with the volume norms and generic minima of this framework; gives its folder.

    The copy is named `netwerknormering-verzonnen` in `folder`, with its reference files beside it: what `--standards`
    takes.
    """
    target = folder / "netwerknormering-verzonnen"
    shutil.copytree(data_dir("standards") / BUILT_IN, target)
    shutil.copytree(data_dir("standards") / "reference", folder / "reference")
    rewrite(target / "volume-norms.yaml", "volume_norms", plain(framework.volume_norms))
    rewrite(folder / "reference" / "echelons.yaml", "echelons", plain(framework.echelons))
    return target


def rewrite(file: Path, key: str, value: object) -> None:
    """Put another value under one top key of a YAML file; the rest keeps its values."""
    content = yaml.safe_load(file.read_text(encoding="utf-8")) | {key: value}
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def plain(value: Any) -> Any:
    """A value of the core as YAML takes it; what is not there is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return {name: item for name, item in named.items() if item not in (None, "")}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value
