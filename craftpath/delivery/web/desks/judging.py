"""Practical work on desks: what this person is asked to rate, one tap from rating it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.judging import queries


def work_to_rate(request: Request) -> list[Line]:
    """The nearest day first; one query where nothing is asked, two otherwise."""
    return [_line(request, one) for one in queries.asked_of(request.user) if one.left][:MOST]


def _line(request: Request, one: queries.Asked) -> Line:
    row = one.practical
    words = ngettext("Rate %(count)s work: %(title)s", "Rate %(count)s works: %(title)s", one.left)
    late = row.due_on < request.today
    note = _("by %(day)s") % {"day": day(row.due_on)}
    url = reverse("judging:rate", args=[request.organisation.key, row.public_id])
    badge, tone = (_("overdue"), "wrong") if late else ("", "plain")
    return Line(words % {"count": one.left, "title": row.title}, note, url, badge, tone, "results")
