"""What reviews do when others' facts are told: whoever works with an apprentice now takes part in what is to come."""

from __future__ import annotations

from craftpath.domain.apprenticeships.facts import (
    EnrolmentMoved,
    PartiesAppointed,
    PartiesFollowed,
    RosterTaken,
)
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.reviews.actions import change_mentors
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on


@on(PartiesAppointed)
def on_parties_appointed(told: Told) -> None:
    """A new mentor comes to the reviews that the former one would have come to."""
    if told.fact.role == "mentor":
        _change(told, public_id__in=told.fact.enrolments)


@on(PartiesFollowed)
def on_parties_followed(told: Told) -> None:
    """A pair began or ended: the mentor of today comes."""
    if told.fact.role == "mentor":
        _change(told, public_id__in=told.fact.enrolments)


@on(RosterTaken)
def on_roster_taken(told: Told) -> None:
    """A roster may name other mentors."""
    _change(told, cohort__public_id=told.fact.cohort)


@on(EnrolmentMoved)
def on_enrolment_moved(told: Told) -> None:
    """At another enterprise somebody else is mentor."""
    _change(told, public_id=told.fact.enrolment)


def _change(told: Told, **which: object) -> None:
    organisation = told.entry.organisation
    change_mentors(list(enrolments().filter(**which)), by=system(organisation), at=told.entry.at)
