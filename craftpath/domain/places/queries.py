"""Reading places, seats and ways between places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models

from craftpath.domain.places.models import Outline, Place, Seats, Travel
from craftpath.engines.geography import estimate
from craftpath.engines.geography.types import Ring
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import paths_to


def places() -> models.QuerySet[Place]:
    """Those of the open scope with their organisations, in the order of the tree."""
    return Place.objects.select_related("organisation", "photo").order_by("organisation__path")


def place_of(organisation: Organisation) -> Place | None:
    """What is said about one, if anything is."""
    return places().filter(organisation=organisation).first()


def seats_on(day: date) -> models.QuerySet[Seats]:
    """Seats of the terms around a day; those of terms that are over are left out."""
    return Seats.objects.filter(ends_on__gte=day).select_related("organisation").order_by("starts_on", "pk")


def seats_of(organisation: Organisation) -> list[Seats]:
    """All lines of one place, the newest term first."""
    return list(Seats.objects.filter(organisation=organisation).order_by("-starts_on", "pk"))


def outline_for(organisation: Organisation) -> list[Ring]:
    """The outline of the nearest organisation that has one: itself, or one above."""
    rows = Outline.objects.filter(organisation__path__in=paths_to(organisation.path))
    found = rows.order_by("-organisation__path").first()
    return list(found.rings) if found is not None else []


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long a way takes; `stated` by an office, or estimated from the distance."""

    minutes: int
    stated: bool


class Ways:
    """Ways between places: what is stated counts, either direction for both, then what can be estimated."""

    def __init__(self, positions: Mapping[int, Place], stated: Iterable[Travel], mode: str) -> None:
        self._places, self._mode = positions, mode
        self._stated = {
            (row.organisation_id, row.target_id): row.minutes for row in stated if row.mode == mode
        }

    def between(self, origin: int, target: int) -> Minutes | None:
        """Minutes between two organisations; None where neither a row nor both positions are known."""
        if origin == target:
            return Minutes(0, True)
        said = self._stated.get((origin, target), self._stated.get((target, origin)))
        if said is not None:
            return Minutes(said, True)
        a, b = self._places.get(origin), self._places.get(target)
        if a is None or b is None or a.position is None or b.position is None:
            return None
        return Minutes(estimate(a.position, b.position, self._mode), False)


def ways_among(organisations: Iterable[int], mode: str) -> Ways:
    """The ways among these; two queries."""
    ids = list(organisations)
    known = {row.organisation_id: row for row in Place.objects.filter(organisation__in=ids)}
    stated = Travel.objects.filter(organisation__in=ids, target__in=ids, mode=mode)
    return Ways(known, stated, mode)
