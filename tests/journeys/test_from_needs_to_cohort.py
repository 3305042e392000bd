"""From a survey of needs to what a new class is taught: each page leads to the next, and a running class stays."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.curricula.models import CurriculumVersion, Draft
from craftpath.domain.needs.models import Analysis
from craftpath.domain.needs.queries import weights_of
from craftpath.domain.programmes.queries import programmes, units_of
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.surveys.models import Survey
from craftpath.kernel.access import join, system
from craftpath.kernel.roles import Role
from tests.cast import AT, TODAY, Cast
from tests.domain.curricula.world import first, in_review, voted
from tests.domain.surveys.world import candidates, drafted, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
QUESTIONS = [
    {"key": "talk", "kind": "need", "title": {"zh": "沟通", "en": "Communication"}, "skill": "communication"},
    {
        "key": "team",
        "kind": "need",
        "title": {"zh": "协作", "en": "Teamwork"},
        "skill": "collaboration_teamwork",
    },
]
ANSWERS = {"a-talk-importance": "5", "a-talk-own": "2", "a-team-importance": "4", "a-team-own": "4"}


class Office:
    """Somebody of the college at the pages; `press` gives where it leads."""

    def __init__(self, cast: Cast, who: str) -> None:
        self.client = Client(HTTP_ACCEPT_LANGUAGE="en")
        self.client.force_login(cast.people[who])

    def press(self, name: str, *ids: str, **form: Any) -> str:
        answer = self.client.post(reverse(name, args=["lanchuan", *ids]), form)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"]).rstrip("/").rpartition("/")[2]


def _surveyed(cast: Cast, office: Office) -> Survey:
    """Six are asked, each answers on the page, the office closes and hands over to the analysis."""
    asked = candidates(6)
    join([one.person for one in asked if one.person], cast.college, Role.APPRENTICE, on=TODAY)
    survey = opened(cast, asked, survey=drafted(cast, QUESTIONS), at=timezone.now())
    for one in survey.asked.select_related("person"):
        client = Client()
        client.force_login(one.person)
        there = reverse("surveys:answer", args=["lanchuan", survey.public_id])
        assert client.post(there, ANSWERS).status_code == 302
    office.press("surveys:close", survey.public_id)
    office.press("surveys:analyse", survey.public_id)
    return survey


def test_what_a_survey_finds_is_what_a_new_class_is_taught(cast: Cast) -> None:
    load_frameworks(by=system(), at=AT)
    office, approver = Office(cast, "coordinator"), Office(cast, "administrator")
    survey = _surveyed(cast, office)
    found = office.press("needs:new", surveys=[survey.public_id], groups=[], crosshair="means")
    office.press("needs:do", found, do="publish", method="mwds", count="2")
    assert Analysis.objects.get(public_id=found).state == "published"
    assert weights_of(found) == {"communication": 15.0, "collaboration_teamwork": 0.0}

    version = first(cast)
    form = {"made_id": str(uuid.uuid4()), "from": found, "weight-communication": "10", "factor": "1.5"}
    drafted_id = office.press("curricula:new_draft", version.public_id, total="120", **form)
    plan = Draft.objects.get(public_id=drafted_id)
    assert (plan.state, plan.wanted["source"]) == ("done", found)
    office.press("curricula:do_draft", drafted_id, do="take", revision=str(version.revision))
    chosen = set(CurriculumVersion.objects.get(pk=version.pk).units.values_list("key", flat=True))
    talks = {unit.key for unit in units_of(cast.programme.pk) if "communication" in unit.skills}
    assert chosen & talks
    assert sum(version.units.values_list("minutes", flat=True)) <= 120 * 60

    review = in_review(cast, CurriculumVersion.objects.get(pk=version.pk))
    voted(cast, review)
    office_may_not = office.client.post(
        reverse("curricula:do", args=["lanchuan", version.public_id, "approve"]), {"words": "Short course"}
    )
    assert office_may_not.status_code == 403  # nobody approves what they wrote
    approver.press("curricula:do", version.public_id, "approve", words="A short course, on purpose.")
    approver.press("curricula:do", version.public_id, "activate")

    follows = CurriculumVersion.objects.get(pk=version.pk).programme
    assert follows is not None
    assert {unit.key for unit in units_of(follows.pk)} == chosen
    assert follows in programmes()  # a new cohort may choose it
    cast.cohort.refresh_from_db()
    assert cast.cohort.programme_id == cast.programme.pk
    nothing = approver.client.post(
        reverse("curricula:do", args=["lanchuan", version.public_id, "no-such-step"])
    )
    assert nothing.status_code == 404
