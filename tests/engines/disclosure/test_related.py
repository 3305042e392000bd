"""Cells tied by sums: what is one figure under several names is hidden under all of them, or under none."""

from __future__ import annotations

from craftpath.engines.disclosure import PROTECTS, SHOWN, SMALL, Sum, hide_related


def test_a_total_that_has_two_names_is_shown_under_both() -> None:
    """A city with one college: 132 began in one quarter and one in another, and both places tell the total."""
    sizes = [133, 133, 132, 1, 132, 1]  # city, college, then the two quarters of each
    sums = [Sum(0, (1,)), Sum(0, (2, 3)), Sum(1, (4, 5)), Sum(2, (4,)), Sum(3, (5,))]
    assert hide_related(sizes, sums) == [SHOWN, SHOWN, PROTECTS, SMALL, PROTECTS, SMALL]


def test_where_the_rest_is_nobody_the_one_part_hides_with_its_whole() -> None:
    assert hide_related([3, 3, 0], [Sum(0, (1, 2))]) == [SMALL, SMALL, SHOWN]


def test_a_remainder_that_nobody_sees_hides_another() -> None:
    """A whole of one shown part and a small rest: the part would tell the rest."""
    assert hide_related([12, 10, 2], [Sum(0, (1, 2))], secret=[2]) == [SHOWN, PROTECTS, SHOWN]


def test_what_was_hidden_stays_so_under_all_its_names() -> None:
    sums = [Sum(0, (1,)), Sum(2, (0, 3))]
    found = hide_related([20, 20, 60, 40], sums, already={1, 3})
    assert found == [PROTECTS, PROTECTS, SHOWN, PROTECTS]
