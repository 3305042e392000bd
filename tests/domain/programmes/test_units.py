"""Units of the presets: complete, counted as their buckets ask, and brought to programmes loaded before them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from craftpath.domain.programmes.actions import load_preset, presets
from craftpath.domain.programmes.models import Unit
from craftpath.domain.programmes.queries import buckets_by_programme, figure_laid_down, stages_of, units_of
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.models import Skill
from craftpath.domain.training.actions import draft_plan
from craftpath.domain.training.coverage import coverage
from craftpath.domain.training.queries import units_of_plan
from craftpath.kernel.access import system
from tests.cast import AT, Cast
from tests.countries import country

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
WITH_UNITS = ["au_cert3", "cn_334", "de_mechatronics", "uk_standard", "us_registered"]
# What a preset's units come to, in hours; what its rows ask for stands in `asked` below.
HOURS = {
    "au_cert3": {"workplace": 4400, "training": 780},
    "cn_334": {"workplace": 880, "taught": 320, "online": 120},
    "de_mechatronics": {"workplace": 2760, "school": 1680},
    "uk_standard": {"on_the_job": 1740, "off_the_job": 400},
    "us_registered": {"on_the_job": 8000, "related_instruction": 576},
}


def test_every_preset_has_units() -> None:
    assert list(presets()) == WITH_UNITS == sorted(HOURS)


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
        if bucket.floor_minutes and bucket.period == "programme":
            assert whole >= bucket.floor_minutes
        if bucket.target_minutes:
            assert whole == bucket.target_minutes * months / 12
            for stage in stages_of(programme.pk):
                asked = bucket.target_minutes * stage.default_months / 12
                assert abs(sums[stage.key, bucket.key] - asked) < 60
        if bucket.cap_minutes:
            assert whole <= bucket.cap_minutes * months / 12


@pytest.mark.parametrize("key", WITH_UNITS)
def test_a_drafted_plan_covers_its_programme_or_asks_for_no_hours(key: str, cast: Cast) -> None:
    """Drafting works for every country: each stage that lasts has units, and no kind of hours is short or over."""
    cohort = country(cast, key).cohort
    plan = draft_plan(cohort, by=cast.actor("coordinator"), at=AT)
    programme = cohort.programme_id
    [buckets] = buckets_by_programme([programme]).values()
    stages = stages_of(programme)
    found = coverage(units_of_plan(plan), units_of(programme), stages, buckets)
    assert found.covers
    assert {one.bucket.key: one.minutes // 60 for one in found.whole.sums} == HOURS[key]
    for stage in found.stages:
        assert stage.stage is not None
        assert bool(stage.units) is bool(stage.stage.default_months), stage.stage.key
        assert {one.verdict for one in stage.sums} <= {"even", "free"}, stage.stage.key
    asked = {one.bucket.key for one in found.whole.sums if one.verdict != "free"}
    assert (
        asked
        == {
            "au_cert3": set(),  # progress is counted by units of competency
            "cn_334": {"workplace", "taught", "online"},
            "de_mechatronics": {"school"},
            "uk_standard": {"off_the_job"},  # never below what prior learning may cut it to
            "us_registered": {"on_the_job", "related_instruction"},
        }[key]
    )


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
    china, germany = (load_preset(key, by=system(), at=AT) for key in ("cn_334", "de_mechatronics"))
    day = date(2025, 6, 1)
    assert figure_laid_down(china.pk, ["mentor_max_apprentices"], day) == 8
    assert figure_laid_down(germany.pk, ["first_year_floor"], day) == 682
    assert figure_laid_down(germany.pk, ["first_year_floor"], date(2024, 6, 1)) is None
    assert figure_laid_down(china.pk, ["rule", "mentor_max_apprentices"], day) == 8
