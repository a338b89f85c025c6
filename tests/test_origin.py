"""What a document was made of, as the one line that it carries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.core.dossier import Circle, Part
from normtool.documents.origin import Origin, origin_of, parse_origin
from normtool.texts import Words
from tests.dossier_examples import mixed

DIGEST = "0123456789abcdef" * 4


def test_the_line_of_a_whole_dossier() -> None:
    dossier = replace(mixed(), program="1.0.0")
    line = origin_of(dossier, DIGEST, Words("nl"))
    assert line == f"normtool=1.0.0 dossier={DIGEST} language=nl circle=review"
    assert parse_origin(line) == Origin(program="1.0.0", digest=DIGEST, language="nl", circle=Circle.REVIEW)


def test_the_line_of_a_part_names_the_whole_and_its_member() -> None:
    part = Part(circle=Circle.BOARD, digest=DIGEST, limit=10, member="UMC Noord, locatie 2")
    line = origin_of(replace(mixed(), program="1.0.0", part=part), "f" * 64, Words("en"))
    assert line.endswith("language=en circle=board member=UMC%20Noord%2C%20locatie%202")
    found = parse_origin(line)
    assert found is not None
    assert (found.digest, found.member) == (DIGEST, part.member)


@given(
    program=st.text(max_size=20),
    member=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    language=st.sampled_from(["nl", "en"]),
    circle=st.sampled_from(list(Circle)),
)
def test_every_line_is_plain_and_reads_back(program: str, member: str, language: str, circle: Circle) -> None:
    program = program.encode("utf-8", "ignore").decode()
    origin = Origin(program=program, digest=DIGEST, language=language, circle=circle, member=member)
    line = origin.line()
    assert line.isascii()
    assert not set(line) & set(',;<>"&\n')
    assert parse_origin(f"keywords: {line}") == origin


@pytest.mark.parametrize(
    "text",
    [
        "",
        "normtool",
        f"normtool=1 dossier={DIGEST[:-1]} language=nl circle=review",
        f"normtool=1 dossier={DIGEST} language=de circle=review",
        f"normtool=1 dossier={DIGEST} language=nl circle=everyone",
        f"normtool=1 dossier={DIGEST} language=nl circle=review" + " " * 2_000,
    ],
)
def test_what_is_not_our_line_is_none(text: str) -> None:
    assert parse_origin(text) is None
