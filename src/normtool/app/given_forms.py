"""Forms that help to make another one: last year's, and that of the region above."""

from __future__ import annotations

from pathlib import Path

from normtool.core.diagnostics import Collector
from normtool.core.evidence import Evidence
from normtool.core.intake import Known, take_in
from normtool.core.networks import Registry
from normtool.core.standards import Framework
from normtool.files.reading_worker import read_all


def read_given_form(
    framework: Framework, path: Path, registry: Registry | None, collector: Collector
) -> tuple[Evidence, int] | None:
    """What a form says, read with the norms of today, and how many of its cells hold an error.

    None, with the reason collected, when it cannot be read or when it is not safe to use.
    """
    (read,) = read_all((path,))
    if read.grid is None:
        collector.items += read.diagnostics
        return None
    evidence, found = take_in(framework, (read.grid,), Known(registry=registry))
    errors = [item for item in found if item.is_error]
    unsafe = [item for item in errors if item.rule.concerns_safety]
    if evidence is None or unsafe:
        collector.items += unsafe or errors
        return None
    return evidence, len(errors)
