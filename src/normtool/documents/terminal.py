"""The summary of an assessment in a terminal of 80 columns; colour on the marks only, words in the default colour.

Columns (design/look.md, Terminal): nr 3, standard 35, mark 2, verdict 27, bar 8, count 5.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from rich.text import Text

from normtool.core.assessment import IndicatorResult, Reason, RowState, Share, StandardResult, Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature
from normtool.core.standards import IndicatorClass
from normtool.core.volumes import missed
from normtool.documents.decisions import Decision, DecisionKind, board_agenda
from normtool.telling.retelling import named, names_of, plain_verdict, verdict_words
from normtool.telling.volume_texts import compared_words
from normtool.texts import Words

WIDTH = 80
MOST_LISTED = 6
MOST_ROWS = 3
MARKS = {
    Verdict.MET: ("√", "v", "green"),
    Verdict.PARTLY_MET: ("▌", "~", "yellow"),
    Verdict.NOT_MET: ("×", "x", "red"),
    Verdict.UNKNOWN: ("?", "?", ""),
    Verdict.OWN_APPROACH: ("◊", "e", "magenta"),
    Verdict.NOT_APPLICABLE: ("–", "-", ""),
    Verdict.INFORMATIVE: ("i", "i", ""),
}
BAR = ("█", "▒", "·")
PLAIN_BAR = ("#", "+", ".")
LONGEST_BAR = 8


@dataclass(frozen=True, slots=True)
class Characters:
    """Which marks a terminal can show: those of WGL4, or plain ASCII."""

    plain: bool = False

    def mark(self, verdict: Verdict) -> Text:
        """The mark of a verdict, in its colour."""
        rich_mark, plain_mark, colour = MARKS[verdict]
        return Text(plain_mark if self.plain else rich_mark, style=colour)

    @property
    def bar(self) -> tuple[str, str, str]:
        """Met, can still be met, the rest."""
        return PLAIN_BAR if self.plain else BAR

    @property
    def rule(self) -> str:
        """The one rule of the summary."""
        return ("-" if self.plain else "─") * WIDTH


NEEDED = "".join(mark for mark, _, _ in MARKS.values()) + "".join(BAR) + "─"
"""Every character beyond ASCII that the summary draws with."""


def summary(dossier: Dossier, words: Words, characters: Characters) -> list[Text]:
    """The whole summary, line by line."""
    lines = _head(dossier, words)
    lines += _standards(dossier, words, characters)
    lines += _sub_networks(dossier, words, characters)
    lines += _decisions(dossier, words, characters)
    lines += _missing_evidence(dossier, words, characters)
    return lines


def _head(dossier: Dossier, words: Words) -> list[Text]:
    network = dossier.evidence.network
    labels = []
    if dossier.draft:
        labels.append(words.say("verdicts.label.draft"))
    if network.nature is DataNature.FICTIONAL:
        labels.append(words.say("verdicts.label.fictional"))
    label = " ".join(labels)
    title = Text(_fit(network.name, WIDTH - len(label) - 1), style="bold")
    if label:
        title.append(" " * (WIDTH - len(title.plain) - len(label)))
        title.append(label, style="reverse")
    lines = [title]
    if network.nature is DataNature.PUBLIC_EXERCISE:
        lines.append(Text(words.say("verdicts.label.public_exercise"), style="bold"))
    facts = words.say(
        "terminal.years",
        assessment_year=network.assessment_year,
        reporting_year=network.reporting_year,
        cycle=network.cycle,
        date=words.short_date(network.reference_date),
    )
    norms = words.say(
        f"terminal.norms.{dossier.framework.status.value}",
        name=words.text(dossier.framework.name),
        edition=dossier.framework.edition,
    )
    layer = _layer(dossier, words)
    if layer:
        lines += [Text(line) for line in wrapped(layer, WIDTH)]
    return [*lines, Text(facts), *(Text(line, style="dim") for line in wrapped(norms, WIDTH)), Text("")]


def _standards(dossier: Dossier, words: Words, characters: Characters) -> list[Text]:
    head = Text("   " + _pad(words.say("terminal.standard"), 35) + _pad(words.say("terminal.verdict"), 29))
    head.append(words.say("terminal.met"))
    head.stylize("bold")
    lines = [head, Text(characters.rule, style="dim")]
    titles = {item.id: words.text(item.short) for item in dossier.framework.standards}
    results = dossier.assessment.standards
    lines += [_standard_line(result, titles[result.id], words, characters) for result in results]
    met, can, rest = characters.bar
    legend = words.say("terminal.legend", met=met, can=can, rest=rest)
    return [*lines, Text(""), Text(legend, style="dim")]


def _standard_line(result: StandardResult, title: str, words: Words, characters: Characters) -> Text:
    line = Text(_pad(result.id, 3) + _pad(title, 35))
    line.append_text(characters.mark(result.verdict))
    line.append(" ")
    line.append(_pad(_verdict_words(result, words), 27), style="bold")
    line.append(_bar(result, characters))
    counts = result.counts
    line.append(f"{counts.met}/{counts.scored}".rjust(5) if counts.scored else words.say("terminal.none").rjust(5))
    return line


def _layer(dossier: Dossier, words: Words) -> str:
    """Of a region its sub-networks, of a sub-network its region; nothing of a network on its own."""
    if dossier.region is not None:
        return words.say("terminal.sub_network", region=dossier.region.name)
    names = ", ".join(item.code for item in dossier.sub_networks)
    return words.say_count("terminal.region", len(dossier.sub_networks), names=names) if names else ""


def _sub_networks(dossier: Dossier, words: Words, characters: Characters) -> list[Text]:
    """Per standard the mark of every sub-network; nothing when they do not fit beside each other."""
    below = [item for item in dossier.sub_networks if item.assessment is not None]
    widths = [max(len(item.code), 1) + 2 for item in below]
    if not below or 38 + sum(widths) > WIDTH:
        return []
    codes = "".join(item.code.rjust(width) for item, width in zip(below, widths, strict=True))
    lines = [Text(""), Text("   " + _pad(words.say("terminal.per_sub_network"), 35) + codes, style="bold")]
    for standard in dossier.framework.standards:
        line = Text(_pad(standard.id, 3) + _pad(words.text(standard.short), 35))
        for item, width in zip(below, widths, strict=True):
            results = item.assessment.standards if item.assessment is not None else ()
            line.append(" " * (width - 1))
            line.append_text(
                next((characters.mark(one.verdict) for one in results if one.id == standard.id), Text(" "))
            )
        lines.append(line)
    return lines


def _verdict_words(result: StandardResult, words: Words) -> str:
    if result.mostly_undecided:
        return words.say("terminal.mostly_unknown", known=result.counts.core_known, core=result.counts.core)
    if result.verdict is Verdict.UNKNOWN and result.worst and result.best:
        return words.say(f"verdicts.between_short.{result.worst.value}_{result.best.value}")
    return plain_verdict(result.verdict, words, first_cycle=any(item.first_cycle for item in result.indicators))


def _bar(result: StandardResult, characters: Characters) -> str:
    """One character an indicator; more than eight indicators are drawn to scale and the count tells the rest."""
    counts = result.counts
    if not counts.scored:
        return " " * LONGEST_BAR
    scale = min(1.0, LONGEST_BAR / counts.scored)
    met = round(counts.met * scale)
    can = round(counts.best_met * scale) - met
    rest = min(LONGEST_BAR, counts.scored) - met - can
    first, second, third = characters.bar
    return _pad(first * met + second * can + third * rest, LONGEST_BAR)


def _decisions(dossier: Dossier, words: Words, characters: Characters) -> list[Text]:
    agenda = board_agenda(dossier, words)
    asked = [item for item in agenda.decisions if item.indicators and item.kind is not DecisionKind.EVIDENCE]
    lines: list[Text] = []
    for decision in asked:
        result = dossier.assessment.indicator(decision.indicators[0])
        if result is not None:
            lines += _item(result, _asked(decision, result, dossier, words), characters)
    return [Text(""), Text(words.say("terminal.decisions"), style="bold"), *lines] if lines else []


def _item(result: IndicatorResult, sentence: str, characters: Characters) -> list[Text]:
    """An indicator with its mark and a sentence of as many lines as it needs."""
    first, *more = wrapped(sentence, WIDTH - 11)
    line = Text("  ")
    line.append_text(characters.mark(result.verdict))
    line.append(f" {_pad(result.id, 7)}{first}")
    return [line, *(Text(" " * 11 + part) for part in more)]


def _asked(decision: Decision, result: IndicatorResult, dossier: Dossier, words: Words) -> str:
    """What a decision is about, in numbers where there are numbers."""
    if decision.kind is not DecisionKind.IMPROVE:
        return decision.sentence
    framework = dossier.framework
    indicator = framework.indicator(result.id)
    title = words.text(indicator.title) if indicator is not None else result.id
    below = [(row, check) for row in result.rows if (check := missed(row)) is not None]
    if below:
        norms = {norm.id: norm for norm in framework.volume_norms}
        row, check = below[0]
        norm = norms[check.norm]
        name = named(row, words, names_of(framework, dossier.evidence, words))
        key = "terminal.below_norm" if len(below) == 1 else "terminal.below_norms"
        number = compared_words(check, norm, words)
        return words.say(key, name=name, number=number, minimum=norm.minimum, more=len(below) - 1)
    if isinstance(result.value, Share) and result.target is not None:
        share, target = result.value, words.target_share(result.target)
        part, whole = words.whole(share.numerator), words.whole(share.denominator)
        return words.say("terminal.share", title=title, part=part, whole=whole, target=target)
    return f"{title}: {verdict_words(result, words)}"


def _missing_evidence(dossier: Dossier, words: Words, characters: Characters) -> list[Text]:
    lacking = [item for item in dossier.assessment.indicators if _lacks_evidence(item)]
    if not lacking:
        return []
    names = names_of(dossier.framework, dossier.evidence, words)
    titles = {item.id: words.text(item.title) for item in dossier.framework.indicators}
    lines = [Text(""), Text(words.say_count("terminal.missing", len(lacking)), style="bold")]
    lines += [
        _missing_line(item, _what_lacks(item, titles[item.id], words, names), characters)
        for item in lacking[:MOST_LISTED]
    ]
    more = len(lacking) - MOST_LISTED
    if more > 0:
        lines.append(Text("    " + words.say_count("terminal.more", more, indicator=lacking[MOST_LISTED].id)))
    return lines


def _what_lacks(item: IndicatorResult, title: str, words: Words, names: Mapping[str, str]) -> str:
    """Why an indicator cannot be judged, with the rows that are open; else its title."""
    reason = words.say(f"verdicts.reason.{item.reason.value}") if item.reason else ""
    rows = [row for row in item.rows if row.state is RowState.UNDECIDED]
    if item.reason is Reason.INCOMPLETE_ROWS and 0 < len(rows) <= MOST_ROWS:
        return f"{reason}: {'; '.join(named(row, words, names) for row in rows)}"
    return f"{reason}: {title}"


def _missing_line(item: IndicatorResult, text: str, characters: Characters) -> Text:
    rows = [row for row in item.rows if row.state is RowState.UNDECIDED and row.places]
    places = rows[0].places if rows and item.reason is Reason.INCOMPLETE_ROWS else item.places
    where = f"{places[0].sheet}!{places[0].cell}" if places else ""
    room = WIDTH - 11 - (len(where) + 2 if where else 0)
    line = Text("  ")
    line.append_text(characters.mark(Verdict.UNKNOWN))
    line.append(f" {_pad(item.id, 7)}{_pad(text, room)}")
    if where:
        line.append(f"  {where}", style="dim")
    return line


def _lacks_evidence(result: IndicatorResult) -> bool:
    scored = result.is_open and result.indicator_class is not IndicatorClass.INFORMATIVE
    return scored and result.verdict is Verdict.UNKNOWN and result.reason is not Reason.NO_NORM


def _pad(text: str, width: int) -> str:
    return _fit(text, width).ljust(width)


def _fit(text: str, width: int) -> str:
    """A text on one line of at most so many columns, cut with an ellipsis when it is longer."""
    single = " ".join(text.split())
    return single if len(single) <= width else f"{single[: width - 1].rstrip()}…"


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns."""
    return textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False) or [""]
