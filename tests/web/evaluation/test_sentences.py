"""The sum in words, in both languages."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.web.components.shapes import colour
from craftpath.delivery.web.evaluation.figures import Standing, exact, fixed
from craftpath.delivery.web.evaluation.sentences import counted, rounding, sum_in_words
from craftpath.delivery.web.shell.templatetags.say import points


def standing(to_date: str, still: str, left: int, **others: object) -> Standing:
    values = {"total": None, "passed": None, "grade": "", "complete": False} | others
    return Standing(to_date=Decimal(to_date), open=Decimal(still), left=left, **values)  # type: ignore[arg-type]


DONE = {"complete": True, "total": Decimal("81.60")}
ENGLISH = [
    (standing("27.3", "70.0", 2), "27.3 of 30 so far; two marks left, 70 points still open."),
    (standing("64.0", "18.0", 2), "64 of 82 so far; two marks left, 18 points still open."),
    (standing("64.0", "1.0", 1), "64 of 99 so far; one mark left, 1 point still open."),
    (standing("0.0", "0.5", 12), "0 of 99.5 so far; 12 marks left, 0.5 points still open."),
    (standing("0.0", "100.0", 6), "Nothing is decided yet; six marks left, 100 points still open."),
    (standing("60", "0", 1), "60 of 100; one mark left, without points, but a pass rule waits for it."),
    (standing("0", "0", 0), "Everything is exempt, so there is nothing to add up."),
    (
        standing("81.60", "0", 0, passed=True, **DONE),
        "81.6 of 100; all marks are in. The pass rules are met.",
    ),
    (
        standing("81.60", "0", 0, passed=False, **DONE),
        "81.6 of 100; all marks are in. The pass rules are not met.",
    ),
    (standing("81.60", "0", 0, **DONE), "81.6 of 100; all marks are in."),
    (standing("0", "0", 0, complete=True, grade="merit"), "All marks are in: merit."),
]


@pytest.mark.parametrize(("given_standing", "sentence"), ENGLISH)
def test_the_sum_is_said_in_english(given_standing: Standing, sentence: str) -> None:
    with override("en"):
        assert sum_in_words(given_standing) == sentence


CHINESE = [
    (standing("64.0", "18.0", 2), "目前得 64 分（已定 82 分）；还有 2 项成绩未出，尚有 18 分未定。"),
    (standing("0.0", "100.0", 1), "还没有成绩；还有 1 项成绩未出，尚有 100 分未定。"),
    (standing("81.60", "0", 0, passed=True, **DONE), "总成绩 81.6 分（满分 100），成绩已齐。达到合格规则。"),
]


@pytest.mark.parametrize(("given_standing", "sentence"), CHINESE)
def test_the_sum_is_said_in_chinese(given_standing: Standing, sentence: str) -> None:
    with override("zh-hans"):
        assert sum_in_words(given_standing) == sentence


def test_small_counts_are_words_in_english_and_digits_in_chinese() -> None:
    with override("en"):
        assert [counted(1), counted(9), counted(10)] == ["one", "nine", "10"]
    with override("zh-hans"):
        assert [counted(1), counted(9), counted(10)] == ["1", "9", "10"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(1633, 20), "81.65"),
        (Fraction(250, 3), "83.3333…"),
        (Fraction(200, 3), "66.6666…"),
        (Fraction(1, 3 * 10**6), "0.0000…"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(0), "0"),
        (Fraction(100), "100"),
        (Fraction(1, 2**8), "0.00390625"),
        (Fraction(1, 2**9), "0.0019…"),
    ],
)
def test_an_exact_figure_ends_or_says_that_it_does_not(value: Fraction, words: str) -> None:
    assert exact(value) == words


@given(st.fractions(min_value=0, max_value=100, max_denominator=1000))
def test_an_exact_figure_is_never_rounded_up(value: Fraction) -> None:
    words = exact(value)
    shown = Fraction(words.rstrip("…"))
    assert shown == value if not words.endswith("…") else 0 < value - shown < Fraction(1, 10**4)


def test_rounding_is_said_in_words() -> None:
    with override("en"):
        assert rounding(Fraction(1633, 20), Decimal("81.7"), 1) == "81.65 exactly, half up to one place: 81.7"
        assert (
            rounding(Fraction(250, 3), Decimal("83.33"), 2)
            == "83.3333… exactly, half up to two places: 83.33"
        )
        assert rounding(Fraction(163, 2), Decimal("82"), 0) == "81.5 exactly, half up to a whole number: 82"
        assert rounding(Fraction(81), Decimal("81.0"), 1) == "81 exactly; nothing had to be rounded."


def test_figures_of_a_column_line_up_and_those_of_a_sentence_do_not() -> None:
    assert [fixed(Decimal("80"), 1), fixed(None, 1), fixed(Decimal("80.50"), 0)] == ["80.0", "–", "80"]
    assert [points(Decimal("80.0")), points(Decimal("80.50")), points(Decimal("100"))] == [
        "80",
        "80.5",
        "100",
    ]


def test_the_parts_of_3_3_4_have_fixed_colours_and_others_take_turns() -> None:
    assert [colour("final_exam", 0), colour("practical_activity", 2)] == ["exam", "practical"]
    assert [colour("a", 0), colour("b", 1), colour("c", 2), colour("d", 3)] == [
        "process",
        "practical",
        "exam",
        "process",
    ]
