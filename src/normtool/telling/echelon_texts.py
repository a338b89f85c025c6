"""Echelons in words: a cell, why it is open, what is odd about it, and the borders with dates and source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normtool.core.asking import explanation_in
from normtool.core.assessment import EchelonResult
from normtool.core.dossier import Dossier
from normtool.core.echelon_borders import GENERIC, SPECIFIC, borders_of
from normtool.core.echelons import LEVELS, care_rows, misfit
from normtool.core.ledger import open_ledger
from normtool.core.rules_volumes import ECHELON_WITHOUT_FIRST
from normtool.core.standards import Echelons, Framework, NormStanding, VolumeNorm
from normtool.core.units import Unit
from normtool.telling.phrases import in_sentence
from normtool.telling.retelling import Names
from normtool.texts import Words

OPEN, NO_CARE = "?", "–"
"""What stands for a level that is not known, and for a group that a location does not treat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWords:
    """A cell of the matrix: as which level it is drawn (1, 2, 3, ? or –), and what is written in it.

    `stated` is the level that the location states where no other can be computed; `brief` is the text in signs, with
    what is stated in brackets.
    """

    level: str
    text: str
    brief: str
    stated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderWords:
    """A border: between which levels, for which groups, its number and unit, how far it is, and who says so.

    The standing is empty of a border that is unpublished.
    """

    between: str
    groups: str
    number: str
    standing: str
    source: str


def is_known(results: Iterable[EchelonResult]) -> bool:
    """Whether anything was said: who treats, at which level, or how many."""
    return any(item.stated or item.treats is not None or item.number is not None for item in results)


def known_by_volume(treated: Sequence[EchelonResult], words: Words) -> str:
    """Of how many combinations that are treated the level by volume is known."""
    if not treated:
        return words.say("echelons.lead.untreated")
    known = sum(bool(item.computed) for item in treated)
    key = "none" if not known else "all" if known == len(treated) else "some"
    return words.say_count(f"echelons.lead.{key}", len(treated), known=words.whole(known))


def says_something(result: EchelonResult) -> bool:
    """Whether a location told more of a group than that it does not treat it."""
    return bool(result.stated) or result.treats is True or (result.number is not None and result.treats is not False)


def cell_words(result: EchelonResult, words: Words) -> CellWords:
    """The computed level; beside it the stated one when it differs, and that alone where no level can be computed."""
    stated, sign = "", ""
    if result.stated:
        stated, sign = words.say("echelons.cell.stated", level=result.stated), f"({result.stated})"
    if result.treats is False:
        if result.stated == LEVELS[-1]:
            return CellWords(level=result.stated, text=stated, brief=sign)
        text = words.say("echelons.cell.no_care", stated=stated) if stated else NO_CARE
        return CellWords(level=NO_CARE, text=text, brief=f"{NO_CARE} {sign}".strip())
    if not result.computed:
        return CellWords(level=OPEN, text=stated or OPEN, brief=sign or OPEN, stated=result.stated)
    if result.stated in ("", result.computed):
        return CellWords(level=result.computed, text=result.computed, brief=result.computed)
    text = words.say("echelons.cell.differs", computed=result.computed, stated=result.stated)
    return CellWords(level=result.computed, text=text, brief=f"{result.computed} {sign}")


def computed_words(result: EchelonResult, words: Words) -> str:
    """The level by volume, or the levels that remain."""
    if result.treats is False:
        return words.say("echelons.computed.no_care")
    if len(result.possible) == len(LEVELS):
        return words.say("echelons.computed.open")
    *others, last = result.possible
    return words.say("echelons.computed.either", levels=", ".join(others), last=last) if others else last


def why_open(result: EchelonResult, words: Words) -> str:
    """Why no level can be computed; empty when there is one, or no care."""
    if result.treats is False or result.computed:
        return ""
    if result.number is None:
        return words.say("echelons.open.no_number")
    if len(result.open_border) == 2:
        return words.say("echelons.open.both")
    return words.say(f"echelons.open.{result.open_border[0] if result.open_border else 'figures'}")


def misfit_words(result: EchelonResult, words: Words, names: Names) -> str:
    """What is odd about a stated level, as a question to the network; empty when nothing is."""
    key = misfit(result)
    if not key:
        return ""
    facts = {
        "location": names.get(result.location, result.location),
        "group": in_sentence(names.get(result.group, result.group)),
        "stated": result.stated,
    }
    if key == "without_care":
        return words.say("echelons.question.without_care", **facts)
    facts |= {"number": words.whole(result.number or 0), "year": str(result.year)}
    return words.say(f"echelons.question.{key}", computed=computed_words(result, words), **facts)


def question_words(dossier: Dossier, words: Words, names: Names) -> list[str]:
    """What is odd about echelons, each with what the network says of it."""
    rows = care_rows(open_ledger(dossier.framework, dossier.evidence))
    found = []
    for item in dossier.assessment.echelons:
        text = misfit_words(item, words, names)
        row = rows.get(Unit(item.location, item.group))
        said = explanation_in(row) if row is not None else None
        if text and said is not None:
            text = f"{text} {words.say('echelons.question.answered', explanation=said.value)}"
        found += [text] if text else []
    for diagnostic in dossier.diagnostics:
        if diagnostic.rule == ECHELON_WITHOUT_FIRST:
            group = in_sentence(str(dict(diagnostic.facts)["group"]))
            found.append(words.say("echelons.question.without_first", group=group))
    return found


def legend_words(echelons: Echelons, words: Words) -> list[tuple[str, str]]:
    """The signs of the matrix and what they mean."""
    levels = [
        (level.id, {"name": words.text(level.name), "border": words.say(f"echelons.legend.at_{level.id}")})
        for level in echelons.levels
    ]
    return [
        *((sign, words.say("echelons.legend.level", **facts)) for sign, facts in levels),
        (words.say("echelons.cell.stated", level=LEVELS[1]), words.say("echelons.legend.stated")),
        (OPEN, words.say("echelons.legend.open")),
        (NO_CARE, words.say("echelons.legend.no_care")),
    ]


def standing_words(norm: VolumeNorm, words: Words) -> str:
    """How far a border is, with its dates; one that is not in force does not count."""
    standing = words.say(f"echelons.standing.{norm.standing.value}")
    start = "valid_from" if norm.standing is NormStanding.IN_FORCE else "planned"
    days = (("set_on", norm.set_on), (start, norm.valid_from), ("valid_until", norm.valid_until))
    dates = [words.say(f"echelons.dates.{name}", date=words.date(day)) for name, day in days if day is not None]
    return ", ".join((standing, *dates))


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderTexts:
    """The borders of a framework as they stand in a year, in words."""

    framework: Framework
    year: int
    words: Words
    names: Names

    def told(self, groups: Iterable[str]) -> list[BorderWords]:
        """The borders of these groups; those that have none are named together."""
        borders = borders_of(self.framework)
        specific: dict[str, tuple[VolumeNorm, list[str]]] = {}
        without: list[str] = []
        for group in groups:
            name = self.names.get(group, group)
            found = self._shown(borders[group].specific) if group in borders else []
            for norm in found:
                specific.setdefault(norm.id, (norm, []))[1].append(name)
            without += [] if found else [name]
        rows = [self._border(SPECIFIC, norm, ", ".join(named)) for norm, named in specific.values()]
        rows += [self._unpublished(SPECIFIC, ", ".join(without))] if without else []
        everybody = self.words.say("echelons.border.all_groups")
        minima = self._shown(self.framework.echelons.generic_minima if self.framework.echelons is not None else ())
        rows += [self._border(GENERIC, norm, everybody) for norm in minima]
        return rows if minima else [*rows, self._unpublished(GENERIC, everybody)]

    def _shown(self, norms: Iterable[VolumeNorm]) -> list[VolumeNorm]:
        return [norm for norm in norms if norm.is_shown_in(self.year)]

    def _border(self, side: str, norm: VolumeNorm, groups: str) -> BorderWords:
        words = self.words
        unit = words.say(f"echelons.unit.{norm.unit}")
        number = words.say("echelons.border.number", minimum=words.whole(norm.minimum), unit=unit)
        if norm.years > 1:
            number = words.say("echelons.border.averaged", number=number, years=norm.years)
        return BorderWords(
            between=words.say(f"echelons.border.{side}"),
            groups=groups,
            number=number,
            standing=standing_words(norm, words),
            source=words.as_written(norm.basis.text),
        )

    def _unpublished(self, side: str, groups: str) -> BorderWords:
        basis = self.framework.echelons.basis if self.framework.echelons is not None else self.framework.basis
        return BorderWords(
            between=self.words.say(f"echelons.border.{side}"),
            groups=groups,
            number=self.words.say("echelons.border.unpublished"),
            standing="",
            source=self.words.as_written(basis.text),
        )
