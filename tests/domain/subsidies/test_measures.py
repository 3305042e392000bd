"""Measures of a class come from the record: hours of the ledger, sessions that were held, apprentices of a mentor."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from craftpath.domain.learning.models import Session
from craftpath.domain.subsidies.measuring import measures_of
from craftpath.domain.subsidies.queries import people_of
from craftpath.domain.training.hours import Posting, post_hours
from craftpath.kernel.access import system
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast
from tests.domain.learning.conftest import Classroom
from tests.domain.pairing.world import formed, of, somebody
from tests.domain.subsidies.world import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
DAY = timedelta(days=1)


def test_a_class_is_measured_by_what_was_recorded(cast: Cast) -> None:
    file = opened(cast, "tianjin", starts_on=TODAY - 400 * DAY, months=24)
    assert measures_of(file, people_of(file), TODAY) == {}
    lines = [
        Posting(
            cast.enrolments[number].pk, "workplace", TODAY - days * DAY, 480, Ref("tests", "source", number),
            f"{number}/{days}",
        )
        for number in ("26001", "26002")
        for days in (1, 2, 3, 500)
    ]  # fmt: skip
    assert post_hours(lines, by=system(), at=AT) == {}
    room = Classroom(cast)
    for days, online, recorded in ((3, 0, True), (2, 60, False), (1, 0, False)):
        at = AT - days * DAY
        [session] = room.plan(starts_at=at, ends_at=at + timedelta(hours=2))
        Session.objects.filter(pk=session.pk).update(state="held", online_minutes=online, recorded=recorded)
    master = somebody("孙师傅")
    for number in ("26001", "26002"):
        formed(cast, of(cast, number, master), on=TODAY - 100 * DAY, ends_on=TODAY - 50 * DAY)
    formed(cast, of(cast, "26005", master), on=TODAY - 60 * DAY)
    found = measures_of(file, people_of(file), TODAY)
    assert found == {
        "class_hours_per_year": Fraction(
            2 * 3 * 8, 3 * 2
        ),  # of three people, in two years; the fourth day is before
        "central_hours": Fraction(6, 2),
        "online_percent_of_central": Fraction(100, 6),
        "recorded_percent": Fraction(100, 3),
        "apprentices_per_mentor": 3,
    }


def test_only_what_the_scheme_names_is_read(cast: Cast) -> None:
    file = opened(cast)
    formed(cast, of(cast, "26001", somebody("孙师傅")), on=TODAY - 10 * DAY)
    assert measures_of(file, people_of(file), TODAY) == {}
