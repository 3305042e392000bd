"""The history: who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import needs, place
from craftpath.delivery.api.kinds import Asked, Code, Day, Named, Shape, named
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.kernel.audit import AuditEntry, told_through
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission

history = Room("history", Area.HISTORY)


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


class HistoryAsked(Turn, Asked):
    """Which facts."""

    fact: Code | None = None
    first: Day | None = None
    last: Day | None = None


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
