"""What the outbox may bring to workshops: codes that a desk read while it had no network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from craftpath.delivery.web.shell.telling import Told
from craftpath.delivery.web.sync.taking import Unreadable, Write, takes
from craftpath.delivery.web.workshops.desk import arrived, outcome_of
from craftpath.delivery.web.workshops.places import run_by
from craftpath.domain.workshops import actions, queries


def _said(outcome: Mapping[str, Any]) -> list[Told]:
    return arrived(dict(outcome))


@takes("workshops.check_in", says=_said)
def check_in(write: Write) -> dict[str, Any]:
    """A code as a device read it, with the moment at which it was read."""
    data, request = write.data, write.request
    try:
        row = run_by(request, str(data["workshop"]))
    except Http404 as missing:
        raise Unreadable("workshop") from missing
    day = queries.day_of(row, str(data["day"]))
    if day is None:
        raise Unreadable("day")
    read_at = min(write.written_at or request.at, request.at)
    return outcome_of(actions.check_in_by_badge(day, str(data["code"])[:40], by=request.actor, at=read_at))
