"""The words of a language with a network's own terms in them."""

from __future__ import annotations

from normtool.core.dossier import Dossier
from normtool.core.own_terms import own_term, own_terms
from normtool.texts import Words


def words_for(dossier: Dossier, words: Words) -> Words:
    """The words for the documents of one dossier."""
    return own_words(words, own_term(dossier.evidence.network.own_terms, dossier.house_style))


def own_words(words: Words, typed: str) -> Words:
    """The words of a language with this term in the place of ours; the same words when there is none."""
    return Words(words.language, own_terms(words.language, typed)) if typed else words
