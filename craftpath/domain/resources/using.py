"""Where resources are used: nouns above tell it, and whoever uses an older version says that it may stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from craftpath.domain.resources import rules
from craftpath.domain.resources.models import Resource, Use, Version
from craftpath.domain.resources.sharing import held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import require


@action
def note_uses(
    subject: Ref, name: Mapping[str, str], versions: Collection[str], *, organisation: Organisation | None, by: Actor,
    at: datetime,
) -> int:  # fmt: skip
    """Say which versions (public ids) a thing of a noun above points at now, all of them; returns how many.

    A version of what was merged counts for the one that was kept.
    """
    wanted = {
        row.pk: row
        for row in Version._base_manager.filter(public_id__in=set(versions)).select_related("resource")
    }
    standing = Use._base_manager.filter(subject=str(subject))
    standing.exclude(version__in=list(wanted)).delete()
    have = set(standing.values_list("version_id", flat=True))
    Use.objects.bulk_create(
        [
            Use(
                resource_id=row.resource.into_id or row.resource_id, version=row, subject=str(subject),
                name=dict(name), organisation=organisation, at=at,
            )
            for pk, row in wanted.items()
            if pk not in have
        ]
    )  # fmt: skip
    standing.filter(version__in=have).update(name=dict(name))
    return len(wanted)


@action
def let_stay(resource: Resource, *, organisation: Organisation, by: Actor, at: datetime) -> int:
    """Older versions in use at an organisation and below it stay there although a newer one is offered; how many."""
    require(rules.may_keep(by, organisation))
    current = held(resource).current
    if current is None:
        return 0
    rows = Use._base_manager.filter(resource=resource, organisation__path__startswith=organisation.path)
    return rows.exclude(version=current).filter(seen__lt=current.number).update(seen=current.number)
