"""Laying what is written beside what follows: texts, values in words, evidence beside a dossier."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.app.attaching import evidence_beside, named_alike
from normtool.app.verifying_documents import MOST_LAID_SIDE_BY_SIDE, apart
from normtool.core.assessment import Because, Interval, Reason, Share, Verdict
from normtool.core.dossier import Stage
from normtool.core.evidence import DateSpan, SourceFile
from normtool.core.places import CellPlace, Located
from normtool.core.registers import Text
from normtool.core.verifying import Difference, Missing
from normtool.telling.difference_texts import LONGEST, place_of, value_text
from normtool.texts import Words
from tests.dossier_examples import mixed

NL, EN = Words("nl"), Words("en")
PLACE = CellPlace(file="a.xlsx", sheet="Indicatoren", row=4, column=2)


@given(first=st.lists(st.sampled_from("abc")), second=st.lists(st.sampled_from("abc")))
def test_putting_in_what_differs_makes_one_text_of_the_other(first: list[str], second: list[str]) -> None:
    made, at = [], 0
    for start, end, other, last in apart(first, second):
        made += [*first[at:start], *second[other:last]]
        at = end
    assert made + first[at:] == second


def test_texts_that_are_too_long_to_lay_side_by_side_differ_as_a_whole() -> None:
    first = ["same", *(f"a{number}" for number in range(MOST_LAID_SIDE_BY_SIDE + 1)), "same"]
    assert list(apart(first, ["same", "other", "same"])) == [(1, len(first) - 1, 1, 2)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "niets"),
        (Missing.NOTHING, "niets"),
        ((), "niets"),
        (True, "ja"),
        (False, "nee"),
        (0, "0"),
        (12, "12"),
        (Verdict.PARTLY_MET, "voldoet gedeeltelijk"),
        (Reason.NO_SOURCE, "geen bestaande bron"),
        (Stage.FINAL, "final"),
        (Share(numerator=3, denominator=8), "3 van 8"),
        (Interval(low=0.25, high=0.5), "0.2500 – 0.5000"),
        (Decimal("0.850"), "0,85"),
        (date(2025, 12, 31), "31\u00a0december\u00a02025"),
        (DateSpan.of_year(2025), "2025"),
        (PLACE, "a.xlsx › Indicatoren!B4"),
        (Located(value="zin", place=PLACE), "zin"),
        (Text(nl="norm", en="norm in English"), "norm"),
        (("a", 2), "a; 2"),
        (Because(rule="answer", facts=(("count", 3),)), "answer count; 3"),
    ],
)
def test_values_are_told_in_words(value: object, text: str) -> None:
    assert " ".join(value_text(value, NL).split()) == " ".join(text.split())


def test_long_values_are_cut() -> None:
    told = value_text("woord " * 100, EN)
    assert len(told) <= LONGEST
    assert told.endswith("…")


def test_a_place_is_told_by_name_and_an_unknown_one_by_its_path() -> None:
    known = Difference(path=("standards", "3", "indicators", "N3.2", "verdict"), written=1, follows=2)
    assert place_of(known, NL) == "standaard 3, N3.2, oordeel"
    unknown = Difference(path=("iza", "0", "tranche"), written=1, follows=2)
    assert place_of(unknown, EN) == "iza.0.tranche"
    typed = Difference(path=("registers", "care", "rows", "0", "values", "3"), written=1, follows=2, place=PLACE)
    assert place_of(typed, NL) == "a.xlsx › Indicatoren!B4"


# --- evidence beside a dossier ----------------------------------------------------------------------------------


def test_evidence_is_known_by_its_digest_whatever_its_name(tmp_path: Path) -> None:
    contents = {"een.xlsx": b"one", "twee.xlsx": b"two", "drie.csv": b"three"}
    files = tuple(
        SourceFile(file=name, digest=hashlib.sha256(content).hexdigest()) for name, content in contents.items()
    )
    dossier = replace(mixed(), evidence=replace(mixed().evidence, files=files))
    (tmp_path / "een.xlsx").write_bytes(b"changed since")
    (tmp_path / "hernoemd.xlsx").write_bytes(b"two")
    (tmp_path / "cijfers.CSV").write_bytes(b"three")
    found, missing = evidence_beside(dossier, (tmp_path / "er is niets", tmp_path))
    assert [(item.source.file, item.content) for item in found] == [("twee.xlsx", b"two"), ("drie.csv", b"three")]
    assert [item.file for item in missing] == ["een.xlsx"]


def test_a_name_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "geheim.xlsx").write_bytes(b"x")
    inner = tmp_path / "map"
    inner.mkdir()
    source = SourceFile(file="../geheim.xlsx", digest=hashlib.sha256(b"x").hexdigest())
    dossier = replace(mixed(), evidence=replace(mixed().evidence, files=(source,)))
    assert evidence_beside(dossier, (inner,)) == ((), (source,))


def test_of_two_files_of_one_name_the_one_is_not_what_the_other_became(tmp_path: Path) -> None:
    first, second = (
        SourceFile(file=f"{folder}/deel.xlsx", digest=hashlib.sha256(folder.encode()).hexdigest()) for folder in "ab"
    )
    dossier = mixed()
    both = replace(dossier, evidence=replace(dossier.evidence, files=(first, second)))
    (tmp_path / "deel.xlsx").write_bytes(b"a")
    assert named_alike(both, (second,), (tmp_path, tmp_path)) == ()
    (tmp_path / "deel.xlsx").write_bytes(b"b, changed")
    (found,) = named_alike(both, (second,), (tmp_path, tmp_path))
    assert (found.source, found.content) == (second, b"b, changed")
