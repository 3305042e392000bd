"""Notices, plans and quotas: what one has to read, what one's office publishes, and who has read it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place, somebody, today
from craftpath.delivery.api.kinds import PLAIN, Asked, Day, NamedText, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_among, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.directives import actions, queries, rules
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission, Role
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.directives.models import Directive as Row

room = Room("directives", Area.DIRECTIVES)
Key = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]


class Directive(Shape):
    """A notice, a plan or quotas."""

    id: str
    kind: str
    title: Said
    words: Said
    organisation: NamedText
    state: str
    shown_from: date | None
    understood: bool = Field(description="whether readers say that they have understood it")
    answer: str = Field(description="what is asked for in return: `none`, `text`, `figure` or `file`")
    ask: str
    answer_by: date | None


class Receipt(Shape):
    """How many at one organisation have read it."""

    organisation: NamedText
    organisation_key: str
    asked: int
    read: int
    answered: bool


class DirectivesAsked(Turn, Asked):
    """Which."""

    show: Literal["for_me", "waiting", "from_here"] = "for_me"


class BothWords(Asked):
    """A text in both languages, or in one."""

    zh: Annotated[str, Field(max_length=8000, pattern=PLAIN)] = ""
    en: Annotated[str, Field(max_length=8000, pattern=PLAIN)] = ""


class NewDirective(Asked):
    """What is published, to whom, and what is asked for."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    kind: Literal["notice", "plan"] = "notice"
    title: BothWords
    words: BothWords
    places: Annotated[list[Key], Field(min_length=1, max_length=500)]
    below: bool = True
    roles: Annotated[list[Role], Field(min_length=1, max_length=len(Role))] = list(rules.OFFICES)
    understood: bool = False
    answer: Literal["none", "text", "figure", "file"] = "none"
    ask: Annotated[str, Field(max_length=300, pattern=PLAIN)] = ""
    answer_by: Day | None = None
    shown_from: Day | None = Field(None, description="today where none is named")


class Reminded(Shape):
    """How many."""

    count: int


@room.read("/directives", Page[Directive])
def list_directives(request: HttpRequest, asked: Query[DirectivesAsked]) -> Any:
    """What is out and reaches the caller, what waits to be read, or what the own office published."""
    if asked.show == "from_here":
        needs(request, Permission.ISSUE_DIRECTIVES)
        found = page_of(queries.issued_at(place(request)), ("-made_at", "-pk"), asked, request)
        return {"items": [_directive(row) for row in found.rows], "next": found.next}
    me, day = somebody(request), today(request)
    rows = queries.for_reader(me, day) if asked.show == "for_me" else queries.waiting_for(me, day)
    among = page_among(rows, lambda row: (-(row.shown_from or day).toordinal(), -row.pk), asked, request)
    return {"items": [_directive(row) for row in among.rows], "next": among.next}


@room.write("/directives", Directive, name="issue_directive", status=201)
def issue_directive(request: HttpRequest, response: HttpResponse, body: NewDirective) -> Status:
    """Publish for oneself and those below. The same `made_id` once more is the same notice."""
    require(rules.may_issue(actor(request), place(request)))
    reachable = {row.key: row for row in place(request).below()}
    if not set(body.places) <= reachable.keys():
        raise Http404
    draft = rules.Draft(
        body.kind, body.title.model_dump(), body.words.model_dump(), [reachable[key] for key in body.places],
        body.below, [role.value for role in body.roles], body.understood, body.answer, body.ask, body.answer_by,
    )  # fmt: skip
    made = actions.issue_directive(
        draft, organisation=place(request), made_id=body.made_id or uuid.uuid4(),
        shown_from=body.shown_from or today(request), by=actor(request), at=at(request),
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/directives/{made.public_id}/receipts"
    return Status(201, _directive(one(queries.directives(), made.public_id)))


@room.read("/directives/{directive}/receipts", Page[Receipt], one=True)
def list_receipts(request: HttpRequest, directive: str, asked: Query[Turn]) -> Any:
    """Who has read it, organisation by organisation."""
    row = _issued(request, directive)
    rows = list(enumerate(queries.receipts(row, today(request))))
    found = page_among(rows, lambda pair: (pair[0],), asked, request)
    items = [
        Receipt(
            organisation=NamedText(id=told.place.public_id, name=said(told.place.name)),
            organisation_key=told.place.key,
            asked=told.count.asked,
            read=told.count.read,
            answered=told.answer is not None,
        )
        for _place, told in found.rows
    ]
    return {"items": items, "next": found.next}


@room.write("/directives/{directive}/remind", Reminded, name="remind_readers")
def remind_readers(request: HttpRequest, directive: str) -> Reminded:
    """Remind everybody who has not read it: it stands in their letter of tomorrow morning."""
    row = _issued(request, directive)
    return Reminded(count=actions.remind_readers(row, by=actor(request), at=at(request)))


@room.write("/directives/{directive}/read", Directive, name="open_directive")
def read_directive(request: HttpRequest, directive: str) -> Directive:
    """Say that one has read it; twice is once."""
    row = one(queries.directives(), directive)
    if not queries.for_reader(somebody(request), today(request), [row.pk]):
        raise Http404
    actions.open_directive(row, by=actor(request), at=at(request))
    return _directive(row)


def _issued(request: HttpRequest, public_id: str) -> Row:
    needs(request, Permission.ISSUE_DIRECTIVES)
    row: Row = one(queries.directives(), public_id)
    require(rules.may_issue(actor(request), row.organisation))
    return row


def _directive(row: Row) -> Directive:
    return Directive(
        id=row.public_id,
        kind=row.kind,
        title=said(row.title),
        words=said(row.words),
        organisation=NamedText(id=row.organisation.public_id, name=said(row.organisation.name)),
        state=row.state,
        shown_from=row.shown_from,
        understood=row.understood,
        answer=row.answer,
        ask=row.ask,
        answer_by=row.answer_by,
    )
