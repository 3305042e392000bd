"""A record of another site: brought along, kept apart, put before an office where the name is another, taken out."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.passport import queries, rules
from craftpath.domain.passport.brought import Brought, read_record
from craftpath.domain.passport.facts import ArrivalSettled, RecordBrought
from craftpath.domain.passport.models import Arrival
from craftpath.domain.passport.states import ARRIVAL
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require


@action
def bring_record(person: Person, *, content: bytes, by: Actor, at: datetime) -> Arrival:
    """Take a record that another site signed. The same file is taken once; a newer one replaces what it showed.

    Brought again, a file is asked anew whether an office here knows its key: it may have learned of it since.
    It is kept at once if its name or mail is this person's and nobody else here has it; else an office is asked.
    """
    require(rules.is_own(by, person))
    found = read_record(content, at=at, trusted=queries.known_keys(person, at))
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    rows = Arrival._base_manager.filter(person=person)
    same = rows.filter(digest=found.digest).exclude(state="removed").first()
    if same is not None:
        if same.state == "refused":
            raise Refused(not_now("passport.refused_before"))
        return _asked_anew(same, found.verdict, by, at)
    require(rules.can_bring(rows.filter(state__in=("waiting", "kept")).count()))
    before = rows.filter(source=found.source, state="kept").first()
    if before is not None and before.issued_at >= found.issued_at:
        raise Refused(not_now("passport.older", on=before.issued_at.date()))
    row = _arrival(person, found, at)
    row.office = queries.issuing_place(person, localdate(at))
    others = Arrival._base_manager.filter(source=found.source, state="kept").exclude(person=person)
    if found.fits(person) and not others.exists():
        _keep(row, before, by, at)
    require(rules.can_wait(row))
    row.save()
    _told(RecordBrought(row.issuer, row.verdict, row.state), row, by, at)
    return row


def _arrival(person: Person, found: Brought, at: datetime) -> Arrival:
    return Arrival(
        person=person,
        digest=found.digest,
        source=found.source,
        issuer=found.issuer,
        issuer_name={"zh": found.issuer_name, "en": found.issuer_name},
        issued_at=found.issued_at,
        verdict=found.verdict,
        holder="、".join(found.names)[:120],
        content=found.content,
        brought_at=at,
    )


def _asked_anew(row: Arrival, verdict: str, by: Actor, at: datetime) -> Arrival:
    if row.verdict == verdict:
        return row
    row.verdict = verdict
    row.save(update_fields=["verdict"])
    return _told(RecordBrought(row.issuer, row.verdict, row.state), row, by, at)


def _keep(row: Arrival, before: Arrival | None, by: Actor, at: datetime) -> None:
    if before is not None:
        row.replaces = replace_arrival(before, by=by, at=at)
    row.state = ARRIVAL.after(row.state, "accept")


@action
def replace_arrival(arrival: Arrival, *, by: Actor, at: datetime) -> Arrival:
    """A newer file of the same record is there: this one stays, and is not shown any more. Callers asked who may."""
    arrival.state, arrival.ended_at = ARRIVAL.after(arrival.state, "replace"), at
    arrival.save(update_fields=["state", "ended_at"])
    return _told(ArrivalSettled(arrival.state, ""), arrival, by, at)


@action
def accept_arrival(arrival: Arrival, *, because: str, by: Actor, at: datetime) -> Arrival:
    """An office says that it is this person's although the name is another, and how it knows. Once more is nothing."""
    row = _held(arrival, by)
    if row.state == "kept":
        return row
    require(rules.can_say_why(because))
    before = Arrival._base_manager.filter(person=row.person, source=row.source, state="kept").first()
    _keep(row, before, by, at)
    return _settled(row, because, by, at)


@action
def refuse_arrival(arrival: Arrival, *, because: str, by: Actor, at: datetime) -> Arrival:
    """An office says that it is somebody else's, and why. Once more changes nothing."""
    row = _held(arrival, by)
    if row.state == "refused":
        return row
    require(rules.can_say_why(because))
    row.state = ARRIVAL.after(row.state, "refuse")
    return _settled(row, because, by, at)


@action
def remove_arrival(arrival: Arrival, *, by: Actor, at: datetime) -> Arrival:
    """Its owner takes it out: what it said is gone, that it was here stays. Once more changes nothing."""
    row = _locked(arrival)
    require(rules.is_own(by, row.person))
    if row.state == "removed":
        return row
    row.state, row.content, row.ended_at = ARRIVAL.after(row.state, "remove"), [], at
    row.save(update_fields=["state", "content", "ended_at"])
    _told(ArrivalSettled(row.state, ""), row, by, at)
    return row


def _held(arrival: Arrival, by: Actor) -> Arrival:
    row = _locked(arrival)
    require(rules.may_settle(by, row))
    return row


def _locked(arrival: Arrival) -> Arrival:
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=arrival.person_id)
    return Arrival._base_manager.select_related("person", "office").get(pk=arrival.pk)


def _settled(row: Arrival, because: str, by: Actor, at: datetime) -> Arrival:
    row.because, row.ended_by, row.ended_at = because.strip(), by.person, at
    row.save()
    return _told(ArrivalSettled(row.state, row.because), row, by, at)


def _told(fact: Fact, row: Arrival, by: Actor, at: datetime) -> Arrival:
    tell(fact, by=by, at=at, organisation=row.office, subject=row.ref)
    return row
