"""Who sets points up, exchanges with them and settles what clashed."""

from __future__ import annotations

from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.points.tables import Clash, Point
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now


def may_keep(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever administers the organisation under which the point works."""
    return actor.may_at(Permission.KEEP_POINTS, organisation)


def may_exchange(actor: Actor, point: Point) -> Verdict:
    """Those who look after the point, while it is one."""
    verdict = actor.may_at(Permission.EXCHANGE_BUNDLES, point.organisation)
    if verdict and point.revoked_at is not None:
        return not_now("points.revoked", name=point.name)
    return verdict


def may_settle(actor: Actor, clash: Clash) -> Verdict:
    """Those who look after the point."""
    verdict = actor.may_at(Permission.EXCHANGE_BUNDLES, clash.organisation)
    return not_now("points.settled") if verdict and clash.settled_at is not None else verdict and YES
