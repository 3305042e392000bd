"""The composite: exact, with an interval, by weights that are data."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.appraisal import (
    AppraisalFaulty,
    Measured,
    Part,
    Unmeasured,
    compose,
)

D = Decimal
PARTS = (
    Part("progress", D(50), ((D(-10), D(0)), (D(10), D(100))), Unmeasured.NO_SCORE),
    Part("verification", D(20), ((D(0), D(0)), (D(100), D(100)))),
    Part("response", D(10), ((D(1), D(100)), (D(3), D(80)), (D(14), D(0)))),
    Part("continuity", D(10), ((D(0), D(0)), (D(1), D(100)))),
    Part("voice", D(10), ((D(1), D(0)), (D(5), D(100))), least=3),
)
MEASURED = {
    "progress": Measured(2.0, 8, -1.0, 5.0),
    "verification": Measured(90.0, 40),
    "response": Measured(2.0, 25),
    "continuity": Measured(0.75, 8),
    "voice": Measured(4.0, 5, 3.0, 4.5),
}


def test_five_parts_worked_by_hand() -> None:
    found = compose(PARTS, MEASURED)
    assert [float(line.reached or -1) for line in found.lines] == [60, 90, 90, 75, 75]
    assert [float(line.points) for line in found.lines] == [30, 18, 9, 7.5, 7.5]
    assert found.value == 72
    # below: 15 points of progress x 0.5 and 25 of voice x 0.1; above: 15 x 0.5 and 12.5 x 0.1
    assert found.low == pytest.approx(72 - math.hypot(7.5, 2.5))
    assert found.high == pytest.approx(72 + math.hypot(7.5, 1.25))


def test_a_missing_part_gives_its_weight_to_the_others() -> None:
    few = MEASURED | {"voice": Measured(5.0, 2), "response": Measured(None, 0, why="nobody_asked")}
    found = compose(PARTS, few)
    assert [(line.key, line.why) for line in found.lines if line.why] == [
        ("response", "nobody_asked"),
        ("voice", "too_few"),
    ]
    assert sum(line.counted for line in found.lines) == 100
    assert found.value == (30 + 18 + Fraction(15, 2)) / Fraction(80, 100)
    assert found.lines[4].value is None  # what two people said is not told
    assert compose(PARTS, few, fewest=D(81)).why == "too_little_measured"
    assert compose(PARTS, few, fewest=D(80)).why == ""


def test_a_part_that_must_be_there() -> None:
    found = compose(PARTS, MEASURED | {"progress": Measured(None, 3, why="too_few_apprentices")})
    assert (found.value, found.low, found.why) == (None, None, "part_missing")
    assert found.lines[0].why == "too_few_apprentices"
    assert found.lines[1].reached == 90
    assert all(line.points == 0 for line in found.lines)
    assert compose(PARTS[1:4] + (Part("x", D(60), PARTS[1].points),), {}).why == "too_little_measured"


def test_without_errors_there_is_no_interval_and_none_leaves_the_scale() -> None:
    certain = {key: Measured(one.value, one.n) for key, one in MEASURED.items()}
    assert (compose(PARTS, certain).low, compose(PARTS, certain).high) == (None, None)
    wide = compose(PARTS, MEASURED | {"progress": Measured(9.0, 8, -1000.0, 1000.0)})
    assert (wide.low, wide.high) == (
        pytest.approx(89.5 - math.hypot(47.5, 2.5)),
        pytest.approx(89.5 + math.hypot(2.5, 1.25)),
    )


def test_a_scale_that_turns_is_followed_inside_the_interval() -> None:
    hill = (Part("load", D(100), ((D(0), D(0)), (D(4), D(100)), (D(8), D(0)))),)
    found = compose(hill, {"load": Measured(3.0, 1, 2.0, 5.0)})
    assert [found.value, found.low, found.high] == [75, 50, 100]


def codes(parts: tuple[Part, ...], measured: dict[str, Measured]) -> list[str]:
    with pytest.raises(AppraisalFaulty) as caught:
        compose(parts, measured)
    return [fault.code.removeprefix("appraisal.") for fault in caught.value.faults]


def test_faults_are_told_together() -> None:
    line = ((D(0), D(0)), (D(1), D(100)))
    assert codes((Part("a", D(60), line), Part("a", D(30), line)), {}) == ["part_twice", "weights_not_100"]
    assert codes((Part("a", D(-1), line), Part("b", D(101), line)), {}) == ["weight_negative"]
    assert codes((Part("a", D("NaN"), line),), {}) == ["weight_negative", "weights_not_100"]
    assert codes((Part("a", D(100), line[:1]),), {}) == ["points_do_not_rise"]
    assert codes((Part("a", D(100), (line[1], line[0])),), {}) == ["points_do_not_rise"]
    assert codes((Part("a", D(100), ((D(0), D(0)), (D(1), D(101)))),), {}) == ["points_out_of_range"]
    assert codes((Part("a", D(100), ((D(0), D(0)), (D("Infinity"), D(1)))),), {}) == ["points_not_finite"]
    assert codes((Part("a", D(100), line),), {"b": Measured(1.0, 1)}) == ["part_unknown"]
    assert codes((Part("a", D(100), line),), {"a": Measured(math.nan, -1)}) == [
        "number_negative",
        "figure_not_finite",
    ]
    assert codes((Part("a", D(100), line),), {"a": Measured(1.0, 1, 2.0, 3.0)}) == ["interval_not_around"]
    assert codes((Part("a", D(100), line),), {"a": Measured(1.0, 1, 0.0)}) == ["interval_not_around"]
    assert codes((), {}) == ["weights_not_100"]


figures = st.none() | st.floats(-50, 150)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), figures, st.floats(0, 20)), min_size=1, max_size=5))
def test_lines_add_up_exactly_and_the_score_is_on_the_scale(
    rows: list[tuple[int, float | None, float]],
) -> None:
    left = 100 - sum(weight for weight, _, _ in rows[:-1])
    if left < 0:
        return
    weights = [weight for weight, _, _ in rows[:-1]] + [left]
    scale = ((D(0), D(0)), (D(30), D(70)), (D(100), D(100)))
    parts = tuple(Part(f"p{at}", D(weight), scale) for at, weight in enumerate(weights))
    measured = {
        f"p{at}": Measured(
            value, 5, None if value is None else value - side, None if value is None else value + side
        )
        for at, (_, value, side) in enumerate(rows)
    }
    found = compose(parts, measured)
    if found.value is None:
        assert found.why == "too_little_measured"
        return
    assert found.value == sum(line.points for line in found.lines)
    assert 0 <= found.value <= 100
    assert sum(line.counted for line in found.lines) == 100
    assert found.low is not None
    assert found.high is not None
    assert found.low <= float(found.value) + 1e-9
    assert found.high >= float(found.value) - 1e-9
