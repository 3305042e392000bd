"""The door to the job library: what runs is named by a word, and goes into the transaction that asks for it.

Bodies live in `delivery/jobs`; the kernel only knows their names, so nothing here looks up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

BODIES: dict[str, Any] = {}
WHOLE: set[str] = set()
"""Paths of the tasks whose effects and whose end are one transaction."""


def body(name: str, *, whole: bool = False) -> Callable[[Any], Any]:
    """Register a task under a name; a name serves one task.

    A `whole` one touches nothing but the database: what it does and that it is done are one transaction, so that a
    worker that is killed anywhere leaves all of it or nothing. Any other is done at least once.
    """

    def register(task: Any) -> Any:
        if BODIES.setdefault(name, task) is not task:
            raise TypeError(f"two jobs are called {name}")
        if whole:
            WHOLE.add(task.module_path)
        return task

    return register


def enqueue(name: str, *args: Any) -> Any:
    """Queue a job with plain values; it exists only if the open transaction commits."""
    return BODIES[name].enqueue(*args)
