"""What the outbox may bring to courses: done, and the ticks of a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from craftpath.delivery.web.shell.requests import plain_id
from craftpath.delivery.web.sync.taking import Unreadable, Write, takes
from craftpath.domain.courses import actions, queries

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Run


def _run(write: Write) -> Run:
    row = queries.runs().filter(public_id=plain_id(str(write.data["run"]))).first()
    if row is None or not queries.place_in(row, write.request.user)[0]:
        raise Unreadable("run")
    return row


@takes("courses.done")
def done(write: Write) -> dict[str, Any]:
    """An activity that was done without a network."""
    request, key = write.request, plain_id(str(write.data["activity"]))
    row = actions.finish_activity(_run(write), key, by=request.actor, at=request.at)
    return {"activity": key, "state": row.state}


@takes("courses.tick")
def tick(write: Write) -> dict[str, Any]:
    """A checklist as it stood on the device."""
    request, key = write.request, plain_id(str(write.data["activity"]))
    points = [plain_id(str(one)) for one in list(write.data["points"])]
    rows = actions.tick_points(_run(write), key, points, by=request.actor, at=request.at)
    return {"activity": key, "ticked": len(rows)}
