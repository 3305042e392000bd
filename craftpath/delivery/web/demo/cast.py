"""The people of the demo: those whose sign-in name says so and who hold a role today."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

ORDER = {role.value: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Player:
    """One of the cast, in the role and at the organisation that the demo shows them in."""

    person: Person
    role: Role
    organisation: Organisation


def cast() -> list[Player]:
    """Everybody of the demo, each in the role that the sign-in name gives, else in the first one; one query."""
    held = (
        memberships_on(timezone.localdate())
        .filter(person__username__startswith=DEMO_PREFIX, person__is_active=True)
        .select_related("person")
    )
    shown: dict[int, Player] = {}
    for row in sorted(
        held, key=lambda row: (row.person.username != DEMO_PREFIX + row.role, ORDER[row.role], row.pk)
    ):
        shown.setdefault(row.person_id, Player(row.person, Role(row.role), row.organisation))
    return sorted(shown.values(), key=lambda player: (ORDER[player.role], player.person.pk))
