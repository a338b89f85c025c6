"""The echelons in the account of a verdict: per location and group what was counted, stated and computed."""

from __future__ import annotations

from normtool.core.assessment import EchelonResult
from normtool.core.echelons import LEVELS, concerns_echelons, misfit
from normtool.telling.accounts import Account
from normtool.telling.echelon_texts import (
    BorderTexts,
    BorderWords,
    computed_words,
    known_by_volume,
    says_something,
    why_open,
)
from normtool.texts import Words

MOST = 24
"""Combinations that are listed before the rest is only counted."""


def tell_echelons(account: Account) -> None:
    """The borders and the echelons, for an indicator that looks at them; what asks for attention comes first."""
    dossier, words = account.dossier, account.page.words
    results = [item for item in dossier.assessment.echelons if says_something(item)]
    if not concerns_echelons(dossier.framework, account.indicator) or not results:
        return
    treated = [item for item in results if item.treats is not False]
    account.page.field(words.say("echelons.explain.label"), known_by_volume(treated, words))
    shown = sorted(results, key=_rank)
    for item in shown[:MOST]:
        account.page.under(_line(account, item), 0)
    if len(shown) > MOST:
        account.page.under(words.say_count("echelons.explain.more", len(shown) - MOST), 0)
    year = dossier.evidence.network.reporting_year
    texts = BorderTexts(framework=dossier.framework, year=year, words=words, names=account.names)
    borders = texts.told(dict.fromkeys(item.group for item in results))
    account.page.field(words.say("echelons.explain.borders"), *(_border(border, words) for border in borders))


def _border(border: BorderWords, words: Words) -> str:
    facts = {"between": border.between, "groups": border.groups, "number": border.number, "source": border.source}
    if not border.standing:
        return words.say("echelons.explain.border_open", **facts)
    return words.say("echelons.explain.border", standing=border.standing, **facts)


def _rank(item: EchelonResult) -> int:
    """Odd levels first, then those at the level that is asked most, then the rest in their own order."""
    if misfit(item):
        return 0
    return 1 if LEVELS[1] in (item.stated, item.computed) else 2


def _line(account: Account, item: EchelonResult) -> str:
    words, names = account.page.words, account.names
    facts = []
    if item.number is not None:
        facts.append(words.say("echelons.explain.number", number=words.whole(item.number), year=item.year))
    facts.append(words.say("echelons.explain.computed", computed=computed_words(item, words)))
    why = why_open(item, words)
    if why:
        facts.append(why)
    stated = words.say("echelons.explain.stated", stated=item.stated) if item.stated else ""
    facts.append(stated or words.say("echelons.explain.not_stated"))
    if item.would_be not in ("", item.computed):
        facts.append(words.say("echelons.explain.would_be", level=item.would_be))
    location, group = names.get(item.location, item.location), names.get(item.group, item.group)
    return words.say("echelons.explain.line", location=location, group=group, facts="; ".join(facts))
