"""The newest entries, looked for from the latest days backwards, and where a reader goes on.

Where the history is kept in months, a question without a day has to open every one of them. So it is asked of the
last weeks first and further back only as long as there are too few: a page of a busy organisation opens two months
however many there are. A page begins where the last one ended, so that the hundredth costs what the first one does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from craftpath.kernel.audit import AuditEntry

STEPS = (timedelta(days=31), timedelta(days=124), timedelta(days=496))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MARK = re.compile(r"(\d{1,17})\.([0-9A-Za-z_-]{1,16})")


@dataclass(frozen=True, slots=True)
class Mark:
    """The entry that a page ended with: its moment, and its public id among those of the same moment."""

    at: datetime
    key: str

    @classmethod
    def of(cls, entry: AuditEntry) -> Mark:
        """Of this entry."""
        return cls(entry.at, entry.public_id)

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """As it stands in an address; None for anything else."""
        found = _MARK.fullmatch(text)
        if found is None:
            return None
        try:
            return cls(EPOCH + timedelta(microseconds=int(found[1])), found[2])
        except OverflowError:
            return None

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}.{self.key}"


def after(rows: QuerySet[AuditEntry], mark: Mark) -> QuerySet[AuditEntry]:
    """Those that come after the mark, which are older; all of its moment if the marked entry is not among them."""
    number = rows.order_by().filter(at=mark.at, public_id=mark.key).values_list("pk", flat=True).first()
    if number is None:
        return rows.filter(at__lte=mark.at)
    # The plain condition is what parts are passed over by; the rest tells those of one moment apart.
    return rows.filter(Q(at__lt=mark.at) | Q(pk__lt=number), at__lte=mark.at)


def newest(
    rows: QuerySet[AuditEntry], most: int, *, until: datetime, since: datetime | None = None
) -> list[AuditEntry]:
    """At most so many of these rows, newest first; `until` is about where they begin, `since` where they end."""
    found: list[AuditEntry] = []
    upper: datetime | None = None
    for step in (*STEPS, None):
        lower = until - step if step is not None else None
        last = lower is None or (since is not None and lower <= since)
        stretch = rows if last else rows.filter(at__gte=lower)
        if upper is not None:
            stretch = stretch.filter(at__lt=upper)
        found += stretch[: most - len(found)]
        if last or len(found) >= most:
            break
        upper = lower
    return found
