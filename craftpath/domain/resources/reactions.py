"""How bringing in and judging resources sounds as statements in `activity`."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.resources.facts import ResourceMoved, ResourceReviewed, ResourceStarred
from craftpath.domain.resources.models import Resource
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref


@on(ResourceMoved)
def on_resource_moved(told: Told) -> None:
    """Somebody shared it; its other moves are the office's."""
    if told.fact.state == "shared":
        _say(told, "shared")


@on(ResourceStarred)
def on_resource_starred(told: Told) -> None:
    """Somebody gave it stars: of one to five, nothing to four quarters."""
    _say(
        told,
        "scored",
        {"score": {"raw": told.fact.stars, "min": 1, "max": 5, "scaled": (told.fact.stars - 1) / 4}},
    )


@on(ResourceReviewed)
def on_resource_reviewed(told: Told) -> None:
    """A second person looked at it."""
    _say(told, "commented")


def _say(told: Told, verb: str, result: dict[str, Any] | None = None) -> None:
    row = Resource._base_manager.filter(public_id=Ref.parse(told.entry.subject).public_id).first()
    person = told.entry.person
    if row is None or person is None:
        return
    statement = NewStatement(
        key=f"resource-{verb}:{told.entry.pk}", person=person, verb=verb,
        object_id=f"{settings.ADDRESS}/resources/{row.public_id}",
        object_name={"zh-Hans" if key == "zh" else key: name for key, name in row.title.items()},
        at=told.entry.at, result=result or {},
    )  # fmt: skip
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
