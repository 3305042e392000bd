"""What complaints give to counting: that there was one, and how soon it was answered. Nothing of what it was about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from craftpath.domain.care.models import Complaint
from craftpath.kernel.audit import AuditEntry

HEARD = dict.fromkeys(("care.complaint_made", "care.complaint_moved", "care.side_heard"), ("answer",))
"""Facts, and the tables of the star that they may change. They are in no organisation's history, and stay so."""


def complaints(organisations: Collection[int]) -> Iterator[tuple[int, datetime, datetime | None]]:
    """(organisation, made, first answered) of those that were not withdrawn; one question."""
    rows = (
        Complaint._base_manager.filter(organisation__in=organisations)
        .exclude(state="withdrawn")
        .order_by("pk")
    )
    yield from rows.values_list("organisation_id", "made_at", "answered_at")


def organisations() -> list[int]:
    """Where anybody complained; one question."""
    return list(Complaint._base_manager.order_by().values_list("organisation_id", flat=True).distinct())


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, organisation) that these facts may have changed; one question."""
    about = {entry.subject.rpartition("/")[2] for entry in entries if entry.fact in HEARD}
    if about:
        rows = Complaint._base_manager.filter(public_id__in=about).order_by()
        yield from (("answer", pk) for pk in rows.values_list("organisation_id", flat=True).distinct())
