"""The immediate job backend, made loud: a job that fails makes the test fail, as no worker is there to notice."""

from __future__ import annotations

from typing import Any

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResultStatus


class LoudBackend(ImmediateBackend):
    """Runs a job at once and raises if it failed."""

    def enqueue(self, *args: Any, **kwargs: Any) -> Any:
        """Run it now; `AssertionError` with the job's own traceback if it broke."""
        result = super().enqueue(*args, **kwargs)
        if result.status == TaskResultStatus.FAILED:
            raise AssertionError("\n".join(str(error.traceback) for error in result.errors))
        return result
