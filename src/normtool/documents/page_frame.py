"""What every page is made with: the template environment, stylesheets with their colours, fonts, and the policy.

Screen pages are self-contained: styles, fonts and script stand in the page, and the policy allows those alone.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from normtool.documents.marks import marks_css, palette_css
from normtool.resources import data_dir
from normtool.texts import Words

SCREEN, PRINT = "screen", "print"
SCREEN_CSS, PRINT_CSS = "screen.css", "print.css"

PLAIN = " .,:·-"
"""What a stylesheet may hold in a text as it is, besides letters and digits."""
SCREEN_FONTS = (
    ("Source Sans 3", 400, "SourceSans3-Regular.ttf.woff2"),
    ("Source Sans 3", 600, "SourceSans3-Semibold.ttf.woff2"),
    ("Source Serif 4 Display", 600, "SourceSerif4Display-Semibold.ttf.woff2"),
)


@cache
def environment() -> Environment:
    """The templates, with every text escaped and every name known."""
    return Environment(
        loader=FileSystemLoader(data_dir("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def speaker(words: Words, topic: str) -> Callable[..., str]:
    """A function for templates that says the sentences of one topic."""

    def say(key: str, **facts: object) -> str:
        return words.say(f"{topic}.{key}", **facts)

    return say


@cache
def template_text(name: str) -> str:
    """A file of templates/ as it stands."""
    return (data_dir("templates") / name).read_text(encoding="utf-8")


def screen_style(*more: str) -> str:
    """The styles of a screen page, fonts included; `more` are stylesheets of templates/ of its own."""
    sheets = "".join(template_text(name) for name in (SCREEN_CSS, *more))
    return _font_faces() + palette_css(screen=True) + marks_css(dark=True) + _widths_css() + sheets


def print_style(*more: str) -> str:
    """The styles of a printed page; the addresses in it are those of files in templates/."""
    sheets = "".join(template_text(name) for name in (PRINT_CSS, *more))
    return palette_css(screen=False) + marks_css(dark=False) + _widths_css() + sheets


def running_css(title: str, labels: Iterable[str], feet: Iterable[str]) -> str:
    """What stands above and below every page that a browser prints, for screen.css: whose document, and its norms."""
    texts = {"title": title, "status": " · ".join(labels), "foot": " · ".join(filter(None, feet))}
    return f":root{{{''.join(f'--running-{name}:{_css_string(text)};' for name, text in texts.items())}}}"


def _css_string(text: str) -> str:
    """A text as a stylesheet writes it: nothing in it ends the string, and nothing ends the element."""
    written = "".join(letter if letter.isalnum() or letter in PLAIN else f"\\{ord(letter):x} " for letter in text)
    return f'"{written}"'


def policy(style: str, script: str = "") -> str:
    """A policy that allows this style and this script by their digests, and no address at all."""
    rules = (
        "default-src 'none'",
        f"style-src '{_digest(style)}'",
        f"script-src '{_digest(script)}'" if script else "script-src 'none'",
        "img-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _font_faces() -> str:
    folder: Path = data_dir("templates") / "fonts"
    faces = []
    for family, weight, name in SCREEN_FONTS:
        data = b64encode((folder / name).read_bytes()).decode()
        source = f'url("data:font/woff2;base64,{data}") format("woff2")'
        faces.append(f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;src:{source}}}')
    return "".join(faces)


def _widths_css() -> str:
    """Column widths in even per cents, as classes: the policy allows no style attributes."""
    return "".join(f".w-{percent}{{width:{percent}%}}" for percent in range(2, 101, 2))
