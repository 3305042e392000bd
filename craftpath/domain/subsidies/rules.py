"""Who registers, decides and audits, and what a file must keep to at each step."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.subsidies.models import (
    EXCLUSIONS,
    LEVELS,
    LONGEST_REASON,
    LONGEST_WORDS,
    OUTCOMES,
    SEVERITIES,
    Audit,
    SubsidyFile,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

__all__ = ["EXCLUSIONS", "LEVELS", "LONGEST_REASON", "LONGEST_WORDS", "OUTCOMES", "SEVERITIES", "YES"]

MOST_MONTHS = 60
LONGEST_AUDIT = 366  # days of access
CHANGES_PEOPLE = ("draft", "returned")
CHECKS_PEOPLE = ("filed", "claimed", "claim_returned")
TAKES_PAPERS = (
    "draft", "filed", "returned", "registered", "advanced", "completed", "claimed", "claim_returned", "noticed",
)  # fmt: skip
"""States in which papers are handed in; later the file is what was settled."""
MOVES_OF_CLAIMANT = frozenset({"file", "complete", "claim", "withdraw"})
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def may_load(actor: Actor) -> Verdict:
    """Whoever runs the site."""
    return actor.may(Permission.RUN_ORGANISATION)


def may_set_schemes(actor: Actor, organisation: Organisation) -> Verdict:
    """An office that decides."""
    return actor.may_at(Permission.DECIDE_SUBSIDIES, organisation)


def may_open(actor: Actor, organisation: Organisation) -> Verdict:
    """The claimant's own office."""
    return actor.may_at(Permission.FILE_SUBSIDIES, organisation)


def may_file(actor: Actor, file: SubsidyFile) -> Verdict:
    """The same of a file that is there."""
    return actor.may_at(Permission.FILE_SUBSIDIES, file.organisation)


def may_decide(actor: Actor, file: SubsidyFile) -> Verdict:
    """The authority's officers."""
    return actor.may_at(Permission.DECIDE_SUBSIDIES, file.authority)


def decides_apart(actor: Actor, filed_by: Iterable[int | None]) -> Verdict:
    """Separation of duties: nobody decides on what the same person filed."""
    person = actor.person.pk if actor.person else None
    return may_not("subsidies.own_file") if person is not None and person in set(filed_by) else YES


def may_audit(actor: Actor, audit: Audit, on: date) -> Verdict:
    """The invited auditor, on the days of the access."""
    mine = actor.person is not None and actor.person.pk == audit.auditor_id
    return YES if mine and audit.opens_on <= on < audit.closes_on else may_not("subsidies.not_the_auditor")


def can_open(scheme_valid: bool, level: str, months: int, people: int, *, below: bool) -> Verdict:
    """A scheme that holds on the first day, a level and a length that exist, somebody in it, a body above."""
    if not below:
        return not_now("subsidies.authority_not_above")
    if not scheme_valid:
        return not_now("subsidies.scheme_not_valid")
    if level not in LEVELS:
        return not_now("subsidies.level_unknown")
    if not 1 <= months <= MOST_MONTHS:
        return not_now("subsidies.months_out_of_range", most=MOST_MONTHS)
    return YES if people else not_now("subsidies.nobody")


def can_say_why(because: str) -> Verdict:
    """With words that fit."""
    given = because.strip()
    return (
        YES if given and len(given) <= LONGEST_REASON else not_now("subsidies.no_reason", most=LONGEST_REASON)
    )


def can_exclude(file: SubsidyFile, reason: str, words: str, *, office: bool) -> Verdict:
    """While the plan is put together, or checked by the authority; "other" and the authority's own say why."""
    if file.state not in (CHECKS_PEOPLE if office else CHANGES_PEOPLE):
        return not_now("subsidies.people_fixed")
    if reason not in ("", *EXCLUSIONS):
        return not_now("subsidies.exclusion_unknown")
    if (
        file.state == "claimed" and not reason
    ):  # whoever counts again has no year in this claim: it is claimed anew
        return not_now("subsidies.return_first")
    return can_say_why(words) if reason == "other" or (office and reason) else YES


def can_take_papers(file: SubsidyFile) -> Verdict:
    """Until the money is settled."""
    return YES if file.state in TAKES_PAPERS else not_now("subsidies.papers_closed")


def can_invite(opens_on: date, closes_on: date, today: date, size: int, people: int) -> Verdict:
    """Some days from today on, and somebody to draw."""
    if not today <= opens_on < closes_on or (closes_on - opens_on).days > LONGEST_AUDIT:
        return not_now("subsidies.audit_days", most=LONGEST_AUDIT)
    return YES if 1 <= size <= people else not_now("subsidies.sample_size", most=people)


def can_find(severity: str, words: str) -> Verdict:
    """One of the severities, in words."""
    if severity not in SEVERITIES:
        return not_now("subsidies.severity_unknown")
    return can_word(words)


def can_word(words: str) -> Verdict:
    """Something was said, and not too much."""
    given = words.strip()
    return YES if given and len(given) <= LONGEST_WORDS else not_now("subsidies.no_words", most=LONGEST_WORDS)


def faulty(found: Any) -> Verdict:
    """The first fault that the engine names, as a refusal; its codes begin with the noun's name already."""
    first = found.faults[0]
    return Verdict(first.code, dict(first.facts))


def identity(text: str) -> str:
    """A Chinese identity number as it is kept nowhere: 18 signs with the right last one; "" if it is none."""
    given = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if not re.fullmatch(r"[0-9]{17}[0-9X]", given):
        return ""
    total = sum(int(sign) * weight for sign, weight in zip(given, _WEIGHTS, strict=False))
    return given if _CHECKS[total % 11] == given[-1] else ""
