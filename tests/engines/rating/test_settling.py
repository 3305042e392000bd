"""One mark of several, or who is asked next."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.rating import Method, Needs, Rating, Rule, Third, settle

MEAN = Rule(gap=Decimal(10))


def ratings(*marks: str, chair: str = "") -> list[Rating]:
    found = [Rating(f"r{at}", Decimal(mark)) for at, mark in enumerate(marks, start=1)]
    return [*found, Rating("chair", Decimal(chair), chair=True)] if chair else found


@pytest.mark.parametrize(
    ("given", "rule", "mark", "needs"),
    [
        (ratings("70", "80"), MEAN, 75, Needs.NOTHING),
        (ratings("70", "80.1"), MEAN, None, Needs.THIRD_RATER),
        (ratings("70", "80.1"), Rule(gap=Decimal(10), beyond=Needs.CHAIR), None, Needs.CHAIR),
        (ratings("70", "95"), Rule(), Fraction(165, 2), Needs.NOTHING),
        (ratings("70"), MEAN, None, Needs.MORE_RATERS),
        (ratings(), MEAN, None, Needs.MORE_RATERS),
        (ratings("70"), Rule(raters=1), 70, Needs.NOTHING),
        (ratings("60", "66", "69"), Rule(Method.MEDIAN, raters=3, gap=Decimal(10)), 66, Needs.NOTHING),
        (ratings("60", "65", "66", "69"), Rule(Method.MEDIAN, raters=4), Fraction(131, 2), Needs.NOTHING),
        (ratings("60", "65", "66"), Rule(raters=3), Fraction(191, 3), Needs.NOTHING),
        (ratings("60", "90"), Rule(Method.CHAIR), None, Needs.CHAIR),
        (ratings("60", "90", chair="88"), Rule(Method.CHAIR), 88, Needs.NOTHING),
        (ratings("60", "90", chair="70"), MEAN, 70, Needs.NOTHING),
        (ratings("60", "62", chair="90"), MEAN, 61, Needs.NOTHING),  # the chair was not needed
        (ratings("60", "80", "75"), MEAN, Fraction(155, 2), Needs.NOTHING),
        (ratings("60", "80", "70"), MEAN, 75, Needs.NOTHING),  # equally near: the higher pair
        (ratings("60", "80", "75"), Rule(gap=Decimal(10), third=Third.MEDIAN), 75, Needs.NOTHING),
        (ratings("60", "80", "72"), Rule(gap=Decimal(10), third=Third.ALONE), 72, Needs.NOTHING),
        (ratings("60", "80", "75"), Rule(gap=Decimal(10), beyond=Needs.CHAIR), None, Needs.CHAIR),
        (ratings("60", "62", "90"), MEAN, 61, Needs.NOTHING),  # a third mark where none was asked for
    ],
)
def test_a_mark_or_who_is_needed(given: list, rule: Rule, mark: Fraction | None, needs: Needs) -> None:
    found = settle(given, rule)
    assert (found.mark, found.needs) == (mark, needs)
    assert found.ratings == tuple(given)  # nothing is thrown away
    assert (found.mark is None) == bool(found.needs)


def test_the_gap_and_who_counted_are_told() -> None:
    found = settle(ratings("60", "80", "75"), MEAN)
    assert (found.gap, found.counted, found.method) == (20, ("r2", "r3"), "third_nearer")
    waiting = settle(ratings("60", "80"), MEAN)
    assert (waiting.gap, waiting.counted) == (20, ())
    assert settle(ratings(chair="70"), Rule(Method.CHAIR)).gap is None
    assert settle(ratings("60", "90", chair="70"), MEAN).method == "chair"


MARKS = st.integers(0, 200).map(lambda half: str(Decimal(half) / 2))


@given(st.lists(MARKS, min_size=2, max_size=5), st.sampled_from([Method.MEAN, Method.MEDIAN]))
def test_a_mark_lies_among_those_that_were_given(marks: list, method: Method) -> None:
    given_ = ratings(*marks)
    found, turned = (settle(some, Rule(method, raters=len(marks))) for some in (given_, given_[::-1]))
    assert min(map(Fraction, marks)) <= found.mark <= max(map(Fraction, marks))
    assert turned.mark == found.mark


@given(MARKS, MARKS, MARKS, st.sampled_from(list(Third)))
def test_a_third_rater_never_leaves_the_marks_that_were_given(a: str, b: str, c: str, third: Third) -> None:
    found = settle(ratings(a, b, c), Rule(gap=Decimal(0), third=third))
    assert min(map(Fraction, (a, b, c))) <= found.mark <= max(map(Fraction, (a, b, c)))
    assert found.mark == settle(ratings(b, a, c), Rule(gap=Decimal(0), third=third)).mark


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ([Rating("a", Decimal(1)), Rating("a", Decimal(2))], Rule()),
        ([Rating("a", Decimal(1), chair=True), Rating("b", Decimal(2), chair=True)], Rule()),
        ([Rating("a", Decimal("NaN"))], Rule()),
        ([], Rule(raters=0)),
        ([], Rule(gap=Decimal(-1))),
        ([], Rule(beyond=Needs.NOTHING)),
    ],
)
def test_what_cannot_be_settled_is_refused(given: list, rule: Rule) -> None:
    with pytest.raises(ValueError, match="rater|chair|mark|gap|rule"):
        settle(given, rule)
