"""No figure of a group of one to four follows from the tables of the report, however they are taken together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.exams.analysis import groupings, sheets_of
from craftpath.domain.exams.analysis.suppressing import hidden_within
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.models import Candidate
from craftpath.engines.disclosure import hidden_of
from tests.cast import Cast
from tests.domain.exams.crowd import cohort, form, held, items

HOUSE = {"a": "one", "b": "one", "c": "one", "d": "two", "e": "three"}
SIZES = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 12), min_size=1)


class TestOneTable:
    def test_fifty_and_three_are_both_not_counted(self) -> None:
        assert hidden_of({"many": 50, "few": 3}) == {"many", "few"}

    def test_one_small_group_takes_the_next_smallest_along(self) -> None:
        assert hidden_of({"a": 50, "b": 9, "c": 3}) == {"b", "c"}
        assert hidden_of({"a": 50, "b": 2, "c": 2}) == {"a", "b", "c"}  # together under five
        assert hidden_of({"a": 50, "b": 4, "c": 4}) == {"b", "c"}
        assert hidden_of({"a": 50, "b": 5}) == set()

    @given(st.dictionaries(st.text("abcdefgh", min_size=1), st.integers(1, 30), min_size=1, max_size=6))
    def test_nothing_small_is_shown_and_nothing_small_follows(self, sizes: dict[str, int]) -> None:
        hidden = hidden_of(sizes)
        assert {key for key, size in sizes.items() if size < 5} <= hidden
        if hidden and hidden != set(sizes):
            assert len(hidden) > 1
            assert sum(sizes[key] for key in hidden) >= 5

    def test_a_class_does_not_give_away_the_college_of_another(self) -> None:
        """Nine of class a and three of b at college one: the figure of the college less that of a would say b."""
        houses, classes = hidden_within({"a": 9, "b": 3, "d": 50}, HOUSE)
        assert (houses, classes) == (set(), {"a", "b"})
        houses, classes = hidden_within({"a": 50, "d": 3, "e": 8}, HOUSE)
        assert (houses, classes) == ({"two", "three"}, {"d", "e"})


def published(parts: list[dict[str, int]]) -> list[tuple[set[tuple[int, str]], int]]:
    """Every figure that stands on a page, as the cells (sitting, class) that it sums and their sum.

    Each sitting's own table and those of any two or of all sittings, by class and by college; and how many came.
    """
    hidden = [hidden_within(part, HOUSE) for part in parts]
    told: list[tuple[set[tuple[int, str]], int]] = []
    together = [
        *combinations(range(len(parts)), 1),
        *combinations(range(len(parts)), 2),
        tuple(range(len(parts))),
    ]
    for some in together:
        cells = {(n, key) for n in some for key in HOUSE}
        houses = set().union(*(hidden[n][0] for n in some))
        classes = set().union(*(hidden[n][1] for n in some))
        told.append((cells, sum(parts[n].get(key, 0) for n, key in cells)))
        for shown in set(HOUSE) - classes:
            told.append(({(n, shown) for n in some}, sum(parts[n].get(shown, 0) for n in some)))
        for house in set(HOUSE.values()) - houses:
            inside = {(n, key) for n, key in cells if HOUSE[key] == house}
            told.append((inside, sum(parts[n].get(key, 0) for n, key in inside)))
    return told


@given(st.lists(SIZES.filter(lambda one: sum(one.values()) >= 5), min_size=1, max_size=4))
def test_no_small_figure_follows_from_any_tables_together(parts: list[dict[str, int]]) -> None:
    """Whoever adds and subtracts all published figures finds no class and no college of one to four anywhere."""
    places = {cell: n for n, cell in enumerate(product(range(len(parts)), HOUSE))}
    told = published(parts)
    table = np.zeros((len(told), len(places)))
    for row, (cells, _sum) in enumerate(told):
        table[row, [places[cell] for cell in cells]] = 1
    rank = np.linalg.matrix_rank(table)
    sought: list[tuple[set[tuple[int, str]], int]] = []
    for n, part in enumerate(parts):
        sought += [({(n, key)}, part.get(key, 0)) for key in HOUSE]
        for house in set(HOUSE.values()):
            inside = {(n, key) for key in HOUSE if HOUSE[key] == house}
            sought.append((inside, sum(part.get(key, 0) for _n, key in inside)))
    for cells, size in sought:
        if 0 < size < 5:
            row = np.zeros(len(places))
            row[[places[cell] for cell in cells]] = 1
            assert np.linalg.matrix_rank(np.vstack([table, row])) > rank, (cells, size)


@given(SIZES, SIZES)
def test_no_pair_of_figures_differs_by_one_to_four_people_of_a_group(
    here: dict[str, int], there: dict[str, int]
) -> None:
    whole = Counter(here) + Counter(there)
    hidden = hidden_of(here) | hidden_of(there)
    for key in set(whole) - hidden:
        assert here.get(key, 0) == 0 or here[key] >= 5
        assert whole[key] - here.get(key, 0) == 0 or whole[key] - here.get(key, 0) >= 5


@pytest.mark.usefixtures("all_rows")
class TestOnSheets:
    def both(self, cast: Cast, first: list[Any], second: list[Any]) -> Any:
        """One paper at two sittings, with the enterprise of each candidate."""
        paper = form(cast, items(cast, 3))
        one = held(cast, [(paper, ["b", "b", "a"])] * len(first), enterprises=first)
        other = held(
            cast,
            [(paper, ["b", "a", "a"])] * len(second),
            enterprises=second,
            among=cohort(cast, "Later"),
            days=7,
        )
        return one, other

    def ways(self, *rows: Any) -> dict[str, Any]:
        [sheet] = sheets_of(scored(*rows)).values()
        return {way.kind: way for way in groupings(sheet).ways}

    def test_seven_of_all_and_five_here_do_not_give_away_two_elsewhere(self, cast: Cast) -> None:
        a, b = cast.jinheng, cast.qinghe
        one, other = self.both(cast, [a] * 5 + [b] * 20, [a] * 2 + [b] * 20)
        assert {group.key: group.n for group in self.ways(one)["enterprise"].groups} == {
            a.public_id: 5,
            b.public_id: 20,
        }
        assert self.ways(other)["enterprise"].groups == ()
        together = self.ways(one, other)["enterprise"]
        assert (together.groups, together.hidden) == ((), True)

    def test_groups_that_are_large_at_each_sitting_are_counted_together(self, cast: Cast) -> None:
        a, b = cast.jinheng, cast.qinghe
        one, other = self.both(cast, [a] * 5 + [b] * 6, [a] * 7)
        together = self.ways(one, other)["enterprise"]
        assert {group.key: group.n for group in together.groups} == {a.public_id: 12, b.public_id: 6}
        assert not together.hidden

    def test_a_sitting_of_a_handful_is_left_out_and_hides_nobody_else(self, cast: Cast) -> None:
        a, b = cast.jinheng, cast.qinghe
        one, other = self.both(cast, [a] * 5 + [b] * 6, [a] * 2)
        [sheet] = sheets_of(scored(one, other)).values()
        found = groupings(sheet)
        assert (found.few, found.again, found.sheet.n) == (2, 0, 11)
        assert [group.n for way in found.ways if way.kind == "enterprise" for group in way.groups] == [6, 5]

    def test_who_sits_again_counts_with_the_first_time_on_either_page(self, cast: Cast) -> None:
        a, b = cast.jinheng, cast.qinghe
        paper = form(cast, items(cast, 3))
        one = held(cast, [(paper, ["b", "b", "a"])] * 14, enterprises=[a] * 7 + [b] * 7)
        back = [who.enrolment for who in Candidate.objects.filter(sitting=one).order_by("pk")[:3]]
        other = held(
            cast,
            [(paper, ["b", "a", "a"])] * 13,
            enterprises=[a] * 8 + [b] * 5,
            enrolled=back,
            among=cohort(cast, "Later"),
            days=7,
        )
        [alone] = sheets_of(scored(other)).values()
        found = groupings(alone)
        assert (alone.n, alone.again, found.again, found.sheet.n) == (13, 0, 3, 10)
        [both] = sheets_of(scored(one, other)).values()
        assert (both.n, both.again, groupings(both).again) == (24, 3, 0)
