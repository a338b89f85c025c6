"""The annexes: documents, data quality, gaps, volume norms, where everything came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normtool.core.assessment import Reason
from normtool.core.diagnostics import Diagnostic, Severity
from normtool.core.evidence import DocumentEntry
from normtool.documents.regional import is_inherited
from normtool.documents.views_answers import used_documents
from normtool.documents.views_context import NONE, Context, anchor
from normtool.documents.views_layers import layer_facts, layer_files
from normtool.documents.views_volume_norms import NormRow, norm_rows
from normtool.telling.diagnostic_texts import message, place_text
from normtool.telling.retelling import value_words


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
        documents=tuple(_documents(context)),
        questions=tuple(
            _question(context, item)
            for item in context.dossier.diagnostics
            if item.rule.severity is not Severity.NOTE
        ),
        gaps=_gaps(context),
        norms=norm_rows(context),
        references=framework.basis.references,
        files=(*((item.file, item.digest) for item in evidence.files), *layer_files(context), *_former(context)),
        settings=(
            (context.say("settings.small_below"), str(settings.small_below)),
            (context.say("settings.large_denominator"), str(settings.large_denominator)),
            (context.say("settings.jump"), context.say("settings.jump_value", percent=settings.jump_percent)),
        ),
        facts=_facts(context),
    )


def _former(context: Context) -> list[tuple[str, str]]:
    """The former years that this year is laid beside: with which norms, and the digest of their file."""
    return [
        (context.say("annex.former", year=year.assessment_year, edition=year.edition), year.digest)
        for year in context.dossier.history
    ]


def _documents(context: Context) -> Iterator[DocumentRow]:
    """Each document of the network itself, with the indicators whose results rest on it."""
    used: dict[str, list[str]] = {}
    for item in context.dossier.assessment.indicators:
        for document in used_documents(context, item) if not is_inherited(item) else ():
            used.setdefault(document, []).append(item.id)
    for entry in context.dossier.evidence.documents:
        yield _document(context, entry, used.get(entry.id, []))


def _document(context: Context, entry: DocumentEntry, used: Sequence[str]) -> DocumentRow:
    register = context.dossier.framework.register("documents")
    access = register.column("access") if register is not None else None
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
    facts = [(context.say(f"facts.{key}"), value) for key, value in pairs if value]
    place = 2 if network.region else 1
    return (*facts[:place], *layer_facts(context), *facts[place:])


def grouped_digest(digest: str, *, whole: bool = False) -> str:
    """A digest in groups of four capitals; only the first twelve unless `whole`."""
    letters = digest.upper() if whole else digest.upper()[:12]
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
