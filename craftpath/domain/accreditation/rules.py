"""Who registers, checks and accredits; and whether now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.accreditation.models import DeskRule, Registration, TrainingPlace
from craftpath.domain.accreditation.states import OVER, REGISTRATION, WRITABLE
from craftpath.domain.accreditation.wording import LINES, LONGEST_PHRASE
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Kind
from craftpath.kernel.roles import Permission
from craftpath.values.credit_code import is_credit_code
from craftpath.values.verdict import YES, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.accreditation.models import LineCheck
    from craftpath.kernel.organisations import Organisation

MOST_EVIDENCE = 30
MOST_PLACES = 5000  # apprentices of one occupation at one place
LONGEST_LIFE = timedelta(days=366 * 6)
NEAR = timedelta(days=90)
"""So long before its end a place is to be renewed."""


def may_accredit(actor: Actor, authority: Organisation) -> Verdict:
    """Whoever keeps the register of this city."""
    return actor.may_at(Permission.ACCREDIT_PLACES, authority)


def may_apply(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever speaks for the enterprise at the desk."""
    return actor.may_at(Permission.USE_DESK, organisation)


def can_write(registration: Registration) -> Verdict:
    """As a draft, and after it was given back."""
    return YES if registration.state in WRITABLE else not_now("accreditation.not_writable")


def can_take_back(registration: Registration) -> Verdict:
    """Until it is decided: whoever still has the link does not strike an enterprise out of the register."""
    decided = registration.state in (*OVER, "registered", "suspended")
    return not_now("accreditation.not_writable") if decided else YES


def missing(registration: Registration) -> list[str]:
    """The lines of which the form says too little to be looked at."""
    there = {
        "identity": bool(registration.name.get("zh") or registration.name.get("en"))
        and bool(registration.address)
        and is_credit_code(registration.credit_code),
        "contact": bool(registration.contact_name and (registration.contact_phone or registration.contact_mail)),
        "occupations": bool(registration.occupations) and bool(registration.workers),
        "masters": bool(registration.masters),
        "equipment": bool(registration.equipment),
        "safety": bool(registration.safety),
        "rooms": bool(registration.rooms),
        "pays": bool(registration.pays),
    }  # fmt: skip
    return [line for line in LINES if not there[line]]


def can_submit(registration: Registration) -> Verdict:
    """Once every line says something, and the code is one."""
    if registration.credit_code and not is_credit_code(registration.credit_code):
        return not_now("accreditation.code_wrong")
    lacks = missing(registration)
    return not_now("accreditation.lines_missing", count=len(lacks)) if lacks else YES


def can_say(words: str, most: int = LONGEST_PHRASE) -> Verdict:
    """Some words, and not too many."""
    if not words.strip():
        return not_now("accreditation.no_words")
    return YES if len(words.strip()) <= most else not_now("accreditation.too_many_words", most=most)


def can_check_line(registration: Registration) -> Verdict:
    """While the city has it before it."""
    return YES if registration.state == "submitted" else not_now("accreditation.not_submitted")


def can_return(checks: Iterable[LineCheck]) -> Verdict:
    """Only with something that is asked."""
    return YES if any(one.outcome == "asked" for one in checks) else not_now("accreditation.nothing_asked")


def can_check(checks: Iterable[LineCheck]) -> Verdict:
    """Once every line is accepted."""
    open_lines = set(LINES) - {one.line for one in checks if one.outcome == "accepted"}
    return not_now("accreditation.lines_open", count=len(open_lines)) if open_lines else YES


def can_register(
    registration: Registration, rule: DeskRule, visits: Collection[bool], today: date, until: date
) -> Verdict:
    """Checked, visited where the city wants it and found fit, for some years."""
    if not REGISTRATION.can(registration.state, "register"):
        return not_now("flow.not_now", flow=REGISTRATION.key, state=registration.state, move="register")
    if rule.visit and not any(visits):
        return not_now("accreditation.not_visited")
    return can_last(today, until)


def can_last(starts_on: date, until: date) -> Verdict:
    """Not backwards, and not for longer than anybody can foresee."""
    if until < starts_on:
        return not_now("accreditation.ends_before_start")
    return YES if until - starts_on <= LONGEST_LIFE else not_now("accreditation.too_long", years=6)


def can_expire(registration: Registration, today: date) -> Verdict:
    """Once its last day has passed."""
    over = registration.valid_until is not None and registration.valid_until < today
    return YES if over else not_now("accreditation.not_over")


def can_hold_places(organisation: Organisation, authority: Organisation) -> Verdict:
    """An enterprise or one of its sites, below the city."""
    fits = organisation.kind in (Kind.ENTERPRISE, Kind.SITE) and organisation.path.startswith(authority.path)
    return YES if fits else not_now("accreditation.no_such_enterprise")


def most_places(workers: int, mentors: int, rule: DeskRule) -> int:
    """How many apprentices so many skilled workers and qualified mentors can have by the rule."""
    return min(workers // rule.workers, mentors * rule.per_mentor, MOST_PLACES)


def can_have(capacity: int, workers: int, mentors: int, rule: DeskRule) -> Verdict:
    """No more than the ratio allows, and no more mentors than skilled workers."""
    if mentors > workers:
        return not_now("accreditation.more_mentors_than_workers")
    most = most_places(workers, mentors, rule)
    return YES if 1 <= capacity <= most else not_now("accreditation.too_many_places", most=most)


def stands(place: TrainingPlace) -> bool:
    """Whether it is valid and its enterprise is in the register, as far as it ever was: on hold, nobody new begins."""
    registration = place.registration
    return place.state == "valid" and (registration is None or registration.state == "registered")


def runs_out(place: TrainingPlace, today: date) -> bool:
    """Whether it is valid and its end is near, or past."""
    return place.state != "ended" and place.valid_until - today <= NEAR
