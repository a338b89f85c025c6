"""Steps beside a verdict, beside each other and beside what is stated elsewhere: questions, never a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.scoring import assess
from tests.conftest import built_in
from tests.core.tables import read, seen

DOCUMENTS = "## Documenten\n| Id | Titel | Datum |\n| D1 | Regioplan | 2025-06-18 |\n| D2 | Bijlage | |\n"
ALL = "Hoofd-hals", "Pancreas", "Long", "Nier", "Slokdarm en maag"


def asked(page: str) -> list[str]:
    """The questions about steps, and the notes on those that were answered beforehand."""
    evidence, _ = read(page)
    return [line for line in seen(assess(built_in(), evidence)[1]) if line[:4] == "NT77" or "code=NT77" in line]


def plan(answer: str = "ja", documents: str = "D1", explanation: str = "") -> str:
    headers = "| Id | Antwoord | Documenten | Toelichting |"
    return f"{DOCUMENTS}## Indicatoren\n{headers}\n| N1.8 | {answer} | {documents} | {explanation} |\n"


def dated(*rows: str) -> str:
    """Rows of group, decision, plan, implementation, explanation."""
    headers = "| Groep | Besluit op | Regioplan op | Implementatie vanaf | Toelichting |"
    return "\n".join(("## IZA-stappen", headers, *(f"| {row} |" for row in rows), ""))


PLANNED = [f"{group} | 2025-03-25 | 2025-06-18 | |" for group in ALL]


def test_a_plan_for_every_group_raises_no_question() -> None:
    assert asked(plan() + dated(*PLANNED)) == []


def test_groups_without_the_plan_are_named() -> None:
    rows = [*PLANNED[:2], "Long | 2025-03-25 | 2026-02-01 | |", "Nier | 2025-03-25 | | |"]
    assert asked(plan() + dated(*rows)) == [
        "NT770 Indicatoren!B2 indicator=N1.8 step=regioplan names=Long; Nier; Slokdarm en maag"
    ]


def test_an_english_form_is_asked_in_english() -> None:
    page = (
        "## Indicators\n| Id | Answer |\n| N1.8 | yes |\n## IZA steps\n| Group | Decision on |\n| Lung | 2025-03-25 |"
    )
    names = "Head and neck; Pancreas and liver; Lung; Kidney; Oesophagus and stomach"
    assert asked(page) == [f"NT770 Indicators!B2 indicator=N1.8 step=regional plan names={names}"]


@pytest.mark.parametrize(
    "page",
    [
        plan("nee") + dated(PLANNED[0]),
        plan("") + dated(PLANNED[0]),
        dated(PLANNED[0]),
        plan(),
        plan() + dated("Long | | | |"),
    ],
)
def test_nothing_is_asked_of_no_or_while_nothing_is_known_of_the_groups(page: str) -> None:
    assert asked(page) == []


def test_a_later_step_tells_that_the_plan_is_there() -> None:
    stated = "## Tumortypenetwerken\n| Groep | IZA-stap |\n| Slokdarm en maag | implementatie |\n"
    assert asked(plan() + dated(*PLANNED[:4]) + stated) == []


@pytest.mark.parametrize("cell", ["vorig jaar", "31-2-2025"])
def test_a_cell_that_must_be_corrected_first_raises_no_second_question(cell: str) -> None:
    assert asked(plan() + dated(*PLANNED[:4], f"Slokdarm en maag | 2025-03-25 | {cell} | |")) == []


def test_a_year_alone_is_not_asked_about() -> None:
    assert asked(plan() + dated(*PLANNED[:4], "Slokdarm en maag | | 2025 | |")) == []


def test_an_explanation_of_the_answer_or_of_every_group_makes_it_a_note() -> None:
    without = "Slokdarm en maag | 2025-03-25 | | | De buurregio beslist in maart."
    own = "NT449 Indicatoren!B2 code=NT770 (explanation: Indicatoren!D2)"
    rows = "NT449 Indicatoren!B2 code=NT770 (explanation: IZA-stappen!E6)"
    assert asked(plan(explanation="Zie het besluit") + dated(*PLANNED[:4])) == [own]
    assert asked(plan() + dated(*PLANNED[:4], without)) == [rows]
    half = asked(plan() + dated(*PLANNED[:3], without))
    assert half == ["NT770 Indicatoren!B2 indicator=N1.8 step=regioplan names=Nier; Slokdarm en maag"]


# --- after the document --------------------------------------------------------------------------------------------

LATER = "Slokdarm en maag | | 2025-11-20 | |"


def test_a_plan_from_after_its_document() -> None:
    question = "first=2025-11-20 indicator=N1.8 second=2025-06-18 (document_date: Documenten!C2)"
    assert asked(plan() + dated(*PLANNED[:4], LATER)) == [f"NT771 IZA-stappen!C6 group=Slokdarm en maag {question}"]


@pytest.mark.parametrize("documents", ["", "D2", "D1; D2", "D9"])
def test_without_a_date_of_every_document_nothing_is_later(documents: str) -> None:
    assert asked(plan(documents=documents) + dated(*PLANNED[:4], LATER)) == []


def test_a_year_that_may_be_earlier_is_not_later() -> None:
    assert asked(plan() + dated(*PLANNED[:4], "Slokdarm en maag | | 2025 | |")) == []


def test_a_stated_step_without_a_date_is_not_later() -> None:
    stated = "## Tumortypenetwerken\n| Groep | IZA-stap |\n| Slokdarm en maag | regioplan |\n"
    assert asked(plan() + dated(*PLANNED[:4]) + stated) == []


def test_a_later_plan_that_is_explained_is_noted() -> None:
    (note,) = asked(plan() + dated(*PLANNED[:4], f"{LATER[:-1]}| Aangevuld in november."))
    assert note == "NT449 IZA-stappen!C6 code=NT771 (explanation: IZA-stappen!E6)"


# --- steps beside each other ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "questions"),
    [
        ("Long | 2025-03-25 | 2025-06-18 | 2026", []),
        ("Long | 2025 | 2025-02-01 | 2026", []),
        ("Long | | 2025-06-18 | 2026", []),
        ("Long | 2025-03-25 | 2024 | ", ["regioplan 2024 before besluit 2025-03-25"]),
        ("Long | 2025-03-25 | maart 2024 | ", ["regioplan 2024-03-01/2024-03-31 before besluit 2025-03-25"]),
        ("Long | 2025-03-25 | 2024-01-01 | 2024-02-01", ["regioplan 2024-01-01", "implementatie 2024-02-01"]),
        ("Long | 2025-03-25 | n.v.t. | 2026", []),
    ],
)
def test_steps_in_another_order(row: str, questions: list[str]) -> None:
    found = asked(dated(f"{row} |"))
    assert len(found) == len(questions)
    for line, question in zip(found, questions, strict=True):
        step, day, *_ = question.split()
        assert line.startswith("NT772 IZA-stappen!")
        assert f"step={step} second={day} before=besluit first=2025-03-25 (earlier_step: IZA-stappen!B2)" in line


def test_another_order_that_is_explained_is_noted() -> None:
    (note,) = asked(dated("Long | 2025-03-25 | 2024-01-01 | | Wij waren vroeg."))
    assert note == "NT449 IZA-stappen!C2 code=NT772 (explanation: IZA-stappen!E2)"


# --- two stories ---------------------------------------------------------------------------------------------------


def two_stories(stated: str, *rows: str, group: str = "Long") -> list[str]:
    types = f"## Tumortypenetwerken\n| Groep | IZA-stap | Toelichting |\n| {group} | {stated} |\n"
    return asked(types + dated(*rows))


DECIDED = "Long | 2025-03-25 | | |"


@pytest.mark.parametrize("stated", ["regioplan", "SWOT", "implementatie"])
def test_a_stated_step_before_or_after_the_last_dated_one(stated: str) -> None:
    question = f"group=Long step={stated} dated=besluit sheet=IZA-stappen (dated_step: IZA-stappen!B2)"
    assert two_stories(f"{stated} |", DECIDED) == [f"NT773 Tumortypenetwerken!B2 {question}"]


@pytest.mark.parametrize(
    "rows",
    [
        [DECIDED],
        [],
        ["Long | | | |"],
        ["Long | 2025 | | |"],
        ["Long | 2026-01-01 | | |"],
        ["Huid | 2023-01-01 | | |"],
    ],
)
def test_the_same_step_or_no_date_to_lay_beside_it(rows: list[str]) -> None:
    assert two_stories("besluit |", *rows) == []


def test_a_step_that_is_only_planned_is_not_the_last_one_done() -> None:
    (question,) = two_stories("regioplan |", "Long | 2025-03-25 | 2026-03-01 | |")
    assert "step=regioplan dated=besluit" in question


def test_a_year_that_leaves_the_stated_step_open_settles_nothing() -> None:
    page = dated("Long | 2024-03-25 | 2025 | |")
    network = (
        "## Netwerk\n| Gegeven | Waarde |\n| Code | A |\n| Naam | A |\n| Toetsjaar | 2026 |\n| Verslagjaar | 2025 |\n"
    )
    types = "## Tumortypenetwerken\n| Groep | IZA-stap |\n| Long | regioplan |\n"
    assert asked(f"{network}| Peildatum | 2025-09-30 |\n{types}{page}") == []


def test_the_row_of_a_group_is_laid_beside_all_its_sub_types() -> None:
    rows = ["Pancreas | 2025-03-25 | | |", "Slokdarm en maag | 2025-03-25 | 2025-06-18 | |"]
    for stated in ("besluit", "regioplan"):
        assert two_stories(f"{stated} |", *rows, group="Maag-darm-lever") == []
    (question,) = two_stories("implementatie |", *rows, group="Maag-darm-lever")
    assert "group=Maag-darm-lever step=implementatie dated=regioplan" in question
    (question,) = two_stories("opdracht |", *rows, group="Maag-darm-lever")
    assert "step=opdracht dated=besluit" in question


def test_two_stories_that_are_explained_are_noted() -> None:
    (note,) = two_stories("regioplan | De datum volgt.", DECIDED)
    assert note == "NT449 Tumortypenetwerken!B2 code=NT773 (explanation: Tumortypenetwerken!C2)"


def test_without_steps_in_the_norms_nothing_is_asked() -> None:
    evidence, _ = read(plan() + dated(PLANNED[0]))
    questions = seen(assess(replace(built_in(), iza=None), evidence)[1])
    assert not [line for line in questions if line.startswith("NT77")]


def test_steps_may_lie_ahead() -> None:
    evidence, _ = read(dated("Long | 2025-03-25 | 2026-03-01 | 2026 |"))
    assert [line for line in seen(assess(built_in(), evidence)[1]) if line[:5] in ("NT401", "NT402")] == []
