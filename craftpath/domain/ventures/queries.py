"""Reading ventures, their products over the years, and what a yearly statement says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from craftpath.domain.ventures.basis import Basis, basis_of
from craftpath.domain.ventures.models import (
    KINDS,
    OPEN,
    Charge,
    LogLine,
    Milestone,
    Pointer,
    Side,
    Venture,
    VentureFile,
)
from craftpath.kernel.access import memberships_on
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation
    from craftpath.kernel.organisations import Organisation

__all__ = ["KINDS", "OPEN", "Basis", "basis_of"]


MOST_PEOPLE = 500


def ventures() -> models.QuerySet[Venture]:
    """Those of the open scope, the newest first."""
    rows = Venture.objects.select_related("organisation", "cooperation", "product_photo")
    rows = rows.prefetch_related("cooperation__sides__organisation")
    return rows.order_by("-starts_on", "-pk")


def counted(rows: models.QuerySet[Venture]) -> models.QuerySet[Venture]:
    """The same with how many milestones there are (`milestones_all`) and how many are reached (`milestones_done`)."""
    reached = Q(milestones__done_on__isnull=False)
    rows = rows.prefetch_related("sides__organisation", "charges__person")
    return rows.annotate(
        milestones_all=Count("milestones"), milestones_done=Count("milestones", filter=reached)
    )


def whole(rows: models.QuerySet[Venture]) -> models.QuerySet[Venture]:
    """The same with everything that the page of one shows; a query for each kind of part."""
    return rows.prefetch_related(
        "sides__organisation", "charges__person", "charges__side", "milestones__done_by", "pointers",
        "files__file", "files__added_by",
    )  # fmt: skip


def under(cooperation: Cooperation) -> models.QuerySet[Venture]:
    """Those of an agreement."""
    return ventures().filter(cooperation=cooperation)


def products(rows: models.QuerySet[Venture]) -> models.QuerySet[Venture]:
    """What came out, the newest first."""
    return rows.filter(state="finished").order_by("-ended_on", "-pk")


def log_of(venture: Venture) -> models.QuerySet[LogLine]:
    """What happened, the newest first."""
    return LogLine.objects.filter(venture=venture).select_related("person")


def charge(public_id: str) -> models.QuerySet[Charge]:
    """Somebody in charge of a venture that the reader sees."""
    rows = Charge.objects.select_related("venture", "person", "side__organisation")
    return rows.filter(public_id=public_id, venture__in=_seen())


def milestone(public_id: str) -> models.QuerySet[Milestone]:
    """A milestone of a venture that the reader sees."""
    return Milestone.objects.select_related("venture").filter(public_id=public_id, venture__in=_seen())


def pointer(public_id: str) -> models.QuerySet[Pointer]:
    """A pointer of a venture that the reader sees."""
    return Pointer.objects.select_related("venture").filter(public_id=public_id, venture__in=_seen())


def file(public_id: str) -> models.QuerySet[VentureFile]:
    """A file of a venture that the reader sees."""
    rows = VentureFile.objects.select_related("venture", "file")
    return rows.filter(public_id=public_id, venture__in=_seen())


def own_sides(venture: Venture, organisation: Organisation) -> list[Side]:
    """The sides at an organisation or below it."""
    return [side for side in venture.sides.all() if side.organisation.path.startswith(organisation.path)]


def people_at(sides: Iterable[Side], today: date) -> list[Person]:
    """Who could be in charge for these sides: staff there or below, by name, as many as a list holds; one query."""
    within = Q(pk__in=[])
    for side in sides:
        within |= Q(organisation__path__startswith=side.organisation.path)
    rows = memberships_on(today).filter(within).exclude(role=Role.APPRENTICE).order_by()
    people = Person.objects.filter(pk__in=rows.values("person_id"), is_active=True)
    return list(people.order_by("name", "pk")[:MOST_PEOPLE])


def _seen() -> models.QuerySet[Venture, int]:
    return Venture.objects.order_by().values_list("pk", flat=True)


@dataclass(frozen=True, slots=True)
class Work:
    """A venture as a yearly statement reads it."""

    venture: str
    kind: str
    title: dict[str, str]
    state: str
    starts_on: date
    ends_on: date
    reached: int
    milestones: int
    sides: tuple[tuple[dict[str, str], str], ...]
    product: dict[str, str]
    product_words: str


def work_under(cooperation: Cooperation, first: date, last: date) -> list[Work]:
    """What the sides of an agreement ran together between two days, with what came out."""
    rows = Venture._base_manager.filter(cooperation=cooperation, starts_on__lte=last)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first)).order_by("starts_on", "pk")
    rows = rows.prefetch_related("sides__organisation", "milestones")
    return [
        Work(
            row.public_id, row.kind, row.title, row.state, row.starts_on, row.ended_on or row.ends_on,
            sum(one.done_on is not None for one in row.milestones.all()), len(row.milestones.all()),
            tuple((side.organisation.name, side.role) for side in row.sides.all()),
            *((row.product, row.product_words) if row.state == "finished" else ({}, "")),
        )
        for row in rows
    ]  # fmt: skip
