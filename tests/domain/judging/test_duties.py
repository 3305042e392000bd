"""Duties of judging: work to rate, once a person, until it is rated; marks to publish once all have rated."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.domain.judging.actions import Panel, close_practical, excuse_rater, publish_marks
from craftpath.domain.judging.models import Practical
from craftpath.domain.judging.queries import works
from tests.cast import AT, TODAY, Cast
from tests.domain.hearing import queries, rows, who_hears
from tests.domain.judging.world import levels, practical, rate, seat

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)
BEST = levels("4", "4", "4")


def asked(row: Practical, code: str, on: object = None) -> set[int]:
    return {who for _subject, who, _due, _step in rows(f"judging.{code}", on or row.due_on)}  # type: ignore[arg-type]


def test_whoever_is_asked_is_reminded_once_until_all_is_rated(cast: Cast) -> None:
    row = practical(cast, Panel(people=[(cast.people["trainer"], "trainer")], self_rating=True))
    trainer, mentor = cast.people["trainer"].pk, cast.people["mentor"].pk
    assert rows("judging.rate", row.due_on - 15 * DAY) == []
    assert {trainer, mentor} <= asked(row, "rate")
    assert cast.people["apprentice"].pk not in asked(row, "rate")  # the own rating is nobody's duty
    mine = [one for one in rows("judging.rate", row.due_on) if one[1] == trainer]
    assert [(one[0], one[2]) for one in mine] == [(row.public_id, row.due_on)]
    for number in ("26001", "26002"):
        rate(cast, row, "mentor", BEST, number)
    assert mentor not in asked(row, "rate")
    assert trainer in asked(row, "rate")


def test_excused_and_closed_wait_for_nobody(cast: Cast) -> None:
    row = practical(cast)
    for number in ("26001", "26002"):
        excuse_rater(seat(cast, row, "mentor", number), because="x", by=cast.actor("trainer"), at=AT)
    assert cast.people["mentor"].pk not in asked(row, "rate")
    close_practical(row, by=cast.actor("trainer"), at=AT)
    assert asked(row, "rate") == set()


def test_after_the_day_those_who_run_the_cohort_hear_of_it(cast: Cast) -> None:
    row = practical(cast)
    heard = who_hears(cast.people, "judging.rate", row.due_on + DAY)
    assert heard["mentor"] is False
    assert heard["coordinator"] is True


def test_marks_wait_to_be_published_once_everybody_has_rated(cast: Cast) -> None:
    row = practical(cast, Panel(mentors=False, people=[(cast.people["trainer"], "trainer")]))
    for number in ("26001", "26002", "26003"):
        rate(cast, row, "trainer", BEST, number)
    assert rows("judging.publish", row.due_on) == []
    rate(cast, row, "trainer", BEST, "26004")
    assert len(rows("judging.publish", row.due_on)) == 1
    marks = {pk: str(work.mark) for pk, work in works(row).items()}
    publish_marks(row, marks, by=cast.actor("trainer"), at=AT)
    assert rows("judging.publish", row.due_on) == []


@pytest.mark.parametrize("code", ["rate", "publish"])
def test_one_query_however_many(cast: Cast, code: str) -> None:
    practical(cast)
    one = queries(f"judging.{code}", TODAY)
    practical(cast, item="task1")
    assert queries(f"judging.{code}", TODAY) == one == 1
