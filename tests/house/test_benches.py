"""What the benches fill a site with is what the tables of today hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from craftpath.domain.evaluation.actions import refresh_results
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT

BENCH = Path(__file__).parents[2] / "bench"


@pytest.mark.django_db
def test_a_nation_is_filled_with_what_the_product_would_have_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    import nation

    with everywhere("a bench fills a site"):
        nation.seed(60, large=30, one_college=True)
        stored = {row.pk: (row.total, row.to_date, row.open, row.complete) for row in Result.objects.all()}
        assert Mark.objects.count() > 60 * 20
        for evaluation in Evaluation.objects.all():
            refresh_results(evaluation, by=system(), at=AT)
        assert {
            row.pk: (row.total, row.to_date, row.open, row.complete) for row in Result.objects.all()
        } == stored


@pytest.mark.django_db
def test_a_cohort_is_filled_with_proofs_that_the_product_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    import growth

    from craftpath.domain.growth.standing import standing

    with everywhere("a bench fills a cohort"):
        cohort, _, rows = growth.seed(2)
        found = standing(cohort, [row.pk for row in rows], timezone.localdate()).levels
        assert found.n.sum() == 2 * (growth.JOBS + 19)
        assert found.told.sum() == 2 * growth.ENTRIES


def test_a_package_is_made_that_the_product_takes_in_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    import packages

    made = tmp_path / "course.zip"
    packages.make(made, 1, 60)
    assert {way: packages.take_in(way, made)["files"] for way in packages.WAYS} == dict.fromkeys(
        packages.WAYS, 61
    )
