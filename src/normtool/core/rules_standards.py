"""Every rule about standards files (NT101-NT179) and about a dossier that is read back (NT180-NT189).

Codes are never reused. The sentences stand in words/nl/nt1xx.yaml and words/en/nt1xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import Rule, Severity


def _error(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.ERROR, facts=facts)


def _warning(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.WARNING, facts=facts)


# Finding and reading the files.
FOLDER_MISSING = _error("NT101", "folder")
FILE_MISSING = _error("NT102", "file")
FILE_UNREADABLE = _error("NT103")
NOT_UTF8 = _error("NT104")
YAML_SYNTAX = _error("NT105")
YAML_TAB = _error("NT106")
YAML_COLON = _error("NT107")
KEY_TWICE = _error("NT108", "name")
YAML_TOO_DEEP = _error("NT109")
FILE_TOO_LARGE = _error("NT110", "megabytes")
FILE_EMPTY = _error("NT111")

# The shape of what is in them.
KEY_MISSPELT = _error("NT112", "name", "nearest")
KEY_UNKNOWN = _error("NT113", "name", "allowed")
KEY_MISSING = _error("NT114", "name")
LANGUAGE_MISSING = _error("NT115", "language")
CHOICE_UNKNOWN = _error("NT116", "value", "allowed")
TEXT_EXPECTED = _error("NT117", "value")
TWO_LANGUAGES_EXPECTED = _error("NT118", "value")
WHOLE_EXPECTED = _error("NT119", "value")
NUMBER_EXPECTED = _error("NT120", "value")
DATE_EXPECTED = _error("NT121", "value")
TRUE_FALSE_EXPECTED = _error("NT122", "value")
LIST_EXPECTED = _error("NT123", "value")
BLOCK_EXPECTED = _error("NT124", "value")
PLAIN_VALUE_EXPECTED = _error("NT125", "value")
FRAMEWORK_UNKNOWN = _error("NT126", "name", "available")

# Ids and references.
ID_TWICE = _error("NT130", "id")
ID_SHAPE = _error("NT131", "id")
REGISTER_UNKNOWN = _error("NT132", "register", "available")
COLUMN_UNKNOWN = _error("NT133", "column", "register", "available")
VALUE_UNKNOWN = _error("NT134", "value", "column", "available")
TREATMENT_UNKNOWN = _error("NT135", "treatment")
GROUP_UNKNOWN = _error("NT136", "group")
CROSS_REFERENCE_UNKNOWN = _error("NT137", "reference", "available")
NAME_TWICE = _error("NT138", "name")
SHEET_NAME = _error("NT139", "sheet")

# Indicators: what a norm may ask.
COVERAGE_OF_PATIENTS = _error("NT140", "indicator")
PARTLY_REACHES_TARGET = _error("NT141", "indicator", "partly_from", "target")
PATH_NOT_USED = _error("NT142", "indicator", "kind")
FIRST_STEP_MISSING = _error("NT143", "indicator", "cycle")
STEPS_OUT_OF_ORDER = _error("NT144", "indicator")
STEP_WITHOUT_START = _error("NT145", "indicator")
TARGET_OUT_OF_RANGE = _error("NT146", "indicator", "target", "low", "high")
CORE_NEEDS_NEW_COUNT = _error("NT147", "indicator")
LOAD_OVER_BUDGET = _error("NT148", "hours", "budget")
TEST_UNSUITED = _error("NT149", "test", "column", "type")
AGE_OR_DEADLINE = _error("NT150", "indicator")
OPENS_TOO_EARLY = _error("NT151", "indicator", "opens")
PLACEHOLDER_UNKNOWN = _error("NT152", "indicator", "placeholder", "available")
NUMBER_TYPED_TWICE = _warning("NT153", "indicator", "number", "placeholder")
STANDARD_WITHOUT_CORE = _warning("NT154", "standard")
SOURCE_NOT_NAMED = _warning("NT155", "id")
NUMBER_TOO_SMALL = _error("NT156", "number", "smallest")
PATIENTS_NOT_SAID = _error("NT157", "indicator", "column")
TESTS_MISSING = _error("NT158", "indicator")
TARGET_GOES_DOWN = _warning("NT159", "indicator")

# Volume norms and registers.
VOLUME_WITHOUT_START = _error("NT160", "norm")
VOLUME_WITHOUT_SOURCE = _error("NT161", "norm")
VOLUME_PER_SURGEON = Rule(code="NT162", severity=Severity.NOTE, facts=("norm",))
DATES_OUT_OF_ORDER = _error("NT163", "first", "last")
CHOICES_MISPLACED = _error("NT164", "column", "type")
COLUMN_OF_TYPE_MISSING = _error("NT165", "register", "type")
COLUMN_TYPE = _error("NT166", "column", "register", "type")
BUILT_IN_COLUMN_MISSING = _error("NT167", "column", "register", "type")
GROUPS_MISSING = _error("NT168", "register")
LABEL_WITH_COMMA = _warning("NT169", "label")
BUILT_IN_CHOICE_MISSING = _error("NT170", "choice", "column", "register")

# A dossier that is read back.
DOSSIER_MISSING = _error("NT180")
DOSSIER_UNREADABLE = _error("NT181")
DOSSIER_TOO_LARGE = _error("NT182", "megabytes")
DOSSIER_NOT_JSON = _error("NT183")
NOT_A_DOSSIER = _error("NT184")
DOSSIER_NEWER = _error("NT185", "format", "newest")
DOSSIER_KEY_MISSING = _error("NT186", "path")
DOSSIER_VALUE = _error("NT187", "path")
