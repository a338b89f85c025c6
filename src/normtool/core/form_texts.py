"""The texts of the program's own that a form shows, by which what somebody typed over them is told."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.form_identity import FormIdentity
from normtool.core.own_terms import own_terms
from normtool.core.spellings import plain

SHORTEST_LINE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTexts:
    """What forms for one set of norms show that this version of the program writes, as plain texts.

    `norms` are the sentences of the norms with their languages: a form shows them in the network's own terms.
    """

    program: str
    digest: str
    texts: frozenset[str]
    norms: tuple[tuple[str, str], ...] = ()

    def of_form(self, identity: FormIdentity) -> frozenset[str] | None:
        """The texts of this form; None when another version wrote it, or for other norms: then they are not known."""
        if (identity.fact("program"), identity.fact("digest")) != (self.program, self.digest):
            return None
        own = identity.fact("own_term")
        norms = [own_terms(language, own)(text) if own else text for language, text in self.norms]
        return self.texts.union(map(plain, norms), (plain(text) for _, text in identity.settled))


def is_part(text: str, whole: str) -> bool:
    """Whether a text is a line of a longer one; a short line only at its end."""
    return text == whole or whole.endswith(f" {text}") or (len(text) >= SHORTEST_LINE and text in whole)
