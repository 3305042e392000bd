"""Other catalogues: the address is looked at anew for each part, and no transaction is open while one waits for it."""

from __future__ import annotations

from datetime import datetime

from craftpath.delivery.exchange.resources.harvest import PARTS, read_part
from craftpath.delivery.exchange.resources.oai import stamp
from craftpath.domain.resources import actions
from craftpath.domain.resources.queries import sources
from craftpath.kernel.access import system
from craftpath.kernel.jobs import enqueue
from craftpath.values.verdict import Refused


def harvest(pk: int, *, at: datetime) -> None:
    """Read a catalogue on from where it was left; what is left after `PARTS` parts goes on in the next job."""
    for _part in range(PARTS):
        source = sources().get(pk=pk)
        if source.state != "on":
            return
        by = system(source.organisation)
        try:
            part = read_part(source)
            # The earlier of both clocks: a catalogue that lives in the future would otherwise be asked for nothing.
            begun = source.begun or min(part.moment, stamp(at))
            actions.note_part(source, part.records, token=part.token, begun=begun, by=by, at=at)
        except Refused as refused:
            actions.note_failure(source, refused.verdict.reason, dict(refused.verdict.facts), by=by, at=at)
            return
        if not part.token:
            return
    enqueue("harvest", pk)


def queue_due(*, at: datetime) -> int:
    """Queue the catalogues whose day has come; says how many."""
    due = actions.due(at)
    for pk in due:
        enqueue("harvest", pk)
    return len(due)
