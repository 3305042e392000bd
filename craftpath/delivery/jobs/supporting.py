"""What only time brings to early help: everybody is looked at once a day."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from craftpath.domain.support.actions import forget_support, look_at_everybody
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere

_DAY = 60 * 60 * 24


def look_daily(at: datetime) -> bool:
    """Look, if nobody has looked today; a worker that is killed meanwhile looks again."""
    key = f"support.looked.{timezone.localdate(at)}"
    if cache.get(key):
        return False
    with everywhere("looks are kept current for every organisation"):
        forget_support(by=system(), at=at)
        look_at_everybody(by=system(), at=at)
    cache.set(key, True, _DAY * 2)
    return True
