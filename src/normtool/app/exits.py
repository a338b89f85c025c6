"""Exit codes: a published contract (README, Exit codes)."""

from __future__ import annotations

DONE = 0
INPUT_HAS_ERRORS = 1
WRONG_USE = 2
NOT_WRITTEN = 3
DOES_NOT_HOLD = 4
INTERRUPTED = 130


def worst(*codes: int) -> int:
    """The code to end with when several apply: 1 before 3 before 4."""
    order = (WRONG_USE, INPUT_HAS_ERRORS, NOT_WRITTEN, DOES_NOT_HOLD)
    return next((code for code in order if code in codes), DONE)
