"""Looking at a PDF as poppler does: where its words stand, how full its pages are, and pages as pictures."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from itertools import groupby
from pathlib import Path

from PIL import Image

POINT = 25.4 / 72
"""Millimetres."""
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>')
TOP, FOOT = 25.0, 277.0
"""Where the text of an A4 page begins and ends, in mm; above and below stand the header and the footer."""


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word with its place, in mm from the top left of its page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_of(pdf: bytes) -> list[PrintedWord]:
    """Every word of a PDF."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    found, page = [], 0
    for line in done.stdout.decode().splitlines():
        page += line.lstrip().startswith("<page")
        if match := WORD.search(line):
            left, top, right, bottom = (float(value) * POINT for value in match.groups()[:4])
            found.append(PrintedWord(page, left, top, right, bottom, unescape(match[5])))
    return found


def fill_of(words: list[PrintedWord]) -> list[float]:
    """How far down the text of each page reaches, as a share of the height there is for it."""
    pages = groupby(words, lambda word: word.page)
    lowest = [max((word.bottom for word in found if word.bottom < FOOT + 1), default=TOP) for _, found in pages]
    return [(bottom - TOP) / (FOOT - TOP) for bottom in lowest]


def pictures_of(pdf: Path, pages: tuple[int, ...], dots: int) -> list[Image.Image]:
    """Some pages as pictures, in grey, at so many dots per inch."""
    found = []
    for page in pages:
        command = ["pdftoppm", "-r", str(dots), "-gray", "-png", "-f", str(page), "-l", str(page), str(pdf)]
        done = subprocess.run(command, capture_output=True, check=True)
        found.append(Image.open(BytesIO(done.stdout)).convert("L"))
    return found
