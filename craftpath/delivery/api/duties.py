"""What is due: for oneself, and for offices with what others are late with.

One question for each kind of duty that the caller's roles know, however much is due: kinds stand in nouns that do not
know each other's tables, so no single question could reach them all, and their number only grows with the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, place, somebody, today
from craftpath.delivery.api.kinds import Asked, Code, Named, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_among
from craftpath.delivery.api.room import Room
from craftpath.delivery.exchange.due_ages import due_of, kinds_for
from craftpath.kernel import duties
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref

room = Room("duties", Area.DUTIES)


class Due(Shape):
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
    people: list[Named] = Field(
        description="who is asked; nobody where it is an office, or nobody's business"
    )
    count: int = Field(description="how many people it waits for where they are not named, else 1")


class DeadlinesAsked(Turn, Asked):
    """Which deadlines."""

    kind: Code | None = None
    overdue: bool | None = None


@room.read("/duties", Page[Due])
def list_duties(request: HttpRequest, asked: Query[Turn]) -> Any:
    """What waits for the caller in person, the most urgent first."""
    rows = {_key(row): row for row in _own(request)}  # whoever is asked twice for one thing has it once
    found = page_among(rows.values(), _key, asked, request)
    return {"items": found.rows, "next": found.next}


@room.read("/deadlines", Page[Deadline])
def list_deadlines(request: HttpRequest, asked: Query[DeadlinesAsked]) -> Any:
    """What is due and overdue in the whole organisation, whoever is asked; the most urgent first."""
    needs(request, Permission.MANAGE_COHORTS, Permission.MANAGE_AGREEMENTS)
    rows: dict[tuple[str, ...], tuple[tuple[int, ...], Deadline]] = {}
    for who, row in _all(request, asked.kind):
        if asked.overdue is None or row.overdue == asked.overdue:
            key = (*_key(row), ",".join(map(str, who)))
            row.count += rows[key][1].count if key in rows else 0
            rows[key] = (who, row)
    found = page_among(rows.items(), lambda pair: pair[0], asked, request)
    shown = [value for _key, value in found.rows]
    people = Person.objects.in_bulk({pk for who, _row in shown for pk in who})
    for who, row in shown:
        row.people = [Named(id=people[pk].public_id, name=people[pk].name) for pk in who if pk in people]
    return {"items": [row for _who, row in shown], "next": found.next}


def _key(row: Due) -> tuple[str, ...]:
    return (row.due_on.isoformat(), row.kind, row.subject, row.organisation_key)


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
            yield row.who, Deadline(**told, age=row.age, people=[], count=1)  # type: ignore[arg-type]


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
