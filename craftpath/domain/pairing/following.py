"""A bond of today opens the apprentice's record to its teacher; one that is over closes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.actions import follow_parties
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.pairing.queries import bonds, turned
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.admission import give_role
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.pairing.models import Bond

PARTY = {"college_tutor": "trainer"}
"""What the teacher of a kind of pair is to the apprentice; everybody else is a mentor."""


@action
def follow(enrolments: Iterable[Enrolment], *, by: Actor, at: datetime) -> int:
    """Let the parties of these apprentices be those whom their bonds name today; says how many changed.

    People whom no bond ever named are left alone: a roster may have brought them. The pair is the permission, so the
    record opens by itself, whoever of those who may formed the pair.
    """
    rows = {row.pk: row for row in enrolments}
    if not rows:
        return 0
    day, changed = localdate(at), 0
    known = bonds().filter(enrolment__in=rows).select_related("pair", "teacher", "place").order_by("pk")
    by_role: dict[str, list[Bond]] = defaultdict(list)
    for bond in known:
        by_role[PARTY.get(bond.pair.kind, "mentor")].append(bond)
    for role, found in sorted(by_role.items()):
        today = [bond for bond in found if bond.on(day)]
        if role == "mentor":
            _give_roles(today, by=system(), at=at)
        changed += follow_parties(
            list(rows.values()),
            role=role,
            today={(bond.enrolment_id or 0, bond.teacher_id) for bond in today},
            named={(bond.enrolment_id or 0, bond.teacher_id) for bond in found},
            by=system(),
            at=at,
        )
    return changed


def _give_roles(today: Iterable[Bond], *, by: Actor, at: datetime) -> None:
    places = {bond.place_id: bond.place for bond in today}
    for pk in sorted(places):
        people = {bond.teacher_id: bond.teacher for bond in today if bond.place_id == pk}
        give_role(people.values(), places[pk], Role.MENTOR, on=localdate(at), by=by, at=at)


@action
def turn_bonds(*, by: Actor, at: datetime) -> int:
    """What a day changes by itself: bonds that begin or ended lately; says how many parties changed."""
    ids = turned(localdate(at))
    return follow(enrolments().filter(pk__in=ids), by=by, at=at)
