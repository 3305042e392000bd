"""Moments as credentials write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])(\d\d):(\d\d))", re.ASCII
)


def stamp(moment: datetime) -> str:
    """A moment in universal time, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: object) -> datetime | None:
    """The moment of an xsd:dateTimeStamp; none when it is not one."""
    found = STAMP.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    micro = int((found[7] or "0").ljust(6, "0")[:6])
    late = hour == 24 and minute == second == micro == 0
    shift = timedelta(0) if found[8] else timedelta(hours=int(found[10]), minutes=int(found[11]))
    try:
        zone = timezone(-shift if found[9] == "-" else shift)
        read = datetime(year, month, day, 0 if late else hour, minute, second, micro, tzinfo=zone)
        return (read + timedelta(days=1) if late else read).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
