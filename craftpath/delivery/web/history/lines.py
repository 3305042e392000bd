"""The history of one organisation, entry by entry in words: for its own page, for a table, for a desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from craftpath.delivery.web.components.rows import cell, heading, row, rows, words
from craftpath.delivery.web.history.sentences import sentence
from craftpath.delivery.web.history.subjects import people_named, subjects
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.audit import AuditEntry, told_through
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import Scope, looking_for

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
    told = (
        "public_id",
        "at",
        "organisation",
        "fact",
        "subject",
        "payload",
        "person__name",
        "person__username",
    )
    return here.select_related("person").only(*told).order_by("-at", "-pk")


NEAR = 20_000  # facts of everybody among which the newest are looked for first


def newest(request: Request, most: int) -> list[AuditEntry]:
    """The newest of these, read from the end of the whole history; of a place where little happens by its index."""
    found = entries(request)
    if request.organisation.is_leaf():
        return list(found[:most])
    last = AuditEntry._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    near = list(found.filter(pk__gt=last - NEAR).order_by("-pk")[:most])
    return near if len(near) == most else list(found[:most])


def told_nearby(request: Request, found: Sequence[AuditEntry]) -> list[Line]:
    """The same as `lines`, each named by what the reader sees at the organisation where it happened.

    Who looks at a nation would else have the whole of it gone through for a handful of names.
    """
    if request.organisation.is_leaf():
        return lines(request, found)
    places = Organisation.objects.filter(pk__in={entry.organisation_id for entry in found})
    said: dict[int, Line] = {}
    for place in places:
        near = [entry for entry in found if entry.organisation_id == place.pk]
        only = place.pk if place.is_leaf() else None
        with looking_for(Scope(person_id=request.user.pk, path=place.path, only=only)):
            said |= {line.entry.pk: line for line in lines(request, near)}
    return [said[entry.pk] for entry in found]


def lines(request: Request, found: Sequence[AuditEntry]) -> list[Line]:
    """These entries in the reader's language; a handful of queries however many."""
    names = subjects({entry.subject for entry in found}, request.organisation.key)
    people = people_named({entry.payload.get("person", "") for entry in found})
    tokens = told_through(found)
    return [_line(entry, names, people, tokens.get(entry.pk, "")) for entry in found]


def line_rows(found: Iterable[Line]) -> SafeString:
    """The body of the table of entries, times in the reader's zone."""
    return rows(
        row(
            f'<td class="small history-when">{_time(timezone.localtime(line.entry.at))}</td>',
            (
                heading(line.who),
                words(line.what, look="history-what wrap"),
                words(line.subject, url=line.url) if line.subject else cell(['<span class="muted">–</span>']),
            ),
        )
        for line in found
    )


def _time(at: datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{escape(date_format(at, "DATETIME_FORMAT"))}</time>'


def _line(entry: AuditEntry, names: dict[str, tuple[str, str]], people: dict[str, str], token: str) -> Line:
    subject, url = names.get(entry.subject, ("", ""))
    person = people.get(entry.payload.get("person", ""), "")
    return Line(
        entry=entry,
        who=_who(entry, token),
        what=sentence(entry.fact, entry.payload, subject, person),
        subject=subject,
        url=url,
    )


def _who(entry: AuditEntry, token: str) -> str:
    """Whoever did it; behind the name stands the token by which it came, if it was no page."""
    if entry.person is None:
        return token or SYSTEM_NAME
    return (
        _("%(person)s, by the token “%(token)s”") % {"person": entry.person.name, "token": token}
        if token
        else entry.person.name
    )
