"""How many learn where, in which occupation: figures without persons, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel.organisations import Organisation

Seats = list[tuple[str, Mapping[str, str], int]]
"""(path of the enterprise or site, name of the occupation, apprentices)"""


def seats_at(places: Iterable[Organisation], *, without: int = 0) -> Seats:
    """Active apprentices at these places and below them, one enrolment (id) left out; one query."""
    inside = Q(pk__in=[])
    for place in places:
        inside |= Q(path__startswith=place.path)
    hosts = Organisation.objects.filter(inside).order_by().values("pk")
    rows = Enrolment._base_manager.filter(enterprise__in=hosts, state="active").exclude(pk=without).order_by()
    told = rows.values_list("enterprise__path", "cohort__occupation").annotate(count=Count("pk"))
    return [(path, occupation, count) for path, occupation, count in told]
