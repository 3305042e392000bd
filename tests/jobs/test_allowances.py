"""A month is computed as whoever asked for it, and not once that role has ended."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from craftpath.delivery.jobs.bodies import allowances
from craftpath.domain.allowances import actions
from craftpath.domain.allowances.models import Calculation, Run
from craftpath.domain.pairing.actions import form_pair
from craftpath.kernel.access import Membership, system
from tests.cast import AT, TODAY, Cast
from tests.domain.allowances.world import book, hr
from tests.domain.pairing.world import of, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_a_worker_computes_a_month_and_not_for_somebody_who_has_left(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.domain.allowances.running.enqueue", lambda _name, _pk: None)
    book(cast)
    form_pair(
        "master_apprentice", [of(cast, "26001", somebody("孙师傅"))], organisation=cast.college,
        starts_on=TODAY.replace(day=1), by=system(cast.college), at=AT,
    )  # fmt: skip
    month = {"month": TODAY.replace(day=1), "by": hr(cast), "at": AT}
    first = actions.ask_run(cast.jinheng, made_id=str(uuid.uuid4()), **month)
    allowances.func(first.pk)
    assert Run.objects.get().total == 200_00
    second = actions.ask_run(cast.jinheng, made_id=str(uuid.uuid4()), **month)
    Membership.objects.filter(person=cast.people["hr"]).update(ends_on=TODAY - timedelta(days=1))
    allowances.func(second.pk)
    told = Calculation.objects.get(pk=second.pk)
    assert (told.state, told.reason) == ("refused", "allowances.run_without_role")
