"""A workbook that this program writes, as bytes: nothing left out, nothing that changes from run to run."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import Any

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
"""What people typed stays text, whatever it looks like."""


def workbook_bytes(fill: Callable[[Any], None]) -> bytes:
    """The .xlsx file that `fill` makes of an empty XlsxWriter workbook.

    Raises:
        Warning: XlsxWriter would leave something out (it only warns; a fault in our own code).
    """
    import xlsxwriter

    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = xlsxwriter.Workbook(target, OPTIONS)
        fill(book)
        book.close()
    return target.getvalue()
