"""What a handler does with a complaint, and what both sides say to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.care import rules
from craftpath.domain.care.assigning import local_day, pass_on, who_may
from craftpath.domain.care.complaining import advance, held, told_of
from craftpath.domain.care.facts import ComplaintOpened, HandlersChanged, SideHeard
from craftpath.domain.care.models import OUTCOMES, Complaint, Handler, Named, Statement
from craftpath.domain.care.wording import LONGEST, words_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

MOST_STATEMENTS = 200
SAME = timedelta(minutes=10)  # the same words again within it are a second press of one button


@action
def open_complaint(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Read it, as a handler or as a person named who was told: each opening stands in its history."""
    row = held(complaint)
    if not rules.is_complainant(by, row):
        if _told(row, by) is None:
            require(rules.may_handle(by, row))
        told_of(ComplaintOpened(row.public_id), row, by=by, at=at)
    return row


@action
def acknowledge_complaint(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Say that it has arrived and is looked after."""
    return _move(complaint, "acknowledge", by=by, at=at)


@action
def talk_informally(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Try to settle it by talking."""
    return _move(complaint, "talk", by=by, at=at)


@action
def formalise_complaint(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Examine it formally."""
    return _move(complaint, "formalise", by=by, at=at)


@action
def mediate_complaint(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Bring both sides together with somebody between them."""
    return _move(complaint, "mediate", by=by, at=at)


@action
def decide_complaint(
    complaint: Complaint,
    *,
    outcome: str,
    decision: str,
    decision_for_named: str = "",
    by: Actor,
    at: datetime,
) -> Complaint:
    """Decide, in words for each side; who is named and was told reads theirs. Of two deciders the first counts."""
    row = _handled(complaint, by)
    if outcome not in OUTCOMES:
        raise Refused(not_now("care.word_unknown"))
    told = Named.objects.filter(complaint=row, told_at__isnull=False)
    row.outcome, row.decision = outcome, words_of(decision, LONGEST)
    row.decision_for_named = words_of(decision_for_named, LONGEST, empty=not told.exists())
    row.decided_by, row.decided_at = by.person, at
    row = advance(row, "decide", by=by, at=at)
    told.update(answered_at=at)
    return row


@action
def close_complaint(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """End it: both sides have the decision and had their say."""
    row = _move(complaint, "close", by=by, at=at)
    Named.objects.filter(complaint=row, told_at__isnull=False).update(answered_at=at)
    return row


@action
def tell_named(complaint: Complaint, named: Named, *, words: str, by: Actor, at: datetime) -> Named:
    """Put it to a person named, in the handler's words: that person knows of it from now on, and reads these."""
    row = _handled(complaint, by)
    require(rules.can_say(row))
    found = Named.objects.select_for_update(of=("self",)).get(pk=named.pk, complaint=row)
    if found.told_at is not None:
        raise Refused(not_now("care.told_already"))
    found.told, found.told_at, found.answered_at = words_of(words, LONGEST), at, at
    found.save(update_fields=["told", "told_at", "answered_at"])
    told_of(SideHeard(row.public_id, "named"), row, by=by, at=at)
    return found


@action
def say(
    complaint: Complaint,
    *,
    words: str,
    part: str = "",
    named: Named | None = None,
    by: Actor,
    at: datetime,
) -> Statement:
    """Add words: each side in its own part, a handler in the part that is chosen."""
    row = held(complaint)
    require(rules.can_say(row))
    part, named = _part(row, part, named, by)
    text = words_of(words, LONGEST)
    rows = Statement.objects.filter(complaint=row)
    same = rows.filter(part=part, named=named, said_by=by.person, words=text, said_at__gte=at - SAME).first()
    if same is not None:
        return same
    if rows.count() >= MOST_STATEMENTS:
        raise Refused(not_now("care.too_many_statements", most=MOST_STATEMENTS))
    made = Statement(complaint=row, part=part, named=named, said_by=by.person, words=text, said_at=at)
    made.save()
    if part == "complainant" and not rules.is_complainant(by, row):
        Complaint._base_manager.filter(pk=row.pk).update(answered_at=at)
    if named is not None and named.named_id != (by.person.pk if by.person else None):
        Named.objects.filter(pk=named.pk).update(answered_at=at)
    told_of(SideHeard(row.public_id, part), row, by=by, at=at)
    return made


@action
def hand_over(complaint: Complaint, *, by: Actor, at: datetime) -> Handler:
    """Give it to somebody else who may look after it."""
    row = _handled(complaint, by)
    mine = Handler.objects.get(complaint=row, handler=by.person, ended_at__isnull=True)
    other = pass_on(row, mine, by=by, at=at)
    if other is None:
        raise Refused(not_now("care.nobody_else"))
    return other


@action
def call_in(complaint: Complaint, person: Person, *, by: Actor, at: datetime) -> Handler:
    """Let somebody look after it too; never somebody who is named or depends on them."""
    row = _handled(complaint, by)
    known = Handler.objects.filter(complaint=row, handler=person, ended_at__isnull=True).first()
    if known is not None:
        return known
    seats = [seat for seat in who_may(row, local_day(row, at)) if seat.person_id == person.pk]
    if not seats:
        raise Refused(not_now("care.may_not_handle"))
    made = Handler(
        complaint=row,
        handler=person,
        organisation=Organisation.objects.get(path=seats[0].path),
        assigned_at=at,
    )
    made.save()
    told_of(HandlersChanged(row.public_id, "called_in"), row, by=by, at=at)
    return made


def _part(row: Complaint, part: str, named: Named | None, by: Actor) -> tuple[str, Named | None]:
    """Where these words belong: the sides have one part each, which they do not choose."""
    if rules.is_complainant(by, row):
        return "complainant", None
    own = _told(row, by)
    if own is not None:
        return "named", own
    require(rules.may_handle(by, row))
    if part == "named":
        told = Named.objects.filter(complaint=row, pk=named.pk if named else 0, told_at__isnull=False).first()
        if told is None:
            raise Refused(not_now("care.not_told_yet"))
        return part, told
    if part not in ("complainant", "handlers"):
        raise Refused(not_now("care.word_unknown"))
    return part, None


def _told(row: Complaint, by: Actor) -> Named | None:
    """The actor as a person named who knows of it."""
    if by.person is None:
        return None
    return Named.objects.filter(complaint=row, named=by.person, told_at__isnull=False).first()


def _move(complaint: Complaint, move: str, *, by: Actor, at: datetime) -> Complaint:
    return advance(_handled(complaint, by), move, by=by, at=at)


def _handled(complaint: Complaint, by: Actor) -> Complaint:
    row = held(complaint)
    require(rules.may_handle(by, row))
    return row
