"""Surveys with people who are asked, for the tests of surveys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from craftpath.domain.surveys.actions import Candidate, draft_survey, open_survey, write_question
from craftpath.domain.surveys.models import Asked, Survey
from craftpath.domain.surveys.questions import read
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

DAY = timedelta(days=1)
LAST = TODAY + 14 * DAY
NAMES = {"occupation": {"welder": {"zh": "焊工", "en": "Welder"}, "turner": {"zh": "车工", "en": "Turner"}}}
SHORT = [
    {"key": "comm", "kind": "need", "title": {"zh": "沟通", "en": "Communication"}, "skill": "communication",
     "mentor": True, "required": True},
    {"key": "like", "kind": "scale", "title": {"en": "I like it"}, "construct": "motivation"},
    {"key": "stay", "kind": "single", "title": {"en": "Stay?"},
     "options": [{"key": "yes", "text": {"en": "Yes"}}, {"key": "no", "text": {"en": "No"}}]},
    {"key": "why", "kind": "text", "title": {"en": "Why not?"},
     "when": {"question": "stay", "operator": "is", "values": ["no"]}},
]  # fmt: skip


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def people(count: int) -> list[Person]:
    known = Person.objects.count()
    rows = [Person(username=f"s-{known + at}", name=f"Person {at}", password="!") for at in range(count)]
    Person.objects.bulk_create(rows)
    return list(Person.objects.filter(username__in=[row.username for row in rows]).order_by("pk"))


def candidates(count: int, **groups: str) -> list[Candidate]:
    told = {"role": "apprentice", "occupation": "welder", **groups}
    return [Candidate(told["role"], person, groups=told) for person in people(count)]


def drafted(cast: Cast, questions: Sequence[Mapping[str, Any]] = SHORT, **more: Any) -> Survey:
    by = cast.actor("coordinator")
    survey = draft_survey(cast.college, title=Text(zh="调查", en="Survey"), by=by, at=AT, **more)
    for question in read(questions):
        survey = write_question(survey, question, by=by, at=AT)
    return survey


def opened(
    cast: Cast,
    asked: Sequence[Candidate] | None = None,
    survey: Survey | None = None,
    at: datetime = AT,
    **more: Any,
) -> Survey:
    days = {"opens_on": localdate(at), "closes_on": localdate(at) + 14 * DAY}
    return open_survey(
        survey or drafted(cast), candidates(8) if asked is None else asked,
        group_names=NAMES, by=cast.actor("coordinator"), at=at, **{**days, **more},
    )  # fmt: skip


def as_asked(asked: Asked) -> Actor:
    roles = frozenset({Role.MENTOR if asked.role == "mentor" else Role.APPRENTICE})
    return Actor(asked.survey.organisation, asked.person, roles)


def a_day(days: int) -> date:
    return TODAY + days * DAY
