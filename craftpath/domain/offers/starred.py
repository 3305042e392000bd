"""What the service desk gives to counting: how soon a request was answered, and what became of it in stars."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from craftpath.domain.offers.models import DeskRequest
from craftpath.kernel.audit import AuditEntry

HEARD = {
    "offers.opened": ("answer",),
    "offers.message_sent": ("answer",),
    "offers.moved": ("answer",),
    "offers.outcome_judged": ("satisfaction",),
}
"""Facts, and the tables of the star that they may change."""


def requests(organisations: Collection[int]) -> Iterator[tuple[int, datetime, datetime | None]]:
    """(authority, asked, first answered) of requests that were not withdrawn; one question."""
    rows = (
        DeskRequest._base_manager.filter(authority__in=organisations)
        .exclude(state="withdrawn")
        .order_by("pk")
    )
    yield from rows.values_list("authority_id", "made_at", "answered_at")


def stars(organisations: Collection[int]) -> Iterator[tuple[int, datetime, int]]:
    """(authority, when, 1 to 5) of what enterprises and others thought of an outcome; one question."""
    rows = DeskRequest._base_manager.filter(authority__in=organisations, stars__isnull=False).order_by("pk")
    for authority, at, count in rows.values_list("authority_id", "stars_at", "stars"):
        if at is not None and count is not None:
            yield authority, at, count


def organisations() -> list[int]:
    """Whose desk was asked; one question."""
    return list(DeskRequest._base_manager.order_by().values_list("authority_id", flat=True).distinct())


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, authority) that these facts may have changed; one question."""
    about: dict[str, set[str]] = {}
    for entry in entries:
        if entry.fact in HEARD:
            about.setdefault(entry.subject.rpartition("/")[2], set()).update(HEARD[entry.fact])
    if about:
        rows = DeskRequest._base_manager.filter(public_id__in=set(about)).order_by()
        for public_id, pk in rows.values_list("public_id", "authority_id"):
            yield from ((table, pk) for table in about[public_id])
