"""What agreements give to counting: wages by quarter beside the floor of the place, and applications. Whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from craftpath.domain.agreements.gathering import floors_at
from craftpath.domain.agreements.law import floor_on, law_of, monthly
from craftpath.domain.agreements.models import Agreement, Amendment, Application
from craftpath.domain.agreements.terms import Terms
from craftpath.kernel.audit import AuditEntry
from craftpath.values.rounding import half_up

RAN = ("active", "completed", "terminated", "expired")
HEARD = {
    "agreements.application_made": ("funnel",),
    "agreements.application_moved": ("funnel",),
    **dict.fromkeys(
        (
            "agreements.agreement_moved",
            "agreements.agreement_registered",
            "agreements.amendment_made",
            "agreements.amendment_ended",
            "agreements.agreement_terminated",
            "agreements.leaving_announced",
            "agreements.leaving_taken_back",
        ),
        ("wage", "funnel"),
    ),
}
"""Facts, and the tables of the star that they may change; a floor that is entered is in `FLOORS`."""
FLOORS = ("agreements.floor_entered", "agreements.floor_confirmed")
"""Facts after which every wage may stand beside another floor."""


@dataclass(frozen=True, slots=True)
class Wage:
    """What one agreement pays from `step` on, a month in minor units; `floor` is that of the day, None: not known."""

    enrolment: int
    on: date
    step: int
    amount: int
    floor: int | None
    currency: str


def wages(cohorts: Collection[int], *, today: date) -> Iterator[Wage]:
    """What each agreement paid on the first of its days in each quarter, up to today; four questions."""
    rows = list(
        Agreement._base_manager.filter(enrolment__cohort__in=cohorts, state__in=RAN, active_on__isnull=False)
        .select_related("enterprise")
        .order_by("enrolment_id", "active_on", "pk")
    )
    floors = floors_at([row.enterprise for row in rows])
    for row in rows:
        terms = Terms.from_json(row.terms)
        law, known = law_of(row.jurisdiction), floors[row.enterprise_id]
        hours = None if terms.weekly_hours is None else Fraction(terms.weekly_hours)
        binding = (*law.floors, *(one for one, currency in known if law.currency in ("", currency)))
        for day in _days(row.starts_on, min(row.ended_on or row.ends_on, today)):
            reached = [step for step in terms.wage if step.starts_on <= day]
            amount = monthly(Fraction(reached[-1].amount), terms.per, hours) if reached else None
            floor = floor_on(binding, row.starts_on, day, hours)
            if amount is not None:
                yield Wage(
                    row.enrolment_id,
                    day,
                    len(reached),
                    int(half_up(amount, 0)),
                    None if floor is None else ceil(floor),
                    terms.currency,
                )


def _days(first: date, last: date) -> Iterator[date]:
    """The first day, and the first day of each quarter after it."""
    day = first
    while day <= last:
        yield day
        quarter = (day.month - 1) // 3 + 1
        day = date(day.year + quarter // 4, quarter % 4 * 3 + 1, 1)


def applications(cohorts: Collection[int]) -> Iterator[tuple[int, int | None, date]]:
    """(class, enterprise, day) of applications; one question."""
    rows = Application._base_manager.filter(cohort__in=cohorts).order_by("pk")
    for cohort, enterprise, at in rows.values_list("cohort_id", "enterprise_id", "made_at"):
        yield cohort, enterprise, at.date()


def signed(cohorts: Collection[int]) -> set[int]:
    """Enrolments with an agreement that came into force; one question."""
    rows = Agreement._base_manager.filter(enrolment__cohort__in=cohorts, active_on__isnull=False).order_by()
    return set(rows.values_list("enrolment_id", flat=True))


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) that these facts may have changed; at most four questions."""
    agreements: dict[str, set[str]] = {}
    applications_: set[str] = set()
    amendments: set[str] = set()
    for entry in entries:
        if entry.fact not in HEARD:
            continue
        payload = entry.payload
        if isinstance(payload.get("agreement"), str):
            agreements.setdefault(payload["agreement"], set()).update(HEARD[entry.fact])
        elif isinstance(payload.get("amendment"), str):
            amendments.add(payload["amendment"])
        elif isinstance(payload.get("application"), str):
            applications_.add(payload["application"])
    if agreements:
        rows = Agreement._base_manager.filter(public_id__in=set(agreements)).order_by()
        for public_id, cohort in rows.values_list("public_id", "enrolment__cohort_id"):
            yield from ((table, cohort) for table in agreements[public_id])
    if amendments:
        changed = Amendment._base_manager.filter(public_id__in=amendments).order_by()
        for cohort in changed.values_list("agreement__enrolment__cohort_id", flat=True):
            yield from (("wage", cohort), ("funnel", cohort))
    if applications_:
        asked = Application._base_manager.filter(public_id__in=applications_).order_by()
        yield from (("funnel", cohort) for cohort in asked.values_list("cohort_id", flat=True))


def concerned_by_floors(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) of every class with agreements, where a floor was entered or confirmed; one question."""
    if any(entry.fact in FLOORS for entry in entries):
        rows = (
            Agreement._base_manager.filter(state__in=RAN)
            .order_by()
            .values_list("enrolment__cohort_id", flat=True)
        )
        yield from (("wage", cohort) for cohort in rows.distinct())
