"""Every rule about the registry of networks (NT700-NT729).

Codes are never reused. The sentences stand in words/nl/nt7xx.yaml and words/en/nt7xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, warning_rule

# What a registry says.
NETWORKS_FILE_MISSING = error_rule("NT700", "file")
TIME_UNREADABLE = error_rule("NT701", "value")
SOURCE_UNKNOWN = error_rule("NT702", "source", "available")
ORGANISATION_UNKNOWN = error_rule("NT703", "organisation", "available")
REGION_UNKNOWN = error_rule("NT704", "region", "available")
REGION_MISSING = error_rule("NT705", "network")
REGION_HAS_REGION = error_rule("NT706", "network", "region")
PARENT_CYCLE = error_rule("NT707", "organisation")
LOCATION_WITHOUT_PARENT = error_rule("NT708", "organisation")
SPELLING_TWICE = error_rule("NT709", "name", "one", "other")
MEMBER_TWICE = error_rule("NT710", "organisation", "network", "source")
PERIOD_REVERSED = error_rule("NT711", "start", "end")
SEEN_OUTSIDE_PERIOD = error_rule("NT712", "seen")
OLDER_THAN_IT_TELLS = error_rule("NT713", "source", "published", "seen")
TERM_WITHOUT_SOURCE = error_rule("NT714", "network")
CLAIM_TWICE = error_rule("NT715", "network", "source")

# What is worth a look.
NETWORK_WITHOUT_MEMBERS = warning_rule("NT716", "network")
MEMBER_OUTSIDE_REGION = warning_rule("NT717", "organisation", "network", "region")
OWN_ENTRY_WINS = note_rule("NT720", "id")
SOURCES_DISAGREE = note_rule("NT721", "network", "what", "numbers", "counted")
IN_SEVERAL_NETWORKS = note_rule("NT722", "organisation", "networks")
ORGANISATION_UNUSED = note_rule("NT723", "organisation")

# What a form is filled in beforehand with (NT730-NT744).
NETWORK_NOT_REGISTERED = note_rule("NT730", "found")
NETWORK_PERHAPS = note_rule("NT731", "found", "meant")
NO_MEMBERS_THEN = note_rule("NT733", "network", "date")
OTHER_REGION = error_rule("NT734", "found", "expected")
NOT_A_REGION = error_rule("NT735", "found")
REGION_UNDER_REGION = error_rule("NT736", "found")
REGION_OF_OTHER_YEAR = error_rule("NT737", "found", "year")
REGION_NOT_ALL_READ = warning_rule("NT738", "count")
NOTHING_ARRANGED = note_rule("NT739", "region")

# What a workbook says of networks and members.
SUB_NETWORK_WITHOUT_REGION = warning_rule("NT740", "layer")
KNOWN_BY_OTHER_NAME = note_rule("NT741", "found", "read")
