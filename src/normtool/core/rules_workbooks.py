"""Rules about a workbook as a file: its shape and its safety (NT2xx). The words are in words/*/nt2xx.yaml.

NT201-NT239 are about the file; those about its sheets and headers (from NT250 on) are in rules_answers.
"""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, safety_rule, warning_rule

FILE_MISSING = error_rule("NT201")
IS_A_FOLDER = error_rule("NT202")
UNREADABLE = error_rule("NT204")
EMPTY_FILE = error_rule("NT205")
LOCK_FILE = error_rule("NT206")
TEXT_FILE = error_rule("NT207")
OTHER_KIND_OF_FILE = error_rule("NT208", "kind")
NOT_EXCEL = error_rule("NT209")
OLD_EXCEL = error_rule("NT210")
PASSWORD = error_rule("NT211")
BINARY_EXCEL = error_rule("NT212")
INCOMPLETE_FILE = error_rule("NT213")
DAMAGED_PART = error_rule("NT214", "part")
NO_SHEETS = error_rule("NT215")
NOT_PARSED = error_rule("NT216")
TAKES_TOO_LONG = safety_rule("NT217", "seconds")
TAKES_TOO_MUCH_MEMORY = safety_rule("NT218", "limit")
READER_GAVE_UP = safety_rule("NT219", "reason")

FILE_TOO_LARGE = safety_rule("NT220", "megabytes", "limit")
TOO_MANY_PARTS = safety_rule("NT221", "limit")
INFLATES_TOO_FAR = safety_rule("NT222", "part")
AMBIGUOUS_PARTS = safety_rule("NT223", "part")
FOREIGN_ENCODING = safety_rule("NT224", "part")
ENTITIES = safety_rule("NT225", "part")
CELL_FAR_AWAY = safety_rule("NT226", "cell")
TOO_MANY_CELLS = safety_rule("NT227", "limit")
TOO_MUCH_TEXT = safety_rule("NT228", "limit")
CELLS_NOT_READ = safety_rule("NT229")

MACROS = warning_rule("NT230")
EXTERNAL_LINKS = note_rule("NT231")
EMBEDDED_OBJECTS = note_rule("NT232")

NESTED_TOO_DEEP = safety_rule("NT233", "part")
TOO_MANY_MERGED = safety_rule("NT234", "limit")
CELL_TOO_LONG = safety_rule("NT235", "limit")
