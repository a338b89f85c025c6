"""What is asked of whom: of a region, of a sub-network of it, or of a network that is neither.

Source: docs/method.md, Regions. A region answers what only regions can; the rest it may answer for all its
sub-networks at once. A sub-network is not asked what is arranged at the regional level.
"""

from __future__ import annotations

from enum import Enum

from normtool.core.evidence import NetworkLayer
from normtool.core.standards import Layer


class Asks(Enum):
    """Whether a form asks an indicator: yes; it may be answered but need not; or somebody else answers it."""

    YES = "yes"
    FREE = "free"
    ELSEWHERE = "elsewhere"


def asks(own: NetworkLayer | None, layer: Layer) -> Asks:
    """Whether a network at this layer is asked an indicator of that layer; one without a layer is asked all."""
    if own is None or own.value == layer.value:
        return Asks.YES
    if layer is not Layer.EITHER:
        return Asks.ELSEWHERE
    return Asks.FREE if own is NetworkLayer.REGION else Asks.YES
