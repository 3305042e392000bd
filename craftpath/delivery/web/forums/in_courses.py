"""Forums as activities of online courses: a learner has taken part once something of theirs stands there."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from craftpath.delivery.web.courses.joining import Joined, Room, joins
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums import queries
from craftpath.values.ref import Ref


def _choices(_request: Request) -> Sequence[tuple[str, str]]:
    return [(str(row.ref), row.title) for row in queries.forums().filter(of_kind="", state="open")]


def _show(request: Request, ref: str, run: str | None) -> Joined | None:
    row = queries.forums().filter(public_id=Ref.parse(ref).public_id).first()
    if row is None:
        return None
    url = reverse("forums:forum", args=[request.organisation.key, row.public_id])
    wrote = run is not None and queries.has_written(row, request.user)
    return Joined(row.title, True, url, "done" if wrote else "")


joins("discussion", Room(_choices, _show))
