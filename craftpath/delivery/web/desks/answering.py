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
    told = ("public_id", "due_on", "version__enrolment__person__name", "version__evaluation__stage__name")
    found = list(contests_waiting_for(request.actor).values_list(*told)[: MOST + 1])
    lines = [
        Line(
            _("Answer the contest of %(who)s") % {"who": who},
            _("%(stage)s; by %(day)s") % {"stage": text(stage), "day": day(due_on)},
            reverse("evaluation:contest", args=[key, contest]),
            _("overdue") if due_on < request.today else "",
            "wrong",
            "ask",
            due_on,
        )
        for contest, due_on, who, stage in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append(Line(_("All contests"), url=reverse("evaluation:contests", args=[key]), rest=True))
    return lines
