"""What the office does: answer, refuse, lock, erase."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate

from craftpath.domain.protection import rules
from craftpath.domain.protection.asking import held
from craftpath.domain.protection.facts import PersonErased, PersonLocked, RequestAnswered
from craftpath.domain.protection.holds import Hold, holds_on
from craftpath.domain.protection.models import DataRequest
from craftpath.domain.protection.states import REQUEST
from craftpath.kernel.access import Actor, memberships_on
from craftpath.kernel.action import action
from craftpath.kernel.clients import end_clients_of
from craftpath.kernel.erasing import Erased, erase_person, erase_rows
from craftpath.kernel.factors import forget_factors
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.people import Person, selves
from craftpath.kernel.search.entries import forget
from craftpath.values.verdict import Refused, not_now, require


@action
def answer_request(request: DataRequest, words: str, *, by: Actor, at: datetime) -> DataRequest:
    """Say what was asked for, or what was done."""
    row = _asked(request, by)
    require(rules.can_be_answered(row))
    require(rules.can_say(words, needed=True))
    return _answered(row, "answer", words, by, at)


@action
def refuse_request(request: DataRequest, words: str, *, by: Actor, at: datetime) -> DataRequest:
    """Say why not."""
    row = _asked(request, by)
    require(rules.can_say(words, needed=True))
    return _answered(row, "refuse", words, by, at)


@action
def lock_person(request: DataRequest, *, by: Actor, at: datetime) -> DataRequest:
    """Put the data of whoever asks for deletion out of use until nothing has to be kept any more.

    Refused while something runs, and where nothing has to be kept.
    """
    row = _asked(request, by)
    if row.state == "locked":
        return row
    _for_deletion(row)
    hold, until = _kept_until(row, localdate(at))
    row.hold, row.locked_until = hold, until
    _out_of_use(row.person, at)
    row.state = REQUEST.after(row.state, "lock")
    row.answered_by, row.answered_at = by.person, at
    row.save(update_fields=["state", "hold", "locked_until", "answered_by", "answered_at"])
    _tell(row, PersonLocked(row.person.public_id, row.hold, until.isoformat()), by, at)
    return row


@action
def erase_for(request: DataRequest, *, by: Actor, at: datetime) -> DataRequest:
    """Erase whoever asks for it, in every table, at once. Refused with what stands against it.

    A record into which others were merged goes with them.
    """
    row = _asked(request, by)
    if row.state == "erased":
        return row
    _for_deletion(row)
    today = localdate(at)
    against = holds_on(row.person, today)
    if against:
        first = against[0]
        raise Refused(not_now(first.reason, until=first.until))
    state = REQUEST.after(row.state, "erase")
    done = _erase(row.person, at)
    DataRequest._base_manager.filter(pk=row.pk).update(
        state=state, answered_by=by.person, answered_at=at, locked_until=None, hold=""
    )
    row.refresh_from_db()
    _tell(row, PersonErased(row.person.public_id, done.blanked, done.deleted, done.files), by, at)
    return row


def _asked(request: DataRequest, by: Actor) -> DataRequest:
    row = held(request)
    require(rules.may_answer(by, row))
    return row


def _for_deletion(row: DataRequest) -> None:
    if row.kind != "delete":
        raise Refused(not_now("protection.no_deletion"))


def _kept_until(row: DataRequest, today: date) -> tuple[str, date]:
    against: list[Hold] = holds_on(row.person, today)
    running = next((one for one in against if one.until is None), None)
    if running is not None:
        raise Refused(not_now(running.reason))
    if not against:
        raise Refused(not_now("protection.nothing_holds"))
    last = max(against, key=lambda one: one.until or today)
    return last.reason, last.until or today


def _answered(row: DataRequest, move: str, words: str, by: Actor, at: datetime) -> DataRequest:
    state = REQUEST.after(row.state, move)
    row.state, row.answer, row.answered_by, row.answered_at = state, words.strip(), by.person, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    _tell(row, RequestAnswered(row.kind, state), by, at)
    return row


def _tell(row: DataRequest, told: Fact, by: Actor, at: datetime) -> None:
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)


def _out_of_use(person: Person, at: datetime) -> None:
    """Nobody signs in as this person, no program acts for them, the search box does not find them."""
    people = list(selves(person.pk))
    ids = [one.pk for one in people]
    Person.objects.filter(pk__in=ids).update(is_active=False)
    keys = list(UserSession.objects.filter(user__in=ids).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user__in=ids).delete()
    end_clients_of(people, at)
    forget("kernel", "person", [one.public_id for one in people])


def _erase(person: Person, at: datetime) -> Erased:
    _out_of_use(person, at)
    people = list(selves(person.pk).select_for_update(of=("self",)))
    forget_factors(people)
    EmailAddress.objects.filter(user__in=people).delete()
    memberships_on(localdate(at)).filter(person__in=people).update(
        ends_on=localdate(at), ends_because="erased"
    )
    done = erase_rows([one.pk for one in people])
    for one in people:
        erase_person(one)
    return done
