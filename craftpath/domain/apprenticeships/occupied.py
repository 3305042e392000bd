"""How many learn where, in which occupation: figures without persons, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q, QuerySet

from craftpath.domain.apprenticeships.models import Cohort, Enrolment
from craftpath.kernel.organisations import Organisation

Seats = list[tuple[str, Mapping[str, str], int]]
"""(path of the enterprise or site, name of the occupation, apprentices)"""


def seats_at(places: Iterable[Organisation], *, without: int = 0) -> Seats:
    """Active apprentices at these places and below them, one enrolment (id) left out; one query."""
    rows = _active_at(places).exclude(pk=without)
    told = rows.values_list("enterprise__path", "cohort__occupation").annotate(count=Count("pk"))
    return [(path, occupation, count) for path, occupation, count in told]


def classes_at(place: Organisation) -> list[tuple[Cohort, int]]:
    """(class, how many of it) of those who learn at a place and below it, the oldest class first; two queries."""
    counts = dict(_active_at([place]).values_list("cohort").annotate(count=Count("pk")))
    rows = Cohort._base_manager.filter(pk__in=counts).order_by("starts_on", "pk")
    return [(row, counts[row.pk]) for row in rows]


def _active_at(places: Iterable[Organisation]) -> QuerySet[Enrolment]:
    inside = Q(pk__in=[])
    for place in places:
        inside |= Q(path__startswith=place.path)
    hosts = Organisation.objects.filter(inside).order_by().values("pk")
    return Enrolment._base_manager.filter(enterprise__in=hosts, state="active").order_by()
