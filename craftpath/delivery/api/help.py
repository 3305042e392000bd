"""Early help: who may need a word, why, and what was done."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place, somebody
from craftpath.delivery.api.kinds import PLAIN, Asked, Code, Day, Named, NamedText, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.support import actions, queries, rules
from craftpath.domain.support.texts import KINDS, RULES
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.support.models import Look

room = Room("support", Area.SUPPORT)


class HelpReason(Shape):
    """Why somebody may need a word: a code of a rule, its figure, and its weight."""

    code: str
    value: int
    points: int


class InNeed(Shape):
    """One apprentice for whom one is responsible."""

    apprentice: Named = Field(description="with the id of the enrolment")
    number: str
    cohort: NamedText
    reasons: list[HelpReason]
    next_act: str
    looked_at: datetime


class Help(Shape):
    """What somebody did."""

    id: str
    kind: str
    state: str
    look_on: date


class HelpAsked(Turn, Asked):
    """For which reason."""

    reason: Code | None = None


class NewHelp(Asked):
    """What was done, and when somebody looks at what came of it."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    kind: Literal[tuple(KINDS)]  # type: ignore[valid-type]
    words: Annotated[str, Field(max_length=rules.LONGEST, pattern=PLAIN)] = ""
    look_on: Day | None = None


@room.read("/support", Page[InNeed])
def list_in_need(request: HttpRequest, asked: Query[HelpAsked]) -> Any:
    """Those for whom one is responsible and who may need a word, whoever needs it most first."""
    needs(request, Permission.SEE_SIGNS)
    rows = queries.by_need(_whose(request))
    if asked.reason in RULES:
        rows = queries.speaking(rows, asked.reason or "")
    found = page_of(rows, ("-weight", "pk"), asked, request)
    return {"items": [_in_need(row) for row in found.rows], "next": found.next}


@room.write("/support/{apprentice}/acts", Help, name="act_on", status=201)
def record_help(request: HttpRequest, apprentice: str, body: NewHelp) -> Status:
    """Write down what was done for an apprentice."""
    needs(request, Permission.SEE_SIGNS)
    row = one(enrolments(), apprentice)
    if not rules.may_see(actor(request), row):
        raise Http404
    made = actions.act_on(
        row, kind=body.kind, words=body.words, look_on=body.look_on, made_id=body.made_id or uuid.uuid4(),
        by=actor(request), at=at(request),
    )  # fmt: skip
    return Status(201, Help(id=made.public_id, kind=made.kind, state=made.state, look_on=made.look_on))


def _whose(request: HttpRequest) -> QuerySet[Look]:
    if rules.sees_all_at(actor(request), place(request)):
        rows = queries.of_college(place(request))
        me = actor(request).person
        return rows.exclude(enrolment__person=me) if me is not None else rows
    return queries.of_people_worked_with(somebody(request))


def _in_need(row: Look) -> InNeed:
    need, who = queries.need_in(row), row.enrolment
    return InNeed(
        apprentice=Named(id=who.public_id, name=who.person.name),
        number=who.number,
        cohort=NamedText(id=who.cohort.public_id, name=said(who.cohort.name)),
        reasons=[
            HelpReason(code=found.code, value=found.value, points=found.points) for found in need.reasons
        ],
        next_act=need.next_act,
        looked_at=need.looked_at,
    )
