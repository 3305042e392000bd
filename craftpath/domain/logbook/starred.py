"""What record books give to counting: how many entries were confirmed, and how soon. Many classes at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from craftpath.domain.logbook.models import Entry
from craftpath.kernel.audit import AuditEntry

HEARD = {
    "logbook.entry_submitted": ("entry",),
    "logbook.entries_confirmed": ("entry", "hours"),
    "logbook.entry_returned": ("entry",),
    "logbook.entry_corrected": ("entry", "hours"),
}
"""Facts, and the tables of the star that they may change; confirmed minutes go down into the ledger."""


def entries(cohorts: Collection[int]) -> Iterator[tuple[int, date, datetime, datetime | None]]:
    """(enrolment, day, first handed in, confirmed) of entries that were handed in; one question."""
    rows = Entry._base_manager.filter(
        enrolment__cohort__in=cohorts, first_submitted_at__isnull=False, corrects__isnull=True
    )
    told = rows.order_by("enrolment_id", "on", "pk")
    rows_ = told.values_list("enrolment_id", "on", "first_submitted_at", "confirmed_at")
    for who, on, given, confirmed in rows_.iterator():
        if given is not None:
            yield who, on, given, confirmed


def turning(first: datetime, end: datetime) -> set[int]:
    """Classes with an entry that waits and was first handed in within this time; one question."""
    rows = Entry._base_manager.filter(
        confirmed_at__isnull=True, first_submitted_at__gte=first, first_submitted_at__lt=end
    )
    return set(rows.order_by().values_list("enrolment__cohort_id", flat=True))


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) that these facts may have changed; one question."""
    about: dict[str, set[str]] = {}
    for entry in entries:
        for public_id in _of(entry) if entry.fact in HEARD else ():
            about.setdefault(public_id, set()).update(HEARD[entry.fact])
    if not about:
        return
    rows = Entry._base_manager.filter(public_id__in=set(about)).order_by()
    for public_id, cohort in rows.values_list("public_id", "enrolment__cohort_id"):
        yield from ((table, cohort) for table in about[public_id])


def _of(entry: AuditEntry) -> list[str]:
    many = entry.payload.get("entries")
    return many if isinstance(many, list) else [entry.payload["entry"]]
