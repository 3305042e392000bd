"""Forums on a desk: invitations that want an answer, and what somebody took on at a meeting."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.forums.saying import when
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.forums import queries
from craftpath.kernel.roles import Permission


def meetings(request: Request) -> list[Line]:
    """Where one is invited and has not said whether to come, then open take-aways; two queries."""
    if Permission.ASK_QUESTIONS not in request.actor.permissions:
        return []
    page = reverse("forums:mine", args=[request.organisation.key])
    asked = queries.invited_to(request.user).filter(
        coming="", meeting__state="planned", meeting__starts_at__gt=request.at
    )
    lines = [
        Line(
            _("%(forum)s: do you come?") % {"forum": row.meeting.forum.title},
            when(row.meeting),
            page,
            icon="calendar",
        )
        for row in asked[:MOST]
    ]
    return lines + [
        Line(
            row.words,
            _("by %(day)s") % {"day": day(row.by_on)} if row.by_on else "",
            page,
            icon="talk",
            on=row.by_on,
        )
        for row in queries.takeaways().filter(person=request.user, done_at=None)[:MOST]
    ]
