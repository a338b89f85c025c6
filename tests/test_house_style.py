"""A house style from its file to the form: settings are read or refused at their line, and nothing is guessed."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from normtool.app.making import page_of
from normtool.core.forms import FormRequest
from normtool.core.house_style import HouseStyle
from normtool.core.own_terms import FORM_KEY, own_term, own_terms
from normtool.core.places import KeyPlace
from normtool.documents.charts import share_boxes
from normtool.documents.marks import PALETTE, painted_as, palette_css
from normtool.files.forms_xlsx import write_form
from normtool.files.house_style_yaml import MOST_KILOBYTES, MOST_PIXELS, read_house_style
from normtool.telling.own_words import own_words
from normtool.texts import Words
from tests.conftest import built_in
from tests.dossier_examples import mixed

WHOLE = """
organisatie: Stichting Oncologie Wolkenland
logo: logo.png
accentkleur: "#7A1F5C"
voettekst: Vragen? Bel het netwerkbureau.
eigen_termen:
  tumortypenetwerk: tumorwerkgroep
kleine_aantallen_onder: 12
afschermen_voor_toetsteam: ja
"""


def picture(width: int = 40, height: int = 20, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (122, 31, 92)).save(stream, kind)
    return stream.getvalue()


def written(folder: Path, text: str, logo: bytes | None = None) -> Path:
    if logo is not None:
        (folder / "logo.png").write_bytes(logo)
    file = folder / "huisstijl.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def refused(folder: Path, text: str, logo: bytes | None = None) -> list[tuple[str, int]]:
    """The code and the line of everything that is wrong."""
    style, found = read_house_style(written(folder, text, logo))
    assert (style is None) == any(item.is_error for item in found)
    return [(item.code, item.place.line if isinstance(item.place, KeyPlace) else 0) for item in found]


def test_a_list_is_told_without_the_values_of_the_program(tmp_path: Path) -> None:
    _, found = read_house_style(written(tmp_path, "- organisatie\n"))
    assert dict(found[0].facts)["value"] == "…"


def test_characters_that_cannot_be_seen_stay_out_of_documents(tmp_path: Path) -> None:
    style, _ = read_house_style(written(tmp_path, 'organisatie: "Stich\\0ting \\u202eOnco"\n'))
    assert style is not None
    assert style.organisation == "Stichting Onco"


def test_every_setting_is_read(tmp_path: Path) -> None:
    style, found = read_house_style(written(tmp_path, WHOLE, picture()))
    assert found == ()
    assert style is not None
    assert style.logo is not None
    assert b64decode(style.logo.data) == picture()
    assert (style.logo.media_type, style.logo.width, style.logo.height) == ("image/png", 40, 20)
    assert style.logo.alternative == "Stichting Oncologie Wolkenland"
    assert replace(style, logo=None) == HouseStyle(
        organisation="Stichting Oncologie Wolkenland",
        accent="#7A1F5C",
        footer="Vragen? Bel het netwerkbureau.",
        own_terms=(("tumour_type_network", "tumorwerkgroep"),),
        small_below=12,
        masks_review=True,
    )


def test_english_names_and_a_jpeg_do_too(tmp_path: Path) -> None:
    text = "organisation: X\nlogo: logo.png\nlogo_text: our logo\naccent: 7a1f5c\nmask_review: no\n"
    style, found = read_house_style(written(tmp_path, text, picture(kind="JPEG")))
    assert (style is not None and style.logo is not None, found) == (True, ())
    assert style is not None
    assert style.logo is not None
    assert (style.logo.media_type, style.logo.alternative) == ("image/jpeg", "our logo")
    assert (style.accent, style.masks_review) == ("#7A1F5C", False)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("accentkleur: #1F4E8C\n", [("NT172", 1)]),  # without quotes YAML takes it for a remark
        ('accent: "blauw"\n', [("NT172", 1)]),
        ("accent: [1, 2]\n", [("NT172", 1)]),
        ('accent: "#88CCEE"\n', [("NT173", 1)]),
        ("\nlogo: ../zie-de-site.png\n", [("NT175", 2)]),
        ("kleine_aantallen_onder: 2\n", [("NT177", 1)]),
        ("kleine_aantallen_onder: 101\n", [("NT177", 1)]),
        ("kleine_aantallen_onder: tien\n", [("NT119", 1)]),
        ("kleine_aantallen_onder: true\n", [("NT119", 1)]),
        (f"voettekst: {'x' * 121}\n", [("NT178", 1)]),
        ("voettekst: [a]\n", [("NT117", 1)]),
        ("afschermen_voor_toetsteam: soms\n", [("NT122", 1)]),
        ("eigen_termen: tumorwerkgroep\n", [("NT124", 1)]),
        ("eigen_termen:\n  tumortypenetwerken: x\n", [("NT112", 2)]),
        ("organisatie: A\norganisation: B\n", [("NT108", 2)]),
        ("acentkleur: x\n", [("NT112", 1)]),
        ("lettertype: Comic Sans\n", [("NT113", 1)]),
        ("- organisatie\n", [("NT124", 1)]),
        ("kleine_aantallen_onder: 1\naccent: geel\n", [("NT177", 1), ("NT172", 2)]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, codes: list[tuple[str, int]]) -> None:
    assert refused(tmp_path, text) == codes


@pytest.mark.parametrize(
    "logo",
    [
        b"",
        b"<svg onload='alert(1)'/>",
        b"GIF89a" + bytes(40),
        picture()[:60],
        picture() + bytes(MOST_KILOBYTES * 1000),
        picture(width=MOST_PIXELS + 1, height=1),
    ],
    ids=["empty", "svg", "gif", "cut off", "too large", "too wide"],
)
def test_a_logo_that_is_no_small_picture_is_refused(tmp_path: Path, logo: bytes) -> None:
    assert refused(tmp_path, "logo: logo.png\n", logo) == [("NT176", 1)]


def turned() -> bytes:
    """A photo that says that it must be turned a quarter."""
    stream, marks = io.BytesIO(), Image.Exif()
    marks[0x0112] = 6
    Image.new("RGB", (40, 20)).save(stream, "JPEG", exif=marks)
    return stream.getvalue()


def in_mode(mode: str, kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (40, 20)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("logo", [turned(), in_mode("CMYK", "JPEG"), in_mode("I;16", "PNG")])
def test_a_logo_that_not_every_program_shows_alike_is_refused(tmp_path: Path, logo: bytes) -> None:
    assert refused(tmp_path, "logo: logo.png\n", logo) == [("NT176", 1)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_logo_in_colours_for_a_screen_is_fine(tmp_path: Path, mode: str) -> None:
    style, found = read_house_style(written(tmp_path, "logo: logo.png\n", in_mode(mode, "PNG")))
    assert found == ()
    assert style is not None
    assert style.logo is not None


def test_a_photo_with_a_second_one_behind_it_is_a_jpeg(tmp_path: Path) -> None:
    stream, photo = io.BytesIO(), Image.new("RGB", (40, 20))
    photo.save(stream, "MPO", save_all=True, append_images=[photo])
    style, found = read_house_style(written(tmp_path, "logo: logo.png\n", stream.getvalue()))
    assert found == ()
    assert style is not None
    assert style.logo is not None
    assert style.logo.media_type == "image/jpeg"


def test_a_list_of_logos_is_one_fault(tmp_path: Path) -> None:
    assert refused(tmp_path, "logo: [logo.png]\n", picture()) == [("NT117", 1)]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert read_house_style(None) == (None, ())
    style, found = read_house_style(tmp_path / "weg.yaml")
    assert style is None
    assert [item.code for item in found] == ["NT171"]


# --- colours --------------------------------------------------------------------------------------------------------


def test_the_accent_colour_is_everywhere_and_verdicts_keep_theirs() -> None:
    plain = palette_css(screen=True)
    with painted_as(HouseStyle(accent="#7A1F5C")):
        own, boxes = palette_css(screen=True), share_boxes(1, 2, 3, "x")
    assert "--accent:#7A1F5C" in own
    assert "#7A1F5C" in boxes
    assert not {PALETTE[paint][0] for paint in ("accent", "accent-mid", "accent-soft")} & set(own.split(":"))
    for paint in ("met", "partly-fill", "not-text", "unknown", "own"):
        assert f"--{paint}:{PALETTE[paint][0]};" in own
    assert palette_css(screen=True) == plain


def test_without_a_colour_nothing_changes() -> None:
    plain = palette_css(screen=False)
    with painted_as(HouseStyle(organisation="X")):
        assert palette_css(screen=False) == plain


# --- own terms ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence", "own"),
    [
        ("tumorwerkgroep", "Heeft elk tumortypenetwerk een plan?", "Heeft elke tumorwerkgroep een plan?"),
        ("tumorwerkgroep", "Het tumortypenetwerk beslist.", "De tumorwerkgroep beslist."),
        ("tumorwerkgroep", "de eigen tumortypenetwerken", "de eigen tumorwerkgroepen"),
        ("tumorwerkgroep", "Tumortypenetwerken bespreken dit.", "Tumorwerkgroepen bespreken dit."),
        ("expertteam", "het tumortypenetwerk en dat tumortypenetwerk", "het expertteam en dat expertteam"),
        ("expertteam", "drie tumortypenetwerken", "drie expertteams"),
        ("tafel X / tafels X", "twee tumortypenetwerken", "twee tafels X"),
        ("kring", "twee tumortypenetwerken, één tumortypenetwerk", "twee tumortypenetwerken, één kring"),
        ("tumorwerkgroep", "vul het blad Tumortypenetwerken in", "vul het blad Tumortypenetwerken in"),
        ("tumorwerkgroep", "Tumortypenetwerken", "Tumortypenetwerken"),
        ("a{b}", "een tumortypenetwerk", "een ab"),
        (
            "tumorwerkgroep",
            "een bovenregionaal tumortypenetwerkoverleg",
            "een bovenregionaal tumortypenetwerkoverleg",
        ),
    ],
)
def test_an_own_term_stands_in_running_dutch(typed: str, sentence: str, own: str) -> None:
    assert own_terms("nl", typed)(sentence) == own


def test_an_own_term_stands_in_running_english() -> None:
    put_in = own_terms("en", "tumour group")
    assert put_in("Every tumour-type network has one; tumour-type networks meet.") == (
        "Every tumour group has one; tumour groups meet."
    )


def test_what_the_network_states_goes_before_the_house_style() -> None:
    style = HouseStyle(own_terms=(("tumour_type_network", "expertteam"),))
    stated = ((FORM_KEY, "tumorwerkgroep"),)
    assert (own_term((), None), own_term((), style), own_term(stated, style)) == ("", "expertteam", "tumorwerkgroep")


def test_own_words_change_norms_and_sentences() -> None:
    words = Words("nl")
    question = built_in().standards[0].indicators[3].question
    assert own_words(words, "") is words
    assert "tumorwerkgroep" in own_words(words, "tumorwerkgroep").text(question)
    assert "tumortypenetwerk" in words.text(question)


def test_what_a_source_is_called_and_asks_stays_in_its_own_words() -> None:
    dossier = mixed()
    network = replace(dossier.evidence.network, own_terms=((FORM_KEY, "tumorwerkgroep"),))
    page = page_of(Words("nl"), replace(dossier, evidence=replace(dossier.evidence, network=network))).decode()
    assert "tumorwerkgroep" in page
    assert "SONCOS eis 2: regionale tumortypenetwerken" in page
    assert "vraagt regionale tumortypenetwerken" in page


# --- forms ----------------------------------------------------------------------------------------------------------


def form(style: HouseStyle | None) -> FormRequest:
    return FormRequest(
        framework=built_in(),
        code="WL",
        name="Wolkenland",
        assessment_year=2026,
        reporting_year=2025,
        reference_date=date(2025, 12, 31),
        house_style=style,
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_form_wears_the_house_style(tmp_path: Path) -> None:
    style, _ = read_house_style(written(tmp_path, WHOLE, picture()))
    parts = parts_of(write_form(form(style)))
    assert parts["xl/media/image1.png"] == picture()
    assert b'descr="Stichting Oncologie Wolkenland"' in parts["xl/drawings/drawing1.xml"]
    assert b"FF7A1F5C" in parts["xl/styles.xml"]
    assert b"FF1F4E8C" not in parts["xl/styles.xml"]
    assert b"Stichting Oncologie Wolkenland" in parts["xl/worksheets/sheet1.xml"]
    shared = parts["xl/sharedStrings.xml"].decode()
    assert "tumorwerkgroep" in shared
    assert "Tumortypenetwerken" in parts["xl/workbook.xml"].decode()  # sheets keep their names
    assert write_form(form(style)) == write_form(form(style))


def test_a_form_without_house_style_is_as_it_was() -> None:
    parts = parts_of(write_form(form(None)))
    assert b"FF1F4E8C" in parts["xl/styles.xml"]
    assert not any("media" in name for name in parts)
