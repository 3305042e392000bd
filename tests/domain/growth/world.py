"""Core skills of the fixed cast: observed jobs, entries that name a skill, a rubric with one, and what is said."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from craftpath.domain.growth import actions
from craftpath.domain.growth.models import SkillView
from craftpath.domain.growth.standing import Standing, standing
from craftpath.domain.judging.actions import Panel, publish_marks
from craftpath.domain.judging.models import Practical
from craftpath.domain.judging.queries import works
from craftpath.domain.logbook.actions import Content, confirm_entries, observe_job, save_entry, submit_entry
from craftpath.domain.logbook.models import Entry, Observation
from craftpath.domain.standards.actions import load_frameworks
from craftpath.kernel.access import Actor, system
from tests.cast import AT, TODAY, Cast
from tests.domain.judging import world as judging

TALKS, PLANS, TEAM = "communication", "planning_organising", "collaboration_teamwork"


def known() -> None:
    """The core skills, as they come with the program."""
    load_frameworks(by=system(), at=AT)


def mentor_of(cast: Cast, number: str) -> Any:
    """The mentor of somebody of the cast as an actor at the enterprise."""
    row = cast.enrolments[number]
    person = row.parties.get(role="mentor").person
    return Actor(row.enterprise, person)


def seen(
    cast: Cast,
    seen_as: str = "alone",
    number: str = "26001",
    on: date = TODAY,
    skill: str = TALKS,
    at: datetime = AT,
) -> Observation:
    return observe_job(
        cast.enrolments[number], made_id=uuid.uuid4(), on=on, job="交接班", seen_as=seen_as, words="说得清楚。",
        skill=skill, by=mentor_of(cast, number), at=at,
    )  # fmt: skip


def logged(cast: Cast, skill: str = TALKS, *, confirmed: bool = True) -> Entry:
    content = Content(on=TODAY, text="写交接记录。", minutes=60, bucket="workplace", skill=skill)
    by = cast.actor("apprentice")
    entry = save_entry(cast.enrolments["26001"], made_id=uuid.uuid4(), content=content, by=by, at=AT).entry
    submit_entry(entry, by=by, at=AT)
    if confirmed:
        confirm_entries({entry.public_id: entry.revision}, by=cast.actor("mentor", cast.jinheng), at=AT)
    return entry


def rated(
    cast: Cast, given: dict[str, str], *, own: dict[str, str] | None = None, publish: bool = True
) -> Practical:
    """The weld of 26001 by its mentor alone, with "tidy" tied to planning and "safety" to talking."""
    definition = judging.definition()
    definition["criteria"][1]["skill"], definition["criteria"][2]["skill"] = TALKS, PLANS
    row = judging.practical(
        cast, Panel(self_rating=own is not None), rubric=judging.rubric(cast, definition=definition)
    )
    judging.rate(cast, row, "mentor", given, words="现场整齐。")
    if own is not None:
        judging.rate(cast, row, "apprentice", own)
    if publish:
        pk = cast.enrolments["26001"].pk
        publish_marks(row, {pk: str(works(row)[pk].mark)}, by=cast.actor("trainer"), at=AT)
    return row


def view(cast: Cast, who: str, levels: dict[str, int], **other: Any) -> SkillView:
    by = cast.actor(who, cast.jinheng if who in ("mentor", "hr") else None)
    stage = cast.programme.stages.get(order=1)
    given = {"made_id": uuid.uuid4(), "by": by, "at": AT} | other
    return actions.view_skills(cast.enrolments["26001"], stage, levels, **given)


def stands(cast: Cast, *numbers: str, today: date = TODAY) -> Standing:
    rows = [cast.enrolments[one].pk for one in numbers or ("26001",)]
    return standing(cast.cohort, rows, today)


def cell(found: Standing, skill: str, person: int = 0, stage: int = 0) -> tuple[Any, int, int]:
    """Level (None: none), proofs that say how well, proofs that do not."""
    place = person, [one.key for one in found.skills].index(skill), stage
    level = float(found.levels.level[place])
    return (
        None if level != level else round(level, 4),  # noqa: PLR0124 - NaN is not itself
        int(found.levels.n[place]),
        int(found.levels.told[place]),
    )
