"""Study groups on a desk: invitations, the own turn, tasks with a day, a result to sign off."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.groups.saying import when
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.groups import queries
from craftpath.kernel.roles import Permission


def study_groups(request: Request) -> list[Line]:
    """What the groups of somebody who learns ask next; three queries."""
    if not request.actor.sees_only_own or Permission.STUDY_TOGETHER not in request.actor.permissions:
        return []
    waiting = queries.waiting_for(request.user, request.at)
    return [
        *(
            _line(request, row.group.public_id, _("You are invited: %(goal)s"), row.group.goal)
            for row in waiting.invited
        ),
        *(
            _line(request, row.group.public_id, _("Sign off what came out: %(goal)s"), row.group.goal)
            for row in waiting.to_sign
        ),
        *(
            _line(
                request, row.group.public_id,
                _("You host: %(goal)s") if row.host_id == request.user.pk else _("You bring the exercise: %(goal)s"),
                row.group.goal, when(row.starts_at), late=row.ends_at < request.at,
            )
            for row in waiting.turns
        ),
        *(
            _line(
                request, row.group.public_id, "%(goal)s", row.words, _("by %(day)s") % {"day": day(row.until)},
                late=row.until is not None and row.until < request.today, on=row.until,
            )
            for row in waiting.tasks
        ),
    ][: 2 * MOST]  # fmt: skip


def _line(
    request: Request,
    group: str,
    said: str,
    goal: str,
    note: str = "",
    *,
    late: bool = False,
    on: date | None = None,
) -> Line:
    url = reverse("groups:group", args=[request.organisation.key, group])
    return Line(said % {"goal": goal}, note, url, _("overdue") if late else "", "wrong", "people", on)
