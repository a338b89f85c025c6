"""Circles: what of a dossier each of them may see, decided before any document is made.

Source: docs/privacy.md. A part holds nothing that its circle may not see, so whatever is made of it cannot either.
"""

from __future__ import annotations

from dataclasses import replace

from normtool.core.assessment import Assessment, IndicatorResult, StandardResult
from normtool.core.dossier import Circle, Dossier, FormerYear, Part, SubNetwork
from normtool.core.evidence import Evidence, NetworkFacts, RegisterRow, RegisterRows
from normtool.core.masking import masked
from normtool.core.member_part import for_member
from normtool.core.places import CellPlace, Located

ORDER = (Circle.REVIEW, Circle.NETWORK, Circle.BOARD, Circle.PUBLIC)
"""From wide to narrow: each sees what the next sees, and more."""

NOWHERE = CellPlace(file="", sheet="", row=0, column=0)
"""In a public part no value tells from which cell it came."""

IN_SHORT = 12
"""Signs of a digest that tell which file it is of, and no more."""

MEMBERS = "members"
DOCUMENTS = "documents"
WHEREABOUTS = frozenset({"place", "access", "keeper"})
"""What a board does not see of a document."""
PUBLIC_COLUMNS = ("id", "name", "kind", "parent")
"""What the public sees of a member."""


def may_become(dossier: Dossier, circle: Circle, member: str = "") -> bool:
    """Whether this dossier holds all that a circle may see: a part can only become narrower.

    A part for one member is made of the whole only: what its own numbers would tell it depends on what is hidden.
    """
    if dossier.part is None:
        return True
    if circle is Circle.PUBLIC:
        return True
    return ORDER.index(circle) >= ORDER.index(dossier.part.circle) and member == dossier.part.member


def part_for(dossier: Dossier, circle: Circle, digest: str, member: str = "") -> Dossier:
    """What a circle may see of a dossier; `digest` is the SHA-256 of the whole dossier.json.

    `member` is the id of the member a board's part is made for. Of a part the digest of its whole stays.

    Raises:
        ValueError: the dossier is a part that is narrower than what is asked (see `may_become`).
    """
    if not may_become(dossier, circle, member):
        raise ValueError("a part cannot become wider")
    if circle is Circle.REVIEW and not _masks_review(dossier):
        return dossier
    limit = dossier.framework.settings.small_below
    part = Part(circle=circle, digest=digest, limit=limit, member=member if circle is Circle.BOARD else "")
    if dossier.part is not None:
        part = replace(part, digest=dossier.part.digest, limit=max(limit, dossier.part.limit))
    found = _with_short_digests(replace(masked(dossier, part.limit), part=part))
    if circle is Circle.REVIEW:
        return found
    found = replace(found, diagnostics=())
    if circle is Circle.PUBLIC:
        return _public(found)
    if circle is Circle.BOARD:
        found = _without_contacts(found)
    return for_member(found, part.member) if part.member else found


def _with_short_digests(dossier: Dossier) -> Dossier:
    """With files only by the beginning of their digests.

    The digest of the whole dossier is in every part. Who has all of it but one number could try numbers until that
    digest comes out; without the digests of the files there is always more missing than can be tried.
    """
    region = dossier.region
    if region is not None:
        evidence = _with_files_in_short(region.evidence) if region.evidence is not None else None
        region = replace(region, digests=tuple(item[:IN_SHORT] for item in region.digests), evidence=evidence)
    return replace(
        dossier,
        evidence=_with_files_in_short(dossier.evidence),
        region=region,
        history=tuple(replace(year, digest=year.digest[:IN_SHORT]) for year in dossier.history),
    )


def _with_files_in_short(evidence: Evidence) -> Evidence:
    return replace(evidence, files=tuple(replace(item, digest=item.digest[:IN_SHORT]) for item in evidence.files))


def _masks_review(dossier: Dossier) -> bool:
    return dossier.house_style is not None and dossier.house_style.masks_review


# --- board: without who keeps what ------------------------------------------------------------------------------


def _without_contacts(dossier: Dossier) -> Dossier:
    """Without the roles to turn to for a document or for the whole, and without where documents are kept."""
    region = dossier.region
    if region is not None and region.evidence is not None:
        region = replace(region, evidence=_evidence_without_contacts(region.evidence))
    below = tuple(
        replace(item, network=replace(item.network, contact_role="")) if item.network is not None else item
        for item in dossier.sub_networks
    )
    return replace(dossier, evidence=_evidence_without_contacts(dossier.evidence), region=region, sub_networks=below)


def _evidence_without_contacts(evidence: Evidence) -> Evidence:
    return replace(
        evidence,
        network=replace(evidence.network, contact_role=""),
        network_places=tuple(item for item in evidence.network_places if item[0] != "contact_role"),
        documents=tuple(replace(item, keeper="", location="", access="") for item in evidence.documents),
        registers=tuple(
            _without_whereabouts(rows) if rows.register == DOCUMENTS else rows for rows in evidence.registers
        ),
    )


def _without_whereabouts(rows: RegisterRows) -> RegisterRows:
    """The register of documents without where they are and who keeps them."""
    return replace(
        rows,
        rows=tuple(
            RegisterRow(
                place=row.place,
                values=tuple((column, cell) for column, cell in row.values if column not in WHEREABOUTS),
            )
            for row in rows.rows
        ),
    )


# --- public: names and verdicts ---------------------------------------------------------------------------------


def _public(dossier: Dossier) -> Dossier:
    """Only who, which years, and verdicts."""
    region = dossier.region
    return replace(
        dossier,
        evidence=_public_evidence(dossier.evidence),
        assessment=_public_assessment(dossier.assessment),
        sub_networks=tuple(_public_sub_network(item) for item in dossier.sub_networks),
        region=replace(region, digests=(), evidence=None) if region is not None else None,
        history=tuple(_public_year(item) for item in dossier.history),
    )


def _public_network(network: NetworkFacts) -> NetworkFacts:
    return replace(network, contact_role="", features="")


def _public_evidence(evidence: Evidence) -> Evidence:
    members = _public_members(evidence.register(MEMBERS).rows)
    registers = (RegisterRows(register=MEMBERS, rows=members),) if members else ()
    return Evidence(network=_public_network(evidence.network), registers=registers)


def _public_members(rows: tuple[RegisterRow, ...]) -> tuple[RegisterRow, ...]:
    return tuple(
        RegisterRow(
            place=NOWHERE,
            values=tuple(
                (column, Located(value=row.contents[column], place=NOWHERE))
                for column in PUBLIC_COLUMNS
                if column in row.contents
            ),
        )
        for row in rows
    )


def _public_assessment(assessment: Assessment) -> Assessment:
    return Assessment(
        cycle=assessment.cycle, standards=tuple(_public_standard(item) for item in assessment.standards)
    )


def _public_standard(standard: StandardResult) -> StandardResult:
    indicators = tuple(_public_result(item) for item in standard.indicators)
    return replace(standard, next_step=None, indicators=indicators)


def _public_result(result: IndicatorResult) -> IndicatorResult:
    """Its verdict with its bounds, and whose answer it is."""
    return IndicatorResult(
        id=result.id,
        indicator_class=result.indicator_class,
        is_open=result.is_open,
        verdict=result.verdict,
        reason=result.reason,
        worst=result.worst,
        best=result.best,
        due=result.due,
        on_path=result.on_path,
        first_cycle=result.first_cycle,
        own_approach=result.own_approach,
        origin=result.origin,
        inherited_from=result.inherited_from,
        sub_networks=result.sub_networks,
    )


def _public_sub_network(item: SubNetwork) -> SubNetwork:
    return replace(
        item,
        network=_public_network(item.network) if item.network is not None else None,
        digest="",
        assessment=_public_assessment(item.assessment) if item.assessment is not None else None,
        members=_public_members(item.members),
    )


def _public_year(year: FormerYear) -> FormerYear:
    results = tuple(replace(item, number=None, share=None, target=None) for item in year.results)
    return replace(year, digest="", results=results, open_actions=())
