"""Who can supply a paper: people with the role that the scheme names, at enterprise or college, or the apprentice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from craftpath.domain.subsidies.actions import Asking
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FilePerson, SubsidyFile

MOST = 12  # people of a role who are offered


def suppliers(file: SubsidyFile, people: Sequence[FilePerson], day: date) -> Mapping[str, list[Asking]]:
    """role → who has it here, by name; of `apprentice` everybody of the file. One query."""
    college, claimant = _up(file.cohort.organisation), _up(file.organisation)
    offices = Q(role=Role.HR.value, organisation__path__in=claimant)
    offices |= Q(role__in=[Role.COORDINATOR.value, Role.TRAINER.value], organisation__path__in=college)
    offices |= Q(role=Role.MENTOR.value, organisation__path__in=claimant)
    mine = Q(role=Role.APPRENTICE.value, person__in=[row.person_id for row in people])
    rows = memberships_on(day).filter(offices | mine, person__is_active=True).select_related("person")
    by_person = {row.person_id: row for row in people}
    found: dict[str, list[Asking]] = defaultdict(list)
    for row in rows.order_by("person__name", "pk"):
        if row.role == Role.APPRENTICE.value:
            member = by_person[row.person_id]
            found[row.role].append(Asking(row.person, row.organisation, member))
        elif len(found[row.role]) < MOST:
            found[row.role].append(Asking(row.person, row.organisation))
    return found


def _up(organisation: Organisation) -> list[str]:
    step = organisation.steplen
    return [organisation.path[:end] for end in range(step, len(organisation.path) + 1, step)]
