"""A version proposed or set aside."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.studio import rules
from craftpath.domain.studio.content import Content, fingerprint
from craftpath.domain.studio.holding import held_version, moved
from craftpath.domain.studio.models import DraftVersion
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require


@action
def propose_version(version: DraftVersion, *, why: str = "", by: Actor, at: datetime) -> DraftVersion:
    """Put it before the members; from now on nothing of it changes."""
    row = held_version(version, by)
    require(rules.can_write(row))
    require(rules.can_propose(Content.of(row.content)))
    if len(why) > rules.LONGEST_WORDS:
        raise Refused(not_now("studio.words_too_long", most=rules.LONGEST_WORDS))
    row.sha256, row.proposed_at, row.why = fingerprint(row.content), at, why.strip() or row.why
    return moved(row, "propose", "sha256", "proposed_at", "why", by=by, at=at)


@action
def shelve_version(version: DraftVersion, *, by: Actor, at: datetime) -> DraftVersion:
    """Go on without it; it stays to be read."""
    row = held_version(version, by)
    return row if row.state == "set_aside" else moved(row, "shelve", by=by, at=at)
