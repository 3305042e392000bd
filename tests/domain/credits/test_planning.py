"""The shortest way: what the plan promises is what the table gives, and nothing beyond the rows of the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from craftpath.domain.credits import actions, queries
from craftpath.domain.credits.models import Account, Diploma
from craftpath.domain.credits.planning import Way, holding_of, ways
from tests.cast import TODAY, Cast
from tests.domain.credits.world import (
    SYSTEM,
    Reached,
    account,
    asked,
    decided,
    diploma,
    earning,
    posted,
    rate,
    reached,
)

__all__ = ["reached"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def certificates(cast: Cast, reached: Reached, count: int, **instead: Any) -> Account:
    earning(cast)
    for n in range(count):
        reached.add(cast.people["apprentice"], f"c{n}", **instead)
    return account(cast)


def way(goal: Diploma, row: Account | None, on: date = TODAY) -> Way:
    whole = list(queries.whole(Diploma.objects.filter(pk=goal.pk)))
    (found,) = ways(whole, holding_of(row, whole, on), on)
    return found


def step(goal: Diploma, name: str, area: str, points: int, weeks: int, **instead: Any) -> None:
    actions.add_offer(
        goal, {"en": name}, area=area, points=points, weeks=weeks, key=name, **instead, **SYSTEM
    )


def names(found: Way) -> list[str]:
    return [one.key for one in found.steps]


def test_the_plan_promises_what_the_table_gives(cast: Cast, reached: Reached) -> None:
    row = certificates(cast, reached, 9)
    goal = diploma(cast)  # at most 30 of major, 40 of 80 by conversion; four points a certificate
    found = way(goal, row)
    assert (len(found.used), found.away, found.missing, found.steps) == (7, 5200, 5200, ())
    given = queries.proposals(goal, row, [one.credit for one in found.used], TODAY)
    assert {one.credit.pk: (one.to_area, one.amount) for one in given} == {
        one.credit.pk: (one.area, one.points) for one in found.used
    }
    assert [one.code for _, one in found.unused] == ["area_full", "area_full"]
    (major, general) = found.areas
    assert (major.held, major.least, major.most, general.held, general.least) == (2800, 500, 3000, 0, 1000)


def test_steps_fill_what_is_missing_by_the_quickest_way(cast: Cast, reached: Reached) -> None:
    row = certificates(cast, reached, 5)
    goal = diploma(cast)
    step(goal, "long", "general", 6000, 60)
    step(goal, "writing", "general", 3000, 20)
    step(goal, "english", "general", 3000, 18)
    step(goal, "gone", "general", 6000, 1, valid_to=TODAY - timedelta(days=1))
    step(goal, "later", "general", 6000, 1, valid_from=TODAY + timedelta(days=1))
    found = way(goal, row)
    assert (found.away, names(found), found.weeks, found.missing) == (6000, ["english", "writing"], 38, 0)
    assert found.areas[1].coming == 6000
    later = way(goal, row, TODAY + timedelta(days=1))
    assert (names(later), later.weeks) == (["later"], 1)


def test_what_the_diploma_has_got_is_taken_off(cast: Cast, reached: Reached) -> None:
    row = certificates(cast, reached, 3)
    goal = diploma(cast, most=1200, share=None, certificates=2)
    before = way(goal, row)
    assert (before.had, [one.points for one in before.used], before.away) == (0, [400, 400], 7200)
    posted(cast, decided(cast, asked(cast, goal, [before.used[0].credit]), 400))
    found = way(goal, row)
    assert (found.had, found.held, found.away) == (400, 800, 7200)
    assert len(found.used) == 1
    assert [one.code for _, one in found.unused] == ["limit_reached"]  # two certificates count
    assert (found.areas[0].had, found.areas[0].held) == (400, 400)


def test_caps_of_a_row_and_points_of_a_year_are_shared_with_what_was_posted(
    cast: Cast, reached: Reached
) -> None:
    row = certificates(cast, reached, 4)
    goal = diploma(cast, most=None, share=None, year=1000)
    found = way(goal, row)
    assert sum(one.points for one in found.used) == 800
    posted(cast, decided(cast, asked(cast, goal, [found.used[0].credit]), 400))
    assert [one.points for one in way(goal, row).used] == [400]
    other = actions.draft_diploma(
        cast.college, actions.NewDiploma({"en": "Capped"}, 8000, None, {}), **SYSTEM
    )
    actions.set_area(other, "major", {"en": "Major"}, least=500, **SYSTEM)
    rate(other, cap=900)
    assert sum(one.points for one in way(other, row).used) == 800


def test_nothing_beyond_the_rows_of_the_day(cast: Cast, reached: Reached) -> None:
    row = certificates(cast, reached, 2)
    goal = diploma(cast)
    (rule,) = goal.rules.all()
    actions.end_conversion(rule, on=TODAY, today=TODAY, **SYSTEM)
    tomorrow = TODAY + timedelta(days=1)
    assert len(way(goal, row).used) == 2
    found = way(goal, row, tomorrow)
    assert (found.used, found.away) == ((), 8000)
    assert {(one.code, one.facts["last"]) for _, one in found.unused} == {("not_on_day", TODAY)}


def test_a_row_that_another_one_replaces_is_no_way_for_what_it_leaves_out(
    cast: Cast, reached: Reached
) -> None:
    row = certificates(cast, reached, 1)
    goal = diploma(cast)
    later = TODAY + timedelta(days=10)
    rate(
        goal, valid_from=later, area="", outcome="certificate", scheme="x1"
    )  # the same key, other certificates
    found = way(goal, row, later)
    assert found.used == ()
    assert [one.code for _, one in found.unused] == ["not_on_day"]


def test_expired_credits_are_told_and_not_used(cast: Cast, reached: Reached) -> None:
    earning(cast, expires_months=1)
    reached.add(cast.people["apprentice"], "old", on=date(2026, 1, 10))
    row = account(cast)
    found = way(diploma(cast), row)
    assert found.used == ()
    assert [one.code for _, one in found.unused] == ["expired"]


def test_points_of_one_institution(cast: Cast, reached: Reached) -> None:
    row = certificates(cast, reached, 3)  # of the college
    goal = actions.draft_diploma(cast.college, actions.NewDiploma({"en": "Dual"}, 1000, None, {}), **SYSTEM)
    actions.set_area(goal, "major", {"en": "Major"}, least=0, **SYSTEM)
    actions.set_minimum(goal, cast.college.key, {"en": "College"}, 1000, **SYSTEM)
    actions.set_minimum(goal, cast.jinheng.key, {"en": "Jinheng"}, 300, **SYSTEM)
    rate(goal)
    step(goal, "college", "major", 300, 2)  # the diploma's own institution
    step(goal, "jinheng", "major", 300, 9, institution=cast.jinheng.key)
    found = way(goal, row)
    assert (found.held, found.away, names(found), found.missing) == (1200, 300, ["jinheng"], 0)


def test_without_an_account_everything_is_missing(cast: Cast) -> None:
    found = way(diploma(cast), None)
    assert (found.used, found.unused, found.away, found.held) == ((), (), 8000, 0)


def test_questions_are_the_same_for_one_diploma_and_for_many(
    cast: Cast, reached: Reached, django_assert_num_queries: Any
) -> None:
    row = certificates(cast, reached, 3)
    for count in (1, 4):
        while Diploma.objects.count() < count:
            diploma(cast)
        with django_assert_num_queries(8):
            whole = list(queries.whole(queries.diplomas()))
            found = ways(whole, holding_of(row, whole, TODAY), TODAY)
        assert len(found) == count
