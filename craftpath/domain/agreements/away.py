"""When apprentices were away with leave: absences that were approved, and pauses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from craftpath.domain.agreements.models import Absence, Pause

Span = tuple[date, date]


def away_with_leave(
    cohort_id: int, first: date, last: date, enrolments: Collection[int] | None = None
) -> dict[int, list[Span]]:
    """enrolment id → (first, last day) of each time away between two days, of a cohort or of some in it; two queries.

    For everybody, whoever asks: it is counted with, and nobody is told why somebody was away. What is asked for and
    not answered does not count.
    """
    whose = Q(agreement__enrolment__cohort=cohort_id)
    if enrolments is not None:
        whose &= Q(agreement__enrolment__in=enrolments)
    found: dict[int, list[Span]] = {}
    absences = Absence._base_manager.filter(whose, state="approved", starts_on__lte=last, ends_on__gte=first)
    for who, begins, ends in absences.values_list("agreement__enrolment_id", "starts_on", "ends_on"):
        found.setdefault(who, []).append((begins, ends))
    resting = Q(resumed_on__isnull=True) | Q(resumed_on__gt=first)
    pauses = Pause.objects.filter(whose & resting, starts_on__lte=last)
    for who, begins, resumed in pauses.values_list("agreement__enrolment_id", "starts_on", "resumed_on"):
        ends = last if resumed is None else date.fromordinal(resumed.toordinal() - 1)
        found.setdefault(who, []).append((begins, ends))
    return found
