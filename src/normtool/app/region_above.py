"""`template --region`: what the region of a sub-network answered for all of them is not asked there again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from normtool.app.given_forms import read_given_form
from normtool.core.assessment import Assessment, IndicatorResult, Reason
from normtool.core.diagnostics import Collector
from normtool.core.evidence import Answer, Evidence, NetworkLayer
from normtool.core.forms import FormRequest
from normtool.core.ledger import Ledger, open_ledger
from normtool.core.networks import Registry
from normtool.core.offers import last_year_offers
from normtool.core.places import FilePlace
from normtool.core.ready import INDICATORS, Offer
from normtool.core.regions import regional_answers, register_of
from normtool.core.rules_answers import OTHER_FRAMEWORK
from normtool.core.rules_networks import (
    NOT_A_REGION,
    NOTHING_ARRANGED,
    OTHER_REGION,
    REGION_NOT_ALL_READ,
    REGION_OF_OTHER_YEAR,
    REGION_UNDER_REGION,
)
from normtool.core.scoring import assess
from normtool.core.spellings import plain
from normtool.core.standards import Framework, Indicator
from normtool.files.form_offers import RowOffers, ShownOffers, last_year_text
from normtool.texts import Words

JSON = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFile:
    """The evidence of a region and what came of it, with the name of the file it was read from."""

    file: str
    framework: Framework
    evidence: Evidence
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionAsked:
    """The file that was named as the region's, and all that the region may go by; none when that is not known.

    `registry` knows members by other names.
    """

    path: Path
    spellings: tuple[str, ...] = ()
    registry: Registry | None = None


def with_region(form: FormRequest, asked: RegionAsked, words: Words, collector: Collector) -> FormRequest | None:
    """The form of a sub-network without the questions that its region answered; None when it is not its region's."""
    place = FilePlace(file=asked.path.name)
    if form.layer is NetworkLayer.REGION:
        collector.add(REGION_UNDER_REGION, place, found=form.code)
        return None
    read = _read(form, asked, collector)
    if read is None or not _fits(form, read, asked, collector):
        return None
    network = read.evidence.network
    answers = regional_answers(read.framework, read.evidence, read.assessment)
    settled = {**dict(form.settled), **_settled(read, answers, words)}
    if not any(item.reason is not Reason.NO_ANSWER for item in answers.values()):
        collector.add(NOTHING_ARRANGED, place, region=network.code)
    return replace(
        form,
        region=form.region or network.code,
        layer=NetworkLayer.SUB_NETWORK,
        settled=tuple(settled.items()),
    )


def _read(form: FormRequest, asked: RegionAsked, collector: Collector) -> RegionFile | None:
    path = asked.path
    if path.suffix.lower() == JSON:
        return _read_dossier(form, path, collector)
    given = read_given_form(form.framework, path, asked.registry, collector)
    if given is None:
        return None
    evidence, errors = given
    if errors:
        collector.add(REGION_NOT_ALL_READ, FilePlace(file=path.name), count=errors)
    assessment, _ = assess(form.framework, evidence)
    return RegionFile(file=path.name, framework=form.framework, evidence=evidence, assessment=assessment)


def _read_dossier(form: FormRequest, path: Path, collector: Collector) -> RegionFile | None:
    from normtool.files.dossiers_json import read_dossier

    dossier, found = read_dossier(path)
    collector.items += found
    if dossier is None:
        return None
    if dossier.framework.id != form.framework.id:
        expected = form.framework.id
        collector.add(OTHER_FRAMEWORK, FilePlace(file=path.name), found=dossier.framework.id, expected=expected)
        return None
    return RegionFile(
        file=path.name, framework=dossier.framework, evidence=dossier.evidence, assessment=dossier.assessment
    )


def _fits(form: FormRequest, read: RegionFile, asked: RegionAsked, collector: Collector) -> bool:
    """Whether the file is of the region of this sub-network, in the same year."""
    network, place = read.evidence.network, FilePlace(file=read.file)
    if network.layer is not NetworkLayer.REGION:
        collector.add(NOT_A_REGION, place, found=network.name)
        return False
    own = {plain(text) for text in (form.region, *asked.spellings) if text}
    if own and not own & {plain(network.code), plain(network.name)}:
        collector.add(OTHER_REGION, place, found=network.name, expected=form.region)
        return False
    if network.assessment_year != form.assessment_year:
        collector.add(REGION_OF_OTHER_YEAR, place, found=str(network.assessment_year), year=form.assessment_year)
        return False
    return True


# --- in words -------------------------------------------------------------------------------------------------------


def _settled(read: RegionFile, answers: Mapping[str, IndicatorResult], words: Words) -> dict[str, str]:
    """What stands in the row of each question that the region answered; where it did not yet, that it will."""
    ledger = open_ledger(read.framework, read.evidence)
    region = read.evidence.network.code
    held = last_year_offers(read.framework, ledger, read.file)
    offers = {item.key[0]: item for item in held if item.scope == INDICATORS}
    shown = ShownOffers(rows={}, framework=read.framework, words=words)
    found: dict[str, str] = {}
    for indicator in read.framework.indicators:
        result = answers.get(indicator.id)
        if result is None:
            continue
        if result.reason is Reason.NO_ANSWER and not result.own_approach:
            found[indicator.id] = words.say("form.layers.region_named", region=read.evidence.network.name)
        else:
            answer = _answer_text(ledger, indicator, offers.get(indicator.id), shown)
            if result.reason is Reason.TO_BE_REPAIRED:
                answer = words.say("form.layers.to_repair")
            found[indicator.id] = words.say("form.layers.answered", region=region, answer=answer)
    return found


def _answer_text(ledger: Ledger, indicator: Indicator, offer: Offer | None, shown: ShownOffers) -> str:
    """The answer of the region as people read it, with the titles of its documents or the sheet where it stands."""
    words = shown.words
    parts = []
    if offer is not None:
        cells = tuple((name, value) for name, value in offer.cells if name != "documents")
        parts.append(last_year_text(shown, RowOffers(last=replace(offer, cells=cells))))
    register = ledger.framework.register(register_of(indicator))
    if register is not None:
        parts.append(words.say("form.layers.on_sheet", sheet=words.text(register.sheet)))
    parts += _documents(ledger, ledger.answers.get(indicator.id), words)
    return "; ".join(part for part in parts if part)


def _documents(ledger: Ledger, answer: Answer | None, words: Words) -> list[str]:
    titles: dict[str, None] = {}
    for reference in answer.documents if answer is not None else ():
        entry = ledger.documents.get(reference.value.document)
        titles[entry.title if entry is not None and entry.title else reference.value.document] = None
    return [words.say_count("form.layers.documents", len(titles), titles=", ".join(titles))] if titles else []
