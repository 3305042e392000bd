"""A killed worker's job is run again, a few times, and then given up where somebody sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from craftpath.delivery.jobs.sweep import LIMIT, TRIES, sweep

pytestmark = pytest.mark.django_db


def job(minutes_ago: int, workers: int, status: str = "RUNNING") -> Any:
    """A job that began so long ago, of so many workers one after another."""
    return DBTaskResult.objects.create(
        status=status,
        started_at=timezone.now() - timedelta(minutes=minutes_ago),
        args_kwargs={"args": [1], "kwargs": {}},
        task_path="craftpath.delivery.jobs.bodies.react",
        worker_ids=[f"w{n}" for n in range(workers)],
        backend_name="default",
        run_after=get_date_max(),
    )


def test_a_job_left_running_goes_back_into_the_queue() -> None:
    stuck, young, done = job(16, 1), job(5, 1), job(60, 1, "SUCCESSFUL")
    assert sweep(at=timezone.now()) == (1, 0)
    states = {one.pk: DBTaskResult.objects.get(pk=one.pk).status for one in (stuck, young, done)}
    assert states == {stuck.pk: "READY", young.pk: "RUNNING", done.pk: "SUCCESSFUL"}


def test_a_lone_worker_takes_over_at_once() -> None:
    job(0, 1)
    assert sweep(at=timezone.now(), alone=True) == (1, 0)


def test_a_job_that_kills_every_worker_is_given_up() -> None:
    stuck = job(16, TRIES)
    assert sweep(at=timezone.now()) == (0, 1)
    stuck.refresh_from_db()
    assert (stuck.status, stuck.finished_at is not None) == ("FAILED", True)
    assert "given up after 5 workers" in stuck.traceback


def test_the_limit_is_longer_than_any_job_of_ours() -> None:
    assert timedelta(minutes=15) == LIMIT
