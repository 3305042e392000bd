"""Judging on desks: what this person is asked to rate or to estimate, one tap from doing it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.exams import studies
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
    return Line(
        words % {"count": one.left, "title": row.title}, note, url, badge, tone, "results", row.due_on
    )


def questions_to_judge(request: Request) -> list[Line]:
    """Open rounds of standard settings in which this person judges; one query, and none for apprentices."""
    if request.actor.sees_only_own:
        return []
    return [_round(request, one) for one in studies.to_judge(request.user) if one.left][:MOST]


def _round(request: Request, one: studies.ToJudge) -> Line:
    study = one.judge.study
    words = ngettext("Judge %(count)s question: %(title)s", "Judge %(count)s questions: %(title)s", one.left)
    url = reverse("standards:judge", args=[request.organisation.key, study.public_id])
    badge, tone = (_("overdue"), "wrong") if one.due_on < request.today else ("", "plain")
    note = _("by %(day)s") % {"day": day(one.due_on)}
    return Line(
        words % {"count": one.left, "title": study.title}, note, url, badge, tone, "scheme", one.due_on
    )
