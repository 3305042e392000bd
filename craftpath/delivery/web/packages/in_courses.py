"""Packages as activities of online courses: which can be chosen, where one is played, how far a learner is in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse

from craftpath.delivery.web.courses.joining import Joined, Room, joins
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.packages import queries
from craftpath.values.ref import Ref

_STATES = {"incomplete": "begun", "failed": "failed", "completed": "done", "passed": "done"}


def _choices(_request: Request) -> Sequence[tuple[str, str]]:
    return [(str(row.ref), text(row.title)) for row in queries.to_play()]


def _show(request: Request, ref: str, run: str | None) -> Joined | None:
    row = queries.playable(Ref.parse(ref))
    if row is None:
        return None
    url = reverse("packages:package", args=[request.organisation.key, row.public_id])
    if run is None:
        return Joined(text(row.title), True, url)
    standing = queries.standing(row, queries.own_attempts(row, request.user))
    score = None if standing.score is None else round(max(standing.score, Decimal(0)) * 100, 2)
    return Joined(text(row.title), True, url, _STATES.get(standing.state, ""), score)


joins("package", Room(_choices, _show))
