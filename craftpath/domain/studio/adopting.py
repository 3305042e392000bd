"""How a version is decided on: the one place that knows how a body decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.committees.actions import prepare_motion
from craftpath.domain.studio import rules
from craftpath.domain.studio.holding import held_version, moved
from craftpath.domain.studio.models import DraftVersion
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.committees.models import Committee, Motion


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


@action
def vote_on_version(
    version: DraftVersion, committee: Committee, *, rule: str, by: Actor, at: datetime
) -> DraftVersion:
    """Put it before a committee as a motion, which its chair opens; what the committee decides comes back here."""
    row = held_version(version, by)
    if row.state == "voting":
        raise Refused(not_now("studio.voting_already"))
    name = row.draft.title
    words = {
        "zh": f"通过新职业“{name.zh or name.en}”第 {row.number} 版",
        "en": f"Adopt version {row.number} of the new occupation {name.en or name.zh}",
    }
    motion = prepare_motion(committee, text=words, rule=rule, about=row.ref, by=by, at=at)
    row.motion = str(Ref("committees", "motion", motion.public_id))
    return moved(row, "vote", "motion", by=by, at=at)


@action
def recall_version(version: DraftVersion, *, by: Actor, at: datetime) -> DraftVersion:
    """The committee decided nothing, or the motion was withdrawn: the version stands as proposed again."""
    row = held_version(version, by)
    row.motion = ""
    return moved(row, "recall", "motion", by=by, at=at)


@action
def settle(version: DraftVersion, motion: Motion, *, by: Actor, at: datetime) -> DraftVersion:
    """What became of the motion: carried, the version is adopted, lost, it is rejected; else it is recalled."""
    tally, on = motion.tally, localdate(motion.closed_at or at)
    if motion.outcome not in ("carried", "lost"):
        return recall_version(version, by=by, at=at)
    row = held_version(version, by)
    row.decided_at = at
    row.decision = {
        "body": Text.of(motion.committee.name).both(), "on": on.isoformat(), "minutes": "",
        "votes": [tally["yes"], tally["no"], tally["abstain"]],
    }  # fmt: skip
    move = "adopt" if motion.outcome == "carried" else "reject"
    return moved(row, move, "decided_at", "decision", by=by, at=at)
