"""What whoever asks does: ask, take it back."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.protection import rules
from craftpath.domain.protection.facts import DataAsked, RequestWithdrawn
from craftpath.domain.protection.models import DataRequest
from craftpath.domain.protection.states import KINDS, REQUEST
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require

NEEDS_WORDS = frozenset({"correct", "explain", "object"})


@action
def ask_about_data(
    organisation: Organisation, kind: str, words: str, *, made_id: uuid.UUID, by: Actor, at: datetime
) -> DataRequest:
    """Ask an organisation something about the own data; the same `made_id` again is the same request.

    Of a kind one request at a time is open.
    """
    require(rules.may_ask(by))
    if by.person is None:
        raise Refused(may_not("protection.not_yours"))
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.person.pk)
    known = DataRequest._base_manager.filter(made_id=made_id, person=person).first()
    if known is not None:
        return known
    if kind not in KINDS:
        raise Refused(not_now("protection.kind_unknown"))
    require(rules.can_say(words, needed=kind in NEEDS_WORDS))
    if DataRequest._base_manager.filter(person=person, kind=kind, state__in=("asked", "locked")).exists():
        raise Refused(not_now("protection.asked_already"))
    row = DataRequest(
        made_id=made_id,
        organisation=organisation,
        person=person,
        kind=kind,
        words=words.strip(),
        asked_at=at,
        due_on=rules.due_on(organisation, localdate(at)),
    )
    row.save(force_insert=True)
    told = DataAsked(kind, row.due_on.isoformat())
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def withdraw_request(request: DataRequest, *, by: Actor, at: datetime) -> DataRequest:
    """Take it back before it is answered. Twice is once."""
    row = held(request)
    require(rules.may_change(by, row))
    if row.state == "withdrawn":
        return row
    row.state = REQUEST.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    tell(RequestWithdrawn(row.kind), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def held(request: DataRequest) -> DataRequest:
    """The row as it stands, for this writer alone."""
    rows = DataRequest._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "person").get(pk=request.pk)
