"""A rubric, a practical assessment of the fixed cast, and ratings, built by actions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from copy import deepcopy
from datetime import timedelta
from typing import Any

from craftpath.domain.judging.actions import Panel, draft_rubric, plan_practical, rate_work
from craftpath.domain.judging.models import Practical, Rater, Rating, Rubric
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast


def words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


LEVELS = [("1", "不合格", "Poor"), ("2", "合格", "Fair"), ("3", "良好", "Good"), ("4", "优秀", "Excellent")]
CRITERIA = [
    ("seam", "焊缝", "Seam", "50"),
    ("safety", "安全", "Safety", "30"),
    ("tidy", "整理", "Tidiness", "20"),
]
DEFINITION: dict[str, Any] = {
    "unobserved": "shared_out",
    "levels": [{"value": value, "name": words(zh, en)} for value, zh, en in LEVELS],
    "criteria": [
        {
            "key": key,
            "name": words(zh, en),
            "weight": weight,
            "area": "",
            "skill": "",
            "outcome": "",
            "anchors": [words(f"{zh}{value}级", f"{en} at {value}") for value, _zh, _en in LEVELS],
        }
        for key, zh, en, weight in CRITERIA
    ],
}
NAME = words("焊接量规", "Welding rubric")


def definition() -> dict[str, Any]:
    return deepcopy(DEFINITION)


def rubric(cast: Cast, **other: Any) -> Rubric:
    given = {"organisation": cast.college, "name": NAME, "definition": definition()} | other
    return draft_rubric(**given, by=cast.actor("trainer"), at=AT)


def practical(cast: Cast, panel: Panel | None = None, **other: Any) -> Practical:
    """Everybody's mentor and the trainer, unless another panel is named."""
    panel = panel or Panel(people=[(cast.people["trainer"], "trainer")])
    given: dict[str, Any] = {
        "made_id": uuid.uuid4(),
        "item": "task2",
        "kind": "task",
        "title": "焊一条角焊缝",
        "due_on": TODAY + timedelta(days=14),
        "panel": panel,
    } | other
    if "rubric" not in given:
        given["rubric"] = rubric(cast)
    return plan_practical(cast.evaluation, **given, by=cast.actor("coordinator"), at=AT)


def seat(cast: Cast, row: Practical, who: Person | str, number: str = "26001") -> Rater:
    person = cast.people[who] if isinstance(who, str) else who
    return Rater.objects.get(practical=row, enrolment=cast.enrolments[number], person=person)


def actor_of(cast: Cast, who: str) -> Actor:
    return cast.actor(who, cast.jinheng if who == "mentor" else None)


def levels(seam: str, safety: str, tidy: str) -> dict[str, str]:
    return {"seam": seam, "safety": safety, "tidy": tidy}


def rate(
    cast: Cast, row: Practical, who: str, given: Mapping[str, str], number: str = "26001", **other: Any
) -> Rating:
    made = other.pop("made_id", None) or uuid.uuid4()
    return rate_work(
        seat(cast, row, who, number), made_id=made, levels=given, **other, by=actor_of(cast, who), at=AT
    )
