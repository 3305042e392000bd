"""Handing confirmed acts down, and taking them back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from craftpath.domain.apprenticeships.days import under_way
from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.participation.facts import ActsConfirmed, ActsWithdrawn
from craftpath.domain.participation.models import LONGEST_TITLE, ConfirmedAct
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person
    from craftpath.values.ref import Ref


@dataclass(frozen=True, slots=True)
class Act:
    """What a noun hands down: the thing, what it is called, and the day on which people took part in it."""

    kind: str
    about: Ref
    title: str
    on: date


@action
def confirm_acts(
    act: Act,
    people: Collection[int],
    *,
    confirmed_by: Person | None,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> list[str]:
    """Keep that these people (ids) took part, each with the apprenticeship that was under way that day.

    Others are left out, and so is who has it already; what was withdrawn counts again. Public ids of what is new.
    """
    about = str(act.about)
    whose = under_way(people, act.on)
    hold(whose)  # two who hand the same thing down wait for each other
    known = ConfirmedAct._base_manager.filter(enrolment__in=whose, about=about)
    withdrawn = [row for row in known if row.withdrawn_at]
    fresh = [
        ConfirmedAct(
            enrolment_id=who,
            kind=act.kind,
            about=about,
            title=act.title[:LONGEST_TITLE],
            on=act.on,
            confirmed_by=confirmed_by,
            confirmed_at=at,
        )
        for who in sorted(set(whose) - {row.enrolment_id for row in known})
    ]
    ConfirmedAct._base_manager.bulk_create(fresh, batch_size=500)
    ConfirmedAct._base_manager.filter(pk__in=[row.pk for row in withdrawn]).update(
        withdrawn_at=None, because="", on=act.on, confirmed_by=confirmed_by, confirmed_at=at
    )
    told = [row.public_id for row in [*fresh, *withdrawn]]
    if told:
        tell(ActsConfirmed(told), by=by, at=at, organisation=organisation, subject=act.about)
    return told


@action
def withdraw_acts(
    about: Ref,
    people: Collection[int] | None = None,
    *,
    because: str = "",
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> list[str]:
    """Take back what was confirmed of a thing, of everybody or of some people (ids); it stays, with the reason."""
    mine = Q(about=str(about), withdrawn_at=None)
    if people is not None:
        mine &= Q(enrolment__person__in=list(people))
    rows = ConfirmedAct._base_manager.filter(mine)
    told = list(rows.values_list("public_id", flat=True))
    if told:
        rows.update(withdrawn_at=at, because=because[:200])
        tell(ActsWithdrawn(told, because), by=by, at=at, organisation=organisation, subject=about)
    return told
