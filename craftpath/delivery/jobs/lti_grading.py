"""Grades back to platforms: sent outside every transaction, tried a few times."""

from __future__ import annotations

from datetime import datetime

from craftpath.delivery.exchange.lti.calling import send_grade
from craftpath.domain.lti.actions import end_return, take_return
from craftpath.domain.lti.returning import waiting
from craftpath.kernel.access import system
from craftpath.kernel.jobs import enqueue
from craftpath.values.verdict import Refused


def deliver(pk: int, *, at: datetime) -> None:
    """Try one grade, if it is its time and nobody else does."""
    row = take_return(pk, by=system(), at=at)
    if row is None:
        return
    reason = "" if row.entry.platform.state == "serving" else "lti.stopped"
    if not reason:
        try:
            send_grade(row, at)
        except Refused as refused:
            reason = refused.verdict.reason
    end_return(row, reason, by=system(), at=at)


def queue_due(*, at: datetime) -> int:
    """Queue what waits for its next try; one that is queued twice is tried once."""
    due = waiting(at)
    for pk in due:
        enqueue("lti_grade", pk)
    return len(due)
