"""Two workers at the same moment: what both read is added once, and what is told meanwhile is heard afterwards."""

from __future__ import annotations

import pytest
from django.db import connection

from craftpath.domain.apprenticeships.actions import end_enrolments
from craftpath.domain.insight.keeping import refresh
from craftpath.domain.insight.marking import follow, stale
from craftpath.domain.insight.models import Slice
from craftpath.domain.insight.rebuilding import check, keep_up
from craftpath.kernel.tenancy import everywhere
from tests.at_once import both
from tests.cast import AT, TODAY, Cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets in one writer at a time anyway"
    ),
]


def test_two_workers_add_a_slice_once(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        follow(AT)
    waiting = stale().count()
    assert waiting > 5
    assert both(lambda: refresh(AT), lambda: refresh(AT)) == ["", ""]
    gone = cast.enrolments["26002"]
    with everywhere("somebody leaves"):
        keep_up(AT)
        end_enrolments([gone], because="left", on=TODAY, by=cast.actor("coordinator"), at=AT)
    assert both(lambda: keep_up(AT), lambda: keep_up(AT)) == ["", ""]
    with everywhere("a test looks at everything"):
        keep_up(AT)
        assert stale().count() == 0
        assert check(AT) == []
        assert Slice.objects.filter(table="apprenticeship").count() == 1


def test_somebody_leaves_while_a_worker_reads(cast: Cast) -> None:
    gone = cast.enrolments["26002"]
    office = cast.actor("coordinator")
    with everywhere("a test looks at everything"):
        keep_up(AT)
        Slice.objects.update(marks=2)
    leaving = both(
        lambda: refresh(AT), lambda: end_enrolments([gone], because="left", on=TODAY, by=office, at=AT)
    )
    assert leaving == ["", ""]
    with everywhere("a test looks at everything"):
        keep_up(AT)
        assert check(AT) == []
