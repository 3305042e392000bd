"""What somebody has to answer: contested results, on the desks of those whose work it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.evaluation.versions import contests_waiting_for


def contests_to_answer(request: Request) -> list[Line]:
    """Contests that this person may answer, the most urgent first; one query."""
    key = request.organisation.key
    found = list(contests_waiting_for(request.actor)[: MOST + 1])
    lines = [
        Line(
            _("Answer the contest of %(who)s") % {"who": row.version.enrolment.person.name},
            _("%(stage)s; by %(day)s")
            % {"stage": text(row.version.evaluation.stage.name), "day": day(row.due_on)},
            reverse("evaluation:contest", args=[key, row.public_id]),
            _("overdue") if row.due_on < request.today else "",
            "wrong",
            "ask",
        )
        for row in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append(Line(_("All contests"), url=reverse("evaluation:contests", args=[key])))
    return lines
