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


@pytest.mark.django_db
def test_a_cohort_is_filled_with_answers_that_the_product_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    import study

    from craftpath.domain.study.measuring import measured, skills_answered

    with everywhere("a bench fills a cohort"):
        _cohort, _, rows = study.seed(2, 3)
        ids = [row.pk for row in rows]
        found = measured(ids, sorted(skills_answered(ids)), timezone.now())
        assert found.now.n.tolist() == [[study.ANSWERS] * 3] * 2


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


def test_models_of_mastery_are_compared_on_answers_that_they_have_not_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    import mastery

    kept = {name: mastery.MODELS[name] for name in ("scale, not fitted", "tracing, not fitted")}
    monkeypatch.setattr(mastery, "MODELS", kept)
    answers = mastery.made(20, 1).answers
    last = mastery._last_fifth(answers)
    for person, skill in {*zip(answers.person[last], answers.skill[last], strict=True)}:
        own = (answers.person == person) & (answers.skill == skill)
        assert 0 < (own & last).sum() <= own.sum() / 5
        assert answers.day[own & last].min() > answers.day[own & ~last].max()
    found, told = mastery.compare(20, 1)
    assert found["last", "base rate"][0] == found["people", "base rate"][0] == 0.5
    assert {name for part, name in found if part == "truth"} == set(kept)
    assert all(len(said) == len(was) == (answers.person >= 14).sum() for said, was in told.values())
    asked = mastery.diagnose(20, 1, 0.9)["asked"]
    assert 3 <= asked <= 30
