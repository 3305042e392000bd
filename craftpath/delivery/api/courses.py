"""Courses: what one learns now and what is next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, one, place, somebody, today
from craftpath.delivery.api.kinds import NamedText, Said, Shape, said
from craftpath.delivery.api.room import Room
from craftpath.domain.courses import actions, queries
from craftpath.kernel.client_scopes import Area

room = Room("courses", Area.COURSES)
Key = Annotated[str, Path(max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]


class Activity(Shape):
    """Something to do in a course."""

    key: str
    kind: str
    title: Said
    state: str = Field(description="`begun`, `waiting`, `done`, or empty where nothing was done")
    due_on: date | None


class Learning(Shape):
    """A course that one follows, and where to go on."""

    id: str = Field(description="of the run")
    course: NamedText
    activities: int
    done: int
    next: Activity | None
    last_at: datetime | None
    page: str = Field(description="the address of what is next, to be opened in a browser")


class AllLearning(Shape):
    """What one learns, what was touched last first."""

    items: list[Learning]


@room.read("/courses", AllLearning)
def list_courses(request: HttpRequest) -> AllLearning:
    """What one learns today, with what is next, what was touched last first."""
    found = queries.standings(somebody(request), today(request))
    return AllLearning(items=[_learning(request, row) for row in found])


@room.write("/courses/{run}/activities/{activity}/open", Learning, name="open_activity")
def open_activity(request: HttpRequest, run: str, activity: Key) -> Learning:
    """Say that one looks at an activity."""
    return _after(request, run, activity, actions.open_activity)


@room.write("/courses/{run}/activities/{activity}/done", Learning, name="finish_activity")
def finish_activity(request: HttpRequest, run: str, activity: Key) -> Learning:
    """Say that one has read, seen or heard it to the end; what is judged otherwise is done on its page."""
    return _after(request, run, activity, actions.finish_activity)


def _after(request: HttpRequest, run: str, activity: str, act: Callable[..., Any]) -> Learning:
    row = one(queries.runs(), run)
    act(row, activity, by=actor(request), at=at(request))
    [found] = [
        standing for standing in queries.standings(somebody(request), today(request)) if standing.run == row
    ]
    return _learning(request, found)


def _learning(request: HttpRequest, row: Any) -> Learning:
    following = row.next
    here, run = place(request).key, row.run.public_id
    page = reverse("courses:run", args=[here, run])
    if following is not None:
        page = reverse("courses:activity", args=[here, run, following.key])
    return Learning(
        id=row.run.public_id,
        course=NamedText(id=row.run.version.course.public_id, name=said(row.run.version.course.title)),
        activities=len(row.activities),
        done=row.done,
        next=None
        if following is None
        else Activity(
            key=following.key,
            kind=following.kind,
            title=said(following.title),
            state=row.states.get(following.key, ""),
            due_on=row.due.get(following.unit.key),
        ),
        last_at=row.follower.last_at if row.follower else None,
        page=page,
    )
