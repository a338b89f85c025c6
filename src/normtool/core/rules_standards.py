"""Every rule about standards files (NT101-NT179, NT190-NT199) and about a dossier that is read back (NT180-NT189).

Codes are never reused. The sentences stand in words/nl/nt1xx.yaml and words/en/nt1xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, warning_rule

# Finding and reading the files.
FOLDER_MISSING = error_rule("NT101", "folder")
FILE_MISSING = error_rule("NT102", "file")
FILE_UNREADABLE = error_rule("NT103")
NOT_UTF8 = error_rule("NT104")
YAML_SYNTAX = error_rule("NT105")
YAML_TAB = error_rule("NT106")
YAML_COLON = error_rule("NT107")
KEY_TWICE = error_rule("NT108", "name")
YAML_TOO_DEEP = error_rule("NT109")
FILE_TOO_LARGE = error_rule("NT110", "megabytes")
FILE_EMPTY = error_rule("NT111")

# The shape of what is in them.
KEY_MISSPELT = error_rule("NT112", "name", "nearest")
KEY_UNKNOWN = error_rule("NT113", "name", "allowed")
KEY_MISSING = error_rule("NT114", "name")
LANGUAGE_MISSING = error_rule("NT115", "language")
CHOICE_UNKNOWN = error_rule("NT116", "value", "allowed")
TEXT_EXPECTED = error_rule("NT117", "value")
TWO_LANGUAGES_EXPECTED = error_rule("NT118", "value")
WHOLE_EXPECTED = error_rule("NT119", "value")
NUMBER_EXPECTED = error_rule("NT120", "value")
DATE_EXPECTED = error_rule("NT121", "value")
TRUE_FALSE_EXPECTED = error_rule("NT122", "value")
LIST_EXPECTED = error_rule("NT123", "value")
BLOCK_EXPECTED = error_rule("NT124", "value")
PLAIN_VALUE_EXPECTED = error_rule("NT125", "value")
FRAMEWORK_UNKNOWN = error_rule("NT126", "name", "available")

# Ids and references.
ID_TWICE = error_rule("NT130", "id")
ID_SHAPE = error_rule("NT131", "id")
REGISTER_UNKNOWN = error_rule("NT132", "register", "available")
COLUMN_UNKNOWN = error_rule("NT133", "column", "register", "available")
VALUE_UNKNOWN = error_rule("NT134", "value", "column", "available")
TREATMENT_UNKNOWN = error_rule("NT135", "treatment")
GROUP_UNKNOWN = error_rule("NT136", "group")
CROSS_REFERENCE_UNKNOWN = error_rule("NT137", "reference", "available")
NAME_TWICE = error_rule("NT138", "name")
SHEET_NAME = error_rule("NT139", "sheet")

# Indicators: what a norm may ask.
COVERAGE_OF_PATIENTS = error_rule("NT140", "indicator")
PARTLY_REACHES_TARGET = error_rule("NT141", "indicator", "partly_from", "target")
PATH_NOT_USED = error_rule("NT142", "indicator", "kind")
FIRST_STEP_MISSING = error_rule("NT143", "indicator", "cycle")
STEPS_OUT_OF_ORDER = error_rule("NT144", "indicator")
STEP_WITHOUT_START = error_rule("NT145", "indicator")
TARGET_OUT_OF_RANGE = error_rule("NT146", "indicator", "target", "low", "high")
CORE_NEEDS_NEW_COUNT = error_rule("NT147", "indicator")
LOAD_OVER_BUDGET = error_rule("NT148", "hours", "budget")
TEST_UNSUITED = error_rule("NT149", "test", "column", "type")
AGE_OR_DEADLINE = error_rule("NT150", "indicator")
OPENS_TOO_EARLY = error_rule("NT151", "indicator", "opens")
PLACEHOLDER_UNKNOWN = error_rule("NT152", "indicator", "placeholder", "available")
NUMBER_TYPED_TWICE = warning_rule("NT153", "indicator", "number", "placeholder")
STANDARD_WITHOUT_CORE = warning_rule("NT154", "standard")
SOURCE_NOT_NAMED = warning_rule("NT155", "id")
NUMBER_TOO_SMALL = error_rule("NT156", "number", "smallest")
PATIENTS_NOT_SAID = error_rule("NT157", "indicator", "column")
TESTS_MISSING = error_rule("NT158", "indicator")
TARGET_GOES_DOWN = warning_rule("NT159", "indicator")

# Volume norms and registers.
VOLUME_WITHOUT_START = error_rule("NT160", "norm")
VOLUME_WITHOUT_SOURCE = error_rule("NT161", "norm")
VOLUME_PER_SURGEON = note_rule("NT162", "norm")
DATES_OUT_OF_ORDER = error_rule("NT163", "first", "last")
CHOICES_MISPLACED = error_rule("NT164", "column", "type")
COLUMN_OF_TYPE_MISSING = error_rule("NT165", "register", "type")
COLUMN_TYPE = error_rule("NT166", "column", "register", "type")
BUILT_IN_COLUMN_MISSING = error_rule("NT167", "column", "register", "type")
GROUPS_MISSING = error_rule("NT168", "register")
LABEL_WITH_COMMA = warning_rule("NT169", "label")
BUILT_IN_CHOICE_MISSING = error_rule("NT170", "choice", "column", "register")

# A dossier that is read back.
DOSSIER_MISSING = error_rule("NT180")
DOSSIER_UNREADABLE = error_rule("NT181")
DOSSIER_TOO_LARGE = error_rule("NT182", "megabytes")
DOSSIER_NOT_JSON = error_rule("NT183")
NOT_A_DOSSIER = error_rule("NT184")
DOSSIER_NEWER = error_rule("NT185", "format", "newest")
DOSSIER_KEY_MISSING = error_rule("NT186", "path")
DOSSIER_VALUE = error_rule("NT187", "path")

# Echelons.
ECHELON_LEVELS = error_rule("NT190", "levels")
ECHELON_INDICATOR_UNKNOWN = error_rule("NT191", "level", "indicator")
MINIMUM_NAMES_TREATMENTS = error_rule("NT192", "norm")
MINIMUM_NOT_BELOW = warning_rule("NT193", "norm", "minimum", "other", "number")

# Concentration and spreading (IZA).
IZA_TRANCHE_UNKNOWN = error_rule("NT194", "indicator", "name", "available")
IZA_STEP_UNKNOWN = error_rule("NT195", "indicator", "name", "available")
GROUP_IN_TWO_TRANCHES = error_rule("NT196", "group", "tranche")
IZA_DATES_OUT_OF_ORDER = warning_rule("NT197", "tranche", "first", "second")
