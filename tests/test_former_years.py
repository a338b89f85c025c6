"""Former years as files: dossiers and forms, of this network, each year once."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from normtool.app.history import history_in, read_former
from normtool.app.reading import Given
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Dossier, FormerYear
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from normtool.files.dossiers_json import dossier_json, read_dossier
from tests.case_folders import write_forms
from tests.conftest import built_in
from tests.core.tables import read

NETWORK = """
## Netwerk
| Gegeven          | Waarde       |
| Code             | {code}       |
| Naam             | Netwerk {code} |
| Toetsjaar        | {year}       |
| Verslagjaar      | {before}     |
| Peildatum        | {before}-12-31 |
| Eerste toetsjaar | 2023         |
"""
ANSWERS = """
## Indicatoren
| Id   | Antwoord | Documenten |
| N1.2 | {said}   |            |
"""
WRONG = """
## Indicatoren
| Id   | Antwoord   |
| N1.2 | misschien  |
"""


def page(year: int, code: str = "ALBA", answers: str = ANSWERS, said: str = "nee") -> str:
    """A form of one year."""
    return NETWORK.format(code=code, year=year, before=year - 1) + answers.replace("{said}", said)


def dossier(year: int, framework: Framework | None = None, said: str = "nee", **more: object) -> Dossier:
    """A dossier of one year."""
    norms = framework or built_in()
    evidence, _ = read(page(year, said=said), framework=norms)
    assessment, _ = assess(norms, evidence)
    made = Dossier(framework=norms, evidence=evidence, assessment=assessment)
    return replace(made, **more)  # type: ignore[arg-type]


def form(folder: Path, name: str, text: str) -> Path:
    """A workbook."""
    write_forms(f"# {name}\n{text}", {}, folder)
    return folder / name


def stored(folder: Path, name: str, made: Dossier) -> Path:
    """A dossier.json."""
    (folder / name).write_bytes(dossier_json(made))
    return folder / name


def history(*paths: Path, others: tuple[str, ...] = ()) -> tuple[tuple[FormerYear, ...], Diagnostics]:
    """The history of network ALBA in 2026."""
    now = dossier(2026)
    networks = [replace(now.evidence.network, code=code, name=code) for code in others]
    read = read_former(now.framework, Given(paths=(), former=paths))
    return history_in(now.framework, now.evidence, read, networks)


def codes(found: Diagnostics) -> list[str]:
    """The codes in order."""
    return [item.code for item in found]


def test_without_files_there_is_no_history() -> None:
    assert history() == ((), ())


def test_a_dossier_and_a_form_of_the_same_year_say_the_same(tmp_path: Path) -> None:
    (of_dossier,), said = history(stored(tmp_path, "2025.json", dossier(2025)))
    (of_form,), also_said = history(form(tmp_path, "2025.xlsx", page(2025)))
    assert (said, also_said) == ((), ())
    assert of_dossier.results == of_form.results
    assert of_dossier.digest == sha256((tmp_path / "2025.json").read_bytes()).hexdigest()
    assert of_form.digest == sha256((tmp_path / "2025.xlsx").read_bytes()).hexdigest()
    answered = of_dossier.result("N1.2")
    assert answered is not None
    assert answered.verdict.value == "not_met"


def test_years_come_latest_first_and_those_inside_come_along_once(tmp_path: Path) -> None:
    inside, _ = history(form(tmp_path, "2024.xlsx", page(2024, said="ja")))
    older = replace(inside[0], assessment_year=2023)
    with_history = stored(tmp_path, "2025.json", dossier(2025, history=(inside[0], older)))
    own = form(tmp_path, "2024-weer.xlsx", page(2024, said="nee"))
    found, said = history(own, with_history)
    assert said == ()
    assert [year.assessment_year for year in found] == [2025, 2024, 2023]
    assert found[1].digest == sha256(own.read_bytes()).hexdigest()
    assert found[2].digest == inside[0].digest


def test_parts_of_one_form_are_one_year(tmp_path: Path) -> None:
    second = page(2025, answers="\n## Documenten\n| Id | Titel | Datum |\n| D1 | Reglement | 2024-03-01 |\n")
    answered = ANSWERS.replace("{said}   |            |", "ja | D1 |")
    paths = [form(tmp_path, "a.xlsx", page(2025, answers=answered)), form(tmp_path, "b.xlsx", second)]
    (found,), said = history(*paths)
    assert said == ()
    digests = sorted(sha256(path.read_bytes()).hexdigest() for path in paths)
    assert found.digest == sha256("\n".join(digests).encode()).hexdigest()
    result = found.result("N1.2")
    assert result is not None
    assert result.verdict.value == "met"


def test_cells_with_an_error_are_counted_and_the_rest_is_used(tmp_path: Path) -> None:
    (found,), said = history(form(tmp_path, "2025.xlsx", page(2025, answers=WRONG)))
    assert codes(said) == ["NT931"]
    assert found.assessment_year == 2025


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (page(2025, code="BREN"), "NT341"),
        (page(2026), "NT342"),
        (page(2027), "NT342"),
    ],
)
def test_a_file_that_is_no_former_year_is_refused(tmp_path: Path, text: str, code: str) -> None:
    found, said = history(form(tmp_path, "ander.xlsx", text))
    assert found == ()
    assert codes(said) == [code]
    assert said[0].is_error


def test_files_of_the_other_networks_of_a_run_are_left_to_them(tmp_path: Path) -> None:
    paths = (form(tmp_path, "bren.xlsx", page(2025, code="BREN")), form(tmp_path, "alba.xlsx", page(2025)))
    found, said = history(*paths, others=("BREN",))
    assert [year.assessment_year for year in found] == [2025]
    assert said == ()


def test_two_files_of_one_year_must_be_the_same(tmp_path: Path) -> None:
    first = stored(tmp_path, "a.json", dossier(2025))
    copy = stored(tmp_path, "b.json", dossier(2025))
    other = stored(tmp_path, "c.json", dossier(2025, said="ja"))
    assert codes(history(first, copy)[1]) == []
    found, said = history(first, other)
    assert codes(said) == ["NT285"]
    assert dict(said[0].facts) == {"year": 2025, "other": "a.json"}
    assert len(found) == 1


def test_other_norms_leave_nothing_to_compare(tmp_path: Path) -> None:
    norms = built_in()
    standards = tuple(
        replace(
            item,
            indicators=tuple(replace(one, norm=replace(one.norm, nl=f"{one.norm.nl}!")) for one in item.indicators),
        )
        for item in norms.standards
    )
    (found,), said = history(stored(tmp_path, "2025.json", dossier(2025, replace(norms, standards=standards))))
    assert codes(said) == ["NT286"]
    assert not said[0].is_error
    assert not any(result.is_same_norm for result in found.results)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "leeg.json").write_text("{", encoding="utf-8")
    (tmp_path / "leeg.xlsx").write_bytes(b"")
    nameless = form(tmp_path, "naamloos.xlsx", "## Netwerk\n| Gegeven | Waarde |\n| Naam | Netwerk ALBA |\n")
    found, said = history(tmp_path / "leeg.json", tmp_path / "leeg.xlsx", nameless)
    assert found == ()
    assert all(item.is_error for item in said)
    assert {item.place.file for item in said if item.place is not None} == {"leeg.json", "leeg.xlsx", "naamloos.xlsx"}


def test_a_history_survives_its_dossier(tmp_path: Path) -> None:
    years, _ = history(form(tmp_path, "2025.xlsx", page(2025)))
    path = stored(tmp_path, "dossier.json", dossier(2026, history=years))
    again, said = read_dossier(path)
    assert said == ()
    assert again is not None
    assert again.history == years
