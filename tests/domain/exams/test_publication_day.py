"""Sittings whose marks were recorded before they kept the day get it, and the same for the second time."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from craftpath.domain.evaluation.models import Mark
from craftpath.domain.exams.models import Outcome, Sitting
from craftpath.kernel.audit import AuditEntry
from tests.cast import Cast
from tests.domain.exams.world_again import LATER, closed, publish, published
from tests.domain.hearing import rows

pytestmark = pytest.mark.usefixtures("all_rows")
take_over = import_module("craftpath.domain.exams.migrations.0011_sittings").take_over


def as_before(row: Sitting) -> None:
    """What a sitting kept of its publication before it kept the day: nothing."""
    Outcome.objects.all().delete()
    Sitting.objects.filter(pk=row.pk).update(published_at=None, published_in="", published_item="")


def after(row: Sitting) -> tuple[object, str, str]:
    for _time in range(2):
        take_over(apps, None)
    row = Sitting.objects.get(pk=row.pk)
    return row.published_at, row.published_in, row.published_item


def test_the_history_says_when(cast: Cast) -> None:
    row = published(cast)
    as_before(row)
    assert len(rows("exams.to_publish", LATER.date())) == 1
    Mark._base_manager.update(recorded_at=LATER - timedelta(days=3))  # the word counts, not the mark
    assert after(row) == (LATER, cast.evaluation.public_id, "final_exam")
    assert rows("exams.to_publish", LATER.date()) == []
    publish(
        cast, Sitting.objects.get(pk=row.pk), at=LATER + timedelta(days=2)
    )  # recorded anew, the day stays
    assert Sitting.objects.get(pk=row.pk).published_at == LATER
    assert Outcome.objects.exists()


def test_without_a_history_the_first_mark_does(cast: Cast) -> None:
    row = published(cast)
    as_before(row)
    AuditEntry._base_manager.filter(fact="judging.sitting_published").delete()
    assert after(row) == (LATER, cast.evaluation.public_id, "final_exam")


def test_where_no_mark_is_known_nothing_is_made_up(cast: Cast) -> None:
    row = closed(cast)
    assert after(row) == (None, "", "")
