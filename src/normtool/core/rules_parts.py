"""Rules about folders and parts: which files are read, what parts say together (NT240-249, NT940-949).

The words are in words/*/nt2xx.yaml and nt9xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, warning_rule

OTHER_FORMAT = error_rule("NT240", "kind")
LOOKS_LIKE_A_COPY = warning_rule("NT241", "other")
SAME_DOCUMENT_ID = error_rule("NT242", "document")
FOLDER_WITHOUT_FORMS = error_rule("NT243")
FOLDER_NOT_READ = error_rule("NT244")
PART_ALONE = error_rule("NT245", "parts")
PARTS_MISSING = warning_rule("NT246", "count", "parts")
TEXT_TABLE = warning_rule("NT247")

NOT_OURS_PASSED_OVER = note_rule("NT940")
OWN_OUTPUT_PASSED_OVER = note_rule("NT941", "kind")
SAME_FILE_PASSED_OVER = note_rule("NT942", "other")
STILL_OPEN = note_rule("NT943", "other")
FIGURES_PASSED_OVER = note_rule("NT944")
NETWORK_PART_COUNTS = note_rule("NT945", "key")
COMPLETE_IN_SOME_PARTS = note_rule("NT946", "sheet", "count", "total")
