"""How a version is decided on: the one place that knows how a body decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from craftpath.domain.studio import rules
from craftpath.domain.studio.holding import held_version, moved
from craftpath.domain.studio.models import DraftVersion
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import require


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a body decided in its own meeting: `votes` are for, against and abstained, `minutes` say where it stands."""

    body: str
    on: date
    votes: tuple[int, int, int]
    minutes: str


@action
def adopt_version(
    version: DraftVersion, resolution: Resolution, *, today: date, by: Actor, at: datetime
) -> DraftVersion:
    """A body was for it, as its minutes say."""
    return _decided(version, "adopt", resolution, today, by, at)


@action
def reject_version(
    version: DraftVersion, resolution: Resolution, *, today: date, by: Actor, at: datetime
) -> DraftVersion:
    """A body was not for it, as its minutes say."""
    return _decided(version, "reject", resolution, today, by, at)


def _decided(
    version: DraftVersion, move: str, said: Resolution, today: date, by: Actor, at: datetime
) -> DraftVersion:
    row = held_version(version, by)
    require(rules.can_decide(said.on, today, said.votes, said.body, said.minutes))
    require(rules.can_be_carried(move, said.votes))
    row.decided_at = at
    row.decision = {
        "body": said.body.strip(),
        "on": said.on.isoformat(),
        "votes": list(said.votes),
        "minutes": said.minutes.strip(),
    }
    return moved(row, move, "decided_at", "decision", by=by, at=at)
