"""Who may write and sign cooperation agreements."""

from __future__ import annotations

from craftpath.domain.partnership.models import PARTS, Cooperation
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now


def may_read(actor: Actor) -> Verdict:
    """Who sees agreements, or writes them."""
    return actor.may(Permission.SEE_AGREEMENTS)


def may_write(actor: Actor, enterprise: Organisation, college: Organisation) -> Verdict:
    """Either side, by whoever looks after its agreements."""
    verdict = actor.may(Permission.MANAGE_AGREEMENTS)
    if not verdict:
        return verdict
    own = any(actor.may_at(Permission.MANAGE_AGREEMENTS, side) for side in (enterprise, college))
    return YES if own else may_not("partnership.of_others")


def can_stand(enterprise: Organisation, college: Organisation) -> Verdict:
    """Two organisations, none of which contains the other."""
    inside = enterprise.path.startswith(college.path) or college.path.startswith(enterprise.path)
    return not_now("partnership.same_side") if inside else YES


def can_send(cooperation: Cooperation) -> Verdict:
    """Every part says something."""
    filled = all(Text.of(cooperation.words.get(part)).both().strip() for part in PARTS)
    return YES if filled else not_now("partnership.unfinished")
