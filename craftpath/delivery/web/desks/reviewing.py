"""Reviews on desks: what is to be held or prepared by this person, and what is overdue for whoever runs cohorts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.reviews import saying
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.reviews import queries

if TYPE_CHECKING:
    from craftpath.domain.reviews.models import Review

AHEAD = timedelta(days=7)  # before which nobody has to think of it


def reviews_to_hold(request: Request) -> list[Line]:
    """For mentor and college: those of today and before that are not held, one tap from writing them down."""
    rows = list(queries.to_hold(request.user, request.today)[: MOST + 1])
    lines = [
        _line(request, row, _("Review with %(name)s") % {"name": row.enrolment.person.name})
        for row in rows[:MOST]
    ]
    if len(rows) > MOST:
        lines.append(
            Line(_("All my reviews"), url=reverse("reviews:list", args=[request.organisation.key]), rest=True)
        )
    return lines


def own_review(request: Request) -> list[Line]:
    """For an apprentice: the next one within a week, while the own part is not written."""
    rows = queries.to_hold(request.user, request.today + AHEAD)
    unsaid = _unsaid(rows.filter(enrolment__person=request.user).prefetch_related("parts"))
    words = _("Review on %(day)s: write your part")
    return [_line(request, row, words % {"day": day(row.on)}) for row in unsaid[:1]]


def _unsaid(rows: Iterable[Review]) -> list[Review]:
    return [row for row in rows if all(part.role != "apprentice" for part in row.parts.all())]


def _line(request: Request, row: Review, label: str) -> Line:
    badge, tone = saying.state(row, request)
    note = " · ".join(part for part in (saying.when(row), row.place) if part)
    url = reverse("reviews:review", args=[request.organisation.key, row.public_id])
    return Line(label, note, url, "" if tone == "plain" else badge, tone, "talk", row.on)


def reviews_overdue(request: Request) -> list[Line]:
    """For whoever runs cohorts: how many were not held in time, in one line."""
    count = queries.overdue_at(request.organisation, request.today)
    if not count:
        return []
    said = ngettext("%(count)s review is overdue", "%(count)s reviews are overdue", count)
    url = reverse("reviews:board", args=[request.organisation.key]) + "#overdue"
    return [
        Line(said % {"count": count}, _("See whose, and talk to them."), url, tone="attention", icon="talk")
    ]
