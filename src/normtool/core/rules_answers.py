"""Diagnostics about what was filled in: the shape of the form, values, completeness, notes. Each code once.

Sentences are in words/*/nt2xx.yaml to nt9xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import Rule, Severity


def _error(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.ERROR, facts=facts)


def _warning(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.WARNING, facts=facts)


def _note(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.NOTE, facts=facts)


# The form: sheets, headers, rows.
NOT_OUR_FORM = _error("NT250")
SHEET_MISSING = _error("NT251", "sheet")
REGISTER_MISSING = _warning("NT252", "sheet", "count")
HEADER_NOT_FOUND = _error("NT253", "sheet", "header")
COLUMN_MISSING = _warning("NT254", "sheet", "header")
SHEET_TWICE = _error("NT255", "sheet")
COLUMN_TWICE = _error("NT256", "header")
SHEET_MISSPELT = _error("NT257", "found", "meant")
COLUMN_MISSPELT = _error("NT258", "found", "meant")
OTHER_FRAMEWORK = _error("NT259", "found", "expected")
OTHER_NETWORK = _error("NT260", "key", "first", "second")
SHEET_BESIDE = _error("NT261", "sheet", "meant")
MERGED_ANSWERS = _error("NT262", "found")
KEY_MISSPELT = _error("NT263", "found", "meant")
NAMES_MISSING = _error("NT264", "sheet", "header")

# The network's own facts.
NETWORK_VALUE_MISSING = _error("NT270", "key")
NETWORK_KEY_TWICE = _error("NT271", "key")
YEARS_DISAGREE = _error("NT272", "assessment_year", "reporting_year")
FIRST_YEAR_LATER = _error("NT273", "assessment_year", "first_year")

# Values.
NUMERATOR_TOO_LARGE = _error("NT301", "numerator", "denominator")
NOT_YES_NO = _error("NT302", "found")
NOT_A_WHOLE_NUMBER = _error("NT303", "found")
PERCENTAGE_TYPED = _error("NT304", "found")
NOT_A_DATE = _error("NT305", "found")
NOT_A_CHOICE = _error("NT306", "found", "choices")
CHOICE_MISSPELT = _error("NT307", "found", "meant")
UNKNOWN_DOCUMENT = _error("NT308", "found")
DOCUMENT_MISSPELT = _error("NT309", "found", "meant")
UNKNOWN_INDICATOR = _error("NT310", "found")
INDICATOR_TWICE = _error("NT311", "indicator")
ROW_TWICE = _error("NT312", "key")
UNKNOWN_MEMBER = _error("NT313", "found")
UNKNOWN_GROUP = _error("NT314", "found")
UNKNOWN_TREATMENT = _error("NT315", "found")
NAME_MISSPELT = _error("NT316", "found", "meant")
ERROR_CELL = _error("NT317", "found")
FORMULA_WITHOUT_RESULT = _error("NT318")
LEVEL_OUT_OF_RANGE = _error("NT319", "found")
NEGATIVE_NUMBER = _error("NT320", "found")
NOT_A_YEAR = _error("NT321", "found")
AMBIGUOUS_NUMBER = _error("NT322", "found", "first", "second")
AMBIGUOUS_DATE = _error("NT323", "found", "proposal")
ROW_WITHOUT_KEY = _error("NT324", "header")
ZERO_DENOMINATOR = _error("NT325", "numerator")
NOT_APPLICABLE_REFUSED = _error("NT330", "indicator")
NOT_APPLICABLE_WITHOUT_REASON = _error("NT331", "indicator")
REASON_WITHOUT_NOT_APPLICABLE = _error("NT332", "indicator")
NOT_APPLICABLE_WITH_ANSWER = _error("NT333", "indicator")
NOT_APPLICABLE_WITH_ROWS = _error("NT334", "indicator", "sheet")
VALUE_TOO_LARGE = _error("NT335", "found")
NUMBER_WITH_WORDS = _error("NT336", "found", "proposal")
YES_NO_WITH_MORE = _error("NT337", "found", "proposal")
YEAR_WITH_MORE = _error("NT338", "found", "proposal")
NAME_OF_TWO = _error("NT339", "found", "first", "second")

# Completeness and plausibility: questions, never errors.
AFTER_REFERENCE_DATE = _warning("NT401", "date", "reference_date")
YEAR_ONLY = _warning("NT402", "year")
OWN_APPROACH_INCOMPLETE = _warning("NT403", "indicator", "filled")
OWN_APPROACH_EXPIRED = _warning("NT404", "indicator", "until")
COMPLETE_WITHOUT_ROWS = _warning("NT405", "sheet")
EXACTLY_ALL = _warning("NT406", "indicator", "denominator")
BELOW_CORRIDOR = _warning("NT407", "indicator", "percent", "low")
FIGURES_TOO_OLD = _warning("NT408", "indicator", "year", "reporting_year")
MUCH_EXPLAINED = _warning("NT409", "count", "core")
PROOF_WITHOUT_ANSWER = _warning("NT410", "indicator")
NOT_ASKED_HERE = _warning("NT411", "indicator", "header")
BELOW_VOLUME_WITHOUT_PLAN = _warning("NT412", "number", "minimum")
GROUP_AND_SUB_TYPE = _warning("NT413", "group")
DOCUMENT_EXPIRED = _warning("NT414", "document", "date")
FIGURE_AFTER_YEAR = _warning("NT415", "indicator", "year", "reporting_year")

# Notes: what was read in a certain way, or passed over.
NUMBER_FROM_TEXT = _note("NT901", "found", "read")
DATE_FROM_TEXT = _note("NT902", "found", "read")
READ_AS_EMPTY = _note("NT903", "found")
SHEET_PASSED_OVER = _note("NT904", "sheet")
COLUMN_PASSED_OVER = _note("NT905", "header")
HIDDEN_ROWS_READ = _note("NT906", "count")
REFERENCE_DATE_OVERRIDDEN = _note("NT908", "date")
OTHER_EDITION = _note("NT909", "found", "expected")
REFERENCE_DATE_ASSUMED = _note("NT910", "date")
REPORTING_YEAR_ASSUMED = _note("NT911", "year")
CHOICE_READ_AS = _note("NT912", "found", "read")
HEADERS_AGAIN = _note("NT914", "row")
TOTAL_PASSED_OVER = _note("NT915", "found")
LOOSE_TEXT = _note("NT916", "found", "count")
SHOWN_TEXT_CHANGED = _note("NT917", "header", "found")
OTHER_TABLE = _note("NT918", "found", "count")
