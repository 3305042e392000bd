"""Planning reviews of a cohort: first what would come of a pattern, then exactly that."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Literal

from django.http import HttpRequest
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, one, place, today
from craftpath.delivery.api.kinds import PLAIN, Asked, Clock, Day, Id, Named, Shape
from craftpath.delivery.api.room import Room
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.reviews.actions import Manner, offer, plan_reviews, speakers
from craftpath.domain.reviews.patterns import LONGEST, MOST_ROUNDS, MOST_WEEKS, SHORTEST, Pattern
from craftpath.domain.reviews.rules import may_plan
from craftpath.domain.reviews.texts import MODES
from craftpath.kernel.client_scopes import Area
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

room = Room("reviews", Area.REVIEWS)


class ReviewPattern(Asked):
    """On which days and between which hours reviews are laid, how long each, how often, and who speaks."""

    first_on: Day
    weekdays: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)] = Field(
        [0, 1, 2, 3, 4], description="0 is Monday"
    )
    from_at: Clock = "13:30"
    until_at: Clock = "17:00"
    minutes: Annotated[int, Field(ge=SHORTEST, le=LONGEST)] = 30
    every_weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS)] = 12
    rounds: Annotated[int, Field(ge=1, le=MOST_ROUNDS)] = 1
    trainer: Id = Field(description="the person who speaks for the college")
    mode: Literal[tuple(MODES)] = "on_site"  # type: ignore[valid-type]
    place: Annotated[str, Field(max_length=120, pattern=PLAIN)] = ""
    apprentices: Annotated[list[Id], Field(max_length=500)] = Field([], description="none: everybody")


class SeenPattern(ReviewPattern):
    """The same, with the fingerprint of the offer."""

    seen: Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")]


class Placed(Shape):
    """A review as it would be."""

    apprentice: Named
    starts_at: datetime
    ends_at: datetime
    due_on: date


class Offered(Shape):
    """What planning would do."""

    fingerprint: str
    reviews: list[Placed]
    left_out: list[str] = Field(description="ids of enrolments that find no room in a round")
    without_mentor: list[str]


class Laid(Shape):
    """The reviews that were planned, by id."""

    reviews: list[str]


@room.read("/cohorts/{cohort}/review-offer", Offered, one=True, conflicts=True)
def offer_reviews(request: HttpRequest, cohort: str, asked: Query[ReviewPattern]) -> Offered:
    """What planning reviews by a pattern would do: who when, who finds no room; nothing is written."""
    row, pattern, manner = _pattern(request, cohort, asked)
    found = offer(row, pattern, manner, only=asked.apprentices or None, today=today(request))
    return Offered(
        fingerprint=found.fingerprint,
        reviews=[
            Placed(
                apprentice=Named(id=one.enrolment.public_id, name=one.enrolment.person.name),
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                due_on=one.due_on,
            )
            for one in found.reviews
        ],
        left_out=[found.people[seat.enrolment_id].public_id for _round, seat in found.placed.left_out],
        without_mentor=[one.public_id for one in found.without_mentor],
    )


@room.write("/cohorts/{cohort}/reviews", Laid, name="plan_reviews", status=201)
def lay_reviews(request: HttpRequest, cohort: str, body: SeenPattern) -> Status:
    """Write exactly the offer that was seen; refused when anything has changed since."""
    row, pattern, manner = _pattern(request, cohort, body)
    made = plan_reviews(
        row, pattern, manner, seen=body.seen, only=body.apprentices or None, by=actor(request), at=at(request)
    )
    return Status(201, Laid(reviews=[one.public_id for one in made]))


def _pattern(request: HttpRequest, cohort: str, asked: ReviewPattern) -> tuple[Cohort, Pattern, Manner]:
    row: Cohort = one(cohorts(), cohort)
    require(may_plan(actor(request), row.organisation))
    speaks = one(speakers(place(request), today(request)), asked.trainer)
    pattern = Pattern(
        first_on=asked.first_on,
        weekdays=tuple(sorted(set(asked.weekdays))),
        from_at=time.fromisoformat(asked.from_at),
        until_at=time.fromisoformat(asked.until_at),
        minutes=asked.minutes,
        every_weeks=asked.every_weeks,
        rounds=asked.rounds,
    )
    return row, pattern, Manner(speaks, asked.mode, asked.place)
