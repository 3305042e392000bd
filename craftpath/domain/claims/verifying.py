"""What an officer does with a claim: verify, return, refuse, take a verification back. Nobody at the own one."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from craftpath.domain.claims import rules
from craftpath.domain.claims.claiming import held, said
from craftpath.domain.claims.facts import ClaimDecided
from craftpath.domain.claims.models import Claim, Decision
from craftpath.domain.claims.queries import doubles_of
from craftpath.domain.claims.states import CLAIM
from craftpath.domain.claims.texts import REFUSING, RETURNING
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def verify_claim(
    claim: Claim,
    *,
    revision: int,
    how: str,
    words: str = "",
    doubles: int = 0,
    by: Actor,
    at: datetime,
) -> Claim:
    """Say that it is real and this person's, and how that was found; the same again changes nothing.

    `doubles` is how many claims of others to the same number were looked at.
    """
    row = held(claim)
    require(rules.may_verify(by, row))
    require(rules.can_be_decided(row, revision))
    if row.state == "verified":
        return row
    state = CLAIM.after(row.state, "verify")
    require(rules.can_be_verified(row, how, words, localdate(at)))
    if doubles_of(row).count() != doubles:
        raise Refused(not_now("claims.look_at_doubles"))
    row.state, row.verified_in = state, by.organisation
    _decided(row, "verified", how=how, words=words, by=by, at=at)
    return row


@action
def return_claim(
    claim: Claim, *, revision: int, phrase: str = "", words: str = "", by: Actor, at: datetime
) -> Claim:
    """Give it back: something is to be added or put right."""
    require(rules.can_say(phrase in RETURNING, words))
    return _move(claim, "return", revision=revision, phrase=phrase, words=words, by=by, at=at)


@action
def refuse_claim(
    claim: Claim, *, revision: int, phrase: str = "", words: str = "", by: Actor, at: datetime
) -> Claim:
    """It is not so, and why."""
    require(rules.can_say(phrase in REFUSING, words))
    return _move(claim, "refuse", revision=revision, phrase=phrase, words=words, by=by, at=at)


@action
def revoke_claim(
    claim: Claim, *, revision: int, phrase: str = "", words: str = "", by: Actor, at: datetime
) -> Claim:
    """It was verified and should not have been, or holds no more; it counts nowhere from now on."""
    require(rules.can_say(phrase in REFUSING, words))
    return _move(claim, "revoke", revision=revision, phrase=phrase, words=words, by=by, at=at)


_OUTCOMES = {"return": "returned", "refuse": "refused", "revoke": "revoked"}


def _move(
    claim: Claim, move: str, *, revision: int, phrase: str, words: str, by: Actor, at: datetime
) -> Claim:
    row = held(claim)
    require(rules.may_verify(by, row))
    require(rules.may_take_back(by, row))
    state = CLAIM.after(row.state, move)
    require(rules.can_be_decided(row, revision))
    row.state, row.verified_in = state, None
    _decided(row, _OUTCOMES[move], phrase=phrase, words=words, by=by, at=at)
    return row


def _decided(
    row: Claim, outcome: str, *, how: str = "", phrase: str = "", words: str = "", by: Actor, at: datetime
) -> None:
    if by.person is None or by.organisation is None:
        raise Refused(may_not("claims.own"))
    row.decided_at, row.told_at = at, None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # whoever was quicker verified the same number for somebody else
        raise Refused(not_now("claims.held_by_another")) from None
    words = words.strip()
    assert by.organisation is not None and by.person is not None  # noqa: S101, PT018  (may_verify has asked)
    Decision.objects.create(
        claim=row, revision=row.revision, outcome=outcome, how=how, phrase=phrase, words=words,
        place=by.organisation, by=by.person, at=at,
    )  # fmt: skip
    said(ClaimDecided(outcome, how, phrase, words), row, by=by, at=at)
