"""Reading whom a workshop has thanked, and whom it still can."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from craftpath.domain.workshops.models import Material, Presence, Registration, Workshop


def with_id(pk: int) -> Workshop:
    """The workshop of a job, with its survey."""
    return Workshop._base_manager.select_related("organisation", "survey").get(pk=pk)


def to_thank(workshop: Workshop) -> models.QuerySet[Registration]:
    """Those who came, can be written to, and have had no letter after the event."""
    rows = came_to(workshop).filter(thanked_at__isnull=True)
    return rows.filter(~Q(email="") | Q(person__email__gt="")).order_by("pk")


def address_of(row: Registration) -> str:
    """Where somebody is written to: what was given for this workshop, else the account's own."""
    return row.email or (row.person.email if row.person is not None else "") or ""


def written_to(workshop: Workshop, address: str) -> bool:
    """Whether an address has had a letter after the event, be it of another registration."""
    own = Q(email__iexact=address) | Q(email="", person__email__iexact=address)
    return Registration._base_manager.filter(own, workshop=workshop, thanked_at__isnull=False).exists()


@dataclass(frozen=True, slots=True)
class Thanks:
    """Of those who came: how many are still to be written to, how many were, how many gave no address."""

    due: int
    written: int
    unknown: int


def thanks_of(workshop: Workshop) -> Thanks:
    """How far the letters after the event are; three questions."""
    due, rows = to_thank(workshop).count(), came_to(workshop)
    written = rows.filter(thanked_at__isnull=False).count()
    return Thanks(due, written, rows.count() - due - written)


def came_to(workshop: Workshop) -> models.QuerySet[Registration]:
    """Those who were there at all, with what a letter says to them."""
    there = Presence._base_manager.filter(day__workshop=workshop).order_by()
    rows = Registration._base_manager.filter(workshop=workshop, pk__in=there.values("registration"))
    return rows.select_related("person", "certificate", "workshop__survey")


def has_materials(workshop: Workshop) -> bool:
    """Whether files lie beside its agenda."""
    return Material._base_manager.filter(workshop=workshop).exists()
