"""The tree of organisations in forms: all below is meant by default, and not once somebody takes the tick away."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.exchange.surveys.audience import audience_of
from craftpath.delivery.web.courses.forms import RunForm
from craftpath.delivery.web.shell.picking import tree
from craftpath.domain.courses.models import Run
from craftpath.domain.surveys.models import Survey
from craftpath.kernel.access import actor_in, join
from craftpath.kernel.organisations import Organisation, plant
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from tests.cast import TODAY, Cast
from tests.domain.courses.world import published
from tests.web.surveys.test_pages import drafted

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]


def trainer_at(place: Organisation) -> Person:
    person = Person.objects.create_user(f"t-{uuid.uuid4().hex[:8]}", name="教师")
    join([person], place, Role.TRAINER, on=TODAY)
    return person


def learner_at(place: Organisation) -> Person:
    person = Person.objects.create_user(f"l-{uuid.uuid4().hex[:8]}", name="学员")
    join([person], place, Role.APPRENTICE, on=TODAY)
    return person


def point(cast: Cast) -> Organisation:
    return plant(key="shiqiao", kind="point", name={"zh": "石桥村学习点"}, parent=cast.college)


def test_the_tick_stands_there_and_the_tree_is_indented(cast: Cast) -> None:
    form = RunForm(cohorts=[], rows=tree(cast.college))
    assert form["below"].initial is True
    assert form.fields["place"].depths == {"lanchuan": 0, "lanchuan-east": 1}  # type: ignore[attr-defined]


@pytest.mark.parametrize("below", [True, False])
def test_a_course_for_everybody_reaches_a_campus_and_a_point(cast: Cast, browse: Browse, below: bool) -> None:
    course, village = published(cast).course, point(cast)
    sent: dict[str, Any] = {
        "made_id": str(uuid.uuid4()), "cohort": "", "place": "lanchuan", "starts_on": f"{TODAY}",
    }  # fmt: skip
    page = reverse("courses:start", args=["lanchuan", course.public_id])
    assert browse("trainer").post(page, sent | ({"below": "on"} if below else {})).status_code == 302
    run = Run.objects.get()
    for place in (cast.campus, village):
        actor = actor_in(learner_at(place), place, TODAY)
        assert actor is not None
        with looking_for(actor.scope):
            assert Run.objects.filter(pk=run.pk).exists() is below, place.key
    here = actor_in(learner_at(cast.college), cast.college, TODAY)
    assert here is not None
    with looking_for(here.scope):
        assert Run.objects.filter(pk=run.pk).exists()


@pytest.mark.parametrize("below", [True, False])
def test_a_survey_asks_a_campus_and_a_point(cast: Cast, browse: Browse, below: bool) -> None:
    survey, village = drafted(cast), point(cast)
    people = {trainer_at(place).pk for place in (cast.campus, village)}
    sent: dict[str, Any] = {"whom": "1", "roles": ["trainer"], "draw": "all", "places": ["lanchuan"]}
    page = reverse("surveys:send", args=["lanchuan", survey.public_id])
    assert browse("coordinator").post(page, sent | ({"below": "on"} if below else {})).status_code == 302
    row = Survey.objects.get(pk=survey.pk)
    asked = {one.person.pk for one in audience_of(row, timezone.localdate()).candidates if one.person}
    assert people <= asked if below else not people & asked
    assert cast.people["trainer"].pk in asked
