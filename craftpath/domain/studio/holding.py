"""Rows under their lock, and how their changes are told."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.studio import rules
from craftpath.domain.studio.facts import VersionMoved
from craftpath.domain.studio.models import Draft, DraftVersion
from craftpath.domain.studio.states import VERSION
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import Fact, tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import require


def held(draft: Draft, by: Actor) -> Draft:
    """The draft under its lock, for whoever runs it."""
    rows = Draft._base_manager.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(pk=draft.pk)
    require(rules.may_run(by, row))
    return row


def held_version(version: DraftVersion, by: Actor) -> DraftVersion:
    """A version, its draft under its lock."""
    draft = held(version.draft, by)
    row = DraftVersion.objects.get(pk=version.pk)
    row.draft = draft
    return row


def moved(row: DraftVersion, move: str, *fields: str, by: Actor, at: datetime) -> DraftVersion:
    """The next state of a version, with what was set on it besides."""
    row.state = VERSION.after(row.state, move)
    row.save(update_fields=["state", *fields])
    told(VersionMoved(row.number, row.state), row.draft, row.ref, by=by, at=at)
    return row


def told(fact: Fact, draft: Draft, subject: Ref | None = None, *, by: Actor, at: datetime) -> None:
    """A line of the history of the office."""
    tell(fact, by=by, at=at, organisation=draft.organisation, subject=subject or draft.ref)
