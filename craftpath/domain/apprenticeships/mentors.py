"""Who the mentors of a roster are: found at the enterprise of the apprentice, or added there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.admission import give_role
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, free_usernames
from craftpath.kernel.roles import Role


def mentors_for(
    pairs: Sequence[tuple[Enrolment, Person | str]], *, by: Actor, at: datetime
) -> dict[int, Person]:
    """enrolment id → its mentor, who has the role at the apprentice's place of work from now on.

    A text is a name, and never a sign-in name: whoever is called by it must be a mentor of that place, for
    a sheet must not lead to people elsewhere. The same name at two places is two people.
    """
    places = {row.pk: row.enterprise or row.cohort.organisation for row, _ in pairs}
    named = {(places[row.pk], mentor): row.pk for row, mentor in pairs if isinstance(mentor, str)}
    people = _people(list(named))
    found = {
        row.pk: people[places[row.pk], mentor] if isinstance(mentor, str) else mentor for row, mentor in pairs
    }
    for place in sorted(set(places.values()), key=lambda place: place.path):
        here = [found[row] for row, where in places.items() if where == place]
        give_role(here, place, Role.MENTOR, on=localdate(at), by=by, at=at)
    return found


def _people(named: Sequence[tuple[Organisation, str]]) -> dict[tuple[Organisation, str], Person]:
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
    return found | dict(zip(new, made, strict=True))
