"""The annual leave of agreements, read from rows for many at once: four queries, however many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils import timezone

from craftpath.domain.agreements.by_day import leavings, signed_amendments, step_of
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.leave import Away, LeaveBook
from craftpath.domain.agreements.models import Absence, Agreement, Amendment, EarlyLeaving
from craftpath.domain.agreements.standing import standing_on
from craftpath.domain.agreements.terms import Terms
from craftpath.engines.deadlines import WorkCalendar
from craftpath.kernel.workdays import Calendars, workdays_between

KIND = "annual_leave"


def leave_books(agreements: Sequence[Agreement]) -> dict[int, LeaveBook]:
    """agreement id → its leave, by all that is signed, also what begins later."""
    amendments, ends = signed_amendments(agreements), leavings(agreements)
    rows = Absence._base_manager.filter(
        agreement__in=[row.pk for row in agreements], kind=KIND, state__in=["requested", "approved"]
    )
    over = Calendars(timezone.localdate())
    away: dict[int, list[Away]] = {}
    for pk, state, first, last in rows.values_list("agreement_id", "state", "starts_on", "ends_on"):
        away.setdefault(pk, []).append(Away(state, first, last))
    return {
        row.pk: _book(
            row,
            amendments.get(row.pk, []),
            ends.get(row.pk),
            tuple(away.get(row.pk, ())),
            over.of(row.enterprise.path),
        )
        for row in agreements
    }


def _book(
    row: Agreement,
    amendments: list[Amendment],
    leaving: EarlyLeaving | None,
    away: tuple[Away, ...],
    over: WorkCalendar,
) -> LeaveBook:
    steps = [step_of(one) for one in amendments]
    known = {**Terms.from_json(row.terms).as_json(), "ends_on": row.ends_on.isoformat()}
    days = sorted({row.starts_on, *(step.day for step in steps if step.day > row.starts_on)})
    stood = [standing_on(known, steps, day) for day in days]
    last = row.ended_on or date.fromisoformat(stood[-1]["ends_on"])
    return LeaveBook(
        law=law_of(row.jurisdiction),
        starts_on=row.starts_on,
        ends_on=last if leaving is None else min(last, leaving.last_day),
        agreed=tuple(
            (day, Decimal(state["annual_leave_days"]) if state["annual_leave_days"] else None)
            for day, state in zip(days, stood, strict=True)
        ),
        workdays=partial(workdays_between, over),
        away=away,
    )
