"""Examinations on desks: one's own next and fresh results; for the office, the day and what waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.exams.answers import worth
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.sittings.places import when
from craftpath.domain.exams import candidacies
from craftpath.domain.exams.appealing import can_appeal, last_day

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting

AHEAD = timedelta(days=1)


def own_examinations(request: Request) -> list[Line]:
    """What one sits next, and results that are out and can still be appealed against; two queries."""
    key = request.organisation.key
    lines = [
        Line(
            (_("Re-sit: %(title)s") if one.sitting.again_of_id else _("Examination: %(title)s"))
            % {"title": one.sitting.paper.title},
            " · ".join(part for part in (when(one.sitting), one.sitting.place) if part),
            reverse("candidacies:one", args=[key, one.sitting.public_id]),
            _("under way")
            if one.sitting.state == "open"
            else _("moved")
            if one.sitting.moved_because
            else "",
            "attention",
            "calendar",
            timezone.localdate(one.sitting.starts_at),
        )
        for one in candidacies.coming(request.user, request.at)[:MOST]
    ]
    fresh = candidacies.own_candidacies(request.user).filter(
        outcome__published_at__gte=request.at - timedelta(days=366)
    )
    for one in fresh[:MOST]:
        if not can_appeal(one, request.at):
            continue
        facts = {
            "points": worth(one.outcome.points),
            "full": worth(one.outcome.full),
            "last": day(last_day(one.outcome, one.sitting.appeal_days)),
        }
        lines.append(
            Line(
                _("Result: %(title)s") % {"title": one.sitting.paper.title},
                _("%(points)s of %(full)s points; an appeal is possible until %(last)s") % facts,
                reverse("candidacies:one", args=[key, one.sitting.public_id]),
                icon="results",
            )
        )
    return lines


def examinations_today(request: Request) -> list[Line]:
    """Sittings of today and tomorrow, those under way, and those that nobody has opened; one query."""
    rows = candidacies.on_the_desk(request.organisation, request.at + AHEAD)
    return [_of_office(request, row) for row in rows[:MOST]]


def _of_office(request: Request, row: Sitting) -> Line:
    if row.state == "open":
        badge, tone = _("under way"), "attention"
    elif row.starts_at <= request.at:
        badge, tone = _("not opened"), "wrong"
    else:
        badge, tone = "", "plain"
    return Line(
        _("Examination: %(title)s") % {"title": row.paper.title},
        " · ".join(part for part in (text(row.cohort.name), when(row), row.place) if part),
        reverse("sittings:sitting", args=[request.organisation.key, row.public_id]),
        badge,
        tone,
        "calendar",
        timezone.localdate(row.starts_at),
    )


def second_opinions(request: Request) -> list[Line]:
    """Appeals on which this person can give the second opinion; one query."""
    found = candidacies.to_assess(request.actor)[:MOST]
    return [
        Line(
            _("Give a second opinion: %(title)s") % {"title": one.candidate.sitting.paper.title},
            _("to be decided by %(day)s") % {"day": day(one.due_on)},
            reverse("sittings:appeal", args=[request.organisation.key, one.public_id]),
            _("overdue") if one.due_on < request.today else "",
            "wrong",
            "ask",
            one.due_on,
        )
        for one in found
    ]


def appeals_to_decide(request: Request) -> list[Line]:
    """Appeals with a second opinion that this person can decide; one query."""
    found = candidacies.to_decide(request.actor)[:MOST]
    return [
        Line(
            _("Decide the appeal of %(who)s") % {"who": one.candidate.enrolment.person.name},
            _("%(title)s; by %(day)s") % {"title": one.candidate.sitting.paper.title, "day": day(one.due_on)},
            reverse("sittings:appeal", args=[request.organisation.key, one.public_id]),
            _("overdue") if one.due_on < request.today else "",
            "wrong",
            "ask",
            one.due_on,
        )
        for one in found
    ]
