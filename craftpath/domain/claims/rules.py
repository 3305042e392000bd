"""Who claims, who verifies, and what a claim may be like."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.certificates import levels
from craftpath.domain.claims.models import HOW, LONGEST_NAME, LONGEST_NUMBER, LONGEST_WORDS, Claim
from craftpath.domain.claims.states import WRITABLE
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Occupation

MOST_EVIDENCE = 6
EVIDENCE_KEPT = timedelta(days=180)
"""How long evidence stays once a claim is over."""


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on the certificate; `level` without a scheme says nothing, so both are empty or neither is."""

    title: str
    issuer: str
    number: str
    issued_on: date
    valid_until: date | None = None
    scheme: str = ""
    level: str = ""
    occupation: Occupation | None = None


def plain(words: str) -> str:
    """What is left to compare: letters and figures, in one width and one case."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKC", folded) if sign.isalnum())


def may_claim(actor: Actor, organisation: Organisation) -> Verdict:
    """Somebody with a role there, for oneself."""
    here = actor.organisation is not None and actor.organisation.pk == organisation.pk
    return YES if actor.person is not None and actor.roles and here else may_not("claims.not_yours")


def may_change(actor: Actor, claim: Claim) -> Verdict:
    """Whoever claims, and nobody else."""
    own = actor.person is not None and actor.person.pk == claim.person_id
    return YES if own else may_not("claims.not_yours")


def may_verify(actor: Actor, claim: Claim) -> Verdict:
    """An officer of the organisation that looks at it or of one above, but never at the own claim."""
    if actor.person is None or actor.person.pk == claim.person_id:
        return may_not("claims.own")
    return actor.may_at(Permission.VERIFY_CLAIMS, claim.organisation)


def may_take_back(actor: Actor, claim: Claim) -> Verdict:
    """The office that verified, or one above it: nobody takes back what an office above has verified."""
    place = claim.verified_in
    return actor.may_at(Permission.VERIFY_CLAIMS, place) if place is not None else YES


def may_trust(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever verifies there."""
    return actor.may_at(Permission.VERIFY_CLAIMS, organisation)


def can_be_claimed(told: Told, today: date) -> Verdict:
    """A name, an issuing body, a number that can be compared, a known level, and days that can be."""
    for name, most in (
        (told.title, LONGEST_NAME), (told.issuer, LONGEST_NAME), (told.number, LONGEST_NUMBER)
    ):  # fmt: skip
        if not plain(name) or len(name) > most or len(plain(name)) > most:
            return not_now("claims.incomplete")
    if (told.scheme or told.level) and levels.level(told.scheme, told.level) is None:
        return not_now("claims.level_unknown")
    if told.issued_on > today:
        return not_now("claims.not_issued_yet")
    if told.valid_until is not None and told.valid_until < told.issued_on:
        return not_now("claims.days_unclear")
    return _still_holds(told.valid_until, today)


def _still_holds(valid_until: date | None, today: date) -> Verdict:
    over = valid_until is not None and valid_until < today
    return not_now("claims.expired", on=valid_until) if over else YES


def can_be_verified(claim: Claim, how: str, words: str, today: date) -> Verdict:
    """It says how, and the certificate holds still."""
    if how not in HOW:
        return not_now("claims.say_how")
    if len(words) > LONGEST_WORDS:
        return not_now("claims.too_long", most=LONGEST_WORDS)
    return _still_holds(claim.valid_until, today)


def can_be_decided(claim: Claim, revision: int) -> Verdict:
    """What was read is what stands there."""
    return YES if claim.revision == revision else not_now("claims.changed_since")


def can_say(known: bool, words: str) -> Verdict:
    """A phrase of the bank or own words, not too many."""
    fits = (known or bool(words.strip())) and len(words) <= LONGEST_WORDS
    return YES if fits else not_now("claims.say_why", most=LONGEST_WORDS)


def can_be_written(claim: Claim) -> Verdict:
    """While it waits or was returned."""
    return YES if claim.state in WRITABLE else not_now("claims.not_open")


def can_add(count: int) -> Verdict:
    """One more fits."""
    return YES if count < MOST_EVIDENCE else not_now("claims.too_many", most=MOST_EVIDENCE)


def counts(claim: Claim, on: date) -> bool:
    """Whether it is verified and holds on a day."""
    ends = claim.valid_until
    return claim.state == "verified" and claim.issued_on <= on and (ends is None or on <= ends)
