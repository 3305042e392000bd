"""What is due: for oneself, and for offices with what others are late with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, place, somebody, today
from craftpath.delivery.api.kinds import Asked, Code, Named, Said, said
from craftpath.delivery.api.paging import Page, Turn, page_among
from craftpath.delivery.api.room import Room
from craftpath.delivery.exchange.due_ages import due_of, kinds_for
from craftpath.kernel import duties
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref

room = Room("duties", Area.DUTIES)


class Due(Schema):
    """One thing that is due."""

    kind: str = Field(description="a code, such as `logbook.week_waits`")
    name: Said
    subject: str = Field(description="what it is about: noun/kind/id")
    organisation_key: str
    due_on: date
    overdue: bool
    may_move: bool = Field(description="whether holidays that are not announced yet may move the day")


class Deadline(Due):
    """The same as an office sees it."""

    age: Literal["ahead", "week", "late", "later", "latest"]
    people: list[Named] = Field(description="who is asked; nobody in particular where it is an office")


class DeadlinesAsked(Turn, Asked):
    """Which deadlines."""

    kind: Code | None = None
    overdue: bool | None = None


@room.read("/duties", Page[Due])
def list_duties(request: HttpRequest, asked: Query[Turn]) -> Any:
    """What waits for the caller in person, the most urgent first."""
    found = page_among(
        _own(request), lambda row: (row.due_on.isoformat(), row.kind, row.subject), asked, request
    )
    return {"items": found.rows, "next": found.next}


@room.read("/deadlines", Page[Deadline])
def list_deadlines(request: HttpRequest, asked: Query[DeadlinesAsked]) -> Any:
    """What is due and overdue in the whole organisation, whoever is asked; the most urgent first."""
    needs(request, Permission.MANAGE_COHORTS, Permission.MANAGE_AGREEMENTS)
    rows = [
        row for row in _all(request, asked.kind) if asked.overdue is None or row[1].overdue == asked.overdue
    ]
    found = page_among(
        rows, lambda row: (row[1].due_on.isoformat(), row[1].kind, row[1].subject), asked, request
    )
    people = Person.objects.in_bulk({pk for who, _row in found.rows for pk in who})
    for who, row in found.rows:
        row.people = [Named(id=people[pk].public_id, name=people[pk].name) for pk in who if pk in people]
    return {"items": [row for _who, row in found.rows], "next": found.next}


def _own(request: HttpRequest) -> Iterator[Due]:
    person, day = somebody(request), today(request)
    clock = duties.Clock(duties.Asked(at=at(request), today=day))
    for kind in duties.KINDS.values():
        if not kind.asks(actor(request).permissions):
            continue
        for some in duties.open_duties(kind, clock, (person.pk - 1, person.pk)):
            rows = zip(
                some.subjects, some.places.tolist(), some.due.tolist(), some.assumed.tolist(), strict=True
            )
            for subject, where, due, assumed in rows:
                yield Due(**_said(kind, subject, clock.places[where][1], due, assumed, day))


def _all(request: HttpRequest, code: str | None) -> Iterator[tuple[tuple[int, ...], Deadline]]:
    day = today(request)
    clock = duties.Clock(duties.Asked(at=at(request), today=day, within=place(request)))
    for kind in kinds_for(actor(request)):
        if code is not None and kind.code != code:
            continue
        for row in due_of(kind, clock).rows:
            told = _said(kind, row.subject, clock.places[row.place][1], row.on, row.assumed, day)
            yield row.who, Deadline(**told, age=row.age, people=[])  # type: ignore[arg-type]


def _said(kind: duties.Kind, subject: str, key: str, due: date, assumed: bool, day: date) -> dict[str, Any]:
    return {
        "kind": kind.code,
        "name": said(kind.name),
        "subject": str(Ref(*kind.subject, subject)),
        "organisation_key": key,
        "due_on": due,
        "overdue": due < day,
        "may_move": assumed,
    }
