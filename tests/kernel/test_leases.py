"""Leases: one at a time, once in a period, and nothing is written without the one under which it was begun."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from craftpath.delivery.jobs.sweep import sweep
from craftpath.delivery.jobs.working import LeasedWorker
from craftpath.kernel import jobs, leases
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.leases import Lease, LeaseLost
from tests.jobs.test_sweep import job as a_job

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@action
def write(*, by: Actor, at: datetime) -> None:
    """Something that an action does."""


def _later(name: str, by: timedelta) -> None:
    """As if so much time had gone by."""
    row = Lease.objects.get(name=name)
    Lease.objects.filter(pk=row.pk).update(ends_at=row.ends_at - by, began_at=row.began_at - by)


def test_one_at_a_time_and_once_in_a_period() -> None:
    first = leases.take("house", "a", every=MINUTE)
    assert first is not None
    assert leases.take("house", "b", every=MINUTE) is None
    leases.end(first)
    assert leases.take("house", "b", every=MINUTE) is None  # it is done, and its time has not come again
    _later("house", MINUTE)
    second = leases.take("house", "b", every=MINUTE)
    assert second is not None
    assert second.token == first.token + 1
    assert (leases.extend(first), leases.extend(second)) == (False, True)


def test_a_silent_one_is_followed_and_writes_nothing_more() -> None:
    first = leases.take("house", "a")
    assert first is not None
    with leases.holding(first):
        write(by=system(), at=timezone.now())
        _later("house", leases.span() + MINUTE)
        assert leases.take("house", "b") is not None
        with pytest.raises(LeaseLost):
            write(by=system(), at=timezone.now())
    write(by=system(), at=timezone.now())  # whoever does something without a lease needs none


def test_a_turn_lasts_as_long_as_its_block() -> None:
    with leases.turn("house", "a") as mine, leases.turn("house", "b") as other:
        assert (mine, other) == (True, False)
    with leases.turn("house", "b") as mine:
        assert mine


def test_a_job_s_lease_is_gone_with_its_end() -> None:
    job = a_job(0, 0, "READY")
    worker = LeasedWorker(batch=True)
    taken = worker.take()
    assert taken is not None
    assert (taken[0].pk, worker.take()) == (job.pk, None)
    assert Lease.objects.get().name == f"job/{job.pk}"
    worker.carry_out(*taken)
    job.refresh_from_db()
    assert (job.status, Lease.objects.count()) == ("FAILED", 0)  # it was asked for without a name
    assert "TypeError" in job.traceback


def test_a_job_that_was_taken_over_ends_nothing() -> None:
    job = a_job(0, 0, "READY")
    slow, quick = LeasedWorker(batch=True), LeasedWorker(batch=True)
    held = slow.take()
    assert held is not None
    assert sweep(at=leases.clock()) == (0, 0)  # it gives signs of life
    assert sweep(at=leases.clock() + leases.span() + MINUTE) == (1, 0)
    again = quick.take()
    assert again is not None
    slow.carry_out(*held)
    job.refresh_from_db()
    assert (job.status, len(job.worker_ids)) == ("RUNNING", 2)
    quick.carry_out(*again)
    job.refresh_from_db()
    assert job.status == "FAILED"


def test_a_whole_job_leaves_all_of_it_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def ends(job: Any, held: leases.Held, **how: Any) -> None:
        seen.append(transaction.get_connection().in_atomic_block)
        raise LeaseLost(held.name)

    job = a_job(0, 0, "READY")
    worker = LeasedWorker(batch=True)
    taken = worker.take()
    assert taken is not None
    assert job.task_path in jobs.WHOLE
    monkeypatch.setattr("craftpath.delivery.jobs.working._note", ends)
    monkeypatch.setattr(type(job.task), "call", lambda self, *args: leases.take("effect", "job"))
    worker.carry_out(*taken)
    assert (seen, Lease.objects.filter(name="effect").exists()) == ([True], False)
