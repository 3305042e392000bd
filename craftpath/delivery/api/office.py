"""Imports and the history: what an office has taken in, and who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import actor, needs, one, place
from craftpath.delivery.api.kinds import Asked, Code, Day, Named, Shape, named
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.delivery.exchange.fields import Kind
from craftpath.kernel.audit import AuditEntry, told_through
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.sheets import imports as sheets

imports = Room("imports", Area.IMPORTS)
history = Room("history", Area.HISTORY)
_PERMISSIONS = {Kind.ROSTER: Permission.IMPORT_ROSTER, Kind.MARKS: Permission.IMPORT_MARKS}


class Import(Shape):
    """One upload on its way in."""

    id: str
    kind: str
    target: str = Field(description="where the rows go: noun/kind/id")
    file: str
    state: Literal["uploaded", "committed", "discarded", "undone"]
    outcome: dict[str, Any] = Field(description="counts, once it was taken in")
    made_by: Named | None
    made_at: datetime
    ended_at: datetime | None
    undone_at: datetime | None


class Happened(Shape):
    """One fact of the history."""

    id: str
    at: datetime
    fact: str = Field(description="a code, such as `logbook.entry_submitted`")
    subject: str = Field(description="what it happened to: noun/kind/id")
    by: Named | None = Field(description="nobody where the program, or a service token, did it")
    through: str | None = Field(description="what the token is called by which it came")
    organisation: str = Field(description="its key")
    values: dict[str, Any] = Field(description="what the fact says; of lists only how long they are")


class ImportsAsked(Turn, Asked):
    """Which imports."""

    state: Literal["uploaded", "committed", "discarded", "undone"] | None = None


class HistoryAsked(Turn, Asked):
    """Which facts."""

    fact: Code | None = None
    first: Day | None = None
    last: Day | None = None


@imports.read("/imports", Page[Import])
def list_imports(request: HttpRequest, asked: Query[ImportsAsked]) -> Any:
    """Imports of the organisation and below, of the kinds that one may import; the newest first."""
    found = page_of(given(_own(request), state=asked.state), ("-made_at", "-pk"), asked, request)
    return {"items": [_import(row) for row in found.rows], "next": found.next}


@imports.read("/imports/{sheet}", Import, one=True)
def read_import(request: HttpRequest, sheet: str) -> Import:
    """How far one import has come."""
    return _import(one(_own(request), sheet))


@history.read("/history", Page[Happened])
def list_history(request: HttpRequest, asked: Query[HistoryAsked]) -> Any:
    """What happened in the organisation and below, the newest first."""
    needs(request, Permission.SEE_HISTORY)
    rows = AuditEntry.objects.filter(organisation__in=place(request).below())
    rows = given(rows, fact=asked.fact, at__date__gte=asked.first, at__date__lte=asked.last)
    rows = rows.select_related("person", "organisation")
    found = page_of(rows, ("-at", "-pk"), asked, request)
    tokens = told_through(found.rows)
    items = [
        Happened(
            id=row.public_id,
            at=row.at,
            fact=row.fact,
            subject=row.subject,
            by=named(row.person),
            through=tokens.get(row.pk),
            organisation=row.organisation.key,
            values={
                key: len(value) if isinstance(value, list) else value for key, value in row.payload.items()
            },
        )
        for row in found.rows
    ]
    return {"items": items, "next": found.next}


def _own(request: HttpRequest) -> Any:
    needs(request, *_PERMISSIONS.values())
    kinds = [kind.value for kind, permission in _PERMISSIONS.items() if actor(request).may(permission)]
    return sheets().filter(organisation__in=place(request).below(), kind__in=kinds)


def _import(row: SheetImport) -> Import:
    return Import(
        id=row.public_id,
        kind=row.kind,
        target=row.target,
        file=row.file.name,
        state=row.state,  # type: ignore[arg-type]
        outcome=row.outcome,
        made_by=named(row.made_by),
        made_at=row.made_at,
        ended_at=row.ended_at,
        undone_at=row.undone_at,
    )
