"""Units of the presets: complete, counted as their buckets ask, and brought to programmes loaded before them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from craftpath.domain.programmes.actions import load_preset
from craftpath.domain.programmes.models import Unit
from craftpath.domain.programmes.queries import buckets_by_programme, figure_laid_down, stages_of, units_of
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.models import Skill
from craftpath.kernel.access import system
from tests.cast import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
WITH_UNITS = ["cn_334", "de_mechatronics"]


@pytest.mark.parametrize("key", WITH_UNITS)
def test_hours_of_a_stage_reach_each_bucket_s_target_to_the_hour(key: str) -> None:
    programme = load_preset(key, by=system(), at=AT)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    [buckets] = buckets_by_programme([programme.pk]).values()
    within = {bucket.key: bucket.within for bucket in buckets}
    for unit in units_of(programme.pk):
        sums[unit.stage.key, unit.bucket] += unit.minutes
        if within[unit.bucket]:
            sums[unit.stage.key, within[unit.bucket]] += unit.minutes
    for bucket in buckets:
        whole = sum(sums[stage.key, bucket.key] for stage in stages_of(programme.pk))
        months = sum(stage.default_months for stage in stages_of(programme.pk))
        if bucket.target_minutes:
            assert whole == bucket.target_minutes * months / 12
            for stage in stages_of(programme.pk):
                asked = bucket.target_minutes * stage.default_months / 12
                assert abs(sums[stage.key, bucket.key] - asked) < 60
        if bucket.cap_minutes:
            assert whole <= bucket.cap_minutes * months / 12


@pytest.mark.parametrize("key", WITH_UNITS)
def test_every_unit_has_outcomes_and_names_only_skills_and_areas_that_there_are(key: str) -> None:
    programme = load_preset(key, by=system(), at=AT)
    load_frameworks(by=system(), at=AT)
    skills = set(Skill.objects.values_list("key", flat=True))
    areas = {area.key for area in programme.areas.all()} | {""}
    for unit in units_of(programme.pk):
        assert unit.title.zh
        assert unit.title.en
        assert unit.conf in {"A", "M"}
        assert unit.outcomes.all()
        assert unit.skills
        assert set(unit.skills) <= skills
        for outcome in unit.outcomes.all():
            assert outcome.area in areas
            assert outcome.title.zh
            assert outcome.title.en
            assert set(outcome.skills) <= set(unit.skills)
    assert any(unit.hazardous for unit in units_of(programme.pk))


def test_a_programme_loaded_before_there_were_units_gets_them_once() -> None:
    programme = load_preset("cn_334", by=system(), at=AT)
    before = {unit.key for unit in units_of(programme.pk)}
    Unit.objects.all().delete()
    for _ in range(2):
        load_preset("cn_334", by=system(), at=AT)
    assert {unit.key for unit in units_of(programme.pk)} == before
    assert Unit.objects.count() == len(before) == 18


def test_a_figure_is_that_of_the_day_and_words_are_none() -> None:
    china, germany = (load_preset(key, by=system(), at=AT) for key in WITH_UNITS)
    day = date(2025, 6, 1)
    assert figure_laid_down(china.pk, ["mentor_max_apprentices"], day) == 8
    assert figure_laid_down(germany.pk, ["first_year_floor"], day) == 682
    assert figure_laid_down(germany.pk, ["first_year_floor"], date(2024, 6, 1)) is None
    assert figure_laid_down(china.pk, ["rule", "mentor_max_apprentices"], day) == 8
