"""Rules about folders and parts: which files are read, what parts say together (NT240-249, NT940-949).

The words are in words/*/nt2xx.yaml and nt9xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import Rule, Severity

OTHER_FORMAT = Rule(code="NT240", severity=Severity.ERROR, facts=("kind",))
LOOKS_LIKE_A_COPY = Rule(code="NT241", severity=Severity.WARNING, facts=("other",))
SAME_DOCUMENT_ID = Rule(code="NT242", severity=Severity.ERROR, facts=("document",))
FOLDER_WITHOUT_FORMS = Rule(code="NT243", severity=Severity.ERROR)
FOLDER_NOT_READ = Rule(code="NT244", severity=Severity.ERROR)
PART_ALONE = Rule(code="NT245", severity=Severity.ERROR, facts=("parts",))
PARTS_MISSING = Rule(code="NT246", severity=Severity.WARNING, facts=("count", "parts"))
TEXT_TABLE = Rule(code="NT247", severity=Severity.WARNING)

NOT_OURS_PASSED_OVER = Rule(code="NT940", severity=Severity.NOTE)
OWN_OUTPUT_PASSED_OVER = Rule(code="NT941", severity=Severity.NOTE, facts=("kind",))
SAME_FILE_PASSED_OVER = Rule(code="NT942", severity=Severity.NOTE, facts=("other",))
STILL_OPEN = Rule(code="NT943", severity=Severity.NOTE, facts=("other",))
FIGURES_PASSED_OVER = Rule(code="NT944", severity=Severity.NOTE)
NETWORK_PART_COUNTS = Rule(code="NT945", severity=Severity.NOTE, facts=("key",))
COMPLETE_IN_SOME_PARTS = Rule(code="NT946", severity=Severity.NOTE, facts=("sheet", "count", "total"))
