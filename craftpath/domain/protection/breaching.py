"""What the office does when personal data were lost, changed or seen: report, find out, tell, close."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.protection import rules
from craftpath.domain.protection.facts import BreachMoved, BreachReported
from craftpath.domain.protection.models import Breach
from craftpath.domain.protection.states import BREACH
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of it; who is told and how, or why not."""

    cause: str
    harm: str
    measures: str
    people: int | None
    authority_at: datetime | None
    authority_words: str
    people_at: datetime | None
    people_words: str


@action
def report_breach(
    organisation: Organisation,
    what: str,
    kinds: str,
    *,
    found_at: datetime,
    people: int | None,
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Breach:
    """Say that it happened; the same `made_id` again is the same. From `found_at` on the time runs."""
    require(rules.may_protect(by, organisation))
    known = Breach._base_manager.filter(made_id=made_id, organisation=organisation).first()
    if known is not None:
        return known
    require(rules.can_be_written(what))
    require(rules.can_be_written(kinds, title=True))
    require(rules.can_have_been_found(found_at, at))
    row = Breach(
        made_id=made_id,
        organisation=organisation,
        found_at=found_at,
        what=what.strip(),
        kinds=" ".join(kinds.split()),
        people=people,
        reported_by=by.person,
        reported_at=at,
    )
    row.save(force_insert=True)
    tell(BreachReported(people), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def assess_breach(breach: Breach, found: Found, *, by: Actor, at: datetime) -> Breach:
    """Write down what is known by now, and who was told; as often as more becomes known."""
    row = _held(breach, by)
    state = BREACH.after(row.state, "assess")
    require(rules.can_be_written(found.harm))
    for text in (found.cause, found.measures, found.authority_words, found.people_words):
        require(rules.can_say_so_much(text))
    for moment in (found.authority_at, found.people_at):
        if moment is not None:
            require(rules.can_have_been_found(moment, at))
            if moment < row.found_at:
                raise Refused(not_now("protection.told_before_found"))
    row.state, row.people = state, found.people
    row.cause, row.harm, row.measures = found.cause.strip(), found.harm.strip(), found.measures.strip()
    row.authority_at, row.authority_words = found.authority_at, found.authority_words.strip()
    row.people_at, row.people_words = found.people_at, found.people_words.strip()
    row.save()
    told = BreachMoved(state, row.authority_at is not None, row.people_at is not None)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def close_breach(breach: Breach, *, by: Actor, at: datetime) -> Breach:
    """Once the authority and the people were told, or it stands there why not, and what was done. Twice is once."""
    row = _held(breach, by)
    if row.state == "closed":
        return row
    state = BREACH.after(row.state, "close")
    require(rules.can_close(row))
    row.state, row.closed_at = state, at
    row.save(update_fields=["state", "closed_at"])
    told = BreachMoved(state, row.authority_at is not None, row.people_at is not None)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _held(breach: Breach, by: Actor) -> Breach:
    rows = Breach._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("organisation").get(pk=breach.pk)
    require(rules.may_protect(by, row.organisation))
    return row
