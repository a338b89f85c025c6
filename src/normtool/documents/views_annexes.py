"""The annexes: documents, data quality, gaps, volume norms, where everything came from."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import Reason
from normtool.core.diagnostics import Diagnostic, Severity
from normtool.core.evidence import DocumentEntry
from normtool.core.standards import NormStanding, VolumeNorm
from normtool.diagnostic_texts import message, place_text
from normtool.documents.views_answers import used_documents
from normtool.documents.views_context import NONE, Chip, Context, anchor
from normtool.retelling import value_words


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One document of the register, and the indicators that rest on it."""

    id: str
    title: str
    date: str
    adopted_by: str
    access: str
    location: str
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that the figures raise (a warning); in a draft also what must be corrected."""

    code: str
    message: str
    place: str
    is_error: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRow:
    """One volume norm with its standing and source."""

    treatment: str
    norm: str
    standing: str
    since: str
    basis: str
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexView:
    """All annexes."""

    documents: tuple[DocumentRow, ...]
    questions: tuple[Question, ...]
    gaps: tuple[tuple[str, str, str], ...]
    norms: tuple[NormRow, ...]
    references: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]


def annex_view(context: Context) -> AnnexView:
    """The annexes of a dossier."""
    framework, evidence = context.dossier.framework, context.dossier.evidence
    settings = framework.settings
    return AnnexView(
        documents=tuple(_document(context, entry) for entry in evidence.documents),
        questions=tuple(
            _question(context, item)
            for item in context.dossier.diagnostics
            if item.rule.severity is not Severity.NOTE
        ),
        gaps=_gaps(context),
        norms=tuple(_norm(context, norm) for norm in framework.volume_norms),
        references=framework.basis.references,
        files=tuple((item.file, item.digest) for item in evidence.files),
        settings=(
            (context.say("settings.small_below"), str(settings.small_below)),
            (context.say("settings.large_denominator"), str(settings.large_denominator)),
            (context.say("settings.jump"), context.say("settings.jump_value", percent=settings.jump_percent)),
        ),
        facts=_facts(context),
    )


def _document(context: Context, entry: DocumentEntry) -> DocumentRow:
    register = context.dossier.framework.register("documents")
    access = register.column("access") if register is not None else None
    used = [item.id for item in context.dossier.assessment.indicators if entry.id in used_documents(context, item)]
    return DocumentRow(
        id=entry.id,
        title=entry.title or NONE,
        date=context.words.span(entry.date.value) if entry.date is not None else NONE,
        adopted_by=entry.adopted_by or NONE,
        access=value_words(entry.access, context.words, context.names, access) if entry.access else NONE,
        location=entry.location,
        used_by=tuple(used),
    )


def _question(context: Context, diagnostic: Diagnostic) -> Question:
    return Question(
        code=diagnostic.code,
        message=message(diagnostic, context.words),
        place=place_text(diagnostic.place, context.words, with_file=True),
        is_error=diagnostic.is_error,
    )


def _gaps(context: Context) -> tuple[tuple[str, str, str], ...]:
    """Indicators for which no source exists: id, place to link to, title."""
    gaps = []
    for result in context.dossier.assessment.indicators:
        indicator = context.dossier.framework.indicator(result.id)
        answer = context.dossier.evidence.answer(result.id)
        said = answer is not None and answer.no_source is not None
        if indicator is not None and (result.reason is Reason.NO_SOURCE or said):
            gaps.append((result.id, anchor(result.id), context.words.text(indicator.title)))
    return tuple(gaps)


def _norm(context: Context, norm: VolumeNorm) -> NormRow:
    unit = context.say(f"unit.{norm.unit}")
    text = context.say("volumes.norm_row", minimum=norm.minimum, unit=unit)
    if norm.years > 1:
        text = context.say("volumes.averaged", norm=text, years=norm.years)
    start = str(norm.valid_from.year) if norm.valid_from is not None else NONE
    if norm.valid_until is not None:
        start = context.say("volumes.until", start=start, end=norm.valid_until.year)
    standing = norm.basis.standing.value
    return NormRow(
        treatment=context.listed([context.name(item) for item in norm.treatments]),
        norm=text,
        standing=context.say(f"norm_standing.{norm.standing.value}"),
        since=start if norm.standing is NormStanding.IN_FORCE or norm.valid_from else NONE,
        basis=context.words.text(norm.basis.text),
        chip=Chip(kind=standing, text=context.words.say(f"verdicts.standing.{standing}")),
    )


def _facts(context: Context) -> tuple[tuple[str, str], ...]:
    dossier, network = context.dossier, context.dossier.evidence.network
    overridden = context.say("facts.overridden") if network.reference_date_overridden else ""
    framework = f"{context.words.text(dossier.framework.name)} {dossier.framework.edition}"
    pairs = [
        ("network", f"{network.name} ({network.code})"),
        ("region", network.region),
        (
            "years",
            context.say("facts.years_value", assessment=network.assessment_year, reporting=network.reporting_year),
        ),
        ("reference_date", f"{context.words.date(network.reference_date)} {overridden}".strip()),
        ("cycle", str(dossier.assessment.cycle)),
        ("contact", network.contact_role),
        ("framework", framework),
        ("framework_digest", grouped_digest(dossier.framework.digest, whole=True)),
        ("program", f"normtool {dossier.program}".strip()),
    ]
    return tuple((context.say(f"facts.{key}"), value) for key, value in pairs if value)


def grouped_digest(digest: str, *, whole: bool = False) -> str:
    """A digest in groups of four capitals; only the first twelve unless `whole`."""
    letters = digest.upper() if whole else digest.upper()[:12]
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
