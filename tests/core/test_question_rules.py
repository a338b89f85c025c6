"""Every question that comes from laying facts side by side, in the smallest form that asks it."""

from __future__ import annotations

import pytest

from normtool.core import rules_questions
from normtool.core.diagnostics import Rule, Severity
from normtool.core.scoring import assess
from normtool.telling.diagnostic_texts import as_text
from normtool.texts import Words
from tests.conftest import built_in
from tests.core.tables import line, read

MEMBERS = """
## Deelnemers
| Id   | Naam   | Soort         | Onderdeel van | Van  |
| Z1   | Alba   | ziekenhuis    |               |      |
| Z1-N | Noord  | locatie       | Z1            |      |
| Z2   | Beuken | ziekenhuis    |               | 2026 |
| R1   | Straal | radiotherapie |               |      |
| L1   | Los    | locatie       |               |      |
| L2   | Laag   | locatie       | Z1-N          |      |
"""
CARE = (
    MEMBERS
    + """
## Zorgaanbod
| Locatie | Groep | Behandelt | Op tijd | Behandeld | Toelichting |
"""
)
VOLUMES = (
    MEMBERS
    + """
## Volumes
| Locatie | Behandeling | Jaar | Aantal |
"""
)
TYPES = """
## Tumortypenetwerken
| Groep | Stand | Sinds | Cijfers besproken op | Verwezen |
"""
EIGHT = ("Huid", "Bot en weke delen", "Maag-darm-lever", "Gynaecologisch", "Hersenen", "Hoofd-hals", "Borst", "Oog")
MOST = "".join(f"| {name} | eigen netwerk |\n" for name in EIGHT)
OWN = """
## Indicatoren
| Id | Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |
"""
NAMED = [f"N{name}" for name in "1.2 1.5 1.7 1.8 2.6 3.1 3.7 5.1 5.2 5.4 5.5".split()]  # noqa: SIM905
MISSING = "Endocrien en neuro-endocrien; Long; Urologisch"
COPIES = " ".join(f"(same_figures: Zorgaanbod!D{row})" for row in range(3, 7))
COUNTED = "indicator=N3.3 numerator=10 denominator=90 rest=80 percent=85 (denominator: Zorgaanbod!E3)"

FORMS = {
    "NT430": (
        CARE + "| Z1 | Huid | ja | 85 | 100 |\n| Z1-N | Longen | ja | 10 | 90 |",
        f"NT430 Zorgaanbod!D3 {COUNTED}",
    ),
    "NT431": (
        CARE
        + "| Z1-N | Longen | ja | 30 | 40 |\n"
        + VOLUMES.removeprefix(MEMBERS)
        + "| Z1-N | Longresectie | 2025 | 41 |",
        "NT431 Volumes!D2 number=41 total=40 sheet=Zorgaanbod header=Behandeld (whole: Zorgaanbod!E2)",
    ),
    "NT432": (
        CARE + "".join(f"| Z1-N | {name} | ja | 40 | 50 |\n" for name in EIGHT[:5]),
        f"NT432 Zorgaanbod!D2 numerator=40 denominator=50 count=5 {COPIES}",
    ),
    "NT433": (
        CARE + "| Z1-N | Huid | nee | 5 | 9 |",
        "NT433 Zorgaanbod!D2 number=5 header=Behandelt (filter: Zorgaanbod!C2)",
    ),
    "NT434": (
        CARE + "| Z1-N | Huid | ja |\n" + TYPES + "| Huid | niet behandeld |",
        "NT434 Zorgaanbod!C2 sheet=Tumortypenetwerken (not_treated: Tumortypenetwerken!B2)",
    ),
    "NT435": (
        VOLUMES + "| Z1 | Longresectie | 2025 | 90 |\n| Z1-N | Longresectie | 2025 | 60 |",
        "NT435 Volumes!D2 member=Z1 count=1 (location: Volumes!D3)",
    ),
    "NT436": (
        CARE + "| R1 | Huid | ja | 5 | 9 |",
        "NT436 Zorgaanbod!D2 member=R1 (kind: Deelnemers!C5)",
    ),
    "NT437": (
        CARE + "| Z2 | Huid | ja | 5 | 9 |",
        "NT437 Zorgaanbod!D2 member=Z2 reporting_year=2025 (member_date: Deelnemers!E4)",
    ),
    "NT438": (MEMBERS, "NT438 Deelnemers!C6 member=L1"),
    "NT439": (MEMBERS, "NT439 Deelnemers!D7 member=L2 parent=Z1-N (parent: Deelnemers!A3)"),
    "NT440": (
        "## Afspraken\n| Id | Datum | Geldig tot |\n| A1 | 2024-03-01 | 2023-12-31 |",
        "NT440 Afspraken!C2 first=2024-03-01 second=2023-12-31 (start: Afspraken!B2)",
    ),
    "NT441": ("## Documenten\n| Id | Datum |\n| D1 | 1952-03-01 |", "NT441 Documenten!B2 date=1952-03-01"),
    "NT442": (
        TYPES + "| Huid | eigen netwerk | 2026 | | 14 |",
        "NT442 Tumortypenetwerken!E2 date=2026 reporting_year=2025 (start: Tumortypenetwerken!C2)",
    ),
    "NT443": (
        TYPES + "| Huid | eigen netwerk | | 2024-11-26 |",
        "NT443 Tumortypenetwerken!D2 date=2024-11-26 reporting_year=2025",
    ),
    "NT444": (
        TYPES + MOST,
        f"NT444 Tumortypenetwerken sheet=Tumortypenetwerken count=3 names={MISSING}",
    ),
    "NT445": (
        TYPES.replace("| Groep", "| Dit overzicht is volledig | ja |\n| Groep") + MOST,
        f"NT445 Tumortypenetwerken sheet=Tumortypenetwerken count=3 names={MISSING}",
    ),
    "NT446": (
        "## Documenten\n| Id |\n| D1 |\n## Indicatoren\n| Id | Documenten |\n"
        + "".join(f"| {name} | D1 |\n" for name in NAMED),
        "NT446 Documenten!A2 document=D1 count=11",
    ),
    "NT447": (
        "## Documenten\n| Id | Titel | Datum |\n| D1 | Visie | 2024-03-01 |\n| D2 | Visie | 2024-03-01 |",
        "NT447 Documenten!A3 document=D2 other=D1 (first: Documenten!A2)",
    ),
    "NT448": (
        OWN + "| N1.2 | Samen | Wij bellen | Wij tellen | 2030 |\n| N1.5 | Later | Wij bellen | Wij meten | 2030 |",
        "NT448 Indicatoren!C2 count=2 (same_text: Indicatoren!C3)",
    ),
    "NT449": (
        CARE + "| Z1-N | Huid | nee | 5 | 9 | Gestopt in maart |",
        "NT449 Zorgaanbod!D2 code=NT433 (explanation: Zorgaanbod!F2)",
    ),
}


@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_question_stands_at_its_cell(code: str) -> None:
    markdown, expected = FORMS[code]
    evidence, found = read(markdown)
    assert [item.code for item in found if item.is_error] == []
    asked = [item for item in assess(built_in(), evidence)[1] if item.code == code]
    assert [line(item) for item in asked] == [expected]
    for language in ("nl", "en"):
        assert "{" not in " ".join(as_text(asked[0], Words(language)))


def test_every_question_has_a_form_here_and_none_is_an_error() -> None:
    rules = [rule for rule in vars(rules_questions).values() if isinstance(rule, Rule)]
    assert {rule.code for rule in rules} == set(FORMS)
    notes = {rule.code for rule in rules if rule.severity is Severity.NOTE}
    assert notes == {"NT445", "NT449"}
    assert not any(rule.severity is Severity.ERROR for rule in rules)
