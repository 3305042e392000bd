"""Cohorts, and the apprentices in them with stage, enterprise and mentors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import needs, one
from craftpath.delivery.api.kinds import Asked, Id, Named, NamedText, Said, Shape, named, said
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.apprenticeships.queries import cohorts, enrolments, mentors_of, paths_of
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort as CohortRow
    from craftpath.domain.apprenticeships.models import Enrolment

room = Room("cohorts", Area.COHORTS)
Running = Literal["planned", "running", "completed"]


class Cohort(Shape):
    """A class that follows one programme at one college."""

    id: str
    name: Said
    occupation: Said
    programme: NamedText
    organisation: NamedText
    state: str
    starts_on: date
    ends_on: date | None


class Step(Shape):
    """One stage on an apprentice's path."""

    stage: str
    name: Said
    state: Literal["locked", "open", "passed"]
    opened_on: date | None
    passed_on: date | None


class Apprentice(Shape):
    """One apprenticeship; `id` is that of the enrolment."""

    id: str
    person: Named
    name_latin: str
    number: str
    cohort: NamedText
    enterprise: NamedText | None
    state: str
    starts_on: date
    ended_on: date | None = Field(description="the first day after it")
    mentors: list[Named]
    path: list[Step]


class CohortsAsked(Turn, Asked):
    """Which cohorts."""

    state: Running | None = None


class ApprenticesAsked(Turn, Asked):
    """Which apprentices."""

    cohort: Id | None = None
    state: Literal["enrolled", "active", "suspended", "ended"] | None = None
    number: str | None = Field(None, max_length=40, pattern=r"^[^\x00]*$")


@room.read("/cohorts", Page[Cohort])
def list_cohorts(request: HttpRequest, asked: Query[CohortsAsked]) -> Any:
    """Cohorts of the organisation, and those with one of its apprentices; the newest first."""
    needs(request, Permission.SEE_FIGURES, Permission.SEE_RESULTS)
    found = page_of(given(cohorts(), state=asked.state), ("-starts_on", "-pk"), asked, request)
    return {"items": [_cohort(row) for row in found.rows], "next": found.next}


@room.read("/cohorts/{cohort}", Cohort, one=True)
def read_cohort(request: HttpRequest, cohort: str) -> Cohort:
    """One cohort."""
    needs(request, Permission.SEE_FIGURES, Permission.SEE_RESULTS)
    return _cohort(one(cohorts(), cohort))


@room.read("/apprentices", Page[Apprentice])
def list_apprentices(request: HttpRequest, asked: Query[ApprenticesAsked]) -> Any:
    """Apprentices whom one sees, by number: the own, those of one's enterprise, those of one's college."""
    needs(request, Permission.SEE_RESULTS)
    rows = given(enrolments(), cohort__public_id=asked.cohort, state=asked.state, number=asked.number)
    found = page_of(rows, ("number", "pk"), asked, request)
    return {"items": _apprentices(found.rows), "next": found.next}


@room.read("/apprentices/{apprentice}", Apprentice, one=True)
def read_apprentice(request: HttpRequest, apprentice: str) -> Apprentice:
    """One apprentice: where on the path, at which enterprise, with which mentors."""
    needs(request, Permission.SEE_RESULTS)
    return _apprentices([one(enrolments(), apprentice)])[0]


def _cohort(row: CohortRow) -> Cohort:
    return Cohort(
        id=row.public_id,
        name=said(row.name),
        occupation=said(row.occupation),
        programme=NamedText(id=row.programme.public_id, name=said(row.programme.name)),
        organisation=NamedText(id=row.organisation.public_id, name=said(row.organisation.name)),
        state=row.state,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _apprentices(rows: Sequence[Enrolment]) -> list[Apprentice]:
    mentors, paths = mentors_of(rows), paths_of(rows)
    return [_apprentice(row, mentors.get(row.pk, []), paths[row.pk]) for row in rows]


def _apprentice(row: Enrolment, mentors: Sequence[Any], path: Sequence[Any]) -> Apprentice:
    host = row.enterprise
    return Apprentice(
        id=row.public_id,
        person=Named(id=row.person.public_id, name=row.person.name),
        name_latin=row.person.name_latin,
        number=row.number,
        cohort=NamedText(id=row.cohort.public_id, name=said(row.cohort.name)),
        enterprise=NamedText(id=host.public_id, name=said(host.name)) if host is not None else None,
        state=row.state,
        starts_on=row.starts_on,
        ended_on=row.ended_on,
        mentors=[found for person in mentors if (found := named(person)) is not None],
        path=[
            Step(
                stage=step.stage.key,
                name=said(step.stage.name),
                state=step.state,
                opened_on=step.opened_on,
                passed_on=step.passed_on,
            )
            for step in path
        ],
    )
