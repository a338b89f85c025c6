"""The reports of a board and of the public: what each says, in few pages, in words that its readers know."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from normtool.core.assessment import IndicatorResult, Reason, Share, Verdict
from normtool.core.circles import part_for
from normtool.core.dossier import Circle, Dossier, Release, Stage
from normtool.core.evidence import Evidence
from normtool.core.intake import take_in
from normtool.core.ledger import number_in, text_in
from normtool.core.masking_texts import MASK
from normtool.core.scoring import assess
from normtool.core.standards import Framework, Indicator, IndicatorClass
from normtool.documents.decisions import board_agenda
from normtool.documents.origin import parse_origin
from normtool.documents.pages import printed_page, report_html, report_pdf
from normtool.documents.views_board import board_view
from normtool.documents.views_public import public_view
from normtool.files.standards_yaml import load_framework
from normtool.files.workbooks_xlsx import read_workbook
from normtool.resources import data_dir
from normtool.telling.retelling import names_in
from normtool.texts import Words
from tests.dossier_examples import HOSTILE, answer, built_in, mixed, nearly_unknown, row
from tests.region_examples import six, three

NL, EN = Words("nl"), Words("en")
DIGEST = "5e" * 32
RELEASE = Release(by="het bestuur", on=date(2026, 9, 2))
JARGON = (
    r"ttn|tumortype\w*|echelon\w*|indicator\w*|teller|noemer|mdo|mdt|iza|soncos|oeci|par|kern|groei|systeemtherapie"
    r"|shared.care|governance|multidisciplin\w*|numerator|denominator|tumour.type\w*|systemic|peildatum|verslagjaar"
    r"|implement\w*|evalu\w*|conform|middels|derhalve|tevens|inzake|binnen het kader"
)
CODE = r"\b[NC]\d+[a-z]?(\.\d+)?\b|[\w-]+\.xlsx|![A-Z]+\d+"


class Texts(HTMLParser):
    """What a page says: blocks of text, without style, script and what only a machine reads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.tags: list[str] = []
        self._hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._hidden += tag in {"style", "script", "title"}
        if tag in {"p", "td", "th", "li", "h1", "h2", "h3", "div", "section", "dd"}:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "script", "title"}
        if tag in {"p", "td", "th", "li", "h1", "h2", "h3", "div"}:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.blocks[-1] += data

    @property
    def said(self) -> list[str]:
        """The blocks with something in them, each on one line."""
        return [" ".join(block.split()) for block in self.blocks if block.strip()]


def said(dossier: Dossier, words: Words = NL) -> str:
    return "\n".join(Texts(printed_page(dossier, words)).said)


def board(dossier: Dossier, member: str = "") -> Dossier:
    return part_for(dossier, Circle.BOARD, DIGEST, member)


def public(dossier: Dossier, *, released: bool = True) -> Dossier:
    final = replace(dossier, stage=Stage.FINAL, release=RELEASE) if released else dossier
    return part_for(final, Circle.PUBLIC, DIGEST)


@cache
def sample(name: str) -> Dossier:
    """One of the workbooks that ship with the program, assessed."""
    folder = data_dir("sample_data")
    path = next(folder.rglob(f"{name}.xlsx"))
    grid, faults = read_workbook(path)
    assert grid is not None, faults
    evidence, _ = take_in(built_in(), (grid,))
    assert evidence is not None
    assessment, questions = assess(built_in(), evidence)
    return Dossier(framework=built_in(), evidence=evidence, assessment=assessment, diagnostics=questions)


@cache
def large() -> Dossier:
    """A network of seventy hospitals, most of which lack everything, with long names and long texts."""
    dossier = mixed()
    registers = {item.register: item for item in dossier.evidence.registers}
    names = [f"Streekziekenhuis van de Heilige Familie te Plaats {number:02}" for number in range(70)]
    members = [
        row("Deelnemers", id=f"h{place}", name=name, kind="hospital", role="participant", exchange_with_all=False)
        for place, name in enumerate(names)
    ]
    volumes = [
        row("Volumes", location=f"h{place}", treatment="rectal-resection", year=2025, number=3, provisional=False)
        for place in range(70)
    ]
    care = [
        row("Zorg", location=f"h{place}", group=group, treats=True, echelon="2", contact=False, mdt_route="none")
        for place in range(70)
        for group in ("breast", "lung")
    ]
    bottlenecks = [
        row(
            "Knelpunten",
            description=f"Knelpunt {place}: "
            + "er is niet genoeg geld voor het gezamenlijke platform en de mensen " * 9,
            owner="zorgverzekeraars, ministerie, leveranciers en landelijke koepels gezamenlijk " * 3,
            request="een structurele oplossing waarvoor alle partijen samen verantwoordelijk zijn " * 4,
        )
        for place in range(30)
    ]
    new = {"members": members, "volumes": volumes, "care": care, "bottlenecks": bottlenecks}
    changed = tuple(replace(item, rows=tuple(new[name])) if name in new else item for name, item in registers.items())
    evidence = replace(dossier.evidence, registers=changed)
    assessment, questions = assess(dossier.framework, evidence)
    return replace(dossier, evidence=evidence, assessment=assessment, diagnostics=questions)


def pages_of(dossier: Dossier, words: Words = NL) -> list[str]:
    reader = PdfReader(BytesIO(report_pdf(dossier, words)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


# --- the board ----------------------------------------------------------------------------------------------


def test_a_board_reads_first_where_it_stands_and_what_is_asked(words: Words) -> None:
    dossier = board(mixed())
    text, agenda = said(dossier, words), board_agenda(dossier, words)
    assert words.say(f"board.title.{len(agenda.decisions)}") in text
    places = [
        text.index(words.say(f"board_report.cover.{key}")) for key in ("where", "strengths", "decisions", "unknown")
    ]
    assert places == sorted(places)
    assert all(decision.sentence in text and decision.who in text for decision in agenda.decisions)
    assert agenda.unknown in text
    assert words.text(dossier.framework.notice) in text
    assert words.say("board_report.cover.agreed") in text
    for standard in dossier.framework.standards:
        assert words.text(standard.short) in text
        assert words.text(standard.caveat) in text


def test_what_goes_well_is_told_as_a_sentence_with_its_numbers() -> None:
    strengths = {
        item.title: item.text for item in board_view(board(sample("voorbeeldland-2026")), NL).cover.strengths
    }
    assert strengths["Samenwerkingsovereenkomst"].replace("\u00a0", " ").endswith("(4 van 4).")
    assert strengths["Patiëntenadviesraad"].endswith("kwam bijeen.")


@pytest.mark.parametrize("circle", [Circle.BOARD, Circle.PUBLIC])
def test_a_part_shows_whom_it_is_for_and_what_it_was_made_of(circle: Circle) -> None:
    dossier = part_for(mixed(), circle, DIGEST)
    page = report_html(dossier, NL)
    name = NL.say(f"verdicts.circle.{circle.value}")
    assert f"bestemd voor: {name}" in page
    line = re.search(r'<meta name="normtool" content="([^"]*)">', page)
    assert line is not None
    origin = parse_origin(line[1])
    assert origin is not None
    assert (origin.circle, origin.digest, origin.language) == (circle, DIGEST, "nl")
    assert f'<meta name="keywords" content="{line[1]}">' in printed_page(dossier, NL)


def test_the_report_for_the_review_team_tells_the_digest_it_is_given() -> None:
    assert f"dossier={DIGEST} language=nl circle=review" in report_html(mixed(), NL, DIGEST)
    assert f"dossier={DIGEST} language=en circle=review" in printed_page(mixed(), EN, DIGEST)


def test_a_network_part_has_no_report() -> None:
    with pytest.raises(KeyError):
        report_html(part_for(mixed(), Circle.NETWORK, DIGEST), NL)


def test_bottlenecks_stand_by_who_can_solve_them_and_each_once() -> None:
    view = board_view(board(large()), NL).matters.bottlenecks
    assert view is not None
    assert [line[0] for line in view.rows] == sorted(line[0] for line in view.rows)
    assert view.more
    voorbeeldland = board_view(board(sample("voorbeeldland-2026")), NL).matters.bottlenecks
    assert voorbeeldland is not None
    descriptions = [line[1] for line in voorbeeldland.rows]
    assert len(descriptions) == len(set(descriptions)) == 3


def test_numbers_below_a_norm_stand_with_the_norm_and_the_plan() -> None:
    view = board_view(board(sample("voorbeeldland-2026")), NL).matters.volumes
    assert view is not None
    assert [line[:4] for line in view.rows] == [("St. Alba", "Rectumresectie", "17", "20 per instelling")]
    assert "De Waard" in view.rows[0][4]


def test_echelons_name_what_their_locations_lack() -> None:
    view = board_view(board(sample("voorbeeldland-2026")), NL).matters.echelons
    assert view is not None
    assert ("De Waard", "Hoofd-hals") in [line[:2] for line in view.rows]
    assert all("Shared-care-afspraken" in line[2] for line in view.rows)


def test_a_region_hears_in_how_many_sub_networks_and_in_which(words: Words) -> None:
    view = board_view(board(three()), words).matters.sub_networks
    assert view is not None
    assert view.rows
    for identifier, title, count, namely, others in view.rows:
        indicator = built_in().indicator(identifier)
        assert indicator is not None
        assert title == words.text(indicator.title)
        met, counted = (int(number) for number in re.findall(r"\d+", count))
        in_these = [] if not met else re.split(r", | en | and ", namely)
        assert len(in_these) == met
        assert len(re.split(r", | en | and ", others)) <= counted - met
        assert not set(in_these) & set(re.split(r", | en | and ", others))


def test_where_hardly_anything_is_known_the_board_hears_which_evidence_decides() -> None:
    dossier = board(nearly_unknown())
    text = said(dossier)
    assert "Wat openbare teksten over dit netwerk laten zien" in text
    assert NL.say("verdicts.label.public_exercise") in text
    assert "Stel de zelfevaluatie vast" not in text
    assert "De overige beslissen dit oordeel." in text


def test_a_draft_says_so_to_the_board_too() -> None:
    assert "VOORLOPIG" in said(board(replace(mixed(), draft=True)))
    assert "VOORLOPIG" not in said(board(mixed()))


def test_what_users_typed_stays_text_for_every_audience() -> None:
    hostile = replace(large(), evidence=_with_name(large(), HOSTILE))
    for dossier in (board(hostile), public(hostile)):
        page = report_html(dossier, NL)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
        assert page.count("</style>") == 1


def _with_name(dossier: Dossier, name: str) -> Evidence:
    """The evidence with this as the name of its network."""
    return replace(dossier.evidence, network=replace(dossier.evidence.network, name=name))


# --- one hospital beside its network ------------------------------------------------------------------------


def test_a_member_reads_its_own_rows_and_no_other_hospital_by_name(words: Words) -> None:
    whole = sample("voorbeeldland-2026")
    text = said(board(whole, "DW"), words)
    assert words.say("board_report.member.title") in text
    assert f"{words.say('verdicts.circle.board')}" in text
    assert "De Waard" in text
    for other in ("UMC Voorbeeld", "Meerlanden"):
        assert other not in text, other


def test_own_rows_say_what_the_register_says() -> None:
    view = board_view(board(sample("voorbeeldland-2026"), "DW"), NL).member
    assert view is not None
    own = {line.id: (line.own, line.network) for line in view.rows}
    assert own["N6.1"] == ("geregeld", "3 van 4")
    assert own["N4.7"][0] == "1 van 2"
    shown = {line[1]: line[2] for line in view.volumes}
    assert shown["Rectumresectie"] == "33"
    assert any(line.startswith("Echelon 2: ") for line in view.levels)


@pytest.mark.parametrize(
    ("name", "member", "share", "told"),
    [
        ("voorbeeldland-2026", "DW", Share(numerator=7, denominator=8), "5 van 8 groepen"),
        ("duinmark-2026", "KV", Share(numerator=66, denominator=110), "niet bekend"),
    ],
)
def test_where_the_worst_group_decides_groups_are_counted_and_no_patients(
    name: str, member: str, share: Share, told: str
) -> None:
    whole = sample(name)
    result = next(item for item in whole.assessment.indicators if item.id == "N3.3")
    assert result.value == share  # patients of one group
    view = board_view(board(whole, member), NL).member
    assert view is not None
    assert {line.id: line.network for line in view.rows}["N3.3"] == told


def test_of_a_withheld_share_the_groups_that_may_be_seen_are_told() -> None:
    part = board(sample("voorbeeldland-2026"), "DW")
    view = board_view(part, NL).member
    assert view is not None
    row = next(line for line in view.rows if line.id == "N4.2")
    (seen,) = (
        item
        for item in part.evidence.register("care").rows
        if text_in(item, "location") == "DW" and number_in(item, "in_mdt") is not None
    )
    name = names_in(part, NL)[text_in(seen, "group")]
    count = f"{number_in(seen, 'in_mdt')} van {number_in(seen, 'new_patients')}"
    assert (row.own, row.rest) == ("afgeschermd", f"niet afgeschermd: {name} {count}")


def test_what_a_member_did_not_fill_in_is_not_counted_against_it() -> None:
    view = board_view(board(sample("voorbeeldland-2026"), "SA"), NL).member
    assert view is not None
    contact = next(line for line in view.rows if line.id == "N2.4")
    assert contact.own == "0 van 1"
    assert "niet bekend: " in contact.rest


def test_names_left_out_are_said_in_words(words: Words) -> None:
    page = report_html(board(sample("voorbeeldland-2026"), "DW"), words)
    assert MASK not in page
    assert words.say("verdicts.left_out") in page


def test_small_numbers_of_patients_are_withheld_beside_the_network() -> None:
    view = board_view(board(mixed(), "alba"), NL).member
    assert view is not None
    own = {line.id: line.own for line in view.rows}
    assert own["N3.3"] == NL.say("verdicts.masked")


def test_without_a_member_there_is_no_page_of_one() -> None:
    assert board_view(board(mixed()), NL).member is None


# --- the public ---------------------------------------------------------------------------------------------


def test_the_public_reads_a_question_and_six_answers() -> None:
    view = public_view(public(mixed()), NL)
    assert view.title == "Hoe goed werken onze vier ziekenhuizen samen bij kanker?"
    words = {standard.id: standard.verdict for standard in mixed().assessment.standards}
    assert len(view.answers) == len(words) == 6
    allowed = {
        Verdict.MET: {"ja"},
        Verdict.PARTLY_MET: {"voor een deel"},
        Verdict.NOT_MET: {"nog niet goed genoeg"},
        Verdict.UNKNOWN: {"weten we nog niet", "weten we nog niet helemaal"},
    }
    for item, verdict in zip(view.answers, words.values(), strict=True):
        assert item.answer.word in allowed[verdict]
        assert item.question.endswith("?")


def asked(dossier: Dossier) -> list[tuple[Indicator, IndicatorResult]]:
    """The indicators that count now, with what came of them."""
    found = []
    for result in dossier.assessment.indicators:
        indicator = dossier.framework.indicator(result.id)
        counts = result.is_open and result.indicator_class is not IndicatorClass.INFORMATIVE
        if indicator is not None and counts and result.reason is not Reason.NO_NORM:
            found.append((indicator, result))
    return found


@pytest.mark.parametrize("name", ["onz-2023", "voorbeeldland-2026", "duinmark-2026"])
def test_what_must_get_better_was_found_and_what_is_unknown_never_is(name: str, words: Words) -> None:
    dossier = public(sample(name))
    view = public_view(dossier, words)
    below = {Verdict.NOT_MET, Verdict.PARTLY_MET}
    texts = {words.text(i.public.better) for i, result in asked(dossier) if i.public and result.verdict in below}
    good = {words.text(i.public.good) for i, result in asked(dossier) if i.public and result.verdict is Verdict.MET}
    told = {point.text for answer in view.answers for point in answer.points}
    assert told == texts | good
    assert {point.text for point in view.better} <= texts
    assert {point.text for point in view.good} <= good
    assert len(view.better) == min(3, len(texts))
    assert len(view.good) == min(3, len(good))


def test_where_nothing_is_known_the_public_reads_that_and_nothing_else() -> None:
    nothing = replace(nearly_unknown().evidence, answers=(), registers=(), documents=())
    assessment, _ = assess(built_in(), nothing)
    view = public_view(public(replace(nearly_unknown(), evidence=nothing, assessment=assessment)), NL)
    assert (view.good, view.better, view.none_key) == ((), (), "unknown")
    assert {item.answer.word for item in view.answers} == {"weten we nog niet"}
    assert all("Daarover weten we nog te weinig." in item.counted for item in view.answers)
    assert view.title == "Hoe goed werken we samen bij kanker?"
    assert view.noticed == ()
    assert "nog te weinig" in view.noticed_rest


def test_what_patients_can_notice_is_named_the_good_points_first() -> None:
    view = public_view(public(mixed()), NL)
    named = {
        item.public.good.nl if verdict is Verdict.MET else item.public.better.nl
        for item, verdict in ((item, mixed().assessment.indicator(item.id).verdict) for item in built_in().indicators)  # type: ignore[union-attr]
        if item.public is not None and item.public.noticed
    }
    assert view.noticed
    assert {item.text for item in view.noticed} <= named
    marks = [item.verdict is Verdict.MET for item in view.noticed]
    assert marks == sorted(marks, reverse=True)


def test_norms_without_sentences_for_everyone_say_nothing_of_points() -> None:
    dossier = public(mixed())
    standards = tuple(
        replace(item, indicators=tuple(replace(one, public=None) for one in item.indicators))
        for item in dossier.framework.standards
    )
    older = replace(dossier, framework=replace(dossier.framework, standards=standards))
    assert public_view(dossier, NL).has_points
    assert not public_view(older, NL).has_points
    page = report_html(older, NL)
    assert "Wat gaat goed?" not in page
    assert "te weinig bewijs" not in page


def test_counts_add_up_per_question() -> None:
    dossier = public(mixed())
    view = public_view(dossier, NL)
    numbers = {"één": 1, "eén": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8}
    for item in view.answers:
        found = [numbers[word] for word in re.findall(r"\w+", item.counted.lower()) if word in numbers]
        assert found[0] == sum(found[1:]) or "te weinig" in item.counted, item.counted


def test_public_is_provisional_until_it_is_final_and_released(words: Words) -> None:
    label, notice = words.say("verdicts.label.draft"), words.say("public_report.notices.preliminary")
    for dossier in (
        public(mixed(), released=False),
        part_for(replace(mixed(), stage=Stage.FINAL), Circle.PUBLIC, DIGEST),
        part_for(replace(mixed(), release=RELEASE), Circle.PUBLIC, DIGEST),
    ):
        text = said(dossier, words)
        assert label in text
        assert " ".join(notice.split()) in text
        assert "2 september" not in text.replace("\u00a0", " ")
    released = said(public(mixed()), words)
    assert label not in released
    assert (
        words.say("public_report.release.released", by="het bestuur", date=words.date(RELEASE.on)).split()[0]
        in released
    )


def test_an_exercise_is_no_judgement_and_says_so_first() -> None:
    text = said(public(sample("onz-2023"), released=False))
    assert "onze vier" not in text
    assert text.index("Dit is een oefening") < text.index("Wat gaat goed?")
    assert NL.say("verdicts.label.public_exercise") in text


def test_the_public_part_is_enough() -> None:
    dossier = public(mixed())
    assert not any(result.rows or result.because for result in dossier.assessment.indicators)
    text = said(dossier)
    assert "UMC Voorbeeld" in text
    assert "D1" not in text.split()


@pytest.mark.parametrize("name", ["onz-2023", "voorbeeldland-2026", "duinmark-2026"])
def test_no_jargon_and_no_codes_for_the_public(name: str, words: Words) -> None:
    text = said(public(sample(name)), words)
    assert re.search(CODE, text) is None
    assert re.findall(rf"\b({JARGON})\b", text, re.IGNORECASE) == []


def sentences(texts: list[str]) -> list[str]:
    return [part for text in texts for part in re.split(r"(?<=[.?!:])\s+", text) if len(part.split()) > 1]


@pytest.mark.parametrize("name", ["onz-2023", "voorbeeldland-2026", "duinmark-2026"])
def test_public_dutch_is_short_and_plain(name: str) -> None:
    dossier = public(sample(name), released=False)
    view = public_view(dossier, NL)
    texts = [view.title, view.lead, *view.notices, *view.method, view.noticed_rest]
    texts += [point.text for item in view.answers for point in item.points]
    texts += [item.counted for item in view.answers] + [item.question for item in view.answers]
    texts += [NL.say("public_report.ask.text"), NL.say("public_report.answers.lead")]
    found = sentences(texts)
    lengths = [len(sentence.split()) for sentence in found]
    assert sum(lengths) / len(lengths) <= 10
    assert max(lengths) <= 16, max(found, key=lambda sentence: len(sentence.split()))
    names = dossier.evidence.network.name.split()
    words = [word.strip(".,:?!’‘") for sentence in found for word in sentence.split()]
    assert [word for word in words if len(word) > 16 and word not in names] == []
    assert not re.search(r"\b(wordt|worden) (door|geacht)\b", " ".join(found))


# --- the sentences in the norms -----------------------------------------------------------------------------


@cache
def framework(name: str) -> Framework:
    found, faults = load_framework(data_dir("standards") / name)
    assert found is not None, faults
    return found


@pytest.mark.parametrize("name", ["netwerknormering-voorbeeld", "oncologiezorgnetwerken"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_indicator_has_its_public_sentences(name: str, language: str) -> None:
    told: set[str] = set()
    denies = r"\b(niet|geen|weinig|not|no|few|too|cannot)\b"
    for indicator in framework(name).indicators:
        assert indicator.public is not None, indicator.id
        good, better = (Words(language).text(text) for text in (indicator.public.good, indicator.public.better))
        assert re.search(denies, better, re.IGNORECASE), better
        assert good != better
        for text in (good, better):
            assert text.endswith((".", "?")), text
            assert max(len(part.split()) for part in sentences([text])) <= 16, text
            assert not re.search(rf"\b({JARGON})\b|{CODE}", text, re.IGNORECASE), text
            assert text not in told, text
            told.add(text)


# --- on paper -----------------------------------------------------------------------------------------------


def test_seventy_hospitals_and_long_texts_stay_within_four_pages() -> None:
    pages = pages_of(board(large(), "h3"))
    assert len(pages) <= 4
    assert all("bestemd voor: bestuur" in page for page in pages)
    assert "Hoe hard zijn de normen?" in pages[0]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["onz-2023", "voorbeeldland-2026", "duinmark-2026"])
def test_a_board_has_one_page_of_decisions_and_at_most_four_in_all(name: str, language: str) -> None:
    words = Words(language)
    pages = pages_of(board(sample(name)), words)
    assert len(pages) <= 4
    assert words.say("board_report.cover.norms") in pages[0]
    assert words.say("board_report.standards.title") in pages[1]
    circle = words.say("verdicts.circle.board")
    assert all(f": {circle}" in page for page in pages)


@pytest.mark.slow
@pytest.mark.parametrize("dossier", [three(), six()], ids=["three", "six"])
def test_a_region_fits_too(dossier: Dossier) -> None:
    pages = pages_of(board(dossier))
    assert len(pages) <= 4
    assert "Hoe hard zijn de normen?" in pages[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["onz-2023", "voorbeeldland-2026", "duinmark-2026"])
def test_the_public_reads_two_to_four_pages_with_labels_on_each(name: str) -> None:
    dossier = public(sample(name), released=False)
    pages = pages_of(dossier)
    assert 2 <= len(pages) <= 4
    assert all("bestemd voor: iedereen" in page and "VOORLOPIG" in page for page in pages)
    assert "Heeft u een vraag?" in pages[-1]


@pytest.mark.slow
def test_the_public_of_seventy_hospitals_stays_within_four_pages() -> None:
    assert len(pages_of(public(large()))) <= 4


def test_headings_follow_each_other_and_ids_are_unique() -> None:
    for dossier in (board(mixed()), board(mixed(), "umc"), public(mixed())):
        for page in (report_html(dossier, NL), printed_page(dossier, NL)):
            levels = [int(tag[1]) for tag in Texts(page).tags if tag in {"h1", "h2", "h3", "h4"}]
            assert levels[0] == 1
            assert all(later - former <= 1 for former, later in pairwise(levels))
            ids = re.findall(r' id="([^"]*)"', page)
            assert len(ids) == len(set(ids))
            assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)


def test_same_part_same_page() -> None:
    for dossier in (board(mixed()), public(mixed())):
        assert report_html(dossier, NL) == report_html(dossier, NL)


@pytest.mark.parametrize("circle", [Circle.BOARD, Circle.PUBLIC])
def test_other_norms_have_these_reports_too(circle: Circle, words: Words) -> None:
    norms = framework("oncologiezorgnetwerken")
    evidence = replace(nearly_unknown().evidence, answers=(answer("C4", True, "D1"),), registers=())
    assessment, _ = assess(norms, evidence)
    dossier = replace(nearly_unknown(), framework=norms, evidence=evidence, assessment=assessment)
    text = said(part_for(dossier, circle, DIGEST), words)
    assert words.text(norms.standards[0].plain if circle is Circle.PUBLIC else norms.standards[0].short) in text
    known = norms.indicator("C4")
    assert known is not None
    assert known.public is not None
    assert words.text(known.public.good).rstrip(".") in text


def test_norms_without_public_sentences_still_give_answers() -> None:
    def silent(item: Indicator) -> Indicator:
        return replace(item, public=None)

    standards = tuple(
        replace(item, indicators=tuple(map(silent, item.indicators))) for item in mixed().framework.standards
    )
    dossier = public(replace(mixed(), framework=replace(mixed().framework, standards=standards)))
    view = public_view(dossier, NL)
    assert not any(item.points for item in view.answers)
    assert [item.answer for item in view.answers] == [
        item.answer for item in public_view(public(mixed()), NL).answers
    ]
    assert said(board(replace(mixed(), framework=dossier.framework))).count("Dit gaat goed") == 1


def test_a_last_page_that_would_be_half_empty_shows_every_verdict_on_paper() -> None:
    half_empty, full = board(sample("duinmark-2026")), board(sample("voorbeeldland-2026"))
    assert 'id="board-matrix"' in printed_page(half_empty, NL)
    assert 'id="board-matrix"' not in report_html(half_empty, NL)
    assert 'id="board-matrix"' not in printed_page(full, NL)
    assert board_view(board(sample("duinmark-2026"), "MCD"), NL).matrix is None
    assert board_view(board(nearly_unknown()), NL).matrix is None


def test_the_marks_before_the_points_are_explained_where_there_are_points() -> None:
    assert "voor een deel goed" in said(public(mixed()))
    nothing = replace(nearly_unknown(), evidence=replace(nearly_unknown().evidence, answers=(), registers=()))
    assessment, _ = assess(built_in(), nothing.evidence)
    assert "voor een deel goed" not in said(public(replace(nothing, assessment=assessment)))
