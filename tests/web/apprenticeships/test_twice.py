"""A button pressed twice does one thing, and leads to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from craftpath.domain.apprenticeships.models import Cohort
from craftpath.domain.programmes.models import EvaluationScheme, Programme
from craftpath.kernel.audit import AuditEntry
from tests.cast import AT, Cast

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_cohort_planned_twice_is_one_cohort(cast: Cast, browse: Browse) -> None:
    coordinator = browse("coordinator")
    form = {
        "name_en": "Welders 2027/1",
        "occupation_en": "Welder",
        "programme": cast.programme.public_id,
        "starts_on": "2027-03-01",
    }
    answers = [coordinator.post("/o/lanchuan/cohorts/new/", form) for _ in range(2)]
    made = Cohort.objects.get(starts_on="2027-03-01")
    assert [answer.url for answer in answers] == [f"/o/lanchuan/cohorts/{made.public_id}/"] * 2
    assert AuditEntry.objects.filter(subject__endswith=made.public_id).count() == 2  # planned, started
    said = coordinator.get(answers[1].url).content.decode()
    assert "A cohort of this name, with this first day, is planned already." in said
    coordinator.post("/o/lanchuan/cohorts/new/", form | {"name_en": "Welders 2027/2"})
    assert Cohort.objects.filter(starts_on="2027-03-01").count() == 2


def test_a_next_version_asked_for_twice_is_one_draft(cast: Cast, browse: Browse) -> None:
    coordinator = browse("coordinator")
    way = f"/o/lanchuan/schemes/{cast.preset.public_id}/next/"
    first, second = (coordinator.post(way).url for _ in range(2))
    assert first == second
    own = EvaluationScheme.objects.filter(organisation=cast.college, key=cast.preset.key)
    assert [row.version for row in own.order_by("version")] == [1, 2]  # the cast's own, and this draft
    own.filter(version=2).update(fingerprint="changed")
    assert coordinator.post(way).url != first
    assert own.count() == 3


def test_a_scheme_of_another_programme_judges_nothing(cast: Cast, browse: Browse) -> None:
    other = Programme.objects.create(key="other", name={"en": "Other"})
    scheme = EvaluationScheme.objects.create(
        programme=other, key="other", name={}, definition=cast.scheme.definition, made_at=AT
    )
    answer = browse("coordinator").post(
        f"/o/lanchuan/cohorts/{cast.cohort.public_id}/evaluate/",
        {"stage": "craftsman", "scheme": scheme.public_id},
    )
    assert (answer.status_code, cast.cohort.evaluations.count()) == (409, 1)
    scheme.refresh_from_db()
    assert scheme.state == "draft"


def test_a_draft_of_an_organisation_above_is_not_put_in_use_from_below(cast: Cast, browse: Browse) -> None:
    scheme = EvaluationScheme.objects.create(
        organisation=cast.city,
        programme=cast.programme,
        key="city",
        name={},
        definition=cast.scheme.definition,
        made_at=AT,
    )
    way, form = f"/o/lanchuan/cohorts/{cast.cohort.public_id}/evaluate/", {"stage": "craftsman"}
    answer = browse("coordinator").post(way, form | {"scheme": scheme.public_id})
    scheme.refresh_from_db()
    assert (answer.status_code, scheme.state, cast.cohort.evaluations.count()) == (403, "draft", 1)
    EvaluationScheme.objects.filter(pk=scheme.pk).update(state="in_use")
    answer = browse("coordinator").post(way, form | {"scheme": scheme.public_id})
    assert (answer.status_code, cast.cohort.evaluations.count()) == (302, 2)
