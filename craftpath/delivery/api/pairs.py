"""Pairs: who teaches whom, who has nobody, who has room; forming, replacing and ending."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place, somebody, today
from craftpath.delivery.api.kinds import PLAIN, Asked, Day, Id, Named, NamedText, Shape, said
from craftpath.delivery.api.paging import Page, Turn, given, page_among, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.pairing import actions, queries
from craftpath.domain.pairing.loads import loads, places_of, seats
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond as BondRow
    from craftpath.domain.pairing.models import Pair as PairRow

room = Room("pairs", Area.PAIRS)
Key = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]
Reason = Annotated[str, Field(min_length=1, max_length=200, pattern=PLAIN)]


class Bond(Shape):
    """One who teaches one who learns."""

    teacher: Named
    learner: Named
    enrolment: str | None
    place: NamedText
    role: str
    share: int = Field(description="thousandths of the teaching")
    starts_on: date
    ends_on: date | None = Field(description="the first day without it")


class Pair(Shape):
    """A pair with everybody in it."""

    id: str
    kind: str
    state: str
    starts_on: date
    ends_on: date | None
    bonds: list[Bond]


class Teacher(Shape):
    """Somebody who teaches at a place, and how many at once."""

    person: Named
    place: NamedText
    place_key: str
    learners: int
    capacity: int


class Gap(Shape):
    """An apprentice for whom nobody is responsible."""

    apprentice: Named = Field(description="with the id of the enrolment")
    number: str
    since: date
    days: int
    late: bool


class PairsAsked(Turn, Asked):
    """Which pairs."""

    state: Literal["proposed", "active", "ended", "declined", "dissolved"] | None = None


class PairTeaching(Asked):
    """Who teaches, from which place, with which share."""

    person: Id
    place: Key = Field(description="the key of the organisation where this person teaches")
    role: Literal["responsible", "second"] = "responsible"
    share: Annotated[int, Field(ge=1, le=1000)] = 1000


class NewPair(Asked):
    """An apprentice with the people who teach."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    kind: Literal["master_apprentice", "college_tutor"] = "master_apprentice"
    apprentice: Id
    teachers: Annotated[list[PairTeaching], Field(min_length=1, max_length=8)]
    starts_on: Day
    ends_on: Day | None = None
    ask: bool = Field(False, description="whether everybody in it is asked first")


class Ending(Asked):
    """The first day without it, and why."""

    on: Day
    because: Reason


class Replacing(Asked):
    """Who teaches instead from a day on."""

    teacher: Id = Field(description="the person who teaches now")
    by: Id
    place: Key
    on: Day
    because: Reason


@room.read("/pairs", Page[Pair])
def list_pairs(request: HttpRequest, asked: Query[PairsAsked]) -> Any:
    """Pairs that one looks after, or is in, the newest first."""
    needs(request, Permission.FORM_PAIRS, Permission.SEE_RESULTS)
    rows = given(queries.pairs(), state=asked.state)
    if Permission.FORM_PAIRS not in actor(request).permissions:
        mine = {row.pair_id for row in queries.bonds().filter(teacher=somebody(request))}
        mine |= {row.pair_id for row in queries.bonds().filter(learner=somebody(request))}
        rows = rows.filter(pk__in=mine)
    found = page_of(rows, ("-starts_on", "-pk"), asked, request)
    return {"items": [_pair(row) for row in found.rows], "next": found.next}


@room.read("/teachers", Page[Teacher])
def list_teachers(request: HttpRequest, asked: Query[Turn]) -> Any:
    """Who may teach at the places that one looks after, and how many apprentices each has now."""
    needs(request, Permission.FORM_PAIRS)
    rows = loads(seats(list(places_of(place(request))), today(request)), today(request))
    found = page_among(rows, lambda row: (row.place.path, row.person.name, row.person.pk), asked, request)
    items = [
        Teacher(
            person=Named(id=row.person.public_id, name=row.person.name),
            place=NamedText(id=row.place.public_id, name=said(row.place.name)),
            place_key=row.place.key,
            learners=row.learners,
            capacity=row.capacity,
        )
        for row in found.rows
    ]
    return {"items": items, "next": found.next}


@room.read("/without-teacher", Page[Gap])
def list_without_teacher(request: HttpRequest, asked: Query[Turn]) -> Any:
    """Apprentices for whom nobody is responsible, the longest first."""
    needs(request, Permission.FORM_PAIRS)
    day = today(request)
    people = enrolments().filter(state="active", starts_on__lte=day).filter(queries.nobody_responsible(day))
    rows = queries.without_teacher(people, day)
    found = page_among(rows, lambda row: (-row.days, row.enrolment.number, row.enrolment.pk), asked, request)
    items = [
        Gap(
            apprentice=Named(id=row.enrolment.public_id, name=row.enrolment.person.name),
            number=row.enrolment.number,
            since=row.since,
            days=row.days,
            late=row.late,
        )
        for row in found.rows
    ]
    return {"items": items, "next": found.next}


@room.write("/pairs", Pair, name="form_pair", status=201)
def form_pair(request: HttpRequest, response: HttpResponse, body: NewPair) -> Status:
    """Form a pair; the college of the apprentice keeps it. The same `made_id` once more is the same pair."""
    needs(request, Permission.FORM_PAIRS)
    row = one(enrolments(), body.apprentice)
    known = _teachers(request)
    wanted = []
    for teaching in body.teachers:
        if (teaching.place, teaching.person) not in known:
            raise Http404
        where, who = known[teaching.place, teaching.person]
        wanted.append(actions.Wanted(who, row.person, where, row, teaching.role, teaching.share))
    made = actions.form_pair(
        body.kind, wanted, organisation=row.cohort.organisation, starts_on=body.starts_on, ends_on=body.ends_on,
        ask=body.ask, made_id=str(body.made_id) if body.made_id else "", by=actor(request), at=at(request),
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/pairs/{made.public_id}"
    return Status(201, _pair(one(queries.pairs(), made.public_id)))


@room.write("/pairs/{pair}/end", Pair, name="end_pair")
def end_pair(request: HttpRequest, pair: str, body: Ending) -> Pair:
    """End a pair on a day."""
    needs(request, Permission.FORM_PAIRS)
    row = one(queries.pairs(), pair)
    actions.end_pair(row, on=body.on, because=body.because, by=actor(request), at=at(request))
    return _pair(one(queries.pairs(), pair))


@room.write("/pairs/{pair}/replace", Pair, name="replace_teacher")
def replace_teacher(request: HttpRequest, pair: str, body: Replacing) -> Pair:
    """Let somebody else teach from a day on; what was before stays in the record."""
    needs(request, Permission.FORM_PAIRS)
    row = one(queries.pairs(), pair)
    now = [
        bond
        for bond in row.bonds.all()
        if bond.teacher.public_id == body.teacher
        and bond.role != "deputy"
        and bond.ends_on in (None, row.ends_on)
    ]
    known = _teachers(request)
    if not now or (body.place, body.by) not in known:
        raise Http404
    where, who = known[body.place, body.by]
    actions.replace_teacher(
        now[0], teacher=who, place=where, on=body.on, because=body.because, by=actor(request), at=at(request)
    )
    return _pair(one(queries.pairs(), pair))


def _teachers(request: HttpRequest) -> dict[tuple[str, str], tuple[Organisation, Person]]:
    found = seats(list(places_of(place(request))), today(request))
    return {(where.key, who.public_id): (where, who) for where, who in found}


def _pair(row: PairRow) -> Pair:
    return Pair(
        id=row.public_id,
        kind=row.kind,
        state=row.state,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        bonds=[_bond(bond) for bond in row.bonds.all()],
    )


def _bond(row: BondRow) -> Bond:
    return Bond(
        teacher=Named(id=row.teacher.public_id, name=row.teacher.name),
        learner=Named(id=row.learner.public_id, name=row.learner.name),
        enrolment=row.enrolment.public_id if row.enrolment is not None else None,
        place=NamedText(id=row.place.public_id, name=said(row.place.name)),
        role=row.role,
        share=row.share,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
