"""The account of one volume, norm by norm: what was added up, what it was laid beside, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from normtool.core.assessment import NormCheck, RowResult
from normtool.core.dossier import Dossier
from normtool.core.ledger import open_ledger, place_in
from normtool.core.places import CellPlace
from normtool.core.standards import NormStanding, VolumeNorm
from normtool.core.volumes import Figure, Figures, collect_figures, is_sum
from normtool.telling.volume_texts import Names, compared_words, norm_dates, sourced_norm_words, verdict_words
from normtool.texts import Words


@dataclass(slots=True)
class VolumeAccount:
    """What is told of volumes; `told` are the norms whose source and dates were given already."""

    dossier: Dossier
    words: Words
    names: Names
    norms: dict[str, VolumeNorm] = field(init=False)
    figures: Figures = field(init=False)
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        framework, evidence = self.dossier.framework, self.dossier.evidence
        self.norms = {norm.id: norm for norm in framework.volume_norms}
        treatments = {item.id for item in framework.treatments}
        self.figures = collect_figures(open_ledger(framework, evidence), treatments)

    def lines(self, row: RowResult) -> Iterator[str]:
        """A row beside each of its norms; of a norm that is only shown also why it does not count."""
        for check in row.checks:
            norm = self.norms[check.norm]
            yield self._checked(check, norm)
            if is_sum(check, norm):
                yield self._say("added", parts=", ".join(self._parts(check, norm)))
            if norm.id not in self.told:
                self.told.add(norm.id)
                yield from self._source(norm)

    def _checked(self, check: NormCheck, norm: VolumeNorm) -> str:
        text = sourced_norm_words(norm, self.words, self.names, is_bound=check.is_bound)
        compared, verdict = compared_words(check, norm, self.words), verdict_words(check, self.words)
        if check.is_bound:
            return self._say("bound", norm=text, compared=compared, verdict=verdict)
        return self._say("shown", norm=text, compared=compared, verdict=verdict, why=self._why(norm))

    def _why(self, norm: VolumeNorm) -> str:
        if norm.standing is not NormStanding.IN_FORCE:
            return self._say(norm.standing.value)
        if norm.valid_from is None:
            return self._say("undated")
        return self._say("later", date=self.words.date(norm.valid_from))

    def _parts(self, check: NormCheck, norm: VolumeNorm) -> Iterator[str]:
        """Each number that was added up, named by what tells it from the others; and each that is missing."""
        for location in check.locations:
            for treatment in norm.treatments:
                for year in check.years:
                    told = (
                        (len(check.locations) > 1, self.names.get(location, location)),
                        (len(norm.treatments) > 1, self.names.get(treatment, treatment)),
                        (len(check.years) > 1, str(year)),
                    )
                    name = " ".join(text for is_told, text in told if is_told)
                    figure = self.figures.by_key.get((location, treatment, year))
                    yield self._part(name, figure, is_absent=self.figures.adds_nothing(location, treatment))

    def _part(self, name: str, figure: Figure | None, *, is_absent: bool) -> str:
        if figure is None and not is_absent:
            return self._say("part_missing", name=name)
        return self._say("part", name=name, number=self.words.whole(figure.number if figure is not None else 0))

    def _source(self, norm: VolumeNorm) -> Iterator[str]:
        basis = norm.basis
        references = "; ".join(basis.references)
        standing = self.words.say(f"verdicts.standing.{basis.standing.value}")
        text = self.words.as_written(basis.text)
        yield self._say(
            "source", standing=standing, text=text, references=f"[{references}]" if references else ""
        ).strip()
        dates = norm_dates(norm, self.words)
        if dates:
            yield self._say("dates", dates="; ".join(dates))

    def places(self, row: RowResult) -> Iterator[CellPlace]:
        """The cells that the norms of a row add to its own: of other treatments, years and locations."""
        for check in row.checks:
            for treatment in self.norms[check.norm].treatments:
                for location in check.locations:
                    found = (self.figures.by_key.get((location, treatment, year)) for year in check.years)
                    yield from (cell for figure in found if figure for cell in place_in(figure.row, "number"))

    def _say(self, key: str, **facts: object) -> str:
        return self.words.say(f"volumes.explain.{key}", **facts)
