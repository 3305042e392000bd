"""Links to tools as activities of online courses: which can be chosen, and how far a learner is by the tool's word."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.courses.joining import Joined, Room, joins
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.lti import grading, queries
from craftpath.values.ref import Ref

MOST = 300
"""Links among which an author chooses."""


def _choices(_request: Request) -> Sequence[tuple[str, str]]:
    return [(str(row.ref), f"{row.title} · {row.tool.name}") for row in queries.to_open()[:MOST]]


def _show(request: Request, ref: str, run: str | None) -> Joined | None:
    row = queries.link_behind(Ref.parse(ref))
    if row is None or row.tool.state != "serving":
        return None
    if run is None:
        return Joined(
            row.title, True, reverse("tools:tool", args=[request.organisation.key, row.tool.public_id])
        )
    if row.maximum is None:  # the tool says nothing of it: it is done by the learner's word
        return Joined(row.title, True, "", "done")
    state, score = grading.standing(run, row.pk, request.user)
    return Joined(row.title, True, "", state, score)


def _makes(request: Request) -> Sequence[tuple[str, str]]:
    rows = queries.tools().filter(state="serving").exclude(choose_address="")
    said = _("Choose in %(name)s")
    return [
        (said % {"name": row.name}, reverse("tools:choose", args=[request.organisation.key, row.public_id]))
        for row in rows
    ]


joins("tool", Room(_choices, _show, makes=_makes))
