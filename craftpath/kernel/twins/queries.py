"""Reading doubles and merges."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from craftpath.kernel.access import Membership
from craftpath.kernel.organisations import Organisation, span
from craftpath.kernel.people import Person
from craftpath.kernel.twins.states import TWINS
from craftpath.kernel.twins.tables import Merge, Twins

_WAITING = {"state": TWINS.start, "first__merged_into": None, "second__merged_into": None}
"""Open, and neither of the two went into another record meanwhile; undone, the pair waits again."""


def _inside(organisation: Organisation, person: str) -> Exists:
    """Whether somebody has, or had, a role at the organisation or below it; asked for each row by itself."""
    rows = Membership.objects.filter(
        organisation__path__range=span(organisation.path), person=OuterRef(person)
    )
    return Exists(rows.order_by())


def people_ever(organisation: Organisation) -> QuerySet[Person]:
    """Everybody who has, or had, a role at the organisation or below it."""
    return Person.objects.filter(_inside(organisation, "pk"))


def pairs(organisation: Organisation) -> QuerySet[Twins]:
    """Pairs of which both have, or had, a role at the organisation or below it; once merged, the one that stays."""
    first, second = Q(_inside(organisation, "first")), Q(_inside(organisation, "second"))
    rows = Twins.objects.filter(first & second | Q(state="merged") & (first | second))
    return rows.select_related("first", "second", "said_by")


def queue(organisation: Organisation) -> QuerySet[Twins]:
    """Those that wait for a decision, the most alike first."""
    return pairs(organisation).filter(**_WAITING).order_by("-strength", "first__name", "pk")


def astride(organisation: Organisation) -> QuerySet[Twins]:
    """Open pairs of which only one belongs to the organisation: somebody above decides."""
    first, second = Q(_inside(organisation, "first")), Q(_inside(organisation, "second"))
    one = first & ~second | second & ~first
    rows = Twins.objects.filter(one, **_WAITING).select_related("first", "second")
    return rows.order_by("-strength", "pk")


def own_merges(person: Person) -> QuerySet[Merge]:
    """Those in which this person's record is the one that goes on; read by the person, wherever he or she is."""
    rows = Merge._base_manager.filter(stays=person)
    return rows.select_related("goes", "merged_by", "undone_by", "organisation")


def merges() -> QuerySet[Merge]:
    """Those that the reader sees, the newest first."""
    told = ("stays", "goes", "merged_by", "undone_by", "organisation")
    return Merge.objects.select_related(*told).order_by("-at", "-pk")
