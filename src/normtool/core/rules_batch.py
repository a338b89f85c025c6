"""Rules about forms of several networks that come in together (NT265-NT269). The words are in words/*/nt2xx.yaml."""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, warning_rule

NETWORK_NOT_SAID = error_rule("NT265")
PART_OF_ANOTHER = error_rule("NT266", "made_for", "said")
MADE_FOR_ANOTHER = warning_rule("NT267", "made_for", "said")
FIGURES_WITHOUT_NETWORK = error_rule("NT268", "count")
YEAR_NOT_SAID = error_rule("NT269", "network", "years")
