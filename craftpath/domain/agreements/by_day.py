"""Rows and days: which amendments and early endings stand, what an agreement is on a day, and what has come due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.agreements.models import Agreement, Amendment, EarlyLeaving
from craftpath.domain.agreements.standing import Step, in_order, last_change, standing_on
from craftpath.domain.agreements.terms import Terms
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person

SIGNED = ("agreed", "in_force")
"""States of an amendment that everybody has signed; whether it holds already is a question of the day."""


def written_out(
    enterprise: Organisation, mentor: Person | None, starts_on: date, ends_on: date, terms: Terms
) -> dict[str, Any]:
    """Parties, dates and terms as one value that can be compared."""
    return {
        "enterprise": enterprise.title.as_json(),
        "mentor": mentor.name if mentor else "",
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        **terms.as_json(),
    }


def state_of(row: Agreement) -> dict[str, Any]:
    """The same of a row as it is."""
    terms = Terms.from_json(row.terms)
    return written_out(row.enterprise, row.mentor, row.starts_on, row.ends_on, terms)


def step_of(amendment: Amendment) -> Step:
    """A signed amendment as a value."""
    changed = tuple(amendment.changed)
    return Step(amendment.takes_effect_on, amendment.number, changed, amendment.before, amendment.after)


def signed_amendments(agreements: Iterable[Agreement], *states: str) -> dict[int, list[Amendment]]:
    """agreement id → its signed amendments by their day; one query."""
    rows = Amendment._base_manager.filter(
        agreement__in=[row.pk for row in agreements], state__in=states or SIGNED
    ).select_related("enterprise", "former", "mentor")
    found: dict[int, list[Amendment]] = {}
    for row in rows.order_by("takes_effect_on", "number"):
        found.setdefault(row.agreement_id, []).append(row)
    return found


def leavings(agreements: Iterable[Agreement]) -> dict[int, EarlyLeaving]:
    """agreement id → the early ending that stands; one query."""
    rows = EarlyLeaving.objects.filter(
        agreement__in=[row.pk for row in agreements], taken_back_at__isnull=True
    ).select_related("made_by")
    return {row.agreement_id: row for row in rows}


def put_on(row: Agreement, amendments: Sequence[Amendment], day: date) -> Agreement:
    """Set the columns of a row, in memory, to what stands on a day by these signed amendments."""
    steps = [step_of(one) for one in amendments]
    state = standing_on(state_of(row), steps, day)
    row.terms = Terms.from_json(state).as_json()
    row.ends_on = date.fromisoformat(state["ends_on"])
    known = {one.number: one for one in amendments}
    place, mentor = last_change(steps, "enterprise", day), last_change(steps, "mentor", day)
    if place is not None:
        row.enterprise = known[place.number].enterprise
    elif first := next((one for one in in_order(steps) if "enterprise" in one.changed), None):
        row.enterprise = known[first.number].former
    if mentor is not None:
        row.mentor = known[mentor.number].mentor
    return row


def as_of(rows: Sequence[Agreement], day: date) -> Sequence[Agreement]:
    """The same rows as they stand on a day, also where nobody has settled them yet; two queries however many."""
    running = [row for row in rows if row.state == "active"]
    amendments = signed_amendments(running) if running else {}
    ends = leavings(running) if running else {}
    for row in running:
        leaving = ends.get(row.pk)
        last = day if leaving is None else min(day, leaving.last_day)
        if any(one.state == "agreed" and one.takes_effect_on <= last for one in amendments.get(row.pk, ())):
            put_on(row, amendments[row.pk], last)
        if leaving is not None and leaving.last_day < day:
            row.state, row.ended_on = "terminated", leaving.last_day
    return rows


def due_on(day: date) -> models.QuerySet[Agreement]:
    """Agreements of everybody of which something begins or is over by this day, and which nobody has settled yet."""
    begins = Amendment._base_manager.filter(state="agreed", takes_effect_on__lte=day)
    over = EarlyLeaving.objects.filter(
        taken_back_at__isnull=True, last_day__lt=day, agreement__state="active"
    )
    rows = Agreement._base_manager.filter(state="active").order_by("pk")
    return rows.filter(Q(pk__in=begins.values("agreement_id")) | Q(pk__in=over.values("agreement_id")))
