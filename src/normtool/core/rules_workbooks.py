"""Rules about a workbook as a file: its shape and its safety (NT2xx). The words are in words/*/nt2xx.yaml.

NT201-NT239 are about the file; those about its sheets and headers (from NT250 on) are in rules_answers.
"""

from __future__ import annotations

from normtool.core.diagnostics import Rule, Severity

FILE_MISSING = Rule(code="NT201", severity=Severity.ERROR)
IS_A_FOLDER = Rule(code="NT202", severity=Severity.ERROR)
UNREADABLE = Rule(code="NT204", severity=Severity.ERROR)
EMPTY_FILE = Rule(code="NT205", severity=Severity.ERROR)
LOCK_FILE = Rule(code="NT206", severity=Severity.ERROR)
TEXT_FILE = Rule(code="NT207", severity=Severity.ERROR)
OTHER_KIND_OF_FILE = Rule(code="NT208", severity=Severity.ERROR, facts=("kind",))
NOT_EXCEL = Rule(code="NT209", severity=Severity.ERROR)
OLD_EXCEL = Rule(code="NT210", severity=Severity.ERROR)
PASSWORD = Rule(code="NT211", severity=Severity.ERROR)
BINARY_EXCEL = Rule(code="NT212", severity=Severity.ERROR)
INCOMPLETE_FILE = Rule(code="NT213", severity=Severity.ERROR)
DAMAGED_PART = Rule(code="NT214", severity=Severity.ERROR, facts=("part",))
NO_SHEETS = Rule(code="NT215", severity=Severity.ERROR)
NOT_PARSED = Rule(code="NT216", severity=Severity.ERROR)
TAKES_TOO_LONG = Rule(code="NT217", severity=Severity.ERROR, facts=("seconds",), concerns_safety=True)
TAKES_TOO_MUCH_MEMORY = Rule(code="NT218", severity=Severity.ERROR, facts=("limit",), concerns_safety=True)
READER_GAVE_UP = Rule(code="NT219", severity=Severity.ERROR, facts=("reason",), concerns_safety=True)

FILE_TOO_LARGE = Rule(code="NT220", severity=Severity.ERROR, facts=("megabytes", "limit"), concerns_safety=True)
TOO_MANY_PARTS = Rule(code="NT221", severity=Severity.ERROR, facts=("limit",), concerns_safety=True)
INFLATES_TOO_FAR = Rule(code="NT222", severity=Severity.ERROR, facts=("part",), concerns_safety=True)
AMBIGUOUS_PARTS = Rule(code="NT223", severity=Severity.ERROR, facts=("part",), concerns_safety=True)
FOREIGN_ENCODING = Rule(code="NT224", severity=Severity.ERROR, facts=("part",), concerns_safety=True)
ENTITIES = Rule(code="NT225", severity=Severity.ERROR, facts=("part",), concerns_safety=True)
CELL_FAR_AWAY = Rule(code="NT226", severity=Severity.ERROR, facts=("cell",), concerns_safety=True)
TOO_MANY_CELLS = Rule(code="NT227", severity=Severity.ERROR, facts=("limit",), concerns_safety=True)
TOO_MUCH_TEXT = Rule(code="NT228", severity=Severity.ERROR, facts=("limit",), concerns_safety=True)
CELLS_NOT_READ = Rule(code="NT229", severity=Severity.ERROR, concerns_safety=True)

MACROS = Rule(code="NT230", severity=Severity.WARNING)
EXTERNAL_LINKS = Rule(code="NT231", severity=Severity.NOTE)
EMBEDDED_OBJECTS = Rule(code="NT232", severity=Severity.NOTE)

NESTED_TOO_DEEP = Rule(code="NT233", severity=Severity.ERROR, facts=("part",), concerns_safety=True)
TOO_MANY_MERGED = Rule(code="NT234", severity=Severity.ERROR, facts=("limit",), concerns_safety=True)
CELL_TOO_LONG = Rule(code="NT235", severity=Severity.ERROR, facts=("limit",), concerns_safety=True)
