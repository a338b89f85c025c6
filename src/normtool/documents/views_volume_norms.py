"""The annex of volume norms: each with its unit, standing, dates and source."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.standards import VolumeNorm
from normtool.documents.views_context import NONE, Chip, Context
from normtool.telling.phrases import joined
from normtool.telling.volume_texts import norm_dates, norm_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRow:
    """One volume norm: whether it counts, its dates apart, and where it comes from."""

    treatment: str
    norm: str
    standing: str
    dates: tuple[str, ...]
    basis: str
    references: str
    chip: Chip


def norm_rows(context: Context) -> tuple[NormRow, ...]:
    """The norms that still hold, those to come, and those that bound a figure of an earlier year."""
    year = context.dossier.evidence.network.reporting_year
    used = {norm for result in context.dossier.assessment.indicators for row in result.rows for norm in row.norms}
    return tuple(
        _norm_row(context, norm)
        for norm in context.dossier.framework.volume_norms
        if norm.id in used or norm.unit == "surgeon" or norm.is_shown_in(year)
    )


def _norm_row(context: Context, norm: VolumeNorm) -> NormRow:
    words, basis = context.words, norm.basis
    not_asked = norm.unit == "surgeon"
    return NormRow(
        treatment=joined([context.name(item) for item in norm.treatments], words),
        norm=norm_words(norm, words, context.names),
        standing=context.say("annex.norm_not_asked")
        if not_asked
        else words.say(f"volumes.standing.{norm.standing.value}"),
        dates=norm_dates(norm, words) or (NONE,),
        basis=words.as_written(basis.text),
        references="; ".join(basis.references),
        chip=Chip(kind=basis.standing.value, text=words.say(f"verdicts.standing.{basis.standing.value}")),
    )
