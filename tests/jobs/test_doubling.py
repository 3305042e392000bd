"""Doubles are looked for once a day, and a record that was merged is found as the one that goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from craftpath.delivery.jobs.doubling import look_daily
from craftpath.delivery.jobs.search.kinds import KINDS
from craftpath.kernel.twins.tables import Twins
from tests.cast import AT, Cast
from tests.kernel.twins import a_record, merged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_once_a_day_and_again_tomorrow(cast: Cast) -> None:
    cache.clear()
    assert look_daily(AT)
    for _ in range(2):
        a_record("郑州", cast.jinheng, phone="13800138000")
    assert not look_daily(AT + timedelta(hours=2))
    assert not Twins.objects.exists()
    assert look_daily(AT + timedelta(days=1))
    assert Twins.objects.count() == 1


def test_who_was_merged_is_found_once(cast: Cast) -> None:
    stays, goes = (a_record("周国栋", cast.jinheng) for _ in range(2))
    merged(stays, goes)
    found = set(KINDS["kernel", "person"].rows().values_list("pk", flat=True))
    assert stays.pk in found
    assert goes.pk not in found
