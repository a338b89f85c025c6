"""What `normtool explain` says: of a code, of an indicator, and of a verdict step by step. Plain text, 80 columns."""

from __future__ import annotations

from normtool.core.dossier import Dossier
from normtool.core.form_names import INDICATOR_COLUMNS, INDICATORS_SHEET
from normtool.core.forms import needed_cells, registers_of
from normtool.core.kinds import DocumentAge, Maturity, Proportion, Step, YesNo
from normtool.core.spellings import near
from normtool.core.standards import Framework, Indicator, IndicatorClass
from normtool.telling.accounts import Account, effort_words, with_band
from normtool.telling.diagnostic_texts import RULES, blank_hint, blank_message, more, title
from normtool.telling.echelon_accounts import tell_echelons
from normtool.telling.iza_accounts import tell_tranche, tranche_lines
from normtool.telling.norm_texts import norm_sentence, target_text
from normtool.telling.plain_pages import open_page
from normtool.texts import Words


def suggest(name: str, framework: Framework) -> str | None:
    """The code or indicator that a name most looks like, if any comes close."""
    ids = RULES if name.upper().startswith("NT") else (indicator.id for indicator in framework.indicators)
    known = {item.casefold(): item for item in ids}
    found = near(name, known, cutoff=0.6)
    return known[found] if found is not None else None


# --- a code -----------------------------------------------------------------------------------------------------


def explain_code(code: str, words: Words) -> str:
    """A rule: what it is about, what its message looks like, what to do.

    Raises:
        KeyError: no rule has this code.
    """
    rule = RULES[code]
    page = open_page(words, "code")
    page.head(f"{code}  {title(code, words)} ({words.say(f'diagnostics.severity.{rule.severity.value}')})")
    page.head(more(code, words))
    page.field(words.say("explain.code.seen"), blank_message(code, words))
    page.field(words.say("explain.code.do"), blank_hint(code, words))
    return page.text()


# --- an indicator -----------------------------------------------------------------------------------------------


def explain_indicator(framework: Framework, indicator_id: str, words: Words) -> str:
    """An indicator: what it asks, its norm and path, where it is answered, what it rests on, what helps.

    Raises:
        KeyError: no indicator has this id.
    """
    indicator = _indicator(framework, indicator_id)
    standard = next(item for item in framework.standards if indicator in item.indicators)
    page = open_page(words, "indicator")

    def put(label: str, *texts: str) -> None:
        page.field(words.say(f"explain.indicator.{label}"), *texts)

    page.head(f"{indicator.id}  {words.text(indicator.title)}")
    put("under", f"{standard.id}  {words.text(standard.title)}")
    put("class", _standing(indicator, words))
    put("asked", _asked(indicator, words))
    put("question", words.text(indicator.question))
    put("norm", norm_sentence(indicator, None, words))
    put("path", *(_step(indicator, step, words) for step in indicator.path))
    put("where", *_where(framework, indicator, words))
    source = words.say(f"explain.source.{indicator.source.value}")
    put("evidence", words.say("explain.evidence", source=source, minutes=indicator.minutes))
    put("guidance", words.text(indicator.guidance))
    allowed = "allowed" if indicator.may_be_not_applicable else "refused"
    put("not_applicable", words.say(f"explain.not_applicable.{allowed}"))
    standing = words.say(f"verdicts.standing.{indicator.basis.standing.value}")
    put("basis", words.say("explain.basis", standing=standing, text=words.as_written(indicator.basis.text)))
    put("references", *_references(framework, indicator))
    put("tranche", *tranche_lines(framework, indicator, words))
    put("also_in", *_cross_references(framework, indicator, words))
    put("remedy", effort_words(indicator, words))
    return page.text()


def _indicator(framework: Framework, indicator_id: str) -> Indicator:
    indicator = framework.indicator(indicator_id)
    if indicator is None:
        raise KeyError(indicator_id)
    return indicator


def _standing(indicator: Indicator, words: Words) -> str:
    parts = {"class": indicator.indicator_class, "dimension": indicator.dimension, "layer": indicator.layer}
    facts = {name: words.say(f"verdicts.{name}.{part.value}") for name, part in parts.items()}
    return words.say("explain.indicator.standing", **facts)


def _asked(indicator: Indicator, words: Words) -> str:
    kind = indicator.indicator_class.value
    if indicator.indicator_class is IndicatorClass.CORE and indicator.opening_cycle > 1:
        kind = IndicatorClass.GROWTH.value
    return words.say(f"explain.asked.{kind}", cycle=indicator.opening_cycle)


def _step(indicator: Indicator, step: Step, words: Words) -> str:
    target = target_text(indicator, step, words)
    text = (
        words.say("explain.step.year", year=step.year, target=target)
        if step.cycle is None
        else words.say("explain.step.cycle", cycle=step.cycle, target=target)
    )
    return with_band(indicator, step, text, words)


def _where(framework: Framework, indicator: Indicator, words: Words) -> list[str]:
    """The sheets and columns an indicator is answered in."""
    places = []
    cells = [*needed_cells(indicator)]
    if isinstance(indicator.kind, YesNo | DocumentAge | Maturity | Proportion):
        cells.append("documents")
    if cells:
        headers = [words.text(column.text) for column in INDICATOR_COLUMNS if column.id in cells]
        places.append((words.text(INDICATORS_SHEET.text), headers))
    for register, columns in registers_of(framework, indicator):
        headers = [words.text(column.header) for column in register.columns if column.id in columns]
        places.append((words.text(register.sheet), headers))
    return [
        words.say_count("explain.columns", len(headers), sheet=sheet, columns=", ".join(headers))
        if headers
        else words.say("explain.sheet", sheet=sheet)
        for sheet, headers in places
    ]


def _references(framework: Framework, indicator: Indicator) -> list[str]:
    """The sources; a mark such as S4 is written out where the framework does so."""
    written = {text.partition(":")[0]: text for text in framework.basis.references if ":" in text}
    return [written.get(reference, reference) for reference in indicator.basis.references]


def _cross_references(framework: Framework, indicator: Indicator, words: Words) -> list[str]:
    schemes = ((indicator.soncos, framework.soncos), (indicator.oeci, framework.oeci))
    return [words.as_written(item.title) for ids, known in schemes for item in known if item.id in ids]


# --- a verdict ------------------------------------------------------------------------------------------------


def explain_verdict(dossier: Dossier, indicator_id: str, words: Words) -> str:
    """A verdict step by step, with every number and cell it rests on, and what would lift it.

    Raises:
        KeyError: no indicator has this id.
    """
    indicator = _indicator(dossier.framework, indicator_id)
    result = dossier.assessment.indicator(indicator_id)
    if result is None:
        raise KeyError(indicator_id)
    account = Account(dossier=dossier, indicator=indicator, result=result, page=open_page(words, "verdict"))
    page = account.page
    page.head(f"{indicator.id}  {words.text(indicator.title)}")
    account.tell_frame()
    account.tell_verdict()
    account.tell_answer()
    account.tell_rows()
    tell_echelons(account)
    account.tell_documents()
    tell_tranche(account)
    account.put("lift", account.lift())
    return page.text()
