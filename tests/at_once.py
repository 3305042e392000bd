"""Deeds that begin at the same moment, each in a thread and with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused


def both(*deeds: Callable[[], object]) -> list[str]:
    """What each of two threads that begin together hears: "" for a yes, else the code."""
    begin, heard = threading.Barrier(len(deeds)), [""] * len(deeds)

    def act(at: int) -> None:
        try:
            with everywhere("two at once"):
                begin.wait(timeout=20)
                deeds[at]()
        except Refused as refused:
            heard[at] = refused.verdict.reason
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[at]) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(heard)
