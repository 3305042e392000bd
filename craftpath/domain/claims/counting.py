"""What somebody holds from outside on a day, as `certificates.holding` asks for it. Nothing else decides by claims.

A claim counts where it was verified and below: what a college has verified counts at its campus, not at its city.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from craftpath.domain.claims.models import Claim
from craftpath.kernel.tenancy import paths_to

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Outside:
    """A verified certificate of elsewhere that holds on the day."""

    claim: str
    title: str
    scheme: str
    level: str
    occupation_id: int | None
    issuer: str
    issued_on: date
    valid_until: date | None


def counting(on: date) -> Q:
    """The condition for a claim to count on a day."""
    holds = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return Q(state="verified", issued_on__lte=on) & holds


def held_outside(
    people: Collection[int], on: date, *, organisation: Organisation
) -> dict[int, list[Outside]]:
    """What these persons hold, as far as it counts in an organisation; one query. Asked by rules, whoever looks."""
    rows: QuerySet[Claim] = Claim._base_manager.filter(counting(on), person__in=people)
    rows = rows.filter(verified_at__path__in=paths_to(organisation.path)).order_by("pk")
    found: dict[int, list[Outside]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(
            Outside(
                row.public_id, row.title, row.scheme, row.level, row.occupation_id, row.issuer, row.issued_on,
                row.valid_until,
            )
        )  # fmt: skip
    return dict(found)
