"""Scoring: worked answers of every kind, and what must hold whatever somebody answers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.scoring import (
    RULES,
    Blank,
    Circle,
    Fold,
    Key,
    Kind,
    Numeric,
    Question,
    Rectangle,
    Region,
    Rule,
    State,
    read_number,
    score,
    score_cohort,
)

F = Fraction
LETTERS = "abcde"


def _choice(right: str, rule: Rule = Rule.ALL, kind: Kind = Kind.MULTIPLE, points: int = 4) -> Question:
    return Question(kind, F(points), Key(choices=frozenset(right)), rule, known=frozenset(LETTERS))


@pytest.mark.parametrize(
    ("rule", "answer", "earned"),
    [
        ("all", "abc", 4), ("all", "ab", 0), ("all", "abcd", 0),
        ("each", "abc", 4), ("each", "ab", F(8, 3)), ("each", "abd", F(4, 3)), ("each", "ad", 0), ("each", "de", 0),
        ("no_wrong", "abc", 4), ("no_wrong", "a", F(4, 3)), ("no_wrong", "abd", 0),
        ("half", "abc", 4), ("half", "a", 2), ("half", "ab", 2), ("half", "abd", 0),
    ],
)  # fmt: skip
def test_several_choices_count_by_the_rule(rule: str, answer: str, earned: Any) -> None:
    assert score(_choice("abc", Rule(rule)), list(answer)).earned == earned


def test_two_choices_where_one_is_asked_for_are_no_answer() -> None:
    question = _choice("a", kind=Kind.SINGLE)
    assert score(question, ["a"]).earned == 4
    assert score(question, ["b"]).earned == 0
    assert score(question, ["a", "b"]).state is State.BLANK
    assert score(question, ["a", "a"]).earned == 4


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("12.5", F(25, 2)), ("１２．５", F(25, 2)), ("12,5", F(25, 2)), ("1,250", F(1250)), ("1,250.5", F(2501, 2)),
        ("12.5 mm", F(25, 2)), ("12.5MM", F(25, 2)), ("−3", F(-3)), ("3/4", F(3, 4)), ("1.2e3", F(1200)),
        (".5", F(1, 2)),
        ("3/0", None), ("", None), ("abc", None), ("1.2.3", None), ("9" * 500, None), ("1e9999", None), ("٣", None),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_people_write_it(text: str, figure: Fraction | None) -> None:
    assert read_number(text, "mm") == figure


@pytest.mark.parametrize(
    ("key", "answer", "earned", "reason"),
    [
        (Numeric(F(100), F(2)), "102", 3, "within"),
        (Numeric(F(100), F(2)), "102.0001", 0, "outside"),
        (Numeric(F(-50), F(10), percent=True), "-55", 3, "within"),
        (Numeric(F(-50), F(10), percent=True), "-44.9", 0, "outside"),
        (Numeric(F(1, 3)), "1/3", 3, "all_right"),
        (Numeric(F(1, 3)), "0.333", 0, "outside"),
        (Numeric(F(3), unit="mm"), "3 mm", 3, "all_right"),
        (Numeric(F(3)), "three", 0, "no_number"),
    ],
)  # fmt: skip
def test_a_figure_counts_up_to_its_tolerance_and_no_further(
    key: Numeric, answer: str, earned: int, reason: str
) -> None:
    outcome = score(Question(Kind.NUMERIC, F(3), Key(numeric=key)), answer)
    assert (outcome.earned, outcome.reason) == (earned, reason)


@pytest.mark.parametrize(
    ("fold", "answer", "right"),
    [
        (Fold(), "ｍ０３", True), (Fold(), " m 03 ", True), (Fold(case=False), "m03", False),
        (Fold(width=False), "Ｍ03", False), (Fold(space=False), "M 03", False), (Fold(space=False), " M03 ", True),
        (Fold(), "M3", False),
    ],
)  # fmt: skip
def test_a_text_counts_up_to_the_differences_that_do_not_matter(fold: Fold, answer: str, right: bool) -> None:
    question = Question(Kind.SHORT, F(2), Key(blanks=(Blank("1", ("M03", "M13")),)), fold=fold)
    assert (score(question, {"1": answer}).earned == 2) is right


def test_each_blank_has_its_share() -> None:
    blanks = (Blank("1", ("甲",)), Blank("2", ("乙",)), Blank("3", ("丙",)))
    each = Question(Kind.SHORT, F(2), Key(blanks=blanks), Rule.EACH)
    outcome = score(each, {"1": "甲", "2": "", "3": "丁"})
    assert outcome.earned == F(2, 3)
    assert [part.right for part in outcome.parts] == [True, False, False]
    assert score(Question(Kind.SHORT, F(2), Key(blanks=blanks)), {"1": "甲", "2": "乙"}).earned == 0


def test_a_point_counts_for_the_region_that_it_lies_in() -> None:
    regions = (Region("a", Rectangle(F(0), F(0), F(10), F(10))), Region("b", Circle(F(30), F(30), F(5))))
    question = Question(
        Kind.HOTSPOT, F(1), Key(choices=frozenset("b")), known=frozenset("ab"), regions=regions
    )
    assert score(question, [[33, 34]]).earned == 1
    assert score(question, [[33, 35]]).earned == 0  # outside every region: a wrong choice
    assert score(question, [["30", "35"]]).earned == 1
    assert score(question, [[5, 5]]).earned == 0
    assert score(question, ["b"]).earned == 1
    assert score(question, ["b", [99, 99]]).earned == 0
    assert score(question, [["x", None]]).earned == 0


def test_an_essay_waits_for_a_person_and_an_item_without_a_key_is_not_judged() -> None:
    essay = Question(Kind.ESSAY, F(10), Key())
    assert score(essay, {"text": "…"}).state is State.WAITS
    assert score(essay, {"text": "  "}).state is State.BLANK
    assert score(Question(Kind.SINGLE, F(1), Key(), known=frozenset("ab")), ["a"]).state is State.NO_KEY


# ---- What must hold of every item and every answer ---------------------------------------------------


@st.composite
def _question(draw: st.DrawFn) -> tuple[Question, Any]:
    """An item of any kind with a rule of its kind, and the answer that is wholly right."""
    kind = draw(st.sampled_from([kind for kind in Kind if kind is not Kind.ESSAY]))
    rule = draw(st.sampled_from(RULES[kind]))
    points = draw(st.fractions(min_value=F(1, 4), max_value=20, max_denominator=100))
    if kind in (Kind.SINGLE, Kind.TRUE_FALSE):
        right = draw(st.sampled_from(LETTERS))
        return Question(kind, points, Key(choices=frozenset(right)), rule, known=frozenset(LETTERS)), [right]
    if kind in (Kind.MULTIPLE, Kind.HOTSPOT):
        chosen = draw(st.sets(st.sampled_from(LETTERS), min_size=1))
        return Question(kind, points, Key(choices=frozenset(chosen)), rule, known=frozenset(LETTERS)), sorted(
            chosen
        )
    if kind is Kind.NUMERIC:
        value = draw(st.integers(-(10**6), 10**6))
        tolerance = draw(st.fractions(min_value=0, max_value=10, max_denominator=10))
        return Question(kind, points, Key(numeric=Numeric(F(value), tolerance)), rule), str(value)
    if kind is Kind.SHORT:
        words = draw(st.lists(st.text("甲乙丙abc", min_size=1, max_size=4), min_size=1, max_size=4))
        blanks = tuple(Blank(str(n), (word, "x")) for n, word in enumerate(words, 1))
        return Question(kind, points, Key(blanks=blanks), rule), {
            str(n): word for n, word in enumerate(words, 1)
        }
    order = draw(st.permutations(LETTERS))
    if kind is Kind.ORDERING:
        return Question(kind, points, Key(order=tuple(order)), rule, known=frozenset(LETTERS)), list(order)
    pairs = dict(zip("12345", order, strict=True))
    return Question(kind, points, Key(pairs=pairs), rule, known=frozenset(LETTERS)), pairs


_ATOMS = st.one_of(st.none(), st.text(max_size=5), st.sampled_from([*LETTERS, "1", "2", "甲"]), st.integers())
_ANSWERS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.lists(st.one_of(_ATOMS, st.lists(_ATOMS, max_size=3)), max_size=8),
    st.dictionaries(st.sampled_from(["1", "2", "3", "text", "z"]), _ATOMS, max_size=5),
)


@given(_question())
def test_the_whole_key_has_all_points(made: tuple[Question, Any]) -> None:
    question, right = made
    outcome = score(question, right)
    assert outcome.full
    assert all(part.right for part in outcome.parts)


@given(_question(), st.sampled_from([None, "", [], {}]))
def test_nothing_given_has_no_points(made: tuple[Question, Any], nothing: Any) -> None:
    outcome = score(made[0], nothing)
    assert (outcome.state, outcome.earned) == (State.BLANK, 0)


@given(_question(), _ANSWERS)
def test_no_answer_is_an_error_or_leaves_the_range(made: tuple[Question, Any], answer: Any) -> None:
    outcome = score(made[0], answer)
    assert 0 <= outcome.earned <= outcome.most == made[0].points


@given(_question(), _ANSWERS)
def test_the_parts_come_to_the_sum_where_each_counts(made: tuple[Question, Any], answer: Any) -> None:
    outcome = score(made[0], answer)
    if outcome.reason in ("each_counts", "share_for_less"):
        assert max(F(0), sum(part.worth for part in outcome.parts)) == outcome.earned


@given(st.sampled_from(RULES[Kind.MULTIPLE]), st.sets(st.sampled_from(LETTERS), min_size=1), st.data())
def test_the_order_of_choices_does_not_matter(rule: Rule, right: set[str], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(LETTERS), max_size=6))
    mixed = data.draw(st.permutations(chosen))
    question = _choice("".join(right), rule)
    assert score(question, chosen) == score(question, list(mixed))


@given(_question(), st.lists(_ANSWERS, max_size=12))
def test_a_cohort_is_judged_as_each_of_its_people(made: tuple[Question, Any], answers: list[Any]) -> None:
    assert score_cohort(made[0], answers) == [score(made[0], answer) for answer in answers]


@given(st.sets(st.sampled_from(LETTERS), min_size=1), st.sets(st.sampled_from(LETTERS)))
def test_a_stricter_rule_never_gives_more(right: set[str], chosen: set[str]) -> None:
    earned = {rule: score(_choice("".join(right), rule), sorted(chosen)).earned for rule in Rule}
    assert earned[Rule.ALL] <= earned[Rule.HALF]
    assert earned[Rule.ALL] <= earned[Rule.NO_WRONG] <= earned[Rule.EACH]
