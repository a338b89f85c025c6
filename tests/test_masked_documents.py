"""No document of a masked part tells a hidden number, in any byte, nor lets it be worked out."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from normtool.core.circles import part_for
from normtool.core.dossier import Circle, Dossier
from normtool.core.evidence import RegisterRow, SourceFile
from normtool.core.house_style import HouseStyle
from normtool.documents.board_xlsx import board_workbook
from normtool.documents.pages import report_html, report_pdf
from normtool.documents.pdf import Attachment
from normtool.files.dossiers_json import dossier_json
from normtool.texts import Words
from tests.masked_examples import (
    DIGEST,
    GROUPS,
    PAIRS,
    Attacker,
    Care,
    Counts,
    Range,
    crafted,
    is_small,
    judged,
    network,
    read,
    secret_numbers,
)

NARROW = (Circle.BOARD, Circle.NETWORK, Circle.PUBLIC)
HOSPITALS = ("aa", "bb", "cc", "dd")


def counts(most: int) -> st.SearchStrategy[Counts]:
    """A share of patients: often small, now and then nothing at all."""
    parts = st.one_of(st.integers(0, 4), st.integers(0, most))
    return st.tuples(parts, parts).map(lambda pair: (pair[0], pair[0] + pair[1]))


Network = tuple[list[Care], bool]
"""What the hospitals of a network say, and whether its trials count the new patients of all of them."""


@st.composite
def networks(draw: st.DrawFn, limit: int = 5) -> Network:
    """A network of a few hospitals and groups."""
    hospitals = HOSPITALS[: draw(st.integers(1, 4))]
    groups = GROUPS[: draw(st.integers(1, 4))]
    cares = [
        Care(location, group, draw(counts(4 * limit)), draw(counts(4 * limit)))
        for location in hospitals
        for group in groups
        if draw(st.integers(0, 5))
    ]
    return cares, draw(st.booleans())


def made(drawn: Network, limit: int = 5) -> Dossier:
    """Its dossier."""
    cares, has_trials = drawn
    new = sum(care.discussed[1] for care in cares)
    return network(cares, limit, trials=(new // 3, new)) if has_trials else network(cares, limit)


def truth(dossier: Dossier, indicator: str) -> dict[tuple[str, str], Counts]:
    """The numbers of all rows of *Zorgaanbod* in the whole dossier, by location and group."""
    one, other = PAIRS[indicator]
    found = (row.contents for row in dossier.evidence.register("care").rows)
    return {
        (str(held["location"]), str(held["group"])): (int(str(held[one])), int(str(held[other]))) for held in found
    }


def assert_nothing_follows(dossier: Dossier, part: Dossier, known: frozenset[str] = frozenset()) -> None:
    """No hidden number is sure, and a small one may be any from 1 up to the limit.

    Who has numbers of its own (`known`: its ids) may work out those of others that are not small.
    """
    limit = dossier.framework.settings.small_below
    left = read(part)
    for indicator in PAIRS:
        true = truth(dossier, indicator)
        attacker = Attacker(left, indicator, {place: held for place, held in true.items() if place[0] in known})
        secret = [
            number for number in attacker.hidden() if not known or is_small(true[attacker.rows[number][:2]], limit)
        ]
        ranges = attacker.ranges()
        for number in secret:
            assert_open(true[attacker.rows[number][:2]], ranges[number], limit)
        assert known or all(
            attacker.open_totals().get(group, True)
            for group, members in attacker.groups.items()
            if any(true[attacker.rows[number][:2]][1] for number in members)
        )
        for cluster in attacker.clusters():
            worlds = attacker.worlds(cluster, limit)
            for column in (place for place, number in enumerate(cluster.rows) if worlds and number in secret):
                assert all(len({world[column][part_of] for world in worlds}) > 1 for part_of in (0, 1))


def assert_open(counts: Counts, ranges: tuple[Range, Range, Range], limit: int) -> None:
    """None of the numbers of a row is sure, and small ones may be any."""
    numerator, denominator = counts
    for value, limits in zip((numerator, denominator - numerator, denominator), ranges, strict=True):
        assert limits.low < limits.high, (value, limits)
        if 0 < value < limit:
            assert limits.low <= 1, (value, limits)
            assert limits.high >= limit - 1, (value, limits)


@given(networks())
def test_no_hidden_number_follows_from_what_is_left(drawn: Network) -> None:
    dossier = made(drawn)
    assert_nothing_follows(dossier, part_for(dossier, Circle.NETWORK, DIGEST))


@given(networks())
def test_every_small_number_is_hidden(drawn: Network) -> None:
    dossier = made(drawn)
    part = read(part_for(dossier, Circle.NETWORK, DIGEST))
    for indicator in PAIRS:
        attacker = Attacker(part, indicator)
        shown = [numbers for _, _, numbers in attacker.rows if numbers is not None]
        assert not [numbers for numbers in (*shown, *attacker.totals.values()) if is_small(numbers, 5)]


@given(networks(), st.sampled_from(HOSPITALS))
def test_no_member_can_work_out_small_numbers_of_another_with_its_own(drawn: Network, member: str) -> None:
    """In the document for the whole board, which it reads as well."""
    dossier = made(drawn)
    assert_nothing_follows(dossier, part_for(dossier, Circle.BOARD, DIGEST), frozenset({member}))


@given(networks(), st.sampled_from(HOSPITALS))
def test_the_part_for_one_member_tells_nothing_that_the_part_for_all_hides(drawn: Network, member: str) -> None:
    """So whoever has both has no more than the one for all."""
    dossier = made(drawn)
    whole, own = (read(part_for(dossier, Circle.BOARD, DIGEST, name)) for name in ("", member))
    for indicator in PAIRS:
        shown = {(location, group): counts for location, group, counts in Attacker(whole, indicator).rows}
        told = {(location, group): counts for location, group, counts in Attacker(own, indicator).rows}
        assert told == {place: counts for place, counts in shown.items() if place[0] == member}
        assert Attacker(own, indicator).totals == Attacker(whole, indicator).totals


# --- the digest of the whole, which is in every part ---------------------------------------------------------------


def tried_against_the_digest(part: Dossier, whole: Dossier, most: int = 12) -> list[Counts]:
    """What fits when who has a part tries numbers in its only hidden row; of the whole it has that row's cells."""
    assert part.part is not None
    care = part.evidence.register("care")
    row = whole.evidence.register("care").rows[0]
    found = []
    for numerator, rest in ((one, other) for one in range(most) for other in range(1, 10)):
        numbers = {"on_time": numerator, "treated": numerator + rest}
        cells = tuple((name, replace(cell, value=numbers.get(name, cell.value))) for name, cell in row.values)
        filled = replace(care, rows=(RegisterRow(place=row.place, values=cells), *care.rows[1:]))
        registers = tuple(filled if item.register == "care" else item for item in part.evidence.registers)
        guess = judged(part.framework, replace(part.evidence, registers=registers))
        if hashlib.sha256(dossier_json(guess)).hexdigest() == part.part.digest:
            found.append((numerator, numerator + rest))
    return found


@pytest.mark.parametrize(("file", "fits"), [("", [(9, 14)]), ("e" * 64, [])])
def test_numbers_cannot_be_tried_against_the_digest(file: str, fits: list[Counts]) -> None:
    """A real dossier was read from files; without those the attack works, so what stops it is what is missing."""
    made_ = network([Care("aa", "skin", (9, 14), (90, 120)), Care("bb", "skin", (150, 190), (200, 240))])
    files = (SourceFile(file="netwerk.xlsx", digest=file),) if file else ()
    whole = judged(made_.framework, replace(made_.evidence, files=files))
    part = part_for(whole, Circle.NETWORK, hashlib.sha256(dossier_json(whole)).hexdigest())
    assert tried_against_the_digest(part, whole) == fits
    assert [item.digest for item in part.evidence.files] == ([file[:12]] if file else [])


# --- the bytes of every document ---------------------------------------------------------------------------------


def in_zip(data: bytes) -> Iterator[str]:
    """All parts of a workbook, those that are packed in it too."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name
            yield archive.read(name).decode("utf-8", "replace")


def told_in(texts: Iterator[str] | list[str]) -> set[str]:
    """The hidden numbers that any of these texts tells."""
    return {number for text in texts for number in secret_numbers() if number in text}


def without_norms(dossier: Dossier) -> str:
    """The JSON of a dossier but for its norms, which are published."""
    data = json.loads(dossier_json(dossier))
    del data["norms"]
    return json.dumps(data, ensure_ascii=False)


def test_the_whole_dossier_tells_what_is_hidden_in_its_parts() -> None:
    assert {"4704", "4711", "6121", "5939", "6911"} <= told_in([without_norms(crafted())])


@pytest.mark.parametrize("circle", NARROW)
def test_json_of_a_part_tells_no_hidden_number(circle: Circle) -> None:
    assert told_in([without_norms(part_for(crafted(), circle, DIGEST))]) == set()


@pytest.mark.parametrize("member", ["", "Aker", "Bergzicht"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_board_workbook_tells_no_hidden_number_in_any_part(member: str, language: str) -> None:
    part = part_for(crafted(), Circle.BOARD, DIGEST, member)
    assert told_in(in_zip(board_workbook(part, Words(language)))) == set()


@pytest.mark.parametrize("circle", [Circle.BOARD, Circle.PUBLIC])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_tells_no_hidden_number(circle: Circle, language: str) -> None:
    assert told_in([report_html(part_for(crafted(), circle, DIGEST), Words(language), DIGEST)]) == set()


def test_a_masked_report_of_the_review_team_tells_no_hidden_number() -> None:
    whole = replace(crafted(), house_style=HouseStyle(masks_review=True))
    part = part_for(whole, Circle.REVIEW, DIGEST)
    assert told_in([without_norms(part), report_html(part, Words("nl"), DIGEST)]) == set()


@pytest.mark.slow
@pytest.mark.parametrize("circle", [Circle.BOARD, Circle.PUBLIC])
def test_a_pdf_tells_no_hidden_number_in_its_text_or_attachments(circle: Circle) -> None:
    part = part_for(crafted(), circle, DIGEST)
    own = Attachment(name="dossier.json", content=dossier_json(part), description="toetsdossier")
    data = report_pdf(part, Words("nl"), (own,), DIGEST)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        attached = json.loads(pdf.attachments["dossier.json"].get_file().read_bytes())
        about = str(pdf.docinfo)
    del attached["norms"]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert told_in([json.dumps(attached, ensure_ascii=False), about, *pages]) == set()


@pytest.mark.parametrize("member", ["Aker", "Bergzicht", "Duinoord"])
def test_the_workbook_of_one_member_names_no_other_hospital(member: str) -> None:
    part = part_for(crafted(), Circle.BOARD, DIGEST, member)
    texts = [*in_zip(board_workbook(part, Words("nl"))), without_norms(part)]
    others = [name for name in ("Aker", "Bergzicht", "Duinoord") if name != member]
    assert not [name for name in others for text in texts if name in text]
