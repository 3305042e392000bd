"""Asking and offering: open a request, write it anew, withdraw it, let it expire; and what the city promises."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from craftpath.domain.accreditation.queries import authority_of
from craftpath.domain.offers import rules
from craftpath.domain.offers.clock import local_day, promised
from craftpath.domain.offers.facts import OfferRuleSet, RequestChanged, RequestMoved, RequestOpened
from craftpath.domain.offers.kinds import LANGUAGES, LONGEST_TITLE
from craftpath.domain.offers.models import DeskRequest, OfferRule
from craftpath.domain.offers.states import REQUEST
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

MOST_SKILLS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says; `occupation` in the languages that are known, `skills` as keys, days may be open."""

    kind: str
    title: str
    words: str
    gives: str = ""
    occupation: Mapping[str, str] | None = None
    skills: Collection[str] = ()
    people: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    where: str = ""
    languages: Collection[str] = ()
    contact_name: str = ""
    contact_way: str = ""


@action
def open_request(
    organisation: Organisation, asked: Asked, *, made_id: uuid.UUID, by: Actor, at: datetime
) -> DeskRequest:
    """Put something before the desk of one's city; the clock runs from now. The same `made_id` is the same row."""
    require(rules.may_ask(by, organisation))
    # Two presses of one button stand in line here; the second one finds what the first has written.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    known: DeskRequest | None = DeskRequest.objects.filter(made_id=made_id, organisation=organisation).first()
    if known is not None:
        return known
    authority = authority_of(organisation)
    if authority is None:
        raise Refused(not_now("offers.no_city"))
    row = DeskRequest(
        made_id=made_id,
        organisation=organisation,
        authority=authority,
        made_by=by.person,
        made_at=at,
        state_at=at,
        promised_on=promised(authority, at),
    )
    _fill(row, asked)
    row.save()
    told = RequestOpened(row.kind, row.promised_on.isoformat())
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def change_request(request: DeskRequest, asked: Asked, *, by: Actor, at: datetime) -> DeskRequest:
    """Write it anew while nobody has agreed; the clock is not set back."""
    row = held(request)
    require(rules.may_lead(by, row))
    require(rules.can_change(row))
    _fill(row, asked)
    row.save()
    tell(RequestChanged(), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def withdraw_request(request: DeskRequest, *, because: str = "", by: Actor, at: datetime) -> DeskRequest:
    """Take it back."""
    row = held(request)
    require(rules.may_lead(by, row))
    return advance(row, "withdraw", because=because.strip()[:500], by=by, at=at)


@action
def expire_request(request: DeskRequest, *, by: Actor, at: datetime) -> DeskRequest:
    """Let it go once its last day has passed."""
    row = held(request)
    require(rules.may_lead(by, row))
    require(rules.can_expire(row, local_day(row.authority, at)))
    return advance(row, "expire", by=by, at=at)


@action
def set_promise(
    organisation: Organisation, *, promise_days: int, ask_after_days: int, by: Actor, at: datetime
) -> OfferRule:
    """Say what holds for what comes in from now on; the same changes nothing."""
    require(rules.may_promise(by, organisation))
    if not (1 <= promise_days <= 60 and 0 <= ask_after_days <= 365):
        raise Refused(not_now("offers.rule_unsound"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    row = OfferRule._base_manager.filter(organisation=organisation).first() or OfferRule(
        organisation=organisation
    )
    if row.pk is not None and (row.promise_days, row.ask_after_days) == (promise_days, ask_after_days):
        return row
    row.promise_days, row.ask_after_days = promise_days, ask_after_days
    row.set_by, row.set_at = by.person, at
    row.save()
    subject = Ref("kernel", "organisation", organisation.public_id)
    told = OfferRuleSet(promise_days, ask_after_days)
    tell(told, by=by, at=at, organisation=organisation, subject=subject)
    return row


def held(request: DeskRequest) -> DeskRequest:
    """The row, kept from others until the transaction ends."""
    rows = DeskRequest._base_manager.select_for_update(of=("self",))
    return rows.select_related("organisation", "authority", "partner").get(pk=request.pk)


def advance(row: DeskRequest, move: str, *, because: str = "", by: Actor, at: datetime) -> DeskRequest:
    """One step further."""
    row.state, row.state_at, row.because = REQUEST.after(row.state, move), at, because
    row.save()
    told = RequestMoved(row.state, because)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _fill(row: DeskRequest, asked: Asked) -> None:
    require(rules.can_be_of(row.organisation, asked.kind))
    require(rules.can_say(asked.title, LONGEST_TITLE))
    require(rules.can_say(asked.words))
    require(rules.can_last(asked.starts_on, asked.ends_on))
    if asked.people is not None and not 1 <= asked.people <= rules.MOST_PEOPLE:
        raise Refused(not_now("offers.people_unlikely", most=rules.MOST_PEOPLE))
    row.kind, row.title, row.words = asked.kind, asked.title.strip(), asked.words.strip()
    row.gives, row.occupation = asked.gives.strip(), dict(asked.occupation or {})
    row.skills = sorted(set(asked.skills))[:MOST_SKILLS]
    row.people, row.starts_on, row.ends_on = asked.people, asked.starts_on, asked.ends_on
    row.where, row.languages = asked.where, [one for one in LANGUAGES if one in asked.languages]
    row.contact_name, row.contact_way = asked.contact_name, asked.contact_way
