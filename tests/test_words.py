"""Every sentence in both languages: the same facts, right numbers, one language, one word for one thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from normtool.resources import words_dir
from normtool.texts import LANGUAGES

STANDARDS = Path(__file__).resolve().parent.parent / "standards"
FACT = re.compile(r"(?<!\{)\{(\w+)\}")
NUMBERED = re.compile(r"\{(?:count|number)\} ([a-zà-ÿ-]+)")
NO_BREAK = "\u00a0"


def leaves(words: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    """Every sentence with its whole key."""
    for key, value in words.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}.{key}")
        else:
            assert isinstance(value, str), f"{above}.{key} is not a text"
            yield f"{above}.{key}", value


@cache
def sentences(language: str) -> Mapping[str, str]:
    """All words of a language by key."""
    found: dict[str, str] = {}
    for path in sorted(words_dir(language).iterdir()):
        text = path.read_text(encoding="utf-8")
        words = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=yaml.CSafeLoader)
        found |= dict(leaves(words, path.stem))
    return found


def texts_below(value: Any, language: str) -> Iterator[str]:
    """The texts of one language in a file of norms: whatever stands under `nl` or `en` beside the other."""
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES) and all(isinstance(text, str) for text in value.values()):
            yield value[language]
        else:
            for part in value.values():
                yield from texts_below(part, language)
    elif isinstance(value, list):
        for part in value:
            yield from texts_below(part, language)


@cache
def norm_texts(language: str) -> tuple[str, ...]:
    """All texts of the built-in norms in a language; the registry of networks is all names."""
    paths = [path for path in sorted(STANDARDS.rglob("*.yaml")) if path.name != "networks.yaml"]
    loaded = (yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for path in paths)
    return tuple(text for value in loaded for text in texts_below(value, language))


def said(language: str) -> Iterator[tuple[str, str]]:
    """Words and norms together, each with where it stands."""
    yield from sentences(language).items()
    for text in norm_texts(language):
        yield "standards", text


def without_quotes(text: str) -> str:
    """A text without facts, quotations, options, names of files and of programs: those have no language."""
    return re.sub(r"‘[^’]*’|\{[^}]*\}|--?\w[\w-]*|\b\w+\.(?:json|xlsx|yaml|pdf|html)\b|Merge & Center", "", text)


# ---------------------------------------------------------------- the same in both languages


def test_both_languages_have_the_same_keys_and_facts() -> None:
    dutch, english = (sentences(language) for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    facts = {key: (set(FACT.findall(text)), set(FACT.findall(english[key]))) for key, text in dutch.items()}
    assert {key: found for key, found in facts.items() if found[0] != found[1]} == {}


# Words that are alike or are told in Dutch and English, and names, are left out of both lists.
OTHER = {
    "nl": r"the|and|not|with|are|this|that|for|from|which|has|have|cannot|whether|but|if|it|you|your",
    "en": r"de|het|een|niet|geen|voor|zijn|wordt|worden|staat|ook|naar|deze|dit|dat|maar|nog|meer|uit|aan|dan|wie",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_in_the_other_language(language: str) -> None:
    wrong = re.compile(rf"\b({OTHER[language]})\b")
    assert [(key, text) for key, text in said(language) if wrong.search(without_quotes(text))] == []


# ---------------------------------------------------------------- one and more


PLURAL = {"nl": re.compile(r"\w{3,}(?:en|s)$"), "en": re.compile(r"\w{3,}s$")}
NO_NOUNS = {"weten", "doen", "voldoen", "halen", "anders", "combinaties", "combinations"}
"""What only ends like a plural, and the combinations of echelons: of one, `all` or `none` is told."""
NEVER_ONE = {
    "comparison.lead.least_of_many",  # of many
    "diagnostics.times",  # a group of two or more
    "frames.beside",  # always all tables
    "norms.listed",
    "norms.checked",
    "nt4xx.NT432.message",
    "nt4xx.NT446.message",
    "nt4xx.NT448.message",
    "parts.minutes.few",
    "parts.minutes.hours",  # from two hours on
    "public_report.title.hospitals",  # from two hospitals on
    "public_report.title.exercise",
    "standing.title.divided",
    "standing.title.whole",
    "volumes.compared.locations",  # what is added up or averaged is two or more
    "volumes.compared.treatments",
    "volumes.compared.mean",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_is_no_plural(language: str) -> None:
    words, wrong = sentences(language), []
    for key, text in words.items():
        if not key.endswith(".one"):
            continue
        more = words[f"{key.removesuffix('one')}other"]
        nouns = {noun for noun in NUMBERED.findall(more) if PLURAL[language].match(noun)} - NO_NOUNS
        wrong += [(key, noun) for noun in NUMBERED.findall(text) if noun in nouns]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_plural_has_a_form_for_one(language: str) -> None:
    """`1 indicatoren`: a number before a plural comes with `one` and `other`, unless it can never be one."""
    wrong = [
        (key, noun)
        for key, text in sentences(language).items()
        for noun in NUMBERED.findall(text)
        if PLURAL[language].match(noun) and noun not in NO_NOUNS and key not in NEVER_ONE
        if key.rpartition(".")[2] not in {"one", "other", "some", "all", "none"}
    ]
    assert wrong == []


def test_every_exception_is_still_needed() -> None:
    counted = {
        key
        for language in LANGUAGES
        for key in NEVER_ONE
        for noun in NUMBERED.findall(sentences(language)[key])
        if PLURAL[language].match(noun)
    }
    assert counted == NEVER_ONE


# ---------------------------------------------------------------- signs


COLUMNS = {"demo", "explain.cell", "explain.cell_plain", "norms.listed", "terminal.legend"}
"""Lines of a terminal that are laid out in columns: two spaces stand between those, and before a command to copy."""
GLUED = re.compile(
    r"(?<!\n)[^\S\n]{2}|(?<!\.)\.\.(?!\.)|,,|;;|::|[.,;:!?] [.,;:!?](?!\w)|\w [,;!](?=\s|$)|\( | \)|\s$"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_stand_where_they_should(language: str) -> None:
    laid_out = tuple(f"{key}." for key in COLUMNS)
    found = [(key, text) for key, text in said(language) if key not in COLUMNS and not key.startswith(laid_out)]
    assert [(key, text) for key, text in found if GLUED.search(text)] == []
    assert [(key, text) for key, text in said(language) if text.count("(") != text.count(")")] == []
    assert [(key, text) for key, text in said(language) if text.count("‘") > text.count("’")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_per_cent_sign_stands_as_the_language_asks(language: str) -> None:
    wrong = re.compile(r"[\d}] %" if language == "nl" else rf"[\d}}][ {NO_BREAK}]%")
    assert [(key, text) for key, text in said(language) if wrong.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explained_message_has_no_dots_twice(language: str) -> None:
    """`explain` shows … in the place of a fact; dots of the sentence itself would stand beside them."""
    messages = {key: text for key, text in sentences(language).items() if re.match(r"nt\dxx\.", key)}
    assert messages
    assert {key for key, text in messages.items() if re.search(r"\}…|…\{", text)} == set()


# ---------------------------------------------------------------- one word for one thing


NOT = {
    "nl": r"bewijswerkboek|subnetwerk\w*|editie|digest|voldoet deels|tekortkoming\w*|afwijkingenlijst|"
    r"hoor en wederhoor|leerpartners|spiegelbespreking|zonder dragers|owner|template",
    "en": r"carers|masking|digest|subnetworks?|colors?|centers?|behavior|analyz\w+|organiz\w+|recogniz\w+|grays?",
}
"""What the table *Words that users read* says no to; in English also what is American, or means family (carers)."""
KEPT = {"Number of carers"}
"""The header of a column: names of sheets and headers are a contract."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_meet_one_word_for_one_thing(language: str) -> None:
    wrong = re.compile(rf"\b({NOT[language]})\b", re.IGNORECASE)
    found = [(key, text) for key, text in said(language) if wrong.search(without_quotes(text))]
    assert [(key, text) for key, text in found if text not in KEPT and "normtool template" not in text] == []
