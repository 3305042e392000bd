"""Who writes, publishes, reads and answers, and what each needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from craftpath.domain.directives.models import LONGEST_REASON, LONGEST_TITLE, LONGEST_WORDS, Directive
from craftpath.domain.directives.states import ANSWERS, KINDS
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission, Role
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = ["LONGEST_REASON", "LONGEST_TITLE", "LONGEST_WORDS"]

MOST_FILES = 8
OFFICES = (Role.COORDINATOR, Role.HR, Role.ADMINISTRATOR)
"""Who reads what an authority says unless the office chooses otherwise."""


@dataclass(frozen=True, slots=True)
class Quota:
    """A line as it was typed."""

    organisation: Organisation
    occupation: Mapping[str, str]
    year: int
    count: int
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written before it is published."""

    kind: str
    title: Mapping[str, str]
    words: Mapping[str, str]
    places: Sequence[Organisation]
    below: bool = True
    roles: Collection[str] = tuple(role.value for role in OFFICES)
    understood: bool = False
    answer: str = "none"
    ask: str = ""
    answer_by: date | None = None
    quotas: Sequence[Quota] = field(default=())


def may_issue(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever publishes for this organisation."""
    return actor.may_at(Permission.ISSUE_DIRECTIVES, organisation)


def may_send(actor: Actor, organisation: Organisation, places: Collection[Organisation]) -> Verdict:
    """For oneself and those below, and no others."""
    verdict = may_issue(actor, organisation)
    if not verdict:
        return verdict
    own = all(place.path.startswith(organisation.path) for place in places)
    return YES if own else may_not("directives.place_of_others")


def can_say(title: Mapping[str, str], words: Mapping[str, str]) -> Verdict:
    """A title and a text in one language at least, of a size that somebody reads."""
    if not Text.of(title).both().strip() or not Text.of(words).both().strip():
        return not_now("directives.untitled")
    long = any(len(one) > LONGEST_TITLE for one in title.values())
    if long or any(len(one) > LONGEST_WORDS for one in words.values()):
        return not_now("directives.too_long", title=LONGEST_TITLE, words=LONGEST_WORDS)
    return YES


def can_keep(draft: Draft) -> Verdict:
    """Everything that a reader needs to know what is meant, and whom."""
    said = can_say(draft.title, draft.words)
    if not said:
        return said
    if draft.kind not in KINDS:
        return not_now("directives.kind_unknown")
    if not draft.places or not set(draft.roles) & {role.value for role in Role}:
        return not_now("directives.nobody_reached")
    asked = draft.answer != "none"
    if (
        draft.answer not in ANSWERS
        or asked != (draft.answer_by is not None)
        or (asked and not draft.ask.strip())
    ):
        return not_now("directives.answer_unclear")
    return _can_count(draft)


def _can_count(draft: Draft) -> Verdict:
    if draft.kind == "quota" and not draft.quotas:
        return not_now("directives.quota_missing")
    for line in draft.quotas:
        reached = any(
            line.organisation.path.startswith(place.path) if draft.below else line.organisation == place
            for place in draft.places
        )
        named = bool(Text.of(line.occupation).both().strip())
        if not (reached and named and 2000 <= line.year <= 2100 and 0 < line.count <= 1_000_000):
            return not_now("directives.quota_unclear")
    return YES


def can_publish(shown_from: date, today: date) -> Verdict:
    """Today or later."""
    return YES if shown_from >= today else not_now("directives.day_past")


def can_reason(words: str) -> Verdict:
    """A reason in some words."""
    size = len(words.strip())
    return YES if 0 < size <= LONGEST_REASON else not_now("directives.reason_missing", most=LONGEST_REASON)


def is_out(directive: Directive, today: date) -> bool:
    """Whether those whom it is addressed to see it."""
    day = directive.shown_from
    return directive.state in ("published", "withdrawn") and day is not None and day <= today


def can_answer(directive: Directive, *, given: bool, today: date) -> Verdict:
    """What does not hold any more asks for nothing; a late answer is still one, but what was given stays then."""
    if directive.answer == "none":
        return not_now("directives.not_asked")
    if directive.state != "published":
        return not_now("directives.no_longer_asked")
    if given and directive.answer_by is not None and today > directive.answer_by:
        return not_now("directives.answer_stays", on=directive.answer_by)
    return YES


def waits(directive: Directive, today: date) -> bool:
    """Whether it still waits for readers and answers."""
    return directive.state == "published" and is_out(directive, today)
