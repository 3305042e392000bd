"""Making a complaint, naming somebody in it, taking it back or elsewhere, reading what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.care import rules
from craftpath.domain.care.assigning import local_day, settle_handlers
from craftpath.domain.care.facts import ComplaintMade, ComplaintMoved, SideHeard
from craftpath.domain.care.models import ABOUT, MATTERS, Complaint, Handler, Named
from craftpath.domain.care.states import COMPLAINT
from craftpath.domain.care.terms import due_day, steps
from craftpath.domain.care.wording import LONGEST, SHORT, words_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.workdays import calendar_for
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


@action
def make_complaint(
    organisation: Organisation,
    *,
    made_id: uuid.UUID,
    about: str,
    matter: str,
    words: str,
    wish: str = "",
    named: Iterable[Person] = (),
    about_organisation: Organisation | None = None,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Take a complaint, once by its name, and give it to somebody who is not concerned by it.

    The way begins at `organisation`; the caller has offered only those that the complainant belongs to.
    """
    require(rules.may_complain(by))
    if by.person is None or about not in ABOUT or matter not in MATTERS:
        raise Refused(not_now("care.word_unknown"))
    people = list({person.pk: person for person in named}.values())
    if about == "person" and not people:
        raise Refused(not_now("care.nobody_named"))
    if about == "organisation" and about_organisation is None:
        raise Refused(not_now("care.no_organisation"))
    values = {
        "person": by.person,
        "organisation": organisation,
        "about": about,
        "about_organisation": about_organisation,
        "matter": matter,
        "words": words_of(words, LONGEST),
        "wish": words_of(wish, SHORT, empty=True),
        "made_at": at,
    }
    row, new = Complaint._base_manager.get_or_create(made_id=made_id, defaults=values)
    if not new:
        if row.person_id != by.person.pk:
            raise Refused(not_now("care.word_unknown"))
        return row
    for person in people:
        _name(row, person, at)
    set_due(row, at)
    row.save(update_fields=["due_on", "due_assumed"])
    told_of(ComplaintMade(row.public_id), row, by=by, at=at)
    settle_handlers(row, because="made", by=by, at=at)
    return row


@action
def name_person(complaint: Complaint, person: Person, *, by: Actor, at: datetime) -> Named:
    """Say that somebody is concerned: whoever it is, or depends on them, handles it no longer from this moment on."""
    row = held(complaint)
    if not rules.is_complainant(by, row):
        require(rules.may_handle(by, row))
    standing = Named.objects.filter(complaint=row)
    known = standing.filter(named=person).first()
    if known is not None:
        return known
    require(rules.can_name(row, person.pk, standing.count()))
    made = _name(row, person, at)
    told_of(SideHeard(row.public_id, "named"), row, by=by, at=at)
    settle_handlers(row, because="concerned", by=by, at=at)
    return made


@action
def find_handler(complaint: Complaint, *, by: Actor, at: datetime) -> list[Handler]:
    """Look again for somebody to look after it, when nobody was left or they have gone."""
    row = held(complaint)
    require(rules.may_withdraw(by, row))
    require(rules.can_say(row))
    return settle_handlers(row, because="left", by=by, at=at)


@action
def withdraw_complaint(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Take one's own complaint back."""
    row = held(complaint)
    require(rules.may_withdraw(by, row))
    return advance(row, "withdraw", by=by, at=at)


@action
def escalate_complaint(complaint: Complaint, *, external: str, by: Actor, at: datetime) -> Complaint:
    """Take it to somebody outside: an authority, arbitration, the union."""
    row = held(complaint)
    require(rules.may_escalate(by, row))
    row.external = words_of(external, 200)
    return advance(row, "escalate", by=by, at=at)


@action
def read_answer(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The complainant, or a person named, has read what they were told last."""
    row = held(complaint)
    if rules.is_complainant(by, row):
        row.read_at = at
        row.save(update_fields=["read_at"])
        return row
    told = Named.objects.filter(complaint=row, named=by.person, told_at__isnull=False)
    if by.person is None or not told.update(read_at=at):
        raise Refused(may_not("care.not_yours"))
    return row


def held(complaint: Complaint) -> Complaint:
    """The row, kept from others until the transaction ends; the caller asks who may."""
    rows = Complaint._base_manager.select_for_update(of=("self",))
    return rows.select_related("organisation", "about_organisation").get(pk=complaint.pk)


def advance(row: Complaint, move: str, *, by: Actor, at: datetime) -> Complaint:
    """One step further, with the day of the next one."""
    row.state = COMPLAINT.after(row.state, move)
    set_due(row, at)
    if not rules.is_complainant(by, row):
        row.answered_at = at
    row.ended_at = None if row.due_on else at
    row.save()
    told_of(ComplaintMoved(row.public_id, row.state), row, by=by, at=at)
    return row


def set_due(row: Complaint, at: datetime) -> None:
    """By when the next step is due; nothing is due of what has ended."""
    term = steps().get(row.state)
    row.due_on, row.due_assumed = None, False
    if term is not None:
        today = local_day(row, at)
        row.due_on, row.due_assumed = due_day(today, term, calendar_for(row.organisation, today))


def told_of(told: Fact, row: Complaint, *, by: Actor, at: datetime) -> None:
    """Write a line of the complaint's own history."""
    tell(told, by=by, at=at, subject=row.ref)


def _name(row: Complaint, person: Person, at: datetime) -> Named:
    if person.pk == row.person_id:
        raise Refused(not_now("care.names_oneself"))
    made = Named(complaint=row, named=person, named_at=at)
    made.save()
    return made
