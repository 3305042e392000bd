"""How many lines words need."""

from __future__ import annotations

import pytest

from craftpath.domain.bulletins.measuring import lines, too_long, width
from craftpath.domain.bulletins.places import BY_KEY, PLACES


def test_chinese_fills_lines_letter_by_letter_and_english_word_by_word() -> None:
    assert lines("匠" * 20, 10) == 2
    assert lines("匠" * 21, 10) == 3
    assert lines("匠" * 20, 10, indent=2) == 3
    assert lines("wood wood", width("wood wood")) == 1
    assert lines("wood wood", width("wood woo")) == 2


def test_a_word_that_is_longer_than_a_line_is_broken() -> None:
    assert lines("w" * 100, width("w" * 10)) == 10


def test_empty_paragraphs_need_nothing() -> None:
    assert lines("\n\n 匠 \n", 10) == 1


def test_what_is_too_long_says_by_how_much_and_fits_once_that_is_gone() -> None:
    body = BY_KEY["case"].field("body")
    em, most = body.holds("zh+")
    words = "匠" * (int(em) * (most + 2))
    over = too_long("case", body, words, "zh+")
    assert over is not None
    assert (over.place, over.spoken) == ("case", "zh")
    assert over.lines == lines(words, em, indent=2) - most
    assert too_long("case", body, words[: -over.letters], "zh+") is None
    assert too_long("case", body, words[: -over.letters + 1], "zh+") is not None


@pytest.mark.parametrize("place", [one.key for one in PLACES if one.fields])
def test_every_field_holds_something_in_every_shape(place: str) -> None:
    for field in BY_KEY[place].fields:
        for shape in ("zh", "en", "zh+", "en+"):
            assert too_long(place, field, "匠途" if shape.startswith("zh") else "Word", shape) is None


def test_ten_thousand_letters_are_measured_and_not_waited_for() -> None:
    over = too_long("lead", BY_KEY["lead"].field("body"), "匠" * 10_000, "zh")
    assert over is not None
    assert over.letters > 9000
