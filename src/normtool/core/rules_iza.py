"""Questions about the steps of concentration and spreading (NT770-NT779): never errors, no verdict rests on them.

Sentences are in words/*/nt7xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import warning_rule

STEP_NOT_FOR_ALL = warning_rule("NT770", "indicator", "step", "names")
STEP_AFTER_DOCUMENT = warning_rule("NT771", "group", "first", "indicator", "second")
STEPS_OUT_OF_ORDER = warning_rule("NT772", "step", "second", "before", "first")
STATED_STEP_DISAGREES = warning_rule("NT773", "group", "step", "dated", "sheet")
