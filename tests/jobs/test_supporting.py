"""What a worker does for early help: everybody once a day, a model for whoever asked and may still ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from craftpath.delivery.jobs import supporting
from craftpath.domain.support.models import Fitted, Look
from craftpath.kernel.access import Membership
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast


@pytest.fixture(autouse=True)
def _nobody_has_looked(db: None) -> None:
    cache.clear()


def test_everybody_is_looked_at_once_a_day(cast: Cast) -> None:
    assert supporting.look_daily(AT) is True
    with everywhere("a test looks"):
        assert Look.objects.count() == 5
        Look.objects.all().delete()
    assert supporting.look_daily(AT + timedelta(hours=2)) is False
    with everywhere("a test looks"):
        assert not Look.objects.exists()
    assert supporting.look_daily(AT + timedelta(days=1)) is True
    with everywhere("a test looks"):
        assert Look.objects.count() == 5


def test_a_model_is_fitted_for_whoever_may_still_ask(cast: Cast) -> None:
    who, where = cast.people["coordinator"], cast.college
    supporting.fit_a_model.func(who.pk, where.pk)
    assert Fitted.objects.get().why == "too_few"
    Membership.objects.filter(person=who).update(ends_on=TODAY - timedelta(days=1))
    supporting.fit_a_model.func(who.pk, where.pk)
    assert Fitted.objects.count() == 1
