"""What the outbox may bring to sessions: roll calls."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from craftpath.delivery.web.learning.rolling import take
from craftpath.delivery.web.learning.saying import roll_taken
from craftpath.delivery.web.sync.taking import Unreadable, Write, takes


@takes("learning.roll", says=roll_taken)
def roll(write: Write) -> dict[str, Any]:
    """A roll call as a device has kept it."""
    try:
        return take(write.data, by=write.request.actor, at=write.request.at)
    except Http404 as missing:
        raise Unreadable("session") from missing
