"""Who the mentors of a roster are: found at the enterprise of the apprentice, or added there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.apprenticeships.trace import Trace
from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.admission import give_role
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, free_usernames
from craftpath.kernel.roles import Role


def mentors_for(
    pairs: Sequence[tuple[Enrolment, Person | str]], trace: Trace, *, by: Actor, at: datetime
) -> dict[int, Person]:
    """enrolment id → its mentor, who has the role at the apprentice's place of work from now on.

    A text is a name, and never a sign-in name: whoever is called by it must be a mentor of that place, for
    a sheet must not lead to people elsewhere. The same name at two places is two people.
    """
    places = {row.pk: row.enterprise or row.cohort.organisation for row, _ in pairs}
    named = {(places[row.pk], mentor): row.pk for row, mentor in pairs if isinstance(mentor, str)}
    people = _people(list(named), trace)
    found = {
        row.pk: people[places[row.pk], mentor] if isinstance(mentor, str) else mentor for row, mentor in pairs
    }
    by_place: dict[Organisation, dict[int, Person]] = {}
    for row, place in places.items():
        by_place.setdefault(place, {})[found[row].pk] = found[row]
    for place in sorted(by_place, key=lambda place: place.path):
        here = by_place[place]
        trace.roles += _without_role(set(here) - set(trace.mentors), place)
        give_role(here.values(), place, Role.MENTOR, on=localdate(at), by=by, at=at)
    return found


def _without_role(people: set[int], place: Organisation) -> list[list[Any]]:
    """Those known before who become mentors of this place now."""
    held = Membership.objects.filter(
        organisation=place, role=Role.MENTOR, ends_on__isnull=True, person__in=people
    )
    new = people - set(held.values_list("person_id", flat=True)) if people else set()
    return [[pk, place.pk, Role.MENTOR.value] for pk in new]


def _people(
    named: Sequence[tuple[Organisation, str]], trace: Trace
) -> dict[tuple[Organisation, str], Person]:
    rows = Membership.objects.filter(
        role=Role.MENTOR,
        organisation__in={place for place, _ in named},
        person__name__in={name for _, name in named},
    ).select_related("person", "organisation")
    found = {(row.organisation, row.person.name): row.person for row in rows.order_by("-pk")}
    new = [(place, name) for place, name in named if (place, name) not in found]
    usernames = free_usernames([(f"{place.key[:39]}-{name[:40]}",) for place, name in new])
    made = [Person(username=username, name=name) for username, (_, name) in zip(usernames, new, strict=True)]
    for person in made:
        person.set_unusable_password()
    Person.objects.bulk_create(made)
    trace.mentors += [person.pk for person in made]
    return found | dict(zip(new, made, strict=True))
