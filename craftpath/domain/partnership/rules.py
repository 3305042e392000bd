"""Who writes, signs, gives, confirms and reads; what can stand, be sent and be confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from craftpath.domain.partnership.models import PARTS, Contribution, Cooperation, Side
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

FEWEST_SIDES, MOST_SIDES = 2, 8
MOST_RATES = 30
MOST_WORTH = 10**14
"""Minor units of one contribution: above it a year's sum would no longer fit what databases add up."""
_ROLES = {
    Kind.ENTERPRISE: "enterprise",
    Kind.SITE: "enterprise",
    Kind.COLLEGE: "college",
    Kind.INSTITUTE: "college",
    Kind.CENTRE: "college",
    Kind.CAMPUS: "college",
    Kind.POINT: "college",
    Kind.CITY: "public",
    Kind.MINISTRY: "public",
}


def role_of(organisation: Organisation) -> str:
    """As what an organisation is a side."""
    return _ROLES[Kind(organisation.kind)]


def may_read(actor: Actor) -> Verdict:
    """Who sees cooperations."""
    return actor.may(Permission.SEE_AGREEMENTS) or actor.may(Permission.RUN_PARTNERSHIPS)


def may_write(actor: Actor, sides: Sequence[Organisation]) -> Verdict:
    """Any side, by whoever looks after its partnerships."""
    verdict = actor.may(Permission.RUN_PARTNERSHIPS)
    if not verdict:
        return verdict
    own = any(actor.may_at(Permission.RUN_PARTNERSHIPS, side) for side in sides)
    return YES if own else may_not("partnership.of_others")


def may_act_for(actor: Actor, side: Side) -> Verdict:
    """Give, pledge and do what is due in the name of one side."""
    return may_write(actor, [side.organisation])


def own_side(actor: Actor, sides: Sequence[Side]) -> Side | None:
    """The side for which the actor acts: the own organisation's before one below it."""
    mine = [side for side in sides if may_act_for(actor, side)]
    here = actor.organisation.pk if actor.organisation else None
    return min(mine, key=lambda side: side.organisation_id != here, default=None)


def may_look(actor: Actor, row: Contribution, sides: Sequence[Side]) -> Verdict:
    """Four eyes: another side than the giver confirms or questions, and never who entered it."""
    side = own_side(actor, [one for one in sides if one.pk != row.side_id])
    if side is None or (actor.organisation and actor.organisation.pk == row.side.organisation_id):
        return actor.may(Permission.RUN_PARTNERSHIPS) and may_not("partnership.own_contribution")
    same = actor.person is not None and actor.person.pk == row.made_by_id
    return may_not("partnership.own_contribution") if same else YES


def may_reckon(actor: Actor, side: Side) -> Verdict:
    """What apprentices cost an enterprise is reckoned by itself, and by nobody above it."""
    verdict = may_act_for(actor, side)
    if not verdict:
        return verdict
    inside = actor.organisation is not None and actor.organisation.pk == side.organisation_id
    return YES if inside and side.role == "enterprise" else may_not("partnership.costs_are_own")


def can_stand(sides: Sequence[Organisation]) -> Verdict:
    """Two to eight organisations; none contains another, but a public body may stand above the others."""
    if not FEWEST_SIDES <= len({side.pk for side in sides}) <= MOST_SIDES:
        return not_now("partnership.sides_few")
    partners = [side for side in sides if role_of(side) != "public"]
    if not partners or len({side.pk for side in sides}) != len(sides):
        return not_now("partnership.same_side")
    for one in partners:
        if any(other is not one and other.path.startswith(one.path) for other in partners):
            return not_now("partnership.same_side")
    return YES


def parts_for(roles: Sequence[str]) -> list[str]:
    """The parts of the text that an agreement of these sides has: duties of nobody who is not there."""
    absent = {f"{role}_duties" for role in ("enterprise", "college", "public") if role not in roles}
    return [part for part in PARTS if part not in absent]


def can_send(cooperation: Cooperation, roles: Sequence[str]) -> Verdict:
    """Every part says something."""
    filled = all(Text.of(cooperation.words.get(part)).both().strip() for part in parts_for(roles))
    return YES if filled else not_now("partnership.unfinished")


def can_give(cooperation: Cooperation) -> Verdict:
    """Nothing is given to what is not in force."""
    return YES if cooperation.state == "in_force" else not_now("partnership.not_in_force")


def can_settle(cooperation: Cooperation) -> Verdict:
    """What was never signed has no year to settle; what has ended still has."""
    return YES if cooperation.state == "ended" else can_give(cooperation)
