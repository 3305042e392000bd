"""Who issues and who sees certificates, and what they may be like."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.certificates.models import Kind
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

LONGEST_BECAUSE = 200
OLDEST = timedelta(days=366)
"""How far before today the day on a paper may lie."""
MOST_AT_ONCE = 20_000
"""People of one batch."""


def may_issue(actor: Actor, organisation: Organisation) -> Verdict:
    """The office of the organisation that issues, or of one above it."""
    return actor.may_at(Permission.ISSUE_CERTIFICATES, organisation)


def may_revoke_key(actor: Actor, organisation: Organisation) -> Verdict:
    """Who runs the organisation: everything that the key signed falls with it."""
    return actor.may_at(Permission.RUN_ORGANISATION, organisation)


def can_issue(kind: Kind, on: date, today: date) -> Verdict:
    """A kind in use, and a day that has come and is not long ago."""
    return can_date(on, today) if kind.state == "active" else not_now("certificates.kind_not_active")


def can_edit(kind: Kind) -> Verdict:
    """A draft; what was in use is followed by a new version."""
    return YES if kind.state == "draft" else not_now("certificates.kind_not_draft")


def can_date(on: date, today: date) -> Verdict:
    """A day on a paper: it has come, and is not long ago."""
    fits = today - OLDEST <= on <= today
    return YES if fits else not_now("certificates.day_unclear", first=(today - OLDEST).isoformat())


def can_say_why(because: str) -> Verdict:
    """Some words, not too many."""
    fits = 0 < len(because.strip()) <= LONGEST_BECAUSE
    return YES if fits else not_now("certificates.because_missing", most=LONGEST_BECAUSE)
