"""Reading doubles and merges."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from craftpath.kernel.access import Membership
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.twins.states import TWINS
from craftpath.kernel.twins.tables import Merge, Twins


def _inside(organisation: Organisation) -> QuerySet[Membership, int]:
    rows = Membership.objects.filter(organisation__in=organisation.below()).order_by()
    return rows.values_list("person_id", flat=True)


def pairs(organisation: Organisation) -> QuerySet[Twins]:
    """Pairs of which both have, or had, a role at the organisation or below it."""
    inside = _inside(organisation)
    return Twins.objects.filter(first__in=inside, second__in=inside).select_related(
        "first", "second", "said_by"
    )


def queue(organisation: Organisation) -> QuerySet[Twins]:
    """Those that wait for a decision, the most alike first."""
    return pairs(organisation).filter(state=TWINS.start).order_by("-strength", "first__name", "pk")


def astride(organisation: Organisation) -> QuerySet[Twins]:
    """Open pairs of which only one belongs to the organisation: somebody above decides."""
    inside = _inside(organisation)
    one = Q(first__in=inside) & ~Q(second__in=inside) | Q(second__in=inside) & ~Q(first__in=inside)
    rows = Twins.objects.filter(one, state=TWINS.start).select_related("first", "second")
    return rows.order_by("-strength", "pk")


def merges() -> QuerySet[Merge]:
    """Those that the reader sees, the newest first."""
    told = ("stays", "goes", "merged_by", "undone_by", "organisation")
    return Merge.objects.select_related(*told).order_by("-at", "-pk")
