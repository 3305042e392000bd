"""Many answers are weighed by a worker as whoever asked for it, and not once that role has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.delivery.jobs.bodies import weigh_needs
from craftpath.domain.needs.actions import make_analysis
from craftpath.domain.needs.models import Analysis
from craftpath.kernel.access import Membership
from tests.cast import AT, TODAY, Cast
from tests.domain.needs.world import survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_a_worker_weighs_needs_and_not_for_somebody_who_has_left(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.domain.needs.computing.AT_ONCE", 5)
    monkeypatch.setattr("craftpath.domain.needs.computing.enqueue", lambda _name, _pk: None)
    asked = survey(cast, mentors=0)
    first, second = (
        make_analysis(cast.college, [asked], groups=groups, by=cast.actor("coordinator"), at=AT)
        for groups in ([], ["occupation"])
    )
    weigh_needs.func(first.pk)
    assert Analysis.objects.get(pk=first.pk).people == 24
    Membership.objects.filter(person=cast.people["coordinator"]).update(ends_on=TODAY - timedelta(days=1))
    weigh_needs.func(second.pk)
    told = Analysis.objects.get(pk=second.pk)
    assert (told.state, told.failed) == ("failed", "needs.without_role")
