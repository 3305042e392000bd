"""Doubles are looked for once a day, among everybody."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from craftpath.kernel.access import system
from craftpath.kernel.twins.finding import find_twins

_DAY = 60 * 60 * 24


def look_daily(at: datetime) -> bool:
    """Look, if nobody has looked today; a worker that is killed meanwhile looks again."""
    key = f"twins.looked.{timezone.localdate(at)}"
    if cache.get(key):
        return False
    find_twins(None, by=system(), at=at)
    cache.set(key, True, _DAY * 2)
    return True
