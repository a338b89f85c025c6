"""Questions about volumes and echelons: volumes NT745-NT754, echelons NT755-NT769, IZA steps NT770-NT779.

Sentences are in words/*/nt7xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import note_rule, warning_rule

# Volumes.
BELOW_SUM_WITHOUT_PLAN = warning_rule("NT745", "total", "minimum", "locations", "treatments", "years")

# Echelons.
ECHELON_DIFFERS = warning_rule("NT755", "stated", "computed", "number", "year")
ECHELON_RULED_OUT = warning_rule("NT756", "stated", "number", "year")
ECHELON_WITHOUT_CARE = warning_rule("NT757", "stated")
ECHELON_WITHOUT_FIRST = warning_rule("NT758", "group")
ECHELON_NOT_STATED = note_rule("NT759", "computed", "number", "year")
