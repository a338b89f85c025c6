"""`compare` as its user runs it: networks and years, names and letters, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

from normtool.core.circles import part_for
from normtool.core.dossier import Circle, Dossier, Stage
from normtool.core.evidence import DataNature
from normtool.core.house_style import HouseStyle
from normtool.documents import pdf
from normtool.files.dossiers_json import dossier_json
from tests.comparison_examples import DIGEST, network, seven, years
from tests.e2e.running import here

Save = Callable[..., list[Path]]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Dossiers written in folders of their own; their folders."""

    def write(*dossiers: Dossier) -> list[Path]:
        folders = []
        for place, dossier in enumerate(dossiers, 1):
            folder = tmp_path / f"netwerk-{place}"
            folder.mkdir()
            (folder / "dossier.json").write_bytes(dossier_json(dossier))
            folders.append(folder)
        return folders

    return write


def real(dossier: Dossier, **changes: object) -> Dossier:
    """A network that is not invented."""
    facts = replace(dossier.evidence.network, nature=DataNature.NETWORK)
    return replace(dossier, evidence=replace(dossier.evidence, network=facts), **changes)  # type: ignore[arg-type]


def test_networks_stand_side_by_side_on_a_page(save: Save, tmp_path: Path) -> None:
    folders = save(*seven()[:3])
    ran = here("compare", *folders, "-o", "uit.html", folder=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Gemaakt: uit.html, bestemd voor: netwerken\n"
    page = (tmp_path / "uit.html").read_text(encoding="utf-8")
    assert "Drie netwerken naast elkaar" in page
    assert "Oncologienetwerk Amstelveld" in page


def test_files_and_folders_in_any_order_give_the_same_bytes(save: Save, tmp_path: Path) -> None:
    one, two, three = save(*seven()[:3])
    assert here("compare", one, two, three, "-o", "a.html", folder=tmp_path).code == 0
    assert here("compare", three / "dossier.json", one, two, one, "-o", "b.html", folder=tmp_path).code == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.slow
def test_years_of_one_network_become_a_pdf_without_attachments(save: Save, tmp_path: Path) -> None:
    ran = here(
        "compare", *save(*(real(item) for item in years())), "-o", "jaren.pdf", "--lang", "en", folder=tmp_path
    )
    assert ran.code == 0, ran.err
    opened = pikepdf.open(tmp_path / "jaren.pdf")
    assert str(opened.Root.Lang) == "en"
    assert list(opened.attachments) == []
    assert len(opened.pages) >= 2


def test_real_networks_are_not_named_without_their_consent(save: Save, tmp_path: Path) -> None:
    agreeing = real(seven()[0], stage=Stage.FINAL, shares_name=True)
    silent = real(seven()[1], stage=Stage.FINAL)
    folders = save(agreeing, silent)
    ran = here("compare", *folders, "-o", "uit.html", folder=tmp_path)
    assert ran.code == 1
    assert "NT274" in ran.err
    assert "netwerk-2/dossier.json" in ran.err
    assert "netwerk-1/dossier.json" not in ran.err
    assert not (tmp_path / "uit.html").exists()


@pytest.mark.parametrize("suffix", [".html", pytest.param(".pdf", marks=pytest.mark.slow)])
def test_an_anonymous_comparison_has_no_name_in_any_byte(save: Save, tmp_path: Path, suffix: str) -> None:
    folders = save(*(real(item) for item in seven()[:2]))
    target = tmp_path / f"uit{suffix}"
    ran = here("compare", *folders, "-o", target, "--anonymous", "--format", "json", folder=tmp_path)
    assert ran.code == 0, ran.err
    assert ran.json == {
        "file": str(target),
        "circle": "network",
        "anonymous": True,
        "diagnostics": [],
    }
    if suffix == ".html":
        found = target.read_text(encoding="utf-8")
    else:
        opened = pikepdf.open(target)
        found = "".join(
            item.read_bytes().decode("latin-1") for item in opened.objects if isinstance(item, pikepdf.Stream)
        )
        found += str(opened.docinfo) + str(opened.open_metadata())
    for secret in ("Amstelveld", "Beekoever", "ONAM", "ONBE", "UMC Voorbeeld", "Meerjarenplan"):
        assert secret not in found


def test_a_part_that_is_too_narrow_is_refused(save: Save, tmp_path: Path) -> None:
    narrow = part_for(seven()[0], Circle.BOARD, DIGEST)
    ran = here("compare", *save(narrow, seven()[1]), "-o", "uit.html", folder=tmp_path)
    assert ran.code == 1
    assert "NT821" in ran.err


def test_broken_files_are_told_first(save: Save, tmp_path: Path) -> None:
    (folder,) = save(seven()[0])
    (tmp_path / "stuk.json").write_text("{", encoding="utf-8")
    ran = here("compare", folder, "stuk.json", "niets.json", "-o", "uit.html", "--format", "json", folder=tmp_path)
    assert ran.code == 1
    codes = {item["code"] for item in json.loads(ran.out)["diagnostics"]}
    assert len(codes) == 2
    assert "NT275" not in codes


def test_nothing_is_overwritten_unless_asked(save: Save, tmp_path: Path) -> None:
    folders = save(*seven()[:2])
    (tmp_path / "uit.html").write_text("van mij", encoding="utf-8")
    assert here("compare", *folders, "-o", "uit.html", folder=tmp_path).code == 3
    assert (tmp_path / "uit.html").read_text(encoding="utf-8") == "van mij"
    assert here("compare", *folders, "-o", "uit.html", "--force", folder=tmp_path).code == 0


def test_another_kind_of_file_is_wrong_use(save: Save, tmp_path: Path) -> None:
    ran = here("compare", *save(*seven()[:2]), "-o", "uit.xlsx", folder=tmp_path)
    assert ran.code == 2
    assert ".pdf" in ran.err


def test_without_a_maker_of_pdf_it_says_what_is_missing(
    save: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise pdf.PdfUnavailable("pango")

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    folders = save(*seven()[:2])
    ran = here("compare", *folders, "-o", "uit.pdf", folder=tmp_path)
    assert ran.code == 3
    assert "Pango" in ran.err
    assert not (tmp_path / "uit.pdf").exists()
    assert here("compare", *folders, "-o", "uit.html", folder=tmp_path).code == 0


def test_preliminary_and_other_editions_are_told(save: Save, tmp_path: Path) -> None:
    other = seven()[1]
    folders = save(
        replace(seven()[0], draft=True), replace(other, framework=replace(other.framework, edition="2027.1"))
    )
    ran = here("compare", *folders, "-o", "uit.html", folder=tmp_path)
    assert ran.code == 0
    assert "NT278" in ran.err
    assert "NT279" in ran.err
    assert "VOORLOPIG" in (tmp_path / "uit.html").read_text(encoding="utf-8")


HOUSE = HouseStyle(organisation="Stichting Geheim", accent="#7A1F5C", footer="Bel het bureau van Geheim")


def test_a_house_style_is_that_of_who_compares(save: Save, tmp_path: Path) -> None:
    """Years of one network have its own; several networks only the one that was given, for it names its owner."""

    def styled(name: str, *arguments: str | Path) -> str:
        ran = here("compare", *arguments, "-o", name, folder=tmp_path)
        assert ran.code == 0, ran.err
        return (tmp_path / name).read_text(encoding="utf-8")

    one, two, first, second = save(*(replace(item, house_style=HOUSE) for item in (*seven()[:2], *years()[:2])))
    page = styled("jaren.html", first, second)
    assert "Stichting Geheim" in page
    assert "--accent:#7A1F5C" in page
    for name, flags in (("stil.html", ("--anonymous",)), ("netwerken.html", ())):
        page = styled(name, one, two, *flags)
        assert "Geheim" not in page
        assert "#7A1F5C" not in page
    (tmp_path / "stijl.yaml").write_text(
        'organisatie: Landelijk Platform\naccentkleur: "#8A4B08"\n', encoding="utf-8"
    )
    page = styled("eigen.html", one, two, "--anonymous", "--house-style", "stijl.yaml")
    assert "Landelijk Platform" in page
    assert "Geheim" not in page


def test_the_workbook_of_several_networks_wears_the_style_that_was_given(save: Save, tmp_path: Path) -> None:
    """And nothing of the networks' own, as in the comparison."""

    def styled(name: str, *arguments: str | Path) -> str:
        ran = here("board", *arguments, "-o", name, folder=tmp_path)
        assert ran.code == 0, ran.err
        with ZipFile(tmp_path / name) as book:
            return "".join(book.read(part).decode() for part in book.namelist() if part.endswith(".xml"))

    one, two, first, second = save(*(replace(item, house_style=HOUSE) for item in (*seven()[:2], *years()[:2])))
    (tmp_path / "stijl.yaml").write_text('voettekst: Landelijk Platform\naccentkleur: "#8A4B08"\n', encoding="utf-8")
    assert "Stichting Geheim" in styled("jaren.xlsx", first, second)
    for name, flags in (("stil.xlsx", ("--anonymous",)), ("netwerken.xlsx", ())):
        assert "Geheim" not in styled(name, one, two, *flags)
    book = styled("eigen.xlsx", one, two, "--anonymous", "--house-style", "stijl.yaml")
    assert "Landelijk Platform" in book
    assert "FF8A4B08" in book
    assert "Geheim" not in book


def test_the_same_network_twice_is_refused(save: Save, tmp_path: Path) -> None:
    folders = save(network("A", "A"), network("a ", "Anders"))
    ran = here("compare", *folders, "-o", "uit.html", folder=tmp_path)
    assert ran.code == 1
    assert "netwerk-1/dossier.json" in ran.err
