"""A comparison as a page and as a PDF: what it says, what it may not say, and how it is made."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from normtool.core.comparison import compare
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature, OwnApproach
from normtool.core.masking_texts import MASK
from normtool.core.places import Located
from normtool.documents.comparison_context import shortened_text
from normtool.documents.comparison_maps import column_parts, pitch_of, size_of, turned
from normtool.documents.comparison_pages import comparison_html, comparison_pdf, printed_comparison
from normtool.documents.comparison_views import ComparisonView, comparison_view
from normtool.files.dossiers_json import dossier_json
from normtool.texts import Words
from tests.comparison_examples import many, network, parts, seven, years
from tests.dossier_examples import HOSTILE, answer, at, built_in

NL, EN = Words("nl"), Words("en")


class Text(HTMLParser):
    """The text of a page, its tags, and the addresses outside it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.silent += tag in {"style", "title"}
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and (value or "").startswith("#"):
                self.links.append((value or "")[1:])
            elif name in {"src", "href", "style", "action"} or name.startswith("on"):
                self.outside.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)

    @property
    def text(self) -> str:
        """All text on one line."""
        return " ".join(" ".join(self.parts).split())


@cache
def page(language: str = "nl", *, is_anonymous: bool = False) -> str:
    dossiers = parts(seven())
    return comparison_html(compare(dossiers, is_anonymous=is_anonymous), dossiers, Words(language))


def view(dossiers: tuple[Dossier, ...], words: Words = NL, *, is_anonymous: bool = False) -> ComparisonView:
    return comparison_view(compare(dossiers, is_anonymous=is_anonymous), dossiers, words)


# --- heads ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (("A", "B"), ""),
        (("Oncologie Oost", "Oncologie West"), ""),
        (("ONAM",) * 7, ""),
        (("ONAM 2025", "ONAM 2026") * 6, ""),
        (("ONCOZON",) * 12, "turned"),
        (("Noord-Holland",) * 5, "turned"),
        (("x", "x" * 24) * 2, "turned-far"),
    ],
)
def test_heads_that_are_wider_than_their_column_stand_on_their_side(heads: tuple[str, ...], expected: str) -> None:
    assert turned(heads) == expected


def test_a_turned_head_is_one_word_on_screen_and_on_paper() -> None:
    codes = [f"ONCOLOGIE{letter}" for letter in "ABCDEFGHIJKL"]
    dossiers = parts(network(code, f"Netwerk {code}") for code in codes)
    for made in (
        comparison_html(compare(dossiers), dossiers, NL),
        printed_comparison(compare(dossiers), dossiers, NL),
    ):
        assert re.findall('<span class="head">([^<]*)', made)[:12] == codes
        assert 'class="heat compare map-of-12 turned"' in made
    assert "turned" not in page().split("</style>")[1]


# --- what it says ---------------------------------------------------------------------------------------------------


def test_the_first_page_says_what_the_map_shows() -> None:
    found = view(parts(seven()))
    assert found.title == "Zeven netwerken · vergelijking 2026 · bestemd voor: netwerken"
    assert found.heading == "Zeven netwerken naast elkaar"
    assert "kernindicatoren" in found.lead
    (core,) = found.core
    assert core.caption == f"Oordeel over de {sum(map(len, core.blocks))} kernindicatoren, verslagjaar 2025"
    assert [label for label, _ in core.heads] == ["ONAM", "ONBE", "ONDI", "ONEI", "ONHE", "ONLI", "ONZU"]
    assert "ONAM is Oncologienetwerk Amstelveld" in found.names
    rows = {row.id: row for block in core.blocks for row in block}
    assert [cell.verdict.code for cell in rows["N1.5"].cells] == [
        "met",
        "unknown",
        "not_met",
        *("met",) * 4,
    ]
    assert rows["N1.5"].count == "5 van 7"
    assert rows["N1.5"].anchor == "learn-N1-5"
    assert rows["N1.2"].anchor == ""


def test_no_network_gets_a_total() -> None:
    """Counts are per indicator and per verdict; below a column stands nothing."""
    found = view(parts(seven()))
    assert found.spread is not None
    assert found.standards == ()
    for _, _, cells in found.spread.rows:
        assert sum(cell.count for cell in cells) == 7
    assert "<tfoot" not in page()


def test_who_can_be_learnt_from_is_named_with_what() -> None:
    found = view(parts(seven())).learning
    assert found is not None
    lesson = next(item for item in found.lessons if item.id == "N1.5")
    assert [(item.code, names) for item, names in lesson.behind] == [("not_met", "ONDI")]
    assert lesson.met == "ONAM, ONEI, ONHE, ONLI, ONZU"
    assert [(item.head, item.titles) for item in lesson.told] == [(lesson.met, ("Meerjarenplan 2023-2027",))]
    assert lesson.more == ""
    ids = [item.id for item in found.lessons]
    core = [item for item in ids if built_in().indicator(item).indicator_class.value == "core"]  # type: ignore[union-attr]
    assert ids[: len(core)] == core
    assert found.nobody


def test_who_meets_it_partly_is_named_before_who_does_not_whatever_their_columns() -> None:
    said = {code: answer("N1.7", level, "D6") for code, level in zip(("A", "B", "C", "D"), (0, 1, 3, 0), strict=True)}
    found = view(parts(network(code, code, answers=(item,)) for code, item in said.items())).learning
    assert found is not None
    lesson = next(item for item in found.lessons if item.id == "N1.7")
    assert [(item.code, names) for item, names in lesson.behind] == [("partly_met", "B"), ("not_met", "A, D")]


def test_who_tells_something_of_its_own_is_told_by_itself_and_no_more_than_three_are() -> None:
    own = (
        replace(answer("N1.5", True, "D3"), explanation=Located(value=f"Zo doet {name} het", place=at("Indicatoren")))
        for name in ("Beekoever", "Dijkland", "Eikenrode", "Heidezoom")
    )
    answers = (answer("N1.5", False), *own)
    dossiers = tuple(network(f"ON{place}", f"Net {place}", answers=(said,)) for place, said in enumerate(answers))
    found = view(parts(dossiers)).learning
    assert found is not None
    lesson = next(item for item in found.lessons if item.id == "N1.5")
    assert [item.head for item in lesson.told] == ["ON1", "ON2", "ON3"]
    assert lesson.more == "En nog één netwerk."


def test_without_names_each_kind_of_evidence_and_each_bottleneck_is_told_once() -> None:
    found = view(parts(seven()), is_anonymous=True)
    assert found.learning is not None
    for lesson in found.learning.lessons:
        kinds = [item.kind for item in lesson.told]
        assert len(set(kinds)) == len(kinds) != 0
        assert lesson.more == ""
    (bottlenecks,) = found.bottlenecks
    named = [row[3] for row in bottlenecks.rows]
    assert len(set(named)) == len(named) != 0
    assert all(row[1:3] == ("", "") for row in bottlenecks.rows)


def test_who_says_the_same_is_told_once() -> None:
    found = view(parts(seven()))
    own = {item.id: item for item in found.own}
    assert own["N4.8"].rows[0][0] == "alle netwerken"
    assert all(len(item.rows) < 7 for item in found.bottlenecks)


def test_both_languages_say_the_same() -> None:
    assert "Seven networks side by side" in Text(page("en")).text
    assert "Who can we learn from?" in Text(page("en")).text
    dutch, english = Text(page()), Text(page("en"))
    assert dutch.tags == english.tags
    assert not set(re.findall(r"\b(voldoet|netwerken|knelpunt)\b", Text(page("en")).text.replace("knelpunten", "")))


def test_years_of_one_network_show_what_changed() -> None:
    found = view(parts(years()))
    assert found.title.startswith("Oncologienetwerk Voorbeeldland · vergelijking 2025 tot en met 2027")
    assert found.heading == "Drie jaren naast elkaar"
    assert (found.spread, found.learning) == (None, None)
    first, second = found.changes
    assert "één indicator verbeterd" in first.summary
    heading, rows = first.groups[0]
    assert (heading, [row.id for row in rows]) == ("Verbeterd", ["N3.1"])
    assert ("Niet meer te beoordelen", "N1.2") in [
        (heading, row.id) for heading, rows in second.groups for row in rows
    ]
    assert found.standards[0].heads[0] == ("2025", "toetsjaar 2025")
    assert found.core[0].heads[2][0] == "2027"
    assert not found.core[0].has_sum


def test_networks_and_years_together() -> None:
    dossiers = parts((*years()[:2], seven()[0]))
    found = view(dossiers)
    assert found.heading == "Twee netwerken en twee jaren naast elkaar"
    assert [label for label, _ in found.core[0].heads] == ["ONAM 2026", "ONV 2025", "ONV 2026"]
    assert found.core[0].heads[1][1] == "Oncologienetwerk Voorbeeldland, 2025"
    (change,) = found.changes
    assert change.heading == "Oncologienetwerk Voorbeeldland: van 2025 naar 2026"
    assert "toetsjaren 2025 en 2026" in found.footer
    assert found.own[0].rows[0][0] == "ONAM, ONV"
    made = comparison_html(compare(dossiers), dossiers, NL)
    assert "<h3>Oncologienetwerk Voorbeeldland: van 2025 naar 2026</h3>" in made
    hidden = view(dossiers, is_anonymous=True)
    assert hidden.changes[0].heading == "netwerk B: van 2025 naar 2026"


def test_chips_say_what_is_provisional_invented_or_an_exercise() -> None:
    one, two, *_ = parts(seven())

    def of_nature(dossier: Dossier, nature: DataNature) -> Dossier:
        facts = replace(dossier.evidence.network, nature=nature)
        return replace(dossier, evidence=replace(dossier.evidence, network=facts))

    assert [chip.text for chip in view((one, two)).chips] == ["FICTIEF"]
    real = of_nature(two, DataNature.NETWORK)
    assert [chip.text for chip in view((one, real)).chips] == ["Deels verzonnen"]
    draft = replace(of_nature(two, DataNature.PUBLIC_EXERCISE), draft=True)
    assert [chip.kind for chip in view((real, draft)).chips] == ["draft", "exercise"]
    assert "voorlopig" in view((one, draft)).columns[1].stage


def test_stages_that_differ_are_not_told_as_one() -> None:
    one, two, *_ = parts(seven())
    final = replace(two, stage=type(two.stage).FINAL)
    assert view((one, two)).footer.endswith("fase: ingevuld")
    assert view((one, final)).footer.endswith("fase: verschilt")


def test_other_editions_are_told_apart() -> None:
    one, two, *_ = parts(seven())
    standard = two.framework.standards[0]
    indicators = (
        replace(standard.indicators[0], counts_patients=True, norm=standard.title),
        *standard.indicators[1:],
    )
    standards = (replace(standard, indicators=indicators), *two.framework.standards[1:])
    other = replace(two, framework=replace(two.framework, edition="2027.1", standards=standards))
    found = view((one, other))
    assert [[item for item, _ in items] for _, items in found.apart] == [["N1.1"]]
    assert "2026.1, 2027.1" in found.footer
    assert found.spread is not None
    assert "niet overal naar dezelfde indicatoren" in found.spread.note


def test_where_nothing_is_known_nothing_is_claimed() -> None:
    bare = parts(
        replace(item, evidence=evidence, assessment=replace(item.assessment, standards=()))
        for item in seven()[:2]
        for evidence in (replace(item.evidence, answers=(), registers=()),)
    )
    found = view(bare)
    assert found.lead == "Van deze netwerken is nog geen kernindicator te vergelijken."
    assert (found.core, found.growth, found.own, found.bottlenecks) == ((), (), (), ())
    assert found.learning is not None
    assert (
        found.learning.lead
        == "Er is geen indicator waaraan een netwerk aantoonbaar niet of maar gedeeltelijk voldoet."
    )


# --- what it may not say --------------------------------------------------------------------------------------------


def typed(dossier: Dossier) -> set[str]:
    """Every text in the evidence that is not a code or a word of the norms: what a network typed itself."""
    whole = json.loads(dossier_json(dossier))
    ours = json.dumps([whole["norms"], whole["standards"], *map(_words, ("nl", "en"))], ensure_ascii=False)

    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for item in value.values() for text in texts(item)]
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        return [value] if isinstance(value, str) else []

    found = {text.strip() for text in texts([whole["evidence"], whole["network"]])}
    return {text for text in found if len(text) > 3 and text not in ours}


@cache
def _words(language: str) -> list[Any]:
    return [Words(language).find(f"{topic}.{key}") for topic, key in WORDS]


WORDS = (("comparison", "learning"), ("verdicts", "circle"), ("verdicts", "stage"), ("verdicts", "status"))


def spoken() -> tuple[Dossier, ...]:
    """Two networks of which every answer has texts of its own."""
    made = []
    for code, secret in (("GEHEIM1", "Kwikstaart"), ("GEHEIM2", "Roerdomp")):
        cell = Located(value=f"{secret} zegt wat hij doet", place=at("Indicatoren"))
        own = OwnApproach(aim=cell, what=cell, proof=cell)
        told = replace(answer("N3.1", True, "D8"), explanation=cell, bottleneck=cell, own_approach=own)
        no = answer("N1.5", code == "GEHEIM1", "D3")
        made.append(network(code, f"Oncologienetwerk {secret}", answers=(told, no)))
    return parts(made)


def test_an_anonymous_page_holds_nothing_that_a_network_typed() -> None:
    dossiers = spoken()
    comparison = compare(dossiers, is_anonymous=True)
    secrets = typed(dossiers[0]) | typed(dossiers[1])
    assert {"Kwikstaart zegt wat hij doet", "GEHEIM2", "Meerjarenplan 2023-2027"} <= secrets
    for made in (
        comparison_html(comparison, dossiers, NL),
        printed_comparison(comparison, dossiers, NL),
        comparison_html(comparison, dossiers, EN),
    ):
        plain = Text(made).text + " ".join(
            re.findall(r'(?:title|content|aria-label)="([^"]*)"|<title>([^<]*)', made)[0]
        )
        assert [secret for secret in secrets if secret in plain] == []
        assert "c0de" not in made
        assert "Kwikstaart" not in made
    assert "netwerk A" in Text(comparison_html(comparison, dossiers, NL)).text


def test_a_named_page_tells_what_they_said() -> None:
    dossiers = spoken()
    text = Text(comparison_html(compare(dossiers), dossiers, NL)).text
    assert "Meerjarenplan 2023-2027" in text
    assert "C0DE C0DE C0DE" in text
    assert "Kwikstaart" in text


def test_what_users_typed_stays_text_and_short() -> None:
    long = Located(value=HOSTILE + " lang" * 2_000, place=at("Indicatoren"))
    hostile = replace(
        answer("N1.5", True, "D3"), explanation=long, bottleneck=long, own_approach=OwnApproach(aim=long, what=long)
    )
    dossiers = parts((network("A", HOSTILE, answers=(hostile,)), network("B", "B", answers=(answer("N1.5", False),))))
    made = comparison_html(compare(dossiers), dossiers, NL)
    assert '<script>alert("x")' not in made
    assert "{{ 7*7 }}" in made
    assert "lang" * 3 not in made
    assert made.count(" lang") < 500
    assert Text(made).outside == []


def test_a_number_that_a_text_may_not_tell_is_said_to_be_left_out() -> None:
    told = Located(value=f"Bij {MASK} van de patiënten", place=at("Indicatoren"))
    teaching = replace(answer("N1.5", True, "D3"), explanation=told)
    dossiers = parts((network("A", "A", answers=(teaching,)), network("B", "B", answers=(answer("N1.5", False),))))
    for made in (
        comparison_html(compare(dossiers), dossiers, NL),
        printed_comparison(compare(dossiers), dossiers, NL),
    ):
        assert "Bij [niet getoond] van de patiënten" in made
        assert MASK not in made


def test_texts_are_cut_after_a_word() -> None:
    assert shortened_text("een twee drie", 20) == "een twee drie"
    assert shortened_text("een  twee,\ndrie vier", 14) == "een twee…"
    assert shortened_text("x" * 30, 10) == f"{'x' * 9}…"


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_the_page_needs_nothing_from_outside_and_no_script(is_anonymous: bool) -> None:
    made = page(is_anonymous=is_anonymous)
    reader = Text(made)
    assert reader.outside == []
    assert "script" not in reader.tags
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', made)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "script-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert len(reader.ids) == len(set(reader.ids))
    assert set(reader.links) <= set(reader.ids)
    assert [reader.tags.count(tag) for tag in ("main", "h1", "header", "nav", "footer")] == [1] * 5


def test_the_same_dossiers_give_the_same_page_whatever_their_order() -> None:
    dossiers = parts(seven())
    assert comparison_html(compare(dossiers), tuple(reversed(dossiers)), NL) == page()


# --- many and few ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "lengths"), [(2, [2]), (7, [7]), (12, [12]), (13, [7, 6]), (23, [12, 11]), (25, [9, 9, 7])]
)
def test_columns_are_split_evenly_where_a_page_is_too_narrow(columns: int, lengths: list[int]) -> None:
    assert [len(part) for part in column_parts(columns)] == lengths


@pytest.mark.parametrize("columns", range(1, 13))
def test_every_map_fits_the_width_of_the_page(columns: int) -> None:
    assert columns * pitch_of(columns) + 147 + 34 <= 482
    assert pitch_of(columns) >= 25
    assert size_of(columns) in {"few", "some", f"of-{columns}"}


def test_few_columns_say_the_word_in_the_cell_and_many_go_on_in_a_second_map() -> None:
    two = view(parts(seven()[:2]))
    assert {cell.text for row in two.core[0].blocks[0] for cell in row.cells} == {"voldoet", "niet te beoordelen"}
    thirteen = view(parts(many(13)))
    assert [len(map_.heads) for map_ in thirteen.core] == [7, 6]
    assert [map_.has_sum for map_ in thirteen.core] == [False, True]
    assert thirteen.core[1].caption.endswith(": R07 tot en met R12")
    assert all(cell.text == "" for row in thirteen.core[0].blocks[0] for cell in row.cells)


# --- the PDF --------------------------------------------------------------------------------------------------------


@cache
def pdf() -> bytes:
    dossiers = parts(seven()[:2])
    return comparison_pdf(compare(dossiers), dossiers, NL)


def elements(opened: pikepdf.Pdf) -> list[Any]:
    """The elements of the structure of a PDF."""
    found: list[Any] = []
    waiting: list[Any] = [opened.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary):
            found.append(element)
            inner: Any = element.get("/K", [])
            waiting += list(inner) if isinstance(inner, pikepdf.Array) else [inner]
    return found


def test_the_pdf_is_tagged_and_every_picture_says_what_it_shows() -> None:
    opened = pikepdf.open(BytesIO(pdf()))
    assert str(opened.Root.Lang) == "nl"
    assert opened.Root.MarkInfo.Marked
    found = elements(opened)
    figures = [item for item in found if item.get("/S") == "/Figure"]
    assert figures
    assert all(str(item.get("/Alt", "")).strip() for item in figures)
    tags = {str(item.get("/S")) for item in found}
    assert {"/Table", "/TH", "/TD", "/H2", "/Caption"} <= tags
    about = opened.open_metadata()
    assert about.get("pdfuaid:part") == "1"
    assert (about.get("pdfaid:part"), about.get("pdfaid:conformance")) == ("3", "A")


def test_nothing_is_attached_to_the_pdf() -> None:
    opened = pikepdf.open(BytesIO(pdf()))
    assert list(opened.attachments) == []
    assert not [
        item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Filespec"
    ]


@pytest.mark.slow
def test_the_same_dossiers_give_the_same_pdf() -> None:
    dossiers = parts(seven()[:2])
    assert comparison_pdf(compare(dossiers), dossiers, NL) == pdf()
