"""What allowances give to counting: what teaching cost whoever paid it, in months that were paid."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from craftpath.domain.allowances.models import Line, Run
from craftpath.kernel.audit import AuditEntry

HEARD = {"allowances.paid": ("money",)}
"""Facts, and the tables of the star that they may change."""


def costs(organisations: Collection[int]) -> Iterator[tuple[int, int | None, date, int, str]]:
    """(whose run, who pays, day, minor units, currency) of the lines of paid months; one question."""
    rows = Line._base_manager.filter(run__organisation__in=organisations, run__state="paid").order_by("pk")
    told = rows.values_list("run__organisation_id", "payer_id", "run__paid_on", "amount", "run__currency")
    for owner, payer, on, amount, currency in told.iterator():
        if on is not None:
            yield owner, payer, on, amount, currency


def organisations() -> list[int]:
    """Who ran allowances; one question."""
    return list(Run._base_manager.order_by().values_list("organisation_id", flat=True).distinct())


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, organisation) that these facts may have changed; no question."""
    yield from (
        ("money", entry.organisation_id) for entry in entries if entry.fact in HEARD and entry.organisation_id
    )
