"""The door to the job library: what runs is named by a word, and goes into the transaction that asks for it.

Bodies live in `delivery/jobs`; the kernel only knows their names, so nothing here looks up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

BODIES: dict[str, Any] = {}


def body(name: str) -> Callable[[Any], Any]:
    """Register a task under a name; a name serves one task."""

    def register(task: Any) -> Any:
        if BODIES.setdefault(name, task) is not task:
            raise TypeError(f"two jobs are called {name}")
        return task

    return register


def enqueue(name: str, *args: Any) -> Any:
    """Queue a job with plain values; it exists only if the open transaction commits."""
    return BODIES[name].enqueue(*args)
