"""Invented regions to look at documents with: one with three sub-networks, one with six that have long names.

Norms are the built-in edition and every verdict comes from the engine; only the evidence is made up here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeVar

from normtool.core.dossier import Dossier, RegionAbove, SubNetwork
from normtool.core.evidence import Answer, Evidence, NetworkLayer, RegisterRows, SourceFile
from normtool.core.places import Located
from normtool.core.region_questions import Judged
from normtool.core.regions_together import judge_region
from normtool.core.scoring import assess
from tests.dossier_examples import answer, built_in, mixed, row, rows

T = TypeVar("T")
REGION_FILE = "voorbeeldregio-2026.xlsx"
UMC = ("umc", "UMC Voorbeeld")
Hospitals = Mapping[str, tuple[str, str]]
"""Which hospital stands in the place of one of the mixed network, as id and name."""
THREE: tuple[tuple[str, str, Hospitals], ...] = (
    ("NOORD", "Oncologienetwerk Noord", {"umc": UMC, "dewaard": ("dewaard", "De Waard")}),
    (
        "OOST",
        "Oncologienetwerk Oost",
        {"umc": UMC, "meer": ("meer", "Meerlanden"), "alba": ("alba", "St. Alba")},
    ),
    ("ZUID", "Oncologienetwerk Zuid", {"dewaard": ("overmaas", "Overmaas"), "alba": ("duinrand", "Duinrand")}),
)
SIX: tuple[tuple[str, str, Hospitals], ...] = tuple(
    (
        f"VBL-{code}",
        f"Samenwerkende ziekenhuizen voor oncologische zorg in {place}",
        {"umc": UMC, "dewaard": (f"own-{code}", f"{place} Ziekenhuis")},
    )
    for code, place in (
        ("A", "Achterveld en omstreken"),
        ("B", "Boven-Linge en Merwestreek"),
        ("C", "Crailo en de Eempolder"),
        ("D", "Dommelland"),
        ("E", "Eilanden"),
        ("F", "Fluessen en Morra"),
    )
)


def sub_network_evidence(code: str, name: str, hospitals: Hospitals, place: int) -> Evidence:
    """The evidence of the mixed network under another name, with answers that differ by place in the list."""
    evidence = mixed().evidence
    network = replace(
        evidence.network, code=code, name=name, region="VBR", layer=NetworkLayer.SUB_NETWORK, features=""
    )
    dropped = (("N1.2", "N5.4"), ("N3.1", "N1.7"), ("N2.6", "N5.2"), (), ("N5.1",), ("N3.7",))[place]
    levels = {"N3.7": (3, 1, 0, 2, 4, 1)[place], "N2.6": (2, 2, 1, 0, 3, 2)[place]}
    kept = tuple(_leveled(item, levels) for item in evidence.answers if item.indicator not in dropped)
    registers = tuple(_trimmed(_moved(item, hospitals), place) for item in evidence.registers)
    changed = replace(evidence, network=network, answers=kept, registers=registers)
    return replace(changed, files=(SourceFile(file=f"{code.lower()}-2026.xlsx", digest=f"{place}d" * 32),))


def _moved(item: RegisterRows, hospitals: Hospitals) -> RegisterRows:
    """A register with the rows of these hospitals only, under their own names."""
    if item.register == "members":
        made = [
            row("Deelnemers", id=identifier, name=name, kind="hospital") for identifier, name in hospitals.values()
        ]
        if "umc" not in hospitals:
            made.append(row("Deelnemers", id="rt", name="Radiotherapie Zuid", kind="radiotherapy"))
        return rows("members", *made)
    found = []
    for line in item.rows:
        location = line.contents.get("location")
        if location is None:
            found.append(line)
        elif location in hospitals:
            moved = {"location": hospitals[str(location)][0]}
            values = tuple((name, replace(cell, value=moved.get(name, cell.value))) for name, cell in line.values)
            found.append(replace(line, values=values))
    return replace(item, rows=tuple(found))


def _leveled(item: Answer, levels: dict[str, int]) -> Answer:
    if item.indicator not in levels or item.answer is None:
        return item
    return replace(item, answer=Located(value=levels[item.indicator], place=item.answer.place))


def _trimmed(item: RegisterRows, place: int) -> RegisterRows:
    """Fewer rows of some registers in some sub-networks, so that they differ."""
    if (item.register, place) in {("meetings", 1), ("tumour_types", 2), ("agreements", 0)}:
        return replace(item, rows=item.rows[: len(item.rows) // 2])
    return item


def region_evidence(code: str = "VBR", name: str = "Oncologieregio Voorbeeldland") -> Evidence:
    """What the region answers itself: its plans, its quality policy; not its registers."""
    evidence = mixed().evidence
    network = replace(
        evidence.network,
        code=code,
        name=name,
        region="",
        layer=NetworkLayer.REGION,
        unit_of_review=NetworkLayer.SUB_NETWORK,
    )
    wanted = {"N1.5": "D3", "N1.8": "D7", "N5.1": "D3 p. 20", "N6.3": ""}
    given = tuple(_in_region_file(answer(item, True, documents)) for item, documents in wanted.items())
    said = Located(value="Geldt voor ons allen.", place=given[0].place)
    kept = tuple(item for item in evidence.registers if item.register in {"patient_council", "bottlenecks"})
    return replace(
        evidence,
        network=network,
        answers=(replace(given[0], explanation=said), *given[1:]),
        registers=kept,
        documents=tuple(
            replace(item, title="Plan van de hele regio") if item.id == "D3" else item for item in evidence.documents
        ),
        files=(SourceFile(file=REGION_FILE, digest="e4" * 32),),
    )


def _in_region_file(item: Answer) -> Answer:
    """An answer in the region's own form."""

    def moved(cell: Located[T]) -> Located[T]:
        return replace(cell, place=replace(cell.place, file=REGION_FILE))

    given = moved(item.answer) if item.answer is not None else None
    documents = tuple(moved(document) for document in item.documents)
    return replace(item, place=replace(item.place, file=REGION_FILE), answer=given, documents=documents)


def judged(evidence: Evidence) -> Judged:
    """A network and what it comes to by itself."""
    return Judged(evidence=evidence, assessment=assess(built_in(), evidence)[0])


def region_of(evidences: Iterable[Evidence], missing: Iterable[tuple[str, str]] = ()) -> Dossier:
    """A region's dossier with these sub-networks in it, and others of which no dossier was received."""
    own = region_evidence()
    absent = [SubNetwork(code=code, name=name) for code, name in missing]
    together = judge_region(built_in(), judged(own), [judged(item) for item in evidences], absent)
    return Dossier(
        framework=built_in(),
        evidence=own,
        assessment=together.region,
        diagnostics=together.questions,
        program="0.1.0",
        sub_networks=tuple(_with_digest(item) for item in together.sub_networks),
    )


def _with_digest(item: SubNetwork) -> SubNetwork:
    return replace(item, digest=(item.code.encode().hex() * 32)[:64] if item.assessment is not None else "")


@cache
def three() -> Dossier:
    """A region with three sub-networks that are all there."""
    return region_of(sub_network_evidence(*item, place) for place, item in enumerate(THREE))


@cache
def two_of_three() -> Dossier:
    """The same region without the dossier of the last sub-network."""
    return region_of(
        (sub_network_evidence(*item, place) for place, item in enumerate(THREE[:2])), missing=[THREE[2][:2]]
    )


@cache
def six() -> Dossier:
    """A region with six sub-networks with long names."""
    return region_of(sub_network_evidence(*item, place) for place, item in enumerate(SIX))


@cache
def below() -> Dossier:
    """The first sub-network's own dossier, with what it inherited."""
    own, evidence = region_evidence(), sub_network_evidence(*THREE[0], 0)
    together = judge_region(built_in(), judged(own), [judged(evidence)])
    assessment = together.sub_networks[0].assessment
    assert assessment is not None
    return Dossier(
        framework=built_in(),
        evidence=evidence,
        assessment=assessment,
        diagnostics=dict(together.asked)[evidence.network.code],
        program="0.1.0",
        region=RegionAbove(code=own.network.code, name=own.network.name, digests=("e4" * 32,), evidence=own),
    )
