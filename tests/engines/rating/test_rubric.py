"""A rubric's mark: exact, and nothing that was not observed is ever zero."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.rating import Criterion, RubricFaulty, Unobserved, half_up, score

LEVELS = tuple(map(Decimal, (1, 2, 3, 4)))
RUBRIC = (
    Criterion("safety", Decimal(50), LEVELS),
    Criterion("fit", Decimal("33.5"), LEVELS),
    Criterion("speed", Decimal("16.5"), LEVELS),
)


def levels(*given: int | None) -> dict[str, Decimal | None]:
    return {
        row.key: None if level is None else Decimal(level) for row, level in zip(RUBRIC, given, strict=True)
    }


@pytest.mark.parametrize(
    ("seen", "mark"),
    [
        ((4, 4, 4), Fraction(100)),
        ((1, 1, 1), Fraction(0)),
        ((4, 1, 1), Fraction(50)),
        ((2, 3, 4), Fraction(50, 3) + Fraction("33.5") * 2 / 3 + Fraction("16.5")),
        ((4, None, 1), 100 * Fraction(50) / Fraction("66.5")),
    ],
)
def test_the_mark_is_the_weighted_share_of_the_way(seen: tuple, mark: Fraction) -> None:
    assert score(RUBRIC, levels(*seen)).value == mark


def test_what_was_not_observed_is_told_and_its_weight_shared_out() -> None:
    found = score(RUBRIC, levels(4, None, 2))
    assert (found.unobserved, found.handled) == (("fit",), Unobserved.SHARED_OUT)
    assert [share.level for share in found.shares] == [4, None, 2]
    assert sum(share.weight for share in found.shares) == 100
    assert sum(share.points for share in found.shares) == found.value
    assert found.shares[1].weight == 0
    assert score(RUBRIC, {"safety": Decimal(4)}).unobserved == ("fit", "speed")


def test_a_mark_may_wait_for_what_was_not_observed() -> None:
    found = score(RUBRIC, levels(4, None, 2), Unobserved.WAITS)
    assert (found.value, found.why, found.handled) == (None, "not_observed", Unobserved.WAITS)
    assert [share.points for share in found.shares] == [50, 0, Fraction("16.5") / 3]
    assert score(RUBRIC, levels(4, 4, 4), Unobserved.WAITS).handled is None


@pytest.mark.parametrize("unobserved", list(Unobserved))
def test_nothing_observed_is_no_zero(unobserved: Unobserved) -> None:
    found = score(RUBRIC, levels(None, None, None), unobserved)
    assert (found.value, found.why) == (None, "nothing_observed")


def test_only_what_weighs_nothing_was_observed() -> None:
    rubric = (Criterion("a", Decimal(100), LEVELS), Criterion("b", Decimal(0), LEVELS))
    assert score(rubric, {"b": Decimal(4)}).why == "nothing_observed"


SEEN = st.tuples(*[st.sampled_from([None, 1, 2, 3, 4])] * 3)


@given(SEEN, st.integers(0, 2))
def test_a_higher_level_never_lowers_the_mark(seen: tuple, at: int) -> None:
    before = score(RUBRIC, levels(*seen)).value
    assert before is None or 0 <= before <= 100
    if seen[at] in (1, 2, 3):
        raised = tuple(level + 1 if place == at else level for place, level in enumerate(seen))
        assert score(RUBRIC, levels(*raised)).value > before


@given(SEEN, st.permutations(range(3)))
def test_the_order_of_criteria_says_nothing(seen: tuple, order: list) -> None:
    turned = [RUBRIC[at] for at in order]
    assert score(turned, levels(*seen)).value == score(RUBRIC, levels(*seen)).value


@pytest.mark.parametrize(
    ("rubric", "given", "code", "criterion"),
    [
        (RUBRIC[:2], {}, "weights_not_100", ""),
        (
            (*RUBRIC[:2], Criterion("fit", Decimal("16.5"), LEVELS)),
            {},
            "criterion_twice",
            "fit",
        ),
        (
            (Criterion("a", Decimal(101), LEVELS), Criterion("b", Decimal(-1), LEVELS)),
            {},
            "weight_negative",
            "b",
        ),
        ((Criterion("a", Decimal("NaN"), LEVELS),), {}, "weight_negative", "a"),
        ((Criterion("a", Decimal(100), LEVELS[:1]),), {}, "levels_do_not_rise", "a"),
        ((Criterion("a", Decimal(100), LEVELS[::-1]),), {}, "levels_do_not_rise", "a"),
        (RUBRIC, {"speed": Decimal("2.5")}, "level_unknown", "speed"),
        (RUBRIC, {"colour": Decimal(1)}, "criterion_unknown", "colour"),
    ],
)
def test_faulty_rubrics_are_refused(rubric: tuple, given: dict, code: str, criterion: str) -> None:
    with pytest.raises(RubricFaulty) as caught:
        score(rubric, given)
    assert (caught.value.code, caught.value.criterion) == (f"rating.{code}", criterion)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 3), 0, "0"),
        (Fraction(-1, 30), 1, "0.0"),
        (Fraction(100), 1, "100.0"),
    ],
)
def test_rounding_is_half_up_and_once(value: Fraction, places: int, text: str) -> None:
    assert str(half_up(value, places)) == text
