"""Reading requests: one's own, and the desk of an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from craftpath.domain.protection.models import DataRequest
from craftpath.kernel.organisations import span

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


def requests() -> models.QuerySet[DataRequest]:
    """Those of the open scope, the newest first."""
    rows = DataRequest.objects.select_related("organisation", "person", "answered_by")
    return rows.order_by("-asked_at", "-pk")


def requests_of(person: Person) -> models.QuerySet[DataRequest]:
    """Somebody's own, whoever looks: they are asked for by that person only."""
    rows = DataRequest._base_manager.filter(person=person).select_related("organisation", "answered_by")
    return rows.order_by("-asked_at", "-pk")


def desk(organisation: Organisation, person: Person | None) -> models.QuerySet[DataRequest]:
    """What an office answers, without the own ones of whoever looks."""
    return requests().filter(organisation__path__range=span(organisation.path)).exclude(person=person)
