"""Rules between college and enterprise: a draft, an offer, and one in force at which somebody has looked."""

from __future__ import annotations

from craftpath.domain.sharing import actions
from craftpath.domain.sharing.models import SharingRule
from tests.cast import AT, Cast
from tests.domain.sharing.world import drafted


def share(cast: Cast) -> dict[str, str]:
    """The college shares its roster with the enterprise; ids by what they are; once."""
    rules = SharingRule._base_manager.order_by("pk")
    if not rules.exists():
        _make(cast)
    draft, offered, in_force = rules
    return {
        "rule": in_force.public_id,
        "draft": draft.public_id,
        "offered": offered.public_id,
        "kind": "roster",
        "verb": "revoke",
    }


def _make(cast: Cast) -> None:
    office, partner = cast.actor("coordinator"), cast.actor("hr", cast.jinheng)
    to = {"receiver": cast.jinheng, "basis": "public_interest", "basis_words": "联合培养", "agreement": ""}
    drafted(cast, **to)
    actions.offer_rule(drafted(cast, "attendance", **to), by=office, at=AT)
    row = actions.offer_rule(drafted(cast, whom="both", **to), by=office, at=AT)
    row = actions.accept_rule(row, seen=row.sha256, by=partner, at=AT)
    people = [cast.enrolments["26001"].person_id]
    actions.look_at_rule(row, lines=len(people), people=people, by=partner, at=AT)
