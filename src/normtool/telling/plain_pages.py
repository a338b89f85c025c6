"""Plain text in two columns, a label and what belongs to it, for a terminal of 80 columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import wrap

from normtool.telling.diagnostic_texts import BOUND, WIDTH
from normtool.texts import Words


@dataclass(slots=True)
class Page:
    """Lines of text in two columns: a label, and what belongs to it."""

    words: Words
    labels: int
    lines: list[str] = field(default_factory=list)

    def head(self, text: str) -> None:
        """A heading over the whole width."""
        self.lines += [*wrap(text, WIDTH), ""]

    def field(self, label: str, *texts: str) -> None:
        """Texts beside a label, each on lines of its own; nothing when there are none."""
        filled = [text for text in texts if text.strip()]
        for number, text in enumerate(filled):
            first = f"{label if number == 0 else '':<{self.labels}}"
            self.lines += self._wrapped(first, text)

    def under(self, text: str, indent: int = 2) -> None:
        """A text below the one before it."""
        self.lines += self._wrapped(" " * (self.labels + indent), text)

    def text(self) -> str:
        """The page, with a line break at its end."""
        return "\n".join(line.rstrip() for line in self.lines) + "\n"

    def _wrapped(self, first: str, text: str) -> list[str]:
        lines = []
        for part in text.split("\n"):
            rest = " " * len(first)
            found = wrap(part, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
            lines += [line.replace(BOUND, " ") for line in found]
            first = rest
        return lines


def open_page(words: Words, section: str) -> Page:
    """An empty page whose first column fits every label of a section of explain.yaml."""
    found = words.find(f"explain.{section}")
    texts = [text for text in found.values() if isinstance(text, str) and "{" not in text]
    return Page(words=words, labels=min(max(len(text) for text in texts), 14) + 2)
