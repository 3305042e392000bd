"""The shared library: finding, and putting a link in with its licence and skills."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place
from craftpath.delivery.api.kinds import PLAIN, Asked, Code, Line, NamedText, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.resources import actions, queries, rules
from craftpath.domain.resources.texts import KINDS, LANGUAGES, LICENCES, REACHES
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource as Row

room = Room("resources", Area.RESOURCES)
Word = Annotated[str, Field(max_length=12, pattern=r"^[a-z0-9_-]+$")]


class Resource(Shape):
    """Something to teach with."""

    id: str
    title: Said
    abstract: Said
    kind: str
    licence: str
    authors: str
    skills: list[str]
    language: str
    reach: str
    state: str
    organisation: NamedText
    link: str = Field(description="of a page or a video elsewhere; empty where it is a file here")
    recommended: bool


class ResourcesAsked(Turn, Asked):
    """Which resources."""

    kind: Code | None = None
    licence: Code | None = None
    language: Code | None = None
    own: bool = Field(False, description="only those of the own organisation and below")


class ResourceTitle(Asked):
    """A text in one or both languages."""

    zh: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""
    en: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""


class NewResource(Asked):
    """A link with what is said of it."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    link: Annotated[str, Field(min_length=8, max_length=rules.LONGEST_LINK, pattern=r"^https?://[^\s\x00]+$")]
    title: ResourceTitle
    abstract: ResourceTitle = ResourceTitle()
    licence: Literal[tuple(LICENCES)]  # type: ignore[valid-type]
    kind: Literal[tuple(KINDS)] = "document"  # type: ignore[valid-type]
    language: Literal[tuple(LANGUAGES)] = "zh"  # type: ignore[valid-type]
    reach: Literal[tuple(REACHES)] = "own"  # type: ignore[valid-type]
    authors: Line = ""
    licence_words: Line = ""
    skills: Annotated[list[Code], Field(max_length=20)] = []


@room.read("/resources", Page[Resource])
def list_resources(request: HttpRequest, asked: Query[ResourcesAsked]) -> Any:
    """What is offered to the caller, what changed last first."""
    needs(request, Permission.KEEP_RESOURCES, Permission.SEE_RESULTS)
    rows = given(queries.shared(), kind=asked.kind, licence=asked.licence, language=asked.language)
    if asked.own:
        rows = rows.filter(organisation__path__startswith=place(request).path)
    found = page_of(rows, ("-changed_at", "-pk"), asked, request)
    return {"items": [_resource(row) for row in found.rows], "next": found.next}


@room.write("/resources", Resource, name="share_link", status=201, one=False)
def share_link(request: HttpRequest, response: HttpResponse, body: NewResource) -> Status:
    """Put a link into the library and share it. Files go by the page."""
    needs(request, Permission.KEEP_RESOURCES)
    by, moment = actor(request), at(request)
    title = Text(**body.title.model_dump())
    row = actions.add_link(
        body.link, title, organisation=place(request), made_id=body.made_id or uuid.uuid4(), by=by, at=moment
    )
    if row.state == "draft":
        details = actions.Details(
            title=title, licence=body.licence, kind=body.kind, language=body.language,
            abstract=Text(**body.abstract.model_dump()), licence_words=body.licence_words, authors=body.authors,
            skills=body.skills, reach=body.reach,
        )  # fmt: skip
        actions.share_resource(row, details, by=by, at=moment)
    response.headers["Location"] = f"/api/v1/resources/{row.public_id}"
    return Status(201, _resource(one(queries.resources(), row.public_id)))


def _resource(row: Row) -> Resource:
    return Resource(
        id=row.public_id,
        title=said(row.title),
        abstract=said(row.abstract),
        kind=row.kind,
        licence=row.licence,
        authors=row.authors,
        skills=list(row.skills),
        language=row.language,
        reach=row.reach,
        state=row.state,
        organisation=NamedText(id=row.organisation.public_id, name=said(row.organisation.name)),
        link=row.current.link if row.current is not None else "",
        recommended=row.recommended_at is not None,
    )
