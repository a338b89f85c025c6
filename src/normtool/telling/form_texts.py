"""Texts that a form shows and nobody types: written into it, and known again when it comes back."""

from __future__ import annotations

from collections.abc import Iterator

from normtool import __version__
from normtool.core.asked_layers import Asks
from normtool.core.form_names import INDICATORS_SHEET, NETWORK_KEYS, NETWORK_SHEET
from normtool.core.form_texts import FormTexts
from normtool.core.forms import FormRequest, asks_of, registers_of
from normtool.core.spellings import plain
from normtool.core.standards import Framework, Indicator, Layer, Standard
from normtool.telling.norm_texts import norm_sentence
from normtool.texts import LANGUAGES, Words


def standard_text(standard: Standard, words: Words) -> str:
    """A standard by its id and short name."""
    return f"{standard.id} {words.text(standard.short)}"


def class_text(indicator: Indicator, words: Words, *, is_later: bool) -> str:
    """What sort of indicator it is, and whether it is asked in a later cycle only."""
    kind = words.say(f"verdicts.class.{indicator.indicator_class.value}")
    return words.say("form.indicators.later", **{"class": kind}) if is_later else kind


def where_text(framework: Framework, indicator: Indicator, words: Words) -> str:
    """In which sheet, and in which columns of it, this indicator is answered."""
    places = []
    for register, columns in registers_of(framework, indicator):
        headers = [words.text(column.header) for column in register.columns if column.id in columns]
        sheet = words.text(register.sheet)
        listed = ", ".join(headers)
        places.append(
            words.say("form.where.columns", sheet=sheet, columns=listed)
            if headers
            else words.say("form.where.sheet", sheet=sheet)
        )
    return "\n".join(places) if places else words.say("form.where.here")


def where_in_form(request: FormRequest, indicator: Indicator, words: Words) -> str:
    """Where an indicator is answered, by what this form asks: here, somewhere else, or by somebody else."""
    match asks_of(request, indicator):
        case Asks.ELSEWHERE:
            return dict(request.settled).get(indicator.id) or elsewhere_text(indicator, words)
        case Asks.FREE:
            return free_text(request.framework, indicator, words)
        case _:
            return where_text(request.framework, indicator, words)


def elsewhere_text(indicator: Indicator, words: Words) -> str:
    """Who answers an indicator of another layer than the form's own."""
    return words.say(f"form.layers.{indicator.layer.value}")


def free_text(framework: Framework, indicator: Indicator, words: Words) -> str:
    """When a region answers an indicator that its sub-networks can answer, and where."""
    return f"{words.say('form.layers.free')}\n{where_text(framework, indicator, words)}"


def form_texts(framework: Framework) -> FormTexts:
    """What the sheets about the network and the indicators show, in every language, in any year and cycle."""
    texts: set[str] = set()
    norms: list[tuple[str, str]] = []
    for language in LANGUAGES:
        words = Words(language)
        texts.update(_of_sheets(words))
        for standard in framework.standards:
            texts.add(standard_text(standard, words))
            for indicator in standard.indicators:
                texts.update(_of_indicator(framework, indicator, words))
                norms += [(language, norm) for norm in _norms(indicator, words)]
    plain_texts = frozenset(map(plain, texts))
    return FormTexts(program=__version__, digest=framework.digest, texts=plain_texts, norms=tuple(norms))


def _of_sheets(words: Words) -> Iterator[str]:
    """Titles, guidance, and what belongs in each fact of the network."""
    yield words.text(NETWORK_SHEET.text)
    yield words.text(INDICATORS_SHEET.text)
    yield words.say("form.indicators.guidance")
    yield words.say("form.network.guidance")
    yield words.say("parts.network.fixed")
    for key in NETWORK_KEYS:
        yield words.say(f"form.network.{key.id}")


def _of_indicator(framework: Framework, indicator: Indicator, words: Words) -> Iterator[str]:
    """Its class, and where it is answered."""
    yield class_text(indicator, words, is_later=False)
    yield class_text(indicator, words, is_later=True)
    yield where_text(framework, indicator, words)
    yield free_text(framework, indicator, words)
    if indicator.layer is not Layer.EITHER:
        yield elsewhere_text(indicator, words)


def _norms(indicator: Indicator, words: Words) -> Iterator[str]:
    """Its norm, at every step."""
    yield norm_sentence(indicator, None, words)
    for step in indicator.path:
        yield norm_sentence(indicator, step, words)
