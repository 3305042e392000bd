"""The history of one organisation, entry by entry in words: for its own page, for a table, for a desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from craftpath.delivery.web.history.sentences import sentence
from craftpath.delivery.web.history.subjects import people_named, subjects
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.audit import AuditEntry

SYSTEM_NAME = "Craftpath"  # what is said to have done what no person did


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    entry: AuditEntry
    who: str
    what: str
    subject: str
    url: str


def entries(request: Request) -> QuerySet[AuditEntry]:
    """What happened in this organisation and below, newest first; what the reader did elsewhere is not of it."""
    here = AuditEntry.objects.filter(organisation__in=request.organisation.below())
    return here.select_related("person").order_by("-at", "-pk")


def lines(request: Request, found: Sequence[AuditEntry]) -> list[Line]:
    """These entries in the reader's language; a handful of queries however many."""
    names = subjects({entry.subject for entry in found}, request.organisation.key)
    people = people_named({entry.payload.get("person", "") for entry in found})
    return [_line(entry, names, people) for entry in found]


def _line(entry: AuditEntry, names: dict[str, tuple[str, str]], people: dict[str, str]) -> Line:
    subject, url = names.get(entry.subject, ("", ""))
    person = people.get(entry.payload.get("person", ""), "")
    return Line(
        entry=entry,
        who=entry.person.name if entry.person else SYSTEM_NAME,
        what=sentence(entry.fact, entry.payload, subject, person),
        subject=subject,
        url=url,
    )
