"""What a region's dossier says of its sub-networks: their order, their names, whom they share, where they differ.

Nothing is scored here: verdicts of sub-networks stand in the results of the region. No sub-network gets a total.
"""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import IndicatorResult, Reason, ResultOrigin, SubNetworkVerdict, Verdict
from normtool.core.dossier import Dossier, SubNetwork
from normtool.core.evidence import NetworkLayer
from normtool.core.ledger import text_in
from normtool.core.region_members import RegionMember, region_members
from normtool.core.standards import IndicatorClass

HOSPITAL = "hospital"
SHORT_CODE = 5
"""Letters of a code that fit beside a name in a picture."""
ROOM_FOR_NAMES = 48
"""Characters that all names together may take before sentences use the codes instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Codes of the sub-networks of one indicator, by what it came to in each; in the order of the codes.

    `left` are those that leave the count: not applicable, informative, without a norm.
    """

    met: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def counted(self) -> int:
        """How many count: all but those that leave."""
        parts = (self.met, self.partly, self.below, self.own, self.unknown, self.missing)
        return sum(len(part) for part in parts)

    @property
    def differs(self) -> bool:
        """Whether the verdicts that are there are not all alike."""
        return sum(bool(part) for part in (self.met, self.partly, self.below, self.own)) > 1


def is_region(dossier: Dossier) -> bool:
    """Whether this is the dossier of a region with sub-networks."""
    return bool(dossier.sub_networks)


def has_origins(dossier: Dossier) -> bool:
    """Whether it has to be told whose answer a verdict rests on."""
    own = ResultOrigin.OWN
    return is_region(dossier) or any(item.origin is not own for item in dossier.assessment.indicators)


def layer_above(dossier: Dossier) -> str:
    """The name of the region that a sub-network is part of; empty for any other network."""
    if dossier.region is not None:
        return dossier.region.name or dossier.region.code
    network = dossier.evidence.network
    return network.region if network.layer is NetworkLayer.SUB_NETWORK else ""


def region_name(dossier: Dossier, code: str) -> str:
    """The name of the region whose answer was inherited; its code when the dossier does not name it."""
    region = dossier.region
    return region.name if region is not None and region.code == code and region.name else code


def in_order(dossier: Dossier) -> tuple[SubNetwork, ...]:
    """The sub-networks, always in the order of their codes."""
    return tuple(sorted(dossier.sub_networks, key=lambda item: (item.code.casefold(), item.name)))


def spoken_names(dossier: Dossier) -> dict[str, str]:
    """How sentences name the sub-networks, by code: in full where all names together are short, else by code."""
    names = {item.code: item.name or item.code for item in in_order(dossier)}
    fits = sum(len(name) for name in names.values()) <= ROOM_FOR_NAMES
    return names if fits else {code: code for code in names}


def short_codes(dossier: Dossier) -> dict[str, str]:
    """Codes that fit beside a name in a picture: as they are where short, else their first letters that differ."""
    codes = [item.code for item in in_order(dossier)]
    if all(len(code) <= SHORT_CODE for code in codes):
        return {code: code for code in codes}
    longest = max(len(code) for code in codes)
    wide = next(
        (letters for letters in range(3, longest) if len({code[:letters] for code in codes}) == len(codes)), longest
    )
    return {code: code[:wide] for code in codes}


def tally(dossier: Dossier, result: IndicatorResult) -> Tally:
    """The sub-networks of one indicator, by verdict."""
    verdicts = {item.network: item for item in result.sub_networks}
    found: dict[str, list[str]] = {}
    for item in in_order(dossier):
        if (verdict := verdicts.get(item.code)) is not None:
            found.setdefault(_heading(verdict), []).append(item.code)
    return Tally(**{heading: tuple(codes) for heading, codes in found.items()})


def _heading(item: SubNetworkVerdict) -> str:
    if not item.is_received:
        return "missing"
    if item.verdict is Verdict.UNKNOWN:
        return "left" if item.reason is Reason.NO_NORM else "unknown"
    headings = {
        Verdict.MET: "met",
        Verdict.PARTLY_MET: "partly",
        Verdict.NOT_MET: "below",
        Verdict.OWN_APPROACH: "own",
    }
    return headings.get(item.verdict, "left")


def is_derived(result: IndicatorResult) -> bool:
    """Whether a verdict follows from those of the sub-networks."""
    return result.origin is ResultOrigin.DERIVED


def is_inherited(result: IndicatorResult) -> bool:
    """Whether a verdict is that of the region above."""
    return result.origin is ResultOrigin.INHERITED


def is_regional(result: IndicatorResult) -> bool:
    """Whether a region answered itself, for all its sub-networks.

    An indicator that is only shown is not derived either, so it is the region's when a sub-network inherited it.
    """
    if is_derived(result):
        return False
    if any(item.origin is ResultOrigin.INHERITED for item in result.sub_networks):
        return True
    received = any(item.is_received for item in result.sub_networks)
    return not received and result.indicator_class is not IndicatorClass.INFORMATIVE


# --- members ------------------------------------------------------------------------------------------------


def members_of(dossier: Dossier) -> tuple[RegionMember, ...]:
    """Everyone who takes part in the region or in one of its sub-networks, each once."""
    return region_members(dossier.evidence, in_order(dossier))


def places_of(dossier: Dossier, member: str) -> frozenset[str]:
    """The ids of a member itself and of its locations."""
    rows = dossier.evidence.register("members").rows
    below = {text_in(row, "id") for row in rows if text_in(row, "parent") == member}
    below |= {item.id for item in members_of(dossier) if item.parent == member}
    return frozenset({member, *below})


def hospitals(dossier: Dossier) -> int:
    """How many hospitals take part, each counted once."""
    return sum(member.kind == HOSPITAL for member in members_of(dossier))
