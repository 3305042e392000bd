"""What waits for whoever rates: observations and practical work."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, somebody
from craftpath.delivery.api.kinds import Asked, Code, Day, Id, Line, Named, NamedText, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_among
from craftpath.delivery.api.room import Room
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.judging import queries
from craftpath.domain.judging.rating import rate_work
from craftpath.domain.judging.rubrics import NOT_OBSERVED, criteria_of, levels_of
from craftpath.domain.logbook.actions import observe_job
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.judging.models import Practical
    from craftpath.domain.judging.settling import Seat

room = Room("judging", Area.JUDGING)


class Choice(Shape):
    """A criterion or a level by its key."""

    key: str
    name: Said


class Work(Shape):
    """One piece of work that one is asked to rate."""

    practical: NamedText
    evaluation: str
    item: str
    apprentice: Named = Field(description="with the id of the enrolment")
    number: str
    criteria: list[Choice]
    levels: list[Choice] = Field(description="what a criterion may be given; `not_observed` too")
    rated: dict[str, str] | None = Field(description="one's own rating that stands: criterion to level")
    score: Decimal | None
    rated_at: datetime | None


class WorksAsked(Turn, Asked):
    """Which works."""

    unrated: bool | None = None


class Rating(Asked):
    """What was seen: a level for each criterion, or `not_observed`."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    levels: Annotated[
        dict[Code, Annotated[str, Field(max_length=20, pattern=r"^[a-z0-9_.]*$")]], Field(max_length=60)
    ]
    words: Annotated[Line, Field(max_length=400)] = ""


class Observation(Asked):
    """A job that an apprentice was seen to do."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    apprentice: Id
    on: Day
    job: Annotated[Line, Field(min_length=1, max_length=200)]
    seen_as: Annotated[str, Field(pattern=r"^(alone|helped|not_yet)$")]
    words: Line = ""
    skill: Code = ""


class Observed(Shape):
    """The observation as it is kept."""

    id: str
    apprentice: str
    on: date
    job: str
    seen_as: str
    words: str
    skill: str


@room.read("/works", Page[Work])
def list_works(request: HttpRequest, asked: Query[WorksAsked]) -> Any:
    """Works at open practical assessments that the caller is asked to rate, by the nearest assessment."""
    person = somebody(request)
    needs(request, Permission.SEE_RESULTS)
    seats = [
        (place, open_one.practical, seat)
        for place, open_one in enumerate(queries.asked_of(person))
        for seat in queries.mine_at(open_one.practical, person)
        if asked.unrated is None or (seat.rating is None) == asked.unrated
    ]
    found = page_among(
        seats, lambda row: (row[0], row[2].rater.enrolment.number, row[2].rater.pk), asked, request
    )
    return {"items": [_work(practical, seat) for _place, practical, seat in found.rows], "next": found.next}


@room.write("/works/{practical}/{apprentice}", Work, name="rate_work")
def rate(request: HttpRequest, practical: str, apprentice: str, body: Rating) -> Work:
    """Rate a work, or rate it anew; the earlier rating stays in the record."""
    person, row = somebody(request), one(queries.practicals(), practical)
    rater = next(
        (seat.rater for seat in queries.mine_at(row, person) if seat.rater.enrolment.public_id == apprentice),
        None,
    )
    if rater is None:
        raise Http404
    told: dict[str, Any] = {
        "made_id": body.made_id or uuid.uuid4(),
        "levels": body.levels,
        "words": body.words,
    }
    rate_work(rater, **told, by=actor(request), at=at(request))
    again = next(seat for seat in queries.mine_at(row, person) if seat.rater.pk == rater.pk)
    return _work(row, again)


@room.write("/observations", Observed, name="observe", status=201)
def observe(request: HttpRequest, body: Observation) -> Status:
    """Record a job that an apprentice of one's own was seen to do."""
    needs(request, Permission.CONFIRM_LOGS)
    row = one(enrolments(), body.apprentice)
    kept = observe_job(
        row,
        made_id=body.made_id or uuid.uuid4(),
        on=body.on,
        job=body.job,
        seen_as=body.seen_as,
        words=body.words,
        skill=body.skill,
        by=actor(request),
        at=at(request),
    )
    told = {name: getattr(kept, name) for name in ("on", "job", "seen_as", "words", "skill")}
    return Status(201, Observed(id=kept.public_id, apprentice=row.public_id, **told))


def _work(practical: Practical, seat: Seat) -> Work:
    definition, rating = practical.rubric.definition, seat.rating
    levels = [Choice(key=level.value, name=said(level.name)) for level in levels_of(definition)]
    return Work(
        practical=NamedText(id=practical.public_id, name=said(practical.title)),
        evaluation=practical.evaluation.public_id,
        item=practical.item,
        apprentice=Named(id=seat.rater.enrolment.public_id, name=seat.rater.enrolment.person.name),
        number=seat.rater.enrolment.number,
        criteria=[Choice(key=one.key, name=said(one.name)) for one in criteria_of(definition)],
        levels=[*levels, Choice(key=NOT_OBSERVED, name=Said(zh="未观察到", en="Not observed"))],
        rated=dict(rating.levels) if rating is not None else None,
        score=seat.mark,
        rated_at=rating.saved_at if rating is not None else None,
    )
