"""Deliverables: handed in as words, a thing of the record or a file, and taken back."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from craftpath.domain.pilots import rules
from craftpath.domain.pilots.facts import DeliverableGiven
from craftpath.domain.pilots.made import made_before
from craftpath.domain.pilots.models import Deliverable, RoundStep
from craftpath.domain.pilots.moving import held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

MOST = 40
"""Deliverables of one step."""


@action
def give_deliverable(
    step: RoundStep,
    *,
    made_id: uuid.UUID,
    key: str = "",
    words: str = "",
    thing: Ref | None = None,
    content: bytes = b"",
    name: str = "",
    by: Actor,
    at: datetime,
) -> Deliverable:
    """Hand in what a step delivers; the caller has seen that its reader may see `thing`.

    `key` is one of the cycle's deliverables, "" for something besides. The same `made_id` again is the same row.
    """
    step = held(step)
    require(rules.may_work(by, step))
    known = made_before(Deliverable.objects.all(), made_id, step=step)
    if known is not None:
        return known
    require(rules.can_change(step))
    if key and key not in {one["key"] for one in step.words["deliverables"]}:
        raise Refused(not_now("pilots.deliverable_unknown"))
    if Deliverable.objects.filter(step=step, taken_back_at__isnull=True).count() >= MOST:
        raise Refused(not_now("pilots.too_many_deliverables", most=MOST))
    row = Deliverable.objects.create(
        made_id=made_id, step=step, key=key, given_by=by.person, given_at=at,
        **_what(step, words, thing, content, name, by, at),
    )  # fmt: skip
    _tell(step, False, by, at)
    return row


def _what(
    step: RoundStep, words: str, thing: Ref | None, content: bytes, name: str, by: Actor, at: datetime
) -> dict[str, Any]:
    """The columns of the one form that was given; words may stand beside a file or a thing."""
    if words.strip() or not (thing or content):
        require(rules.can_say(words))
    said = {"words": words.strip()}
    if content:
        found = look_at(content)
        place = step.round.pilot.organisation
        kept = keep(found.content, name or "file", organisation=place, by=by, at=at)
        return {"form": "file", "kept": kept, "media_type": found.media_type, **said}
    if thing is not None:
        return {"form": "thing", "thing": str(thing), **said}
    return {"form": "words", **said}


@action
def take_back_deliverable(row: Deliverable, *, by: Actor, at: datetime) -> Deliverable:
    """Take it back while the step is open: whoever gave it, and the office. Once more changes nothing."""
    step = held(row.step)
    row = Deliverable.objects.get(pk=row.pk)
    if by.person is None or row.given_by_id != by.person.pk:
        require(rules.may_run(by, step.round.pilot))
    require(rules.can_change(step))
    if row.taken_back_at is None:
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
        _tell(step, True, by, at)
    return row


def _tell(step: RoundStep, back: bool, by: Actor, at: datetime) -> None:
    told = DeliverableGiven(step=step.order, round=step.round.number, back=back)
    tell(told, by=by, at=at, organisation=step.round.pilot.organisation, subject=step.round.pilot.ref)
