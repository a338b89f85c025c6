"""The report in a browser: find, filter, sort, fold, link, print; by mouse, by keyboard, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from normtool.core.assessment import Verdict
from normtool.core.standards import Framework
from normtool.documents.pages import report_html
from normtool.texts import Words
from script.bench_networks import write_network
from tests.dossier_examples import mixed
from tests.e2e.browsing import STICKING_OUT, Opened, opened
from tests.e2e.running import here

pytestmark = pytest.mark.browser

DOSSIER = mixed()
RESULTS = {result.id.replace(".", "-"): result for result in DOSSIER.assessment.indicators}
WIDTHS = (320, 360, 599, 600, 768, 899, 900, 1100, 1280, 1920)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scherm") / "report.html"
    path.write_text(report_html(DOSSIER, Words("nl")), encoding="utf-8")
    return path


@pytest.fixture
def reader(browser: Browser, report: Path) -> Iterator[Opened]:
    with opened(browser, report) as found:
        yield found


def choose(reader: Opened, verdict: str) -> None:
    reader.page.click(f".filters [data-show='{verdict}']")


def with_verdict(*verdicts: Verdict) -> set[str]:
    """The ids that the engine gave one of these verdicts; those with no norm are drawn as not applicable."""
    return {identifier for identifier, result in RESULTS.items() if result.verdict in verdicts}


# --- filtering and sorting ----------------------------------------------------------------------------------------


def test_a_verdict_shows_only_its_indicators_and_says_how_many(reader: Opened) -> None:
    everything = reader.shown()
    choose(reader, "not_met")
    expected = with_verdict(Verdict.NOT_MET)
    assert set(reader.shown()) == expected
    assert {found.replace(".", "-") for found in reader.results()} == expected
    reader.said(f"{len(expected)} van {len(everything)} indicatoren")
    expect(reader.page.locator(".shown")).to_contain_text(f"{len(expected)} van {len(everything)}")
    choose(reader, "partly_met")
    assert set(reader.shown()) == with_verdict(Verdict.NOT_MET, Verdict.PARTLY_MET)
    reader.page.click(".shown .reset")
    assert reader.shown() == everything
    expect(reader.page.locator(".shown")).to_be_hidden()
    expect(reader.page.locator(".results")).to_be_hidden()


def test_each_button_counts_what_it_will_show(reader: Opened) -> None:
    counts = dict(
        reader.of(".filters [data-show]", "b => [b.dataset.show, b.querySelector('.how-many')?.textContent]")
    )
    drawn = reader.of("tbody.indicator", "row => row.dataset.verdict")
    assert {code: int(count) for code, count in counts.items() if code} == {
        code: drawn.count(code) for code in counts if code
    }


def test_class_and_standard_narrow_together_and_an_empty_standard_says_so(reader: Opened) -> None:
    reader.page.select_option("select[name='class']", "core")
    reader.page.select_option("select[name=standard]", "4")
    shown = reader.shown()
    assert shown
    assert all(found.startswith("N4-") for found in shown)
    assert set(reader.of("tbody.indicator", "row => row.dataset.class", ":not([hidden])")) == {"core"}
    first = reader.page.locator("section.standard").first
    expect(first).to_contain_text("staat geen indicator die u zoekt")
    expect(first.locator("table.indicators")).to_be_hidden()
    dimmed = reader.of("a.tile", "tile => tile.hash.slice(1)", ".dim")
    assert set(dimmed).isdisjoint(shown)
    assert len(dimmed) == len(RESULTS) - len(shown) - len(reader.of("section.standard .note > span[id]", "one => 1"))


def test_what_needs_attention_comes_first_and_the_order_of_the_norms_comes_back(reader: Opened) -> None:
    as_in_norms = reader.shown()
    reader.page.select_option("select[name=order]", "attention")
    reader.said(f"{len(as_in_norms)} van {len(as_in_norms)} indicatoren")
    ranks = ["not_met", "partly_met", "unknown", "own_approach", "met", "not_applicable", "informative"]
    found = reader.of(".results .verdict", "one => one.className.match(/v-(\\w+)/)[1]")
    assert len(found) == len(as_in_norms)
    assert [ranks.index(code) for code in found] == sorted(ranks.index(code) for code in found)
    for section in range(1, 7):
        inside = reader.of(f"#standard-{section} tbody.indicator", "row => row.dataset.verdict")
        assert len(inside) > 1
        assert [ranks.index(code) for code in inside] == sorted(ranks.index(code) for code in inside)
    reader.page.select_option("select[name=order]", "id")
    numbers = [tuple(map(int, re.findall(r"\d+", found))) for found in reader.results()]
    assert numbers == sorted(numbers)
    reader.page.select_option("select[name=order]", "")
    assert reader.shown() == as_in_norms


# --- searching ----------------------------------------------------------------------------------------------------


def test_searching_ignores_accents_and_capitals_marks_and_counts(reader: Opened) -> None:
    reader.page.fill("input[name=q]", "PATIENTEN")
    reader.page.wait_for_selector(".results li")
    texts = reader.of("tbody.indicator", "row => row.textContent", ":not([hidden])")
    assert texts
    assert all("patiënten" in text.lower() for text in texts)
    marked = reader.page.evaluate("CSS.highlights.get('found').size")
    reader.said(f"{marked} keer gevonden")
    found = reader.page.evaluate("[...CSS.highlights.get('found')].map(range => range.toString().toLowerCase())")
    assert set(found) == {"patiënten"}
    assert set(reader.of(".results mark", "found => found.textContent.toLowerCase()")) == {"patiënten"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("N3.7", "N3-7"),
        ("Jaarverslag 2025 met de cijfers", "N2-6"),
        ("evaluatie volgt voorjaar", "N3-7"),
        ("belt één verwijsverpleegkundige", "N4-8"),
        ("toetsbare shared-care", "N4-7"),
    ],
)
def test_id_document_explanation_own_approach_and_question_are_searched(
    reader: Opened, words: str, expected: str
) -> None:
    reader.page.fill("input[name=q]", words)
    reader.page.wait_for_selector(".results li")
    assert expected in reader.shown()
    assert len(reader.shown()) < len(RESULTS) / 2


@pytest.mark.parametrize(
    "words",
    [
        '"shared-care-afspraken"',
        "(N4.7)",
        "shared\u2011care\u2013afspraken.",
        "‘Shared-Care-Afspraken’?",
        "N4.7, afspraken;",
    ],
)
def test_quotation_marks_dashes_and_a_comma_behind_a_word_do_not_matter(reader: Opened, words: str) -> None:
    reader.page.fill("input[name=q]", words)
    reader.page.wait_for_selector(".results li")
    assert "N4-7" in reader.shown()
    assert len(reader.shown()) < len(RESULTS) / 2


@pytest.mark.parametrize("words", ["[a-z]+", ".*", "\\d", "$&", "</script>", "%", "a" * 5_000])
def test_odd_characters_are_searched_as_they_are_typed(reader: Opened, words: str) -> None:
    bare = words.strip(".")
    expected = {row for row, text in reader.of("tbody.indicator", "row => [row.id, row.textContent]") if bare in text}
    reader.page.fill("input[name=q]", words)
    reader.page.wait_for_function("() => location.hash.includes('q=')")
    assert set(reader.shown()) <= expected


def test_what_is_no_word_asks_nothing(reader: Opened) -> None:
    everything = reader.shown()
    reader.page.fill("input[name=q]", ' ?! "" ')
    reader.page.wait_for_function("() => location.hash.includes('q=')")
    assert reader.shown() == everything
    expect(reader.page.locator(".shown")).to_be_hidden()


def test_nothing_found_is_said_and_escape_clears(reader: Opened) -> None:
    everything = reader.shown()
    reader.page.fill("input[name=q]", "kwakzalverij")
    reader.said("Geen indicator gevonden")
    assert reader.shown() == []
    reader.page.press("input[name=q]", "Escape")
    assert reader.page.input_value("input[name=q]") == ""
    assert reader.shown() == everything
    assert reader.page.evaluate("CSS.highlights.has('found')") is False


# --- links --------------------------------------------------------------------------------------------------------


def in_sight(reader: Opened, identifier: str) -> bool:
    script = "id => document.getElementById(id).getBoundingClientRect().top / innerHeight"
    return 0 <= float(reader.page.evaluate(script, identifier)) < 0.5


def test_a_deep_link_opens_its_indicator_whatever_its_capitals(browser: Browser, report: Path) -> None:
    with opened(browser, report, at="n3-2") as reader:
        reader.page.wait_for_selector("#N3-2.is-here")
        assert reader.page.locator("#N3-2 details").get_attribute("open") is not None
        assert in_sight(reader, "N3-2")


def test_a_link_shows_what_the_filter_leaves_out_and_says_so(browser: Browser, report: Path) -> None:
    with opened(browser, report, at="verdict=met&at=N4-7") as reader:
        assert "N4-7" not in with_verdict(Verdict.MET)
        assert set(reader.shown()) == with_verdict(Verdict.MET) | {"N4-7"}
        assert in_sight(reader, "N4-7")
        expect(reader.page.locator(".shown")).to_contain_text("en N4.7, waar u naartoe ging")


def test_showing_everything_again_keeps_the_reader_in_place(reader: Opened) -> None:
    choose(reader, "not_met")
    reader.page.click(".next-one")
    (here,) = reader.of("tbody.is-here", "row => row.id")
    top = "id => document.getElementById(id).getBoundingClientRect().top"
    before = reader.page.evaluate(top, here)
    reader.page.eval_on_selector(".reset", "button => button.click()")  # click() itself would scroll first
    assert reader.page.evaluate("document.activeElement.id") == here
    frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
    reader.page.evaluate(frames)
    assert reader.page.evaluate(top, here) == pytest.approx(before, abs=2)
    assert len(reader.shown()) > len(with_verdict(Verdict.NOT_MET))


def test_what_is_not_asked_yet_can_be_linked_to_as_well(browser: Browser, report: Path) -> None:
    with opened(browser, report) as reader:
        waiting = reader.of("section.standard .note > span[id]", "one => one.id")
    with opened(browser, report, at=f"class=core&standard=1&at={waiting[0].lower()}") as reader:
        expect(reader.page.locator(f"#{waiting[0]}")).to_be_in_viewport()


def test_what_was_chosen_can_be_shared(browser: Browser, reader: Opened, report: Path) -> None:
    choose(reader, "unknown")
    choose(reader, "not_met")
    reader.page.select_option("select[name='class']", "core")
    reader.page.select_option("select[name=order]", "attention")
    reader.page.fill("input[name=q]", "vast & zeker? één+één")
    reader.page.fill("input[name=q]", "é")
    reader.page.wait_for_function("() => location.hash.includes('q=')")
    address = reader.page.url
    with opened(browser, report, at=address.split("#")[1]) as other:
        assert other.shown() == reader.shown() != []
        assert other.results() == reader.results()
        assert other.page.input_value("input[name=q]") == "é"
        assert other.of(".filters [aria-pressed=true]", "b => b.dataset.show") == ["not_met", "unknown"]


@pytest.mark.parametrize(
    "at", ["%E0%A4%A", "verdict=%3Cscript%3E&class=x&standard=99&order=y&at=nergens", "q=%25&q=2"]
)
def test_an_odd_address_harms_nothing(browser: Browser, report: Path, at: str) -> None:
    with opened(browser, report, at=at) as reader:
        assert reader.page.locator(".tools").is_visible()


def test_back_goes_one_choice_back(reader: Opened) -> None:
    everything = reader.shown()
    choose(reader, "not_met")
    some = reader.shown()
    reader.page.click(".results a >> nth=0")
    reader.page.wait_for_selector("tbody.is-here")
    assert reader.shown() == some
    reader.page.go_back()
    reader.page.wait_for_function("() => !document.querySelector('tbody.is-here')")
    assert reader.shown() == some
    reader.page.go_back()
    reader.page.wait_for_function("() => document.querySelector('.shown').hidden")
    assert reader.shown() == everything


def test_next_and_previous_walk_through_what_was_found(reader: Opened) -> None:
    choose(reader, "partly_met")
    found = [name.replace(".", "-") for name in reader.results()]
    for expected in (*found, found[0]):
        reader.page.click(".next-one")
        assert reader.of("tbody.is-here", "row => row.id") == [expected]
        assert in_sight(reader, expected)
    reader.page.click(".previous")
    assert reader.of("tbody.is-here", "row => row.id") == [found[-1]]


def test_a_link_to_an_indicator_is_copied_by_keyboard(browser: Browser, report: Path) -> None:
    with opened(browser, report, permissions=["clipboard-read", "clipboard-write"]) as reader:
        reader.page.focus("#N2-6 summary")
        reader.page.keyboard.press("Tab")
        assert reader.page.evaluate("document.activeElement.textContent") == "Kopieer link naar N2.6"
        reader.page.keyboard.press("Enter")
        reader.said("De link naar N2.6 is gekopieerd")
        copied = reader.page.evaluate("navigator.clipboard.readText()")
        assert copied == report.resolve().as_uri() + "#N2-6"


def test_where_copying_fails_the_link_stands_in_the_address(reader: Opened) -> None:
    reader.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    reader.page.click("#N2-6 .copy")
    reader.said("Kopiëren lukt hier niet")
    assert reader.page.url.endswith("#N2-6")


# --- keyboard -----------------------------------------------------------------------------------------------------


def test_the_keyboard_finds_chooses_and_goes(reader: Opened) -> None:
    reader.page.keyboard.press("/")
    assert reader.page.evaluate("document.activeElement.name") == "q"
    reader.page.keyboard.type("afspraken/eerste lijn")
    assert reader.page.input_value("input[name=q]") == "afspraken/eerste lijn"
    reader.page.fill("input[name=q]", "afspraken")
    reader.page.wait_for_selector(".results li >> nth=1")
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        reader.page.keyboard.press(key)
        here = "[...document.querySelectorAll('.results a')].indexOf(document.activeElement)"
        assert reader.page.evaluate(here) == place
    reader.page.keyboard.press("ArrowUp")
    assert reader.page.evaluate("document.activeElement.name") == "q"
    first = reader.results()[0].replace(".", "-")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("tbody.is-here")
    assert reader.page.evaluate("document.activeElement.id") == first


def test_the_key_can_be_turned_off(reader: Opened) -> None:
    reader.page.click(".key")
    reader.page.evaluate("document.activeElement.blur()")
    reader.page.keyboard.press("/")
    assert reader.page.evaluate("document.activeElement.tagName") == "BODY"
    reader.page.click(".key")
    reader.page.keyboard.press("/")
    assert reader.page.evaluate("document.activeElement.name") == "q"


def test_the_first_tab_skips_to_the_content_and_focus_is_always_seen(reader: Opened) -> None:
    page = reader.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    for _ in range(60):
        page.keyboard.press("Tab")
        name, width, style = page.evaluate(
            "(() => { const at = document.activeElement; const look = getComputedStyle(at);"
            " return [at.outerHTML.slice(0, 80), parseFloat(look.outlineWidth), look.outlineStyle]; })()"
        )
        assert width >= 2, name
        assert style != "none", name
    page.focus(".skip")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_everything_unfolds_and_folds(reader: Opened) -> None:
    folded = "main tr.more details, main details.as-table"
    reader.page.click(".expand")
    assert all(reader.of(folded, "details => details.open"))
    assert reader.page.inner_text(".expand") == "Alles inklappen"
    reader.page.click(".expand")
    assert not any(reader.of(folded, "details => details.open"))


def test_the_contents_say_where_the_reader_is(reader: Opened) -> None:
    for anchor in ("standard-4", "council", "standard-2"):
        reader.page.evaluate("place => document.getElementById(place).scrollIntoView()", anchor)
        reader.page.wait_for_function(
            "place => document.querySelector('nav [aria-current]')?.hash === '#' + place", arg=anchor
        )
    reader.page.set_viewport_size({"width": 360, "height": 700})
    expect(reader.page.locator("nav .here")).to_be_visible()
    expect(reader.page.locator("nav ul")).to_be_hidden()
    reader.page.click("nav summary")
    reader.page.click("nav a[href='#council']")
    expect(reader.page.locator("nav ul")).to_be_hidden()
    reader.page.set_viewport_size({"width": 1280, "height": 700})
    expect(reader.page.locator("nav ul")).to_be_visible()


# --- without JavaScript, in other modes ---------------------------------------------------------------------------


def test_without_javascript_all_is_readable_and_no_control_is_dead(browser: Browser, report: Path) -> None:
    with opened(browser, report, java_script_enabled=False, viewport={"width": 360, "height": 700}) as reader:
        page = reader.page
        rows = page.locator("tbody.indicator")
        assert rows.count() == len(RESULTS) - page.locator("section.standard .note > span[id]").count()
        assert all(row.is_visible() for row in rows.all())
        assert not any(control.is_visible() for control in page.locator("button, input, select").all())
        page.locator("#N3-7 summary").click()
        expect(page.locator("#N3-7 dl")).to_be_visible()
        page.locator("nav a[href='#council']").click()
        assert page.url.endswith("#council")


def test_nothing_sticks_out_at_any_width(browser: Browser, report: Path) -> None:
    with opened(browser, report, at="q=e&order=attention") as reader:
        reader.page.click(".expand")
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 800})
            reader.page.evaluate("document.querySelector('.tools > details').open = true")
            assert (width, reader.page.evaluate(STICKING_OUT)) == (width, [])
            assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


TABLE = ("table", "row", "rowheader", "columnheader", "cell")


def test_tables_stay_tables_where_their_rows_become_blocks(browser: Browser, report: Path) -> None:
    """Only the heads of the matrix go on a small screen: its parts have edges instead."""
    heard, heads = {}, 0
    for width in (1280, 360):
        with opened(browser, report, viewport={"width": width, "height": 900}) as reader:
            heard[width] = reader.heard()
            heads = len(reader.of(".matrix thead th", "head => head.textContent"))
    assert heard[360]["table"] == heard[1280]["table"] > 5
    assert heard[360]["rowheader"] == heard[1280]["rowheader"] > len(RESULTS)
    assert heard[360]["row"] == heard[1280]["row"] - 1
    assert heard[1280]["columnheader"] - heads <= heard[360]["columnheader"] <= heard[1280]["columnheader"]
    assert heads > 0


def test_in_forced_colours_what_is_chosen_still_differs(browser: Browser, report: Path) -> None:
    with opened(browser, report, at="verdict=met", forced_colors="active") as reader:
        looks = reader.of(".filters [data-show]", "b => getComputedStyle(b).backgroundColor")
        pressed = reader.of(".filters [data-show]", "b => b.getAttribute('aria-pressed')")
        chosen = {look for look, is_pressed in zip(looks, pressed, strict=True) if is_pressed == "true"}
        others = {look for look, is_pressed in zip(looks, pressed, strict=True) if is_pressed == "false"}
        assert chosen.isdisjoint(others)


def test_six_hundred_rows_are_all_on_the_page(browser: Browser, tmp_path: Path, framework: Framework) -> None:
    """How long it takes to open is measured by script/bench screen."""
    rows = write_network(tmp_path / "net", framework, 6)
    assert rows > 600
    ran = here("assess", tmp_path / "net", "--only", "html", "-o", tmp_path / "uit")
    assert ran.code == 0, ran.err
    with opened(browser, tmp_path / "uit" / "report.html") as reader:
        assert reader.page.locator("tr").count() > 600


def test_nothing_moves_by_itself(reader: Opened) -> None:
    look = "found => (({ animationName, transitionDuration, scrollBehavior }) => "
    look += "`${animationName} ${transitionDuration} ${scrollBehavior}`)(getComputedStyle(found))"
    assert set(reader.of("html, body, body *", look)) == {"none 0s auto"}


# --- paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_the_browser_prints_everything_and_no_controls(browser: Browser, report: Path, *, has_script: bool) -> None:
    settings = {"color_scheme": "dark", "java_script_enabled": has_script}
    with opened(browser, report, at="verdict=not_met&q=zorg" if has_script else "", **settings) as reader:
        pages = reader.printed()
        text = " ".join(pages)
        for row in DOSSIER.assessment.indicators:
            assert row.id in text
        assert "Waarop de norm rust" in text
        assert "voorbeeldland-2026.xlsx ›" in text
        for control in ("Toon alles", "Alles uitklappen", "Kopieer link", "Onderbouwing en bron", "Als tabel"):
            assert control not in text
        for number, page in enumerate(pages, start=1):
            assert f"{number} / {len(pages)}" in page
            assert "Oncologienetwerk Voorbeeldland" in page
            assert "netwerknormering, voorbeeldversie" in page.lower()
        if has_script:
            assert set(reader.shown()) <= with_verdict(Verdict.NOT_MET)


def test_paper_is_white_and_as_wide_as_the_text(browser: Browser, report: Path) -> None:
    with opened(browser, report, color_scheme="dark", viewport={"width": 642, "height": 900}) as reader:
        dark = reader.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        reader.page.emulate_media(media="print")
        paper = reader.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (dark, paper) == ("rgb(20, 24, 29)", "rgb(255, 255, 255)")
        assert reader.page.evaluate(STICKING_OUT) == []
        assert reader.page.evaluate("document.documentElement.scrollWidth") == 642
