"""Who asks, who answers, who assesses and looks after breaches; and what each needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from craftpath.domain.protection.models import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WORDS,
    Breach,
    DataRequest,
)
from craftpath.engines.deadlines import Term, Unit, due
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.kernel.workdays import calendar_for
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = ["LONGEST_TEXT", "LONGEST_TITLE", "LONGEST_WORDS"]

TERM = Term(15, Unit.WORKDAYS)
"""How long an answer may take: PIPL says "promptly", GDPR a month; fifteen workdays keep both."""
LONGEST_REVIEW = timedelta(days=3 * 366)
SLACK = timedelta(minutes=10)  # a clock may run ahead
RECORD_KEPT = timedelta(days=3 * 365)
"""After an apprenticeship has ended: what its agreement and its subsidies may still be asked about."""


def due_on(organisation: Organisation, day: date) -> date:
    """The last day for an answer to what is asked on a day there."""
    last: date = due([day], TERM, calendar_for(organisation, day)).days[0].item()
    return last


def may_ask(actor: Actor) -> Verdict:
    """Somebody, for oneself."""
    return YES if actor.person is not None and actor.client is None else may_not("protection.not_yours")


def may_change(actor: Actor, row: DataRequest) -> Verdict:
    """Whoever asks, and nobody else."""
    own = actor.person is not None and actor.person.pk == row.person_id
    return YES if own else may_not("protection.not_yours")


def may_answer(actor: Actor, row: DataRequest) -> Verdict:
    """The office of the organisation that is asked or of one above it; nobody answers the own request."""
    if actor.kind is ActorKind.SYSTEM:
        return YES
    if actor.person is None or actor.client is not None or actor.person.pk == row.person_id:
        return may_not("protection.own")
    return actor.may_at(Permission.ANSWER_REQUESTS, row.organisation)


def can_say(words: str, *, needed: bool) -> Verdict:
    """Words, where the answer is nothing without them; not too many."""
    if needed and not words.strip():
        return not_now("protection.say_something")
    return YES if len(words) <= LONGEST_WORDS else not_now("protection.too_long", most=LONGEST_WORDS)


def can_be_answered(row: DataRequest) -> Verdict:
    """A deletion is carried out, locked or refused: words alone are no answer to it."""
    return not_now("protection.erase_or_say_why") if row.kind == "delete" else YES


def late(row: DataRequest, at: datetime, today: date) -> bool:
    """Whether an answer is overdue."""
    return row.state == "asked" and row.due_on < today


def may_protect(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever answers requests there also assesses uses and looks after breaches."""
    if actor.person is None or actor.client is not None:
        return may_not("protection.by_hand")
    return actor.may_at(Permission.ANSWER_REQUESTS, organisation)


def can_be_written(text: str, *, title: bool = False) -> Verdict:
    """Something, and not too much of it."""
    most = LONGEST_TITLE if title else LONGEST_TEXT
    if not text.strip():
        return not_now("protection.say_something")
    return YES if len(text) <= most else not_now("protection.too_long", most=most)


def can_say_so_much(text: str) -> Verdict:
    """Not too much."""
    return YES if len(text) <= LONGEST_TEXT else not_now("protection.too_long", most=LONGEST_TEXT)


def can_have_been_found(moment: datetime, at: datetime) -> Verdict:
    """Not in the future."""
    return YES if moment <= at + SLACK else not_now("protection.in_the_future")


def can_close(row: Breach) -> Verdict:
    """Whoever has to be told was, or it stands there why not; and something was done."""
    if not row.authority_words:
        return not_now("protection.say_whether_the_authority")
    if not row.people_words:
        return not_now("protection.say_whether_the_people")
    return YES if row.measures else not_now("protection.say_what_was_done")
