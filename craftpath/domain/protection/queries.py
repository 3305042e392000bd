"""Reading requests, assessments and breaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from craftpath.domain.protection.models import Assessment, Breach, DataRequest
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


def assessments() -> models.QuerySet[Assessment]:
    """Those of the open scope: drafts first, then what is in force, the newest first."""
    rows = Assessment.objects.select_related("organisation", "written_by", "decided_by")
    order = models.Case(models.When(state="draft", then=0), models.When(state="decided", then=1), default=2)
    return rows.order_by(order, "-written_at", "-pk")


def breaches() -> models.QuerySet[Breach]:
    """Those of the open scope, open ones first, the newest first."""
    rows = Breach.objects.select_related("organisation", "reported_by")
    order = models.Case(models.When(state="closed", then=1), default=0)
    return rows.order_by(order, "-found_at", "-pk")
