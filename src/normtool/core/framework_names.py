"""The names that the norms give: of tumour groups, treatments, indicators and standards, each with its id."""

from __future__ import annotations

from normtool.core.parsing import Vocabulary
from normtool.core.registers import Text
from normtool.core.spellings import Names
from normtool.core.standards import Framework, TumourGroup, TumourSubType


def framework_names(framework: Framework) -> Vocabulary:
    """All spellings of what the norms name; documents and members are not among them."""
    groups: list[tuple[str, str]] = []
    for group in framework.tumour_groups:
        named: list[TumourGroup | TumourSubType] = [group, *group.sub_types]
        groups += [(text, item.id) for item in named for text in (item.name.nl, item.name.en, item.id, *item.also)]
    return Vocabulary(
        groups=Names(groups, beside=framework.network_words),
        treatments=Names(
            (text, item.id)
            for item in framework.treatments
            for text in (item.name.nl, item.name.en, item.id, *item.also)
        ),
        indicators=Names((item.id, item.id) for item in framework.indicators),
        standards=Names(
            (text, item.id)
            for item in framework.standards
            for text in (item.id, f"standaard {item.id}", f"standard {item.id}", item.short.nl, item.short.en)
        ),
    )


def group_names(framework: Framework) -> dict[str, Text]:
    """The names of tumour groups and sub-types by their ids."""
    names = {group.id: group.name for group in framework.tumour_groups}
    return names | {part.id: part.name for group in framework.tumour_groups for part in group.sub_types}
