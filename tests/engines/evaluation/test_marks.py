"""Marks as columns."""

from decimal import Decimal as D

import numpy as np
import pytest

from craftpath.engines.evaluation import Collector, Component, Item, Marks, Scheme, Status, cell_fault
from tests.engines.evaluation.test_grades import GATEWAY

SCHEME = Scheme("s", (Component("a", D(100), (Item("x", D(1), D(20)), Item("y"))),))
A, X = SCHEME.components[0], SCHEME.components[0].items[0]


def test_of_scales_scores_by_the_places_they_need():
    rows = [
        ("li", "y", D("85.50"), Status.SCORED),
        ("wang", "x", D("7.25"), Status.SCORED),
        ("li", "x", None, Status.ABSENT),
    ]
    marks = Marks.of(SCHEME, rows)
    assert marks.people == ("li", "wang")
    assert (marks.places, marks.scores.dtype) == (2, np.dtype(np.int16))
    assert marks.scores.tolist() == [[0, 8550], [725, 0]]
    assert marks.status.tolist() == [[1, 0], [0, 4]]
    assert marks.grades is None


@pytest.mark.parametrize(
    ("score", "dtype"),
    [("1", np.int16), ("1.12345", np.int32), ("1.123456789012", np.int64), ("0." + "1" * 25, object)],
)
def test_the_width_grows_with_the_longest_score(score, dtype):
    assert Marks.of(SCHEME, [("li", "x", D(score), Status.SCORED)]).scores.dtype == dtype


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("li", "z", D(1), Status.SCORED), "li: the scheme has no item 'z'"),
        (("li", "x", D(21), Status.SCORED), "li, x: evaluation.score_over_max"),
        (("li", "x", D(-1), Status.SCORED), "li, x: evaluation.score_negative"),
        (("li", "x", D("NaN"), Status.SCORED), "li, x: evaluation.not_a_number"),
        (("li", "x", "pass", Status.SCORED), "li, x: evaluation.not_a_number"),
        (("li", "x", None, Status.SCORED), "li, x: evaluation.score_absent"),
        (("li", "y", D(1), Status.SCORED), "li, y: two rows"),
    ],
)
def test_of_names_the_cell_that_cannot_be(row, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        Marks.of(SCHEME, [("li", "y", D(1), Status.SCORED), row])


def test_a_score_beside_another_status_is_not_read():
    assert cell_fault(A, X, D(99), Status.EXEMPT) is None
    assert Marks.of(SCHEME, [("li", "x", D(99), Status.EXEMPT)]).scores.tolist() == [[0, 0]]


def test_a_grade_must_be_one_of_the_methods_grades():
    marks = Marks.of(GATEWAY, [("li", "m2", "pass", Status.SCORED)])
    assert marks.grades is not None
    assert marks.grades.tolist() == [[-1, 1]]
    with pytest.raises(ValueError, match="grade_unknown"):
        Marks.of(GATEWAY, [("li", "m2", "gold", Status.SCORED)])


def test_the_collector_finds_every_second_entry_and_keeps_the_last():
    collector = Collector(SCHEME)
    for person, column, score in (("li", 0, 1), ("wang", 0, 2), ("li", 0, 3), ("li", 1, 4), ("li", 0, 5)):
        collector.add(person, column, D(score), Status.SCORED)
    assert collector.twice() == [(0, 2), (0, 4)]
    assert collector.whose(4) == ("li", "x")
    assert Marks(*collector.columns()).scores.tolist() == [[5, 4], [2, 0]]


def test_shapes_must_fit():
    with pytest.raises(ValueError, match="do not fit"):
        Marks(("li",), np.zeros((2, 2), int), np.zeros((2, 2), np.int8))
    with pytest.raises(ValueError, match="do not fit"):
        Marks(("li",), np.zeros((1, 2), int), np.zeros((1, 2), np.int8), 0, np.zeros((1, 1), np.int8))
