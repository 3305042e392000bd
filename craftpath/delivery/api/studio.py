"""Training projects of new occupations: reading what others published, and taking it over."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place
from craftpath.delivery.api.kinds import PLAIN, Asked, NamedText, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.studio import actions, queries, rules
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.studio.models import Project as Row

room = Room("studio", Area.STUDIO)


class Project(Shape):
    """A training project that was published."""

    id: str
    name: Said
    audience: Said
    licence: str
    organisation: NamedText
    makers: list[Said]
    stages: list[Said]
    made_at: datetime
    taken: int = Field(description="how often it was taken over")


class ProjectsAsked(Turn, Asked):
    """Which projects."""

    q: Annotated[str, Field(max_length=60, pattern=PLAIN)] = ""


class TakeOver(Asked):
    """One press of a button."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")


class ProjectTaken(Shape):
    """The draft of one's own that it became."""

    id: str
    name: Said


@room.read("/projects", Page[Project])
def list_projects(request: HttpRequest, asked: Query[ProjectsAsked]) -> Any:
    """Training projects that were published, the newest first."""
    found = page_of(queries.projects(asked.q), ("-made_at", "-pk"), asked, request)
    return {"items": [_project(row) for row in found.rows], "next": found.next}


@room.write("/projects/{project}/take-over", ProjectTaken, name="take_over", status=201)
def take_project_over(request: HttpRequest, project: str, body: TakeOver) -> Status:
    """Begin a draft of one's own from another place's project; it says where it is from."""
    needs(request, Permission.EDIT_FRAMEWORKS)
    require(rules.may_start(actor(request), place(request)))
    row = one(queries.projects(), project)
    made = actions.take_over(
        row, place(request), made_id=body.made_id or uuid.uuid4(), by=actor(request), at=at(request)
    )
    return Status(201, ProjectTaken(id=made.public_id, name=said(made.name)))


def _project(row: Row) -> Project:
    return Project(
        id=row.public_id,
        name=said(row.name),
        audience=said(row.audience),
        licence=row.licence,
        organisation=NamedText(id=row.organisation.public_id, name=said(row.organisation.name)),
        makers=[said(one) for one in row.makers],
        stages=[said(one) for one in row.stages],
        made_at=row.made_at,
        taken=row.taken_count,  # type: ignore[attr-defined]
    )
