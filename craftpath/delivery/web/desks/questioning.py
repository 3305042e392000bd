"""Questions on a desk: the form itself, what is new to one's own, and what one is asked to answer."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.questions.listing import asking
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.questions import queries
from craftpath.kernel.roles import Permission, Role


def questions_form(request: Request) -> dict[str, Any] | None:
    """The form, for those who learn and those who help them; offices find theirs under Questions."""
    able = Permission.ASK_QUESTIONS in request.actor.permissions
    return asking(request, short=True) if able and _takes_part(request) else None


def new_answers(request: Request) -> list[Line]:
    """Own questions that somebody has answered since one looked; one query."""
    if Permission.ASK_QUESTIONS not in request.actor.permissions:
        return []
    key = request.organisation.key
    return [
        Line(
            _("New answer: %(question)s") % {"question": row.title or _("A photo without words")},
            url=reverse("questions:question", args=[key, row.public_id]), icon="ask",
        )
        for row in queries.with_news(request.user)[:MOST]
    ]  # fmt: skip


def to_answer(request: Request) -> list[Line]:
    """Everything that somebody is asked to answer, in one line; one query."""
    if not request.actor.roles & {Role.MENTOR, Role.TRAINER}:
        return []
    found = list(queries.called(queries.waiting(), request.user).values_list("due_on", flat=True)[:100])
    if not found:
        return []
    said = ngettext("%(count)s question to answer", "%(count)s questions to answer", len(found))
    page = reverse("questions:queue", args=[request.organisation.key])
    late = min(found) < request.today
    return [
        Line(
            said % {"count": len(found)}, _("The first one by %(day)s.") % {"day": day(min(found))}, f"{page}?called=1",
            _("overdue") if late else "", "wrong", "ask", min(found),
        )
    ]  # fmt: skip


def _takes_part(request: Request) -> bool:
    return bool(request.actor.roles & {Role.APPRENTICE, Role.MENTOR, Role.TRAINER})
