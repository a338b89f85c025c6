"""Rules about a region and its sub-networks (NT780-NT799). The words are in words/*/nt7xx.yaml."""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, warning_rule

# Which files belong together.
REGION_NOT_FOUND = error_rule("NT780", "region", "found")
NOT_OF_THIS_REGION = error_rule("NT781", "network", "region", "said")
REGION_NOT_SAID = error_rule("NT782", "network", "region")
NETWORK_TWICE = error_rule("NT783", "network")
YEARS_DIFFER = error_rule("NT784", "network", "key", "found", "expected")
NORMS_DIFFER = error_rule("NT785", "network")
DRAFT_AMONG_THEM = error_rule("NT786", "network")
NATURES_DIFFER = error_rule("NT787", "network", "found", "expected")
SUB_NETWORKS_MISSING = warning_rule("NT788", "region", "count", "names")
REGION_FORM_MISSING = note_rule("NT789", "region")
SUB_NETWORKS_UNKNOWN = warning_rule("NT790", "region")
OF_ONE_REGION = warning_rule("NT791", "region")

# What they say beside each other.
ANSWER_PASSED_OVER = warning_rule("NT792", "indicator", "network", "region")
CYCLES_DIFFER = warning_rule("NT793", "network", "found", "expected")
REFERENCE_DATES_DIFFER = warning_rule("NT794", "network", "first", "second")
ECHELON_CONTRADICTED = warning_rule("NT795", "location", "group", "first", "second")
ONE_ID_TWO_NAMES = warning_rule("NT796", "member", "first", "second")
ONE_NAME_TWO_IDS = warning_rule("NT797", "member", "first", "second")
DOSSIER_PASSED_OVER = note_rule("NT798")
VOLUME_CONTRADICTED = warning_rule("NT799", "location", "treatment", "year", "first", "second", "number", "other")

FOUND_TOGETHER = frozenset(
    {
        SUB_NETWORKS_MISSING,
        REGION_FORM_MISSING,
        SUB_NETWORKS_UNKNOWN,
        ANSWER_PASSED_OVER,
        CYCLES_DIFFER,
        REFERENCE_DATES_DIFFER,
        ECHELON_CONTRADICTED,
        ONE_ID_TWO_NAMES,
        ONE_NAME_TWO_IDS,
        VOLUME_CONTRADICTED,
    }
)
"""What is said of networks beside each other: it is found anew each time they are assessed together."""
