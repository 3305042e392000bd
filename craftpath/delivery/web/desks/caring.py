"""Incidents, measures and complaints on a desk: what this person alone is to do or to read, one tap away."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.care.saying import Cover, complaint_line, incident_line
from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.care import queries, rules
from craftpath.kernel.roles import Permission


def care(request: Request) -> list[Line]:
    """Three queries, whoever looks and however much waits."""
    return [*_incidents(request), *_measures(request), *_complaints(request)]


def _line(cover: Cover) -> Line:
    return Line(cover.label, cover.note, cover.url, cover.badge, cover.tone, cover.icon)


def _incidents(request: Request) -> list[Line]:
    handles = bool(rules.may_handle_incidents(request.actor))
    rows = queries.incidents_on_desk(request.user, request.at, handles=handles, most=MOST + 1)
    covers = [(row, incident_line(request, row)) for row in rows]
    told = _("read how it ended")
    lines = [_line(replace(cover, note=told) if row.state == "closed" else cover) for row, cover in covers]
    return [*(replace(line, safety=True) for line in lines[:MOST]), *_rest(request, len(lines))]


def _measures(request: Request) -> list[Line]:
    url = reverse("care:home", args=[request.organisation.key]) + "#measures"
    return [
        Line(
            row.what,
            _("after an incident; by %(day)s") % {"day": day(row.due_on)},
            url,
            _("overdue") if row.due_on < request.today else "",
            "wrong",
            "check",
            row.due_on,
        )
        for row in queries.own_measures(request.user).order_by("due_on", "pk")[:MOST]
    ]


def _complaints(request: Request) -> list[Line]:
    handles = Permission.HANDLE_CARE in request.actor.permissions
    rows = queries.complaints_on_desk(request.user, handles=handles, most=MOST + 1)
    lines = [_line(complaint_line(request, row)) for row in rows]
    return [*lines[:MOST], *_rest(request, len(lines))]


def _rest(request: Request, count: int) -> list[Line]:
    if count <= MOST:
        return []
    return [
        Line(
            _("All incidents and complaints"),
            url=reverse("care:home", args=[request.organisation.key]),
            rest=True,
        )
    ]
