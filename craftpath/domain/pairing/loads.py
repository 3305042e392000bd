"""What each teacher carries on a day: how many, of how many, whom; and who teaches at which places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.pairing.models import Bond, Pair, Standing
from craftpath.domain.pairing.queries import bonds_on, teachings
from craftpath.domain.pairing.rules import Teaching
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.values.period import Period

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

TEACHING_ROLES = (Role.MENTOR, Role.TRAINER)


@dataclass(frozen=True, slots=True)
class Load:
    """One teacher at one place. `seen` are the bonds whose pair the reader sees, one a learner; others are counted."""

    place: Organisation
    person: Person
    capacity: int
    qualified: Period | None
    learners: int = 0
    seen: Sequence[Bond] = ()
    kinds: Sequence[tuple[str, int]] = field(default=())
    """(kind of pair, learners), each learner once"""

    @property
    def hidden(self) -> int:
        """Learners of pairs that the reader does not see."""
        return self.learners - len(self.seen)

    @property
    def standing(self) -> str:
        """`over`, `full` or `free`."""
        if self.learners > self.capacity:
            return "over"
        return "full" if self.learners == self.capacity else "free"


def places_of(organisation: Organisation) -> models.QuerySet[Organisation]:
    """Where people teach the apprentices of an organisation: its own places, and enterprises of its apprentices."""
    hosts = hosts_below(organisation)
    rows: models.QuerySet[Organisation] = Organisation.objects.filter(
        Q(path__startswith=organisation.path) | Q(pk__in=hosts)
    )
    return rows.order_by("path")


def seats(
    places: Iterable[Organisation], day: date, roles: Iterable[Role] = TEACHING_ROLES
) -> list[tuple[Organisation, Person]]:
    """(place, person) of everybody with one of these roles there, by place and name; one query."""
    known = {row.pk: row for row in places}
    rows = memberships_on(day).filter(
        organisation__in=known, role__in=[role.value for role in roles], person__is_active=True
    )
    found = {
        (row.organisation_id, row.person_id): row.person
        for row in rows.select_related("person").order_by("organisation__path", "person__name", "pk")
    }
    return [(known[place], person) for (place, _), person in found.items()]


def teachers_at(places: Iterable[Organisation], day: date) -> list[tuple[Organisation, Person]]:
    """The mentors of these places, whoever has a standing there, and whoever teaches there today; three queries."""
    known = {row.pk: row for row in places}
    found = {(place.pk, person.pk): person for place, person in seats(known.values(), day, (Role.MENTOR,))}
    kept = Standing._base_manager.filter(organisation__in=known).select_related("person")
    found |= {(row.organisation_id, row.person_id): row.person for row in kept}
    taught = bonds_on(day).filter(place__in=known).select_related("teacher")
    found |= {(row.place_id, row.teacher_id): row.teacher for row in taught}
    order = sorted(found, key=lambda key: (known[key[0]].path, found[key].name, key))
    return [(known[place], found[place, person]) for place, person in order]


def loads(seats: Iterable[tuple[Organisation, Person]], day: date) -> list[Load]:
    """What each of these carries on a day, in the given order; four queries however many."""
    seats = list(seats)
    standings = teachings(seats)
    rows = list(
        bonds_on(day)
        .filter(teacher__in={person.pk for _, person in seats})
        .select_related("learner", "pair", "enrolment__cohort")
        .order_by("learner__name", "pk")
    )
    seen = set(Pair.objects.filter(pk__in={row.pair_id for row in rows}).values_list("pk", flat=True))
    by_teacher: dict[int, list[Bond]] = defaultdict(list)
    for row in rows:
        by_teacher[row.teacher_id].append(row)
    return [
        _load(place, person, standings[place.pk, person.pk], by_teacher[person.pk], seen)
        for place, person in seats
    ]


def _load(
    place: Organisation, person: Person, standing: Teaching, rows: Sequence[Bond], seen: set[int]
) -> Load:
    learners: dict[int, Bond] = {}
    for row in sorted(rows, key=lambda row: row.pair_id not in seen):
        learners.setdefault(row.learner_id, row)
    kinds: dict[str, int] = defaultdict(int)
    for row in learners.values():
        kinds[row.pair.kind] += 1
    shown = [row for row in rows if learners[row.learner_id] is row and row.pair_id in seen]
    return Load(
        place, person, standing.capacity, standing.qualified, len(learners), shown, tuple(kinds.items())
    )
