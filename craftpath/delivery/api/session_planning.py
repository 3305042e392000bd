"""Planning sessions, and cancelling them."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from ninja.responses import Status
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from craftpath.delivery.api.finding import actor, at, one, place, today
from craftpath.delivery.api.kinds import PLAIN, Asked, Code, Id, Line, Moment, Shape
from craftpath.delivery.api.sessions import Session, room, session_shape
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.learning import actions, queries, rules
from craftpath.domain.learning.texts import KINDS, MODES, TEACHER_KINDS
from craftpath.values.verdict import require

__all__ = ["room"]  # the room of sessions, with planning in it


class Title(Asked):
    """A title in both languages, or in one."""

    zh: Line = ""
    en: Line = ""

    @model_validator(mode="after")
    def says_something(self) -> Title:
        """A title has words."""
        if not (self.zh.strip() or self.en.strip()):
            raise PydanticCustomError("missing", "in one language at least")
        return self


class Teaching(Asked):
    """Somebody who teaches in it."""

    person: Id
    role: Literal[tuple(TEACHER_KINDS)] = "trainer"  # type: ignore[valid-type]


class NewSession(Asked):
    """What is taught to whom, by whom, when and how."""

    title: Title
    kind: Literal[tuple(KINDS)] = "lesson"  # type: ignore[valid-type]
    mode: Literal[tuple(MODES)] = "on_site"  # type: ignore[valid-type]
    starts_at: Moment
    ends_at: Moment
    place: Annotated[str, Field(max_length=120, pattern=PLAIN)] = ""
    bucket: Code = Field("", description="as what its hours count; empty for none")
    online_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    recorded: bool = False
    cohorts: Annotated[list[Id], Field(min_length=1, max_length=20)]
    teachers: Annotated[list[Teaching], Field(max_length=10)] = []
    weeks: Annotated[int, Field(ge=1, le=26)] = 1


class Planned(Shape):
    """The sessions that were planned."""

    sessions: list[Session]


class Reason(Asked):
    """Why."""

    because: Annotated[str, Field(min_length=1, max_length=200, pattern=PLAIN)]


@room.write("/sessions", Planned, name="plan_sessions", status=201)
def plan_sessions(request: HttpRequest, body: NewSession) -> Status:
    """Plan a session, or the same for several weeks."""
    here = place(request)
    require(rules.may_plan(actor(request), here))
    known = {
        row.public_id: row
        for row in cohorts().exclude(state="completed").filter(public_id__in=body.cohorts)
        if row.organisation.path.startswith(here.path)
    }
    staff = queries.teachers_for(here, [row.pk for row in known.values()], today(request))
    people = {row.public_id: row for row in staff.filter(public_id__in=[one.person for one in body.teachers])}
    if len(known) != len(set(body.cohorts)) or not {one.person for one in body.teachers} <= people.keys():
        raise Http404
    plan = actions.Plan(
        title=body.title.model_dump(), kind=body.kind, mode=body.mode, starts_at=body.starts_at, ends_at=body.ends_at,
        place=body.place, bucket=body.bucket, online_minutes=body.online_minutes, recorded=body.recorded,
    )  # fmt: skip
    made = actions.plan_session(
        plan, organisation=here, cohorts=list(known.values()),
        teachers={people[one.person]: one.role for one in body.teachers}, weeks=body.weeks,
        by=actor(request), at=at(request),
    )  # fmt: skip
    rows = {row.pk: row for row in queries.sessions().filter(pk__in=[row.pk for row in made])}
    return Status(201, Planned(sessions=[session_shape(rows[row.pk]) for row in made]))


@room.write("/sessions/{session}/cancel", Session, name="cancel_session")
def cancel_session(request: HttpRequest, session: str, body: Reason) -> Session:
    """Cancel a planned session; everybody who would come is told why."""
    row = one(queries.sessions(), session)
    require(rules.may_hold(actor(request), row))
    actions.cancel_session([row], because=body.because, by=actor(request), at=at(request))
    return session_shape(one(queries.sessions(), session))
