"""Surveys on a desk: those that ask oneself; one query."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.surveys import queries
from craftpath.kernel.roles import Role


def surveys_to_answer(request: Request) -> list[Line]:
    """Open surveys that wait for one's own answer, each one tap from its form; offices find theirs under Surveys."""
    if not request.actor.roles & {Role.APPRENTICE, Role.MENTOR, Role.TRAINER}:
        return []
    rows = queries.waiting_for(request.user, request.today)[:MOST]
    key = request.organisation.key
    return [
        Line(
            _("Answer: %(title)s") % {"title": text(row.survey.title)},
            _("%(promise)s, until %(day)s")
            % {
                "promise": _("anonymous") if row.survey.anonymous else _("with names"),
                "day": day(row.survey.closes_on),
            },
            reverse("surveys:answer", args=[key, row.survey.public_id]),
            _("reminder") if row.survey.reminded_on else _("survey"),
            "attention" if row.survey.reminded_on else "info",
            "survey",
            row.survey.closes_on,
        )
        for row in rows
    ]
