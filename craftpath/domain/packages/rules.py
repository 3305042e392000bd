"""Who takes packages in, who plays them, and when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from craftpath.domain.packages.models import LONGEST_KEY, LONGEST_TITLE, Attempt, Package
from craftpath.domain.packages.states import DONE
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = ["LONGEST_KEY", "LONGEST_TITLE"]

MOST_BYTES = 512 * 2**20
MOST_SKILLS = 12
LONGEST_REASON = 200
LONGEST_SESSION = timedelta(hours=24)
"""For how long the token of a session in a unit serves at most."""


def may_keep(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever takes packages in, names and retires them."""
    return actor.may_at(Permission.KEEP_PACKAGES, organisation)


def may_see(actor: Actor, package: Package) -> Verdict:
    """What can be played everybody; the rest those who keep packages."""
    return YES if package.state == "ready" and package.plays else may_keep(actor, package.organisation)


def may_read_attempts(actor: Actor) -> Verdict:
    """Whoever sees results of persons, of those whom the scope shows; the own ones everybody does."""
    return actor.may(Permission.SEE_RESULTS)


def may_play(actor: Actor) -> Verdict:
    """Somebody: what is done has to be someone's."""
    return YES if actor.person is not None else may_not("kernel.role_lacks", permission="")


def can_play(package: Package) -> Verdict:
    """A package that was read and can be played here, and is not retired."""
    return YES if package.state == "ready" and package.plays else not_now("packages.not_played")


def may_launch(actor: Actor, package: Package, person: Person) -> Verdict:
    """For oneself whoever plays; for somebody else whoever keeps packages."""
    own = actor.person is not None and actor.person.pk == person.pk
    return YES if own else may_keep(actor, package.organisation)


def can_launch(package: Package, entry: str) -> Verdict:
    """A unit of a cmi5 course that is played now."""
    if entry not in package.parts:
        return not_now("packages.entry_unknown")
    return can_play(package) if package.kind == "cmi5" else not_now("packages.not_launched")


def can_show_units(package: Package) -> Verdict:
    """A cmi5 course, also one that is retired."""
    return YES if package.kind == "cmi5" else not_now("packages.not_launched")


def can_waive(because: str) -> Verdict:
    """A reason of some words."""
    fits = because.strip() and len(because) <= LONGEST_REASON and because.isprintable()
    return YES if fits else not_now("packages.waived_without_reason", most=LONGEST_REASON)


def can_name(title: Text) -> Verdict:
    """A title in one language."""
    if not (title.zh or title.en) or max(len(title.zh), len(title.en)) > LONGEST_TITLE:
        return not_now("packages.untitled", most=LONGEST_TITLE)
    return YES


def can_tag(skills: Collection[str], known: Collection[str]) -> Verdict:
    """A few skills that a list of the reader's knows."""
    if len(skills) > MOST_SKILLS:
        return not_now("packages.too_many_skills", most=MOST_SKILLS)
    return YES if set(skills) <= set(known) else not_now("packages.skill_unknown")


def small_enough(size: int) -> Verdict:
    """Whether an upload of so many bytes is taken."""
    return YES if size <= MOST_BYTES else not_now("packages.too_big", megabytes=MOST_BYTES // 2**20)


def is_over(attempt: Attempt) -> bool:
    """Whether another attempt may begin after this one."""
    return attempt.ended_at is not None or attempt.state in DONE
