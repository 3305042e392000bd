"""Opening, understanding, answering, and reminding those who have not."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime

from craftpath.domain.directives import rules
from craftpath.domain.directives.facts import DirectiveAnswered, DirectiveRead, ReadersReminded
from craftpath.domain.directives.models import Answer, Directive, Reading
from craftpath.domain.directives.queries import unread
from craftpath.domain.directives.reach import seats_of
from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def open_directive(directive: Directive, *, by: Actor, at: datetime) -> Reading:
    """Note that somebody whom it reaches has opened it; the first time counts, and which version was read last."""
    row, person, seats = _reached(directive, by, at)
    reading = Reading.objects.filter(directive=row, person=person).first()
    if reading is None:
        reading = Reading.objects.create(directive=row, person=person, number=row.number, opened_at=at)
        told = DirectiveRead(understood=False)
        tell(told, by=by, at=at, organisation=seats[0].organisation, subject=row.ref)
    elif reading.number < row.number:
        # Words that were put right are understood anew.
        reading.understood_at = reading.understood_at if reading.number >= row.asks else None
        reading.number = row.number
        reading.save(update_fields=["number", "understood_at"])
    return reading


@action
def understand_directive(directive: Directive, *, by: Actor, at: datetime) -> Reading:
    """Say that one has read and understood it as it reads now."""
    row, person, seats = _reached(directive, by, at)
    reading = Reading.objects.filter(directive=row, person=person, number=row.number).first()
    if reading is None:
        raise Refused(not_now("directives.not_opened"))
    if reading.understood_at is None:
        reading.understood_at = at
        reading.save(update_fields=["understood_at"])
        told = DirectiveRead(understood=True)
        tell(told, by=by, at=at, organisation=seats[0].organisation, subject=row.ref)
    return reading


@action
def answer_directive(
    directive: Directive,
    place: Organisation,
    *,
    words: str = "",
    figure: Decimal | None = None,
    content: bytes = b"",
    name: str = "",
    by: Actor,
    at: datetime,
) -> Answer:
    """Answer for an organisation in which it reaches one, or put the answer right."""
    row, person, seats = _reached(directive, by, at)
    if place.pk not in {seat.organisation_id for seat in seats}:
        raise Refused(may_not("directives.not_addressed"))
    known = Answer.objects.filter(directive=row, organisation=place).exists()
    require(rules.can_answer(row, given=known, today=localtime(at).date()))
    given = {"text": bool(words.strip()), "figure": figure is not None, "file": bool(content)}
    if not given[row.answer] or len(words) > rules.LONGEST_WORDS:
        raise Refused(not_now("directives.answer_missing"))
    kept, media_type = None, ""
    if row.answer == "file":
        looked = look_at(content)
        kept, media_type = keep(looked.content, name, organisation=place, by=by, at=at), looked.media_type
    answer, _new = Answer.objects.update_or_create(
        directive=row,
        organisation=place,
        defaults={
            "words": words.strip(),
            "figure": figure if row.answer == "figure" else None,
            "file": kept,
            "media_type": media_type,
            "answered_by": person,
            "answered_at": at,
        },
    )
    tell(DirectiveAnswered(place.public_id), by=by, at=at, organisation=place, subject=row.ref)
    return answer


@action
def remind_readers(directive: Directive, *, by: Actor, at: datetime) -> int:
    """Remind everybody who has not read it: it stands in their letter of tomorrow morning. Returns how many."""
    rows = Directive.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(pk=directive.pk)
    require(rules.may_issue(by, row.organisation))
    today = localtime(at).date()
    if not rules.waits(row, today):
        raise Refused(not_now("directives.nobody_waits"))
    if row.reminded_on == today:
        raise Refused(not_now("directives.reminded_today"))
    count = len({seat.person for seat in unread([row], today)[row.pk]})
    if not count:
        raise Refused(not_now("directives.nobody_waits"))
    row.reminded_on = today
    row.save(update_fields=["reminded_on"])
    tell(ReadersReminded(count), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return count


def _reached(directive: Directive, by: Actor, at: datetime) -> tuple[Directive, Person, list[Membership]]:
    """The directive with a lock, and the seats in which it reaches whoever acts."""
    if by.person is None:
        raise Refused(may_not("directives.nobody"))
    row = Directive.objects.select_for_update(of=("self",), no_key=True).get(pk=directive.pk)
    today = localtime(at).date()
    seats = seats_of(row, by.person, today)
    if not seats or not rules.is_out(row, today):
        raise Refused(may_not("directives.not_addressed"))
    return row, by.person, seats
