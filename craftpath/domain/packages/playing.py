"""Playing: what a package saves, once for each time that it was sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftpath.domain.packages import rules
from craftpath.domain.packages.claims import Claim, read_claim
from craftpath.domain.packages.facts import AttemptMoved
from craftpath.domain.packages.models import Attempt, Package
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Saved:
    """What a page sends: of which part and attempt, by which launch, after what it began from, and the whole state.

    `base` is the revision that the page was given when it was opened, `revision` counts on from there. Every sending
    holds everything, so that the last one is enough.
    """

    entry: str
    number: int
    launch: uuid.UUID
    base: int
    revision: int
    data: Any
    seconds: Any = 0
    final: bool = False


@action
def save_attempt(package: Package, saved: Saved, *, by: Actor, at: datetime) -> Attempt:
    """Keep what a package says; the same sent again changes nothing, and neither does what is older.

    A page that another one has overtaken is refused: nobody's progress is written over.
    """
    require(rules.may_play(by))
    entry = package.parts.get(saved.entry)
    if entry is None:
        raise Refused(not_now("packages.entry_unknown"))
    claim = read_claim(package.kind, entry, saved.data, seconds=saved.seconds, final=saved.final)
    row = _attempt(package, saved, by, at)
    if row.launch == saved.launch and saved.revision <= row.revision:
        return row
    if row.launch != saved.launch and (row.revision != saved.base or row.ended_at is not None):
        raise Refused(not_now("packages.elsewhere"))
    news = row.revision == 0 or (row.state, row.score) != (claim.state, claim.score)
    _write(row, claim, saved, at)
    if news:
        score = "" if row.score is None else str(row.score)
        told = AttemptMoved(row.public_id, row.entry, row.state, score)
        tell(told, by=by, at=at, organisation=package.organisation, subject=package.ref)
    return row


def _attempt(package: Package, saved: Saved, by: Actor, at: datetime) -> Attempt:
    """The row under a lock; made if this is the first word of a new attempt, by whichever of two comes first."""
    rows = Attempt._base_manager.filter(package=package, person=by.person, entry=saved.entry)
    last = rows.order_by("-number").first()
    begins = 1 if last is None else last.number + 1 if rules.is_over(last) else 0
    if saved.number == begins:
        require(rules.can_play(package))
        fresh = Attempt(
            package=package, person=by.person, entry=saved.entry, number=begins, launch=saved.launch,
            begun_at=at, saved_at=at,
        )  # fmt: skip
        Attempt._base_manager.bulk_create([fresh], ignore_conflicts=True)
    row = rows.select_for_update(of=("self",)).filter(number=saved.number).first()
    if row is None:
        raise Refused(not_now("packages.elsewhere"))
    return row


def _write(row: Attempt, claim: Claim, saved: Saved, at: datetime) -> None:
    row.launch, row.revision, row.data, row.saved_at = saved.launch, saved.revision, saved.data, at
    row.state, row.score, row.seconds = claim.state, claim.score, claim.seconds
    row.ended_at = at if claim.ends else None
    row.save()
