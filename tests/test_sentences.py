"""The page for editors holds every sentence, in both languages, and is the same every time."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from normtool.files.standards_yaml import available_frameworks, load_framework
from normtool.resources import words_dir
from normtool.texts import LANGUAGES, load_topic
from script import make_sentences


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("sheet") / "new" / "sentences.html"
    assert make_sentences.main([str(target)]) == 0
    return target.read_text(encoding="utf-8")


def test_every_key_of_the_words_is_there_in_both_languages(page: str) -> None:
    assert "(missing)" not in page
    for language in LANGUAGES:
        for path in Path(words_dir(language)).iterdir():
            for key, _ in make_sentences.leaves(load_topic(language, path.stem), path.stem):
                assert f"<th>{key}</th>" in page, key


def test_every_indicator_and_column_of_the_norms_is_there(page: str) -> None:
    for folder in available_frameworks():
        framework, _ = load_framework(folder)
        assert framework is not None
        for indicator in framework.indicators:
            assert f"<th>{framework.id}.{indicator.id}.norm</th>" in page
        for register in framework.registers:
            for column in register.columns:
                assert f"<th>{framework.id}.{register.id}.{column.id}</th>" in page


def test_facts_are_filled_in_short_and_long(page: str) -> None:
    row = make_sentences.filled("board.more.other", "nog {count}", "nl")
    assert row == ("nog 2", "nog 176")
    assert make_sentences.filled("a.one", "{count} hour", "en") == ("1 hour",)
    assert f"<p>{row[1]}</p>" in page
    assert "‘Dit overzicht is volledig’" in unescape(page)


def test_the_page_is_the_same_every_time(page: str) -> None:
    assert make_sentences.page() == page
