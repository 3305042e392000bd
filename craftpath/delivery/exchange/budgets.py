"""How many requests a token may send in a minute, over all processes of a site.

A process draws a portion of the minute's budget at a time, so that most requests write nothing. What one process has
drawn and not used is lost to the others: a site never lets more through than the limit, and at times a little less.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse

from craftpath.kernel.client_budget import draw
from craftpath.kernel.clients import Client

MINUTE = 60
PORTION = 10  # the tenth part of a limit is drawn at once
KEPT = 5_000  # tokens that a process remembers


@dataclass(slots=True)
class _Drawn:
    minute: int
    here: int = 0  # drawn and not used
    elsewhere: int = 0  # not drawn by anybody when we drew last


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left of a minute."""

    limit: int
    left: int
    seconds: int
    over: bool

    def say(self, response: HttpResponse) -> HttpResponse:
        """In the headers of an answer."""
        response.headers["RateLimit-Limit"] = str(self.limit)
        response.headers["RateLimit-Remaining"] = str(self.left)
        response.headers["RateLimit-Reset"] = str(self.seconds)
        if self.over:
            response.headers["Retry-After"] = str(self.seconds)
        return response


_drawn: dict[str, _Drawn] = {}
_lock = threading.Lock()


def spend(client: Client, at: datetime) -> Budget:
    """Count one request of a token; `over` says that it was one too many."""
    limit, seconds = settings.API_A_MINUTE, MINUTE - int(at.timestamp()) % MINUTE
    minute = int(at.timestamp()) // MINUTE
    with _lock:
        kept = _drawn.get(client.public_id)
        if kept is None or kept.minute != minute:
            if len(_drawn) > KEPT:
                _drawn.clear()
            kept = _drawn[client.public_id] = _Drawn(minute)
        if kept.here:
            kept.here -= 1
            return Budget(limit, kept.here + kept.elsewhere, seconds, over=False)
    got, rest = draw(client, minute, max(1, limit // PORTION), limit)
    with _lock:
        kept.here, kept.elsewhere = kept.here + max(0, got - 1), rest
        return Budget(limit, kept.here + rest, seconds, over=got == 0)
