"""Sessions on a desk: rolls that this person calls now, and own attendance that waits for a word."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.learning import saying
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.learning import queries, rules

BACK = timedelta(days=14)  # an older roll that nobody called is no errand of today


def rolls_to_call(request: Request) -> list[Line]:
    """Sessions that this person teaches and that are on, or over without a roll: one tap from the roll."""
    rows = queries.sessions().filter(
        queries.taught_by(request.user),
        state="planned",
        starts_at__lte=request.at + rules.EARLY,
        starts_at__gte=request.at - BACK,
    )
    key = request.organisation.key
    return [
        Line(
            _("Call the roll: %(title)s") % {"title": text(row.title)},
            " · ".join(
                part
                for part in (day(row.starts_at), saying.hours(row), saying.cohorts_said(row), row.place)
                if part
            ),
            reverse("learning:roll", args=[key, row.public_id]),
            _("now") if row.ends_at > request.at else _("roll not called"),
            "info" if row.ends_at > request.at else "attention",
            "people",
            timezone.localdate(row.starts_at),
        )
        for row in rows.order_by("-starts_at")[:MOST]
    ]


def rolls_missing(request: Request) -> list[Line]:
    """For whoever runs cohorts: sessions over without a roll, and lines on which people differ."""
    here = Q(organisation__in=request.organisation.below())
    missing = queries.waiting_for_roll(request.at).filter(here, starts_at__gte=request.at - BACK).count()
    differing = queries.differences().count()
    key = request.organisation.key
    lines = []
    if missing:
        said = ngettext(
            "The roll of %(count)s session was not called",
            "The roll of %(count)s sessions was not called",
            missing,
        )
        url = reverse("learning:sessions", args=[key])
        lines.append(Line(said % {"count": missing}, url=url, tone="attention", icon="today"))
    if differing:
        said = ngettext(
            "%(count)s line on which people differ", "%(count)s lines on which people differ", differing
        )
        note = _("their hours wait until somebody settles it")
        url = reverse("learning:sums", args=[key])
        lines.append(Line(said % {"count": differing}, note, url, tone="attention", icon="ask"))
    return lines


def attendance_to_confirm(request: Request) -> list[Line]:
    """Own lines that wait for a word."""
    count = queries.to_confirm(request.user).count()
    if not count:
        return []
    said = ngettext(
        "Your attendance at %(count)s session: is it right?",
        "Your attendance at %(count)s sessions: is it right?",
        count,
    )
    url = reverse("learning:mine", args=[request.organisation.key])
    return [Line(said % {"count": count}, _("one tap, or say that it was otherwise"), url, icon="today")]
