"""What reading one file may cost. Each limit is a setting with its reason; the guard's own are beside its checks."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of the process that reads files of others."""

    memory_bytes: int = 400 * MEBIBYTE
    """Address space beyond what the program had itself. 60,000 register rows take 170 to 250 MB; with the program
    this stays under 500, and a laptop with 4 GB goes on working."""
    cpu_seconds: int = 8
    """Per file. 60,000 register rows take about one; an old laptop may be four times as slow."""
    wall_seconds: int = 30
    """Per file, also when nothing is computed: a folder in the cloud has to fetch the file first."""


LIMITS = Limits()
