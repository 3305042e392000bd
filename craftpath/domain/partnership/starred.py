"""What cooperations give to counting: what partners gave, once the other side has confirmed it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from craftpath.domain.partnership.models import Contribution
from craftpath.kernel.audit import AuditEntry

HEARD = {"partnership.contribution_moved": ("money",), "partnership.contribution_given": ("money",)}
"""Facts, and the tables of the star that they may change."""
ROLES = {"enterprise": "enterprise", "college": "college", "public": "government"}
"""Role of a side → word of the star."""


def contributions(organisations: Collection[int]) -> Iterator[tuple[int, int, date, str, int, str]]:
    """(whose cooperation, who gave, day, kind of partner, minor units, currency); one question."""
    rows = Contribution._base_manager.filter(
        side__cooperation__organisation__in=organisations, state="confirmed"
    )
    told = rows.order_by("pk").values_list(
        "side__cooperation__organisation_id",
        "side__organisation_id",
        "given_on",
        "side__role",
        "minor",
        "currency",
    )
    for owner, giver, on, role, minor, currency in told:
        yield owner, giver, on, ROLES[role], minor, currency


def organisations() -> list[int]:
    """Whose cooperations were given anything; one question."""
    rows = Contribution._base_manager.order_by().values_list("side__cooperation__organisation_id", flat=True)
    return list(rows.distinct())


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, organisation) that these facts may have changed; one question."""
    about = {entry.payload.get("contribution") for entry in entries if entry.fact in HEARD}
    if about:
        rows = Contribution._base_manager.filter(public_id__in=about).order_by()
        found = rows.values_list("side__cooperation__organisation_id", flat=True).distinct()
        yield from (("money", pk) for pk in found)
