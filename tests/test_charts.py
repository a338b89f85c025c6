"""Charts say in words what they show, escape what they are given, and keep their marks apart."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from normtool.core.assessment import Verdict
from normtool.documents.charts import MatrixRow, Tile, share_boxes, target_steps, verdict_matrix, verdict_scale
from normtool.documents.charts_drawing import HALF_WIDTH, Caption, shortened, text_width, wrapped
from normtool.documents.charts_figures import (
    FunnelPoint,
    PathPanel,
    PathStep,
    ShareRow,
    axis_ticks,
    funnel,
    is_outside,
    share_intervals,
    target_paths,
)
from normtool.documents.charts_volumes import (
    NormLine,
    VolumeBand,
    VolumeGroup,
    VolumeRest,
    VolumeValue,
    group_height,
    names_width,
    volume_chart,
)
from normtool.documents.marks import DARK, LIGHT, PALETTE, Brush, mark_shapes, marks_css, palette_css

HOSTILE = '<b onload="x">&amp;\'"</b>'
CAPTION = Caption(title=HOSTILE, desc=HOSTILE, key="picture")
SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture: str) -> ET.Element:
    """The picture as XML: well formed, with a title."""
    root = ET.fromstring(picture)
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text
    return root


def texts(picture: str) -> list[str]:
    """Every text that stands in a picture."""
    return [item.text or "" for item in parsed(picture).iter(f"{SVG}text")]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("paint", [name for name in PALETTE if name.endswith("-text") or name.startswith("ink")])
def test_text_can_be_read_on_paper_and_on_panel(paint: str, theme: int) -> None:
    for ground in ("paper", "panel"):
        assert contrast(PALETTE[paint][theme], PALETTE[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("paint", ["met", "partly", "not", "unknown", "own", "plain", "accent", "rule2"])
def test_marks_and_edges_stand_out(paint: str, theme: int) -> None:
    assert contrast(PALETTE[paint][theme], PALETTE["paper"][theme]) >= 3


def test_every_verdict_has_a_mark_of_its_own_without_colour() -> None:
    shapes = {re.sub(r'(class|fill|stroke)="[^"]*"', "", mark_shapes(verdict)) for verdict in Verdict}
    assert len(shapes) == len(Verdict)


def test_a_brush_with_a_theme_writes_plain_colours() -> None:
    assert Brush(theme=DARK).fill("ink") == f'fill="{PALETTE["ink"][DARK]}"'
    assert 'class="f-ink"' in Brush().fill("ink")


def test_stylesheets_know_every_mark_and_both_themes() -> None:
    for verdict in Verdict:
        assert f".m-{verdict.value}{{" in marks_css(dark=False)
    assert "prefers-color-scheme" not in marks_css(dark=False)
    assert "prefers-color-scheme:dark" in marks_css(dark=True)
    assert "dark" not in palette_css(screen=False)
    assert f"--ink:{PALETTE['ink'][DARK]}" in palette_css(screen=True)


def test_a_decided_scale_has_one_mark_and_an_open_one_two_with_hatching() -> None:
    decided = verdict_scale(Verdict.NOT_MET, Verdict.NOT_MET, "voldoet niet")
    between = verdict_scale(Verdict.PARTLY_MET, Verdict.MET, "tussen")
    assert parsed(decided).findtext(f"{SVG}title") == "voldoet niet"
    assert decided.count("<g transform") == 1
    assert "stroke-dasharray" not in decided
    assert between.count("<g transform") == 2
    assert "stroke-dasharray" in between


@pytest.mark.parametrize(("met", "best", "total"), [(0, 0, 0), (3, 6, 7), (8, 8, 8), (0, 21, 21)])
def test_share_boxes_fit_their_column(met: int, best: int, total: int) -> None:
    root = parsed(share_boxes(met, best, total, "3 van 7"))
    assert float(root.attrib["width"].removesuffix("pt")) <= 108


def test_steps_fill_only_the_present_one() -> None:
    picture = target_steps((0.7, 0.85, 1.0), 1, "doel")
    filled = [item for item in parsed(picture).iter(f"{SVG}rect") if item.attrib["fill"] != "none"]
    assert len(filled) == 1


def test_the_matrix_names_every_indicator_and_wraps_long_rows() -> None:
    tiles = tuple(Tile(name=f"1.{place}", verdict=verdict) for place, verdict in enumerate(Verdict, 1))
    row = MatrixRow(number="1", name="Onderzoek, onderwijs en opleiding in de regio", core=tiles, other=tiles * 2)
    picture = verdict_matrix((row,), ("kern", "groei"), CAPTION)
    assert {tile.name for tile in tiles} <= set(texts(picture))
    assert HOSTILE not in picture


def test_a_tile_is_as_wide_as_the_longest_name_asks() -> None:
    def wide(*names: str) -> float:
        tiles = tuple(Tile(name=name, verdict=Verdict.MET) for name in names)
        row = MatrixRow(number="1", name="Eén", core=tiles, other=())
        picture = parsed(verdict_matrix((row,), ("kern", "groei"), CAPTION))
        return min(float(item.attrib["width"]) for item in picture.iter(f"{SVG}rect"))

    assert wide("1.1", "C10") > wide("1.1", "1.2") + 2


def panel(verdict: Verdict = Verdict.MET) -> PathPanel:
    steps = tuple(PathStep(cycle=f"ronde {n}", target=20.0 * n, target_label=f"doel {20 * n}") for n in (1, 2, 3))
    return PathPanel(name=HOSTILE, steps=steps, current=1, result=55, result_label="55", verdict=verdict)


def test_a_path_shows_cycle_target_and_result() -> None:
    picture = target_paths((panel(), panel(Verdict.UNKNOWN)), CAPTION)
    assert {"ronde 2", "doel 40", "55"} <= set(texts(picture))
    assert HOSTILE not in picture


IN_FORCE, INTENDED = NormLine(minimum=20, is_bound=True), NormLine(minimum=60, is_bound=False)
HEADS = ("Behandeling", "norm", "aantal")


def volumes(*rows: VolumeValue | VolumeRest, source: str = "SONCOS", name: str = "Rectumresectie") -> VolumeGroup:
    """One treatment with one band."""
    return VolumeGroup(name=name, bands=(VolumeBand(norms=(("20 per instelling", source),), rows=rows),))


def norm_lines(picture: str, wide: str) -> list[tuple[float, float]]:
    """From where to where norms are drawn with a line of this width."""
    paths = [item for item in parsed(picture).iter(f"{SVG}path") if item.attrib.get("stroke-width") == wide]
    points = [re.findall(r"[\d.]+", item.attrib["d"]) for item in paths]
    return [(float(top), float(foot)) for x, top, other, foot in points if x == other]


def test_a_number_below_its_norm_is_marked_and_named() -> None:
    group = volumes(
        VolumeValue(name="UMC", number=46, shown="46", lines=(IN_FORCE,), verdict=Verdict.MET),
        VolumeValue(name="St. Alba", number=17, shown="17", lines=(IN_FORCE,), verdict=Verdict.NOT_MET),
    )
    picture = volume_chart((group,), HEADS, (60, 90), CAPTION)
    below = [item for item in parsed(picture).iter(f"{SVG}text") if item.text == "St. Alba"]
    assert below[0].attrib["font-weight"] == "600"
    assert below[0].attrib["class"] == "f-not-text"
    assert "20 per instelling · SONCOS" in texts(picture)


def test_a_norm_is_drawn_over_the_numbers_it_is_compared_with_and_not_over_their_parts() -> None:
    parts = tuple(VolumeValue(name=name, number=9, shown="9", is_part=True) for name in ("Noord", "Zuid"))
    group = volumes(
        VolumeValue(name="Alba", number=18, shown="18", lines=(IN_FORCE,), detail="2 locaties samen", parts=parts),
        VolumeValue(name="Beuken", number=46, shown="46", lines=(IN_FORCE, INTENDED)),
        VolumeValue(name="Kraai", number=12, shown="12", lines=(IN_FORCE, INTENDED)),
    )
    picture = volume_chart((group,), HEADS, (60, 90), CAPTION)
    (sum_of_alba, the_others), (intended,) = norm_lines(picture, "1.6"), norm_lines(picture, "1.1")
    assert sum_of_alba[1] - sum_of_alba[0] == pytest.approx(22.4)
    assert the_others[1] - the_others[0] == pytest.approx(2 * 13.2)
    assert the_others[0] - sum_of_alba[1] == pytest.approx(2 * 13.2)
    assert intended == the_others
    assert {"2 locaties samen", "Noord", "Zuid"} <= set(texts(picture))


def test_a_source_that_does_not_fit_beside_its_norm_stands_below_it() -> None:
    value = VolumeValue(name="UMC", number=46, shown="46", lines=(IN_FORCE,))
    short, long = volumes(value), volumes(value, source="SONCOS v10, geldt vanaf 1 juli 2026")
    assert "20 per instelling" in texts(volume_chart((long,), HEADS, (60, 90), CAPTION))
    assert group_height(long, 90) > group_height(short, 90)


def test_many_numbers_stand_on_one_line() -> None:
    numbers = tuple(float(number) for number in range(20, 76))
    rest = VolumeRest(numbers=numbers, text="56 halen de norm: 20 – 75", lines=(IN_FORCE,), verdict=Verdict.MET)
    picture = volume_chart((volumes(rest),), HEADS, (80, 90), CAPTION)
    assert "56 halen de norm: 20 – 75" in texts(picture)
    assert len(list(parsed(picture).iter(f"{SVG}circle"))) == 2 * 56


def test_what_is_not_known_yet_has_the_mark_of_unknown() -> None:
    value = VolumeValue(name="UMC", number=12, shown="12", lines=(IN_FORCE,), verdict=Verdict.UNKNOWN)
    known = replace(value, verdict=Verdict.MET)
    question = mark_shapes(Verdict.UNKNOWN)
    assert question in volume_chart((volumes(value),), HEADS, (20, 90), CAPTION)
    assert question not in volume_chart((volumes(known),), HEADS, (20, 90), CAPTION)


@pytest.mark.parametrize("top", [1, 3, 9, 17, 100, 168, 210, 1250])
def test_an_axis_ends_at_or_above_its_highest_number(top: int) -> None:
    ticks = axis_ticks(top)
    assert ticks[0] == 0
    assert ticks[-1] >= top
    assert len(ticks) <= 6


def test_an_interval_tells_share_counts_and_chance() -> None:
    row = ShareRow(
        name="Long", share=0.76, low=0.7, high=0.81, shown="76 %", counts="198 van 262", chance="kan toeval zijn"
    )
    picture = share_intervals((row,), 0.8, ("op tijd", "target 80%", "100%"), CAPTION)
    assert {"Long", "76 %", "198 van 262", "kan toeval zijn", "target 80%", "100%"} <= set(texts(picture))


POINTS = (
    FunnelPoint(name="UMC", patients=530, share=0.83),
    FunnelPoint(name="De Waard", patients=390, share=0.846),
    FunnelPoint(name="St. Alba", patients=160, share=0.68),
)


def test_only_an_institution_outside_the_outer_limits_is_up_for_discussion() -> None:
    assert [point.name for point in POINTS if is_outside(point, 0.82)] == ["St. Alba"]
    picture = funnel(POINTS, 0.82, ("% op tijd", "patiënten", "netwerk 82", "bespreken"), CAPTION)
    assert "St. Alba: bespreken" in texts(picture)
    assert "UMC" in texts(picture)


def test_names_in_a_funnel_do_not_cover_each_other() -> None:
    crowd = tuple(FunnelPoint(name=f"Ziekenhuis {n}", patients=300 + n, share=0.82) for n in range(4))
    picture = funnel(crowd, 0.82, ("%", "n", "netwerk 82", "bespreken"), CAPTION)
    places = {(item.attrib["x"], item.attrib["y"]) for item in parsed(picture).iter(f"{SVG}text")}
    assert len(places) == len(texts(picture))


def test_no_name_in_a_funnel_stands_on_a_line() -> None:
    crowd = tuple(FunnelPoint(name=f"Ziekenhuis {n}", patients=100 * n, share=0.74 + n / 50) for n in range(1, 8))
    picture = parsed(funnel(crowd, 0.82, ("%", "n", "netwerk 82", "bespreken"), CAPTION))
    lines = (re.fullmatch(r"M[\d.]+ ([\d.]+)L[\d.]+ \1", item.attrib["d"]) for item in picture.iter(f"{SVG}path"))
    across = [float(found[1]) for found in lines if found]
    names = [item for item in picture.iter(f"{SVG}text") if (item.text or "").startswith(("Ziekenhuis", "netwerk"))]
    assert len(across) > 4
    assert len(names) > 4
    for name in names:
        foot = float(name.attrib["y"])
        assert not [y for y in across if foot - 6 < y < foot]


def test_the_last_number_of_an_axis_stays_within_its_picture() -> None:
    point = FunnelPoint(name="UMC", patients=1900, share=0.8)
    picture = parsed(funnel((point,), 0.82, ("%", "n", "netwerk 82", "bespreken"), CAPTION))
    (last,) = [item for item in picture.iter(f"{SVG}text") if item.text == "2000"]
    assert last.attrib["text-anchor"] == "end"
    assert float(last.attrib["x"]) <= HALF_WIDTH


def test_a_result_of_nothing_does_not_cover_the_number_of_its_cycle() -> None:
    picture = parsed(target_paths((replace(panel(), result=0.0),), CAPTION))
    lowest = max(float(item.attrib["cy"]) + float(item.attrib["r"]) for item in picture.iter(f"{SVG}circle"))
    highest = min(float(item.attrib["y"]) for item in picture.iter(f"{SVG}text") if "ronde" in (item.text or ""))
    assert lowest < highest - 5.5


def test_long_words_are_cut_with_an_ellipsis() -> None:
    assert shortened("x" * 400, 8, 60).endswith("…")
    assert all(text_width(line, 8) <= 60 for line in wrapped("kort " + "y" * 300, 8, 60))


def test_a_long_name_stands_whole_over_two_lines() -> None:
    value = VolumeValue(name="Buienburg Ziekenhuis, locatie Noord (Reg)", number=9, shown="9")
    group = volumes(value)
    shown = texts(volume_chart((group,), HEADS, (20, 124), CAPTION))
    assert shown[-2:] == ["Buienburg Ziekenhuis,", "locatie Noord (Reg)"]
    short = volumes(replace(value, name="Buienburg"))
    assert group_height(group, 124) > group_height(short, 124)


def test_charts_of_one_figure_share_the_width_of_names_and_so_the_scale() -> None:
    long = volumes(VolumeValue(name="Streekziekenhuis Donderbeek", number=20, shown="20"))
    short = volumes(VolumeValue(name="A", number=20, shown="20"))
    wide = names_width((long, short))
    ends = {
        re.findall(r'<circle cx="([0-9.]+)"', volume_chart((item,), HEADS, (20, wide), CAPTION))[0]
        for item in (long, short)
    }
    assert len(ends) == 1
