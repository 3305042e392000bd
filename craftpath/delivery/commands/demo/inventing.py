"""New occupations of the demo: one in its second version with a trial behind it and a vote running, one published."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo import inventing_words as words
from craftpath.delivery.commands.demo.places import Places, Staff, Stage
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.committees.actions import cast_vote, found_committee, open_motion, seat_person
from craftpath.domain.committees.queries import motions, seats_of
from craftpath.domain.studio import actions
from craftpath.domain.studio.adopting import Resolution
from craftpath.domain.studio.content import Content
from craftpath.domain.studio.writing import noted, reworded
from craftpath.kernel.access import Actor, system
from craftpath.kernel.roles import Role
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES

if TYPE_CHECKING:
    from craftpath.domain.studio.models import Draft, DraftVersion

DAY = timedelta(days=1)
SPACE = uuid.UUID("a0a6f0d2-54f4-4a0e-9d67-2f1f5f7a9c31")
LICENCE = "CC BY 4.0"


def invent_occupations(places: Places, staff: Staff, *, at: datetime) -> None:
    """Both, drafted by the city with its college and enterprises; the college takes the published one over."""
    stage = Stage.of_the_city(places, staff, at)
    _twin(stage)
    _cell(stage)


def _begun(stage: Stage, name: tuple[str, str], days: int) -> Draft:
    places = stage.places
    return actions.start_draft(
        places.city, made_id=uuid.uuid5(SPACE, name[1]), name={"zh": name[0], "en": name[1]},
        members=[places.college, places.jinheng, places.qinghe], **stage.day(days),
    )  # fmt: skip


def _written(
    stage: Stage, row: DraftVersion, days: int, tasks: words.Typed, about: dict[str, Any], need: dict[str, Any],
    skills: tuple[dict[str, str], ...] = (),
) -> DraftVersion:  # fmt: skip
    typed = [
        ({"zh": zh, "en": en}, [{"zh": one, "en": other} for one, other in some]) for (zh, en), some in tasks
    ]
    notes = tuple(noted({"zh": zh, "en": en}, source) for zh, en, source in need["notes"])
    chosen = ("problem_solving_decision_making", "use_basic_software")
    parts: dict[str, dict[str, Any]] = {
        "about": about,
        "tasks": {"duties": reworded(Content.of(row.content).duties, typed)},
        "skills": {"skills": chosen, "new_skills": skills},
        "need": need | {"notes": notes, "survey": ""},
    }
    for part, fields in parts.items():
        row = actions.write_part(row, part, revision=row.revision, **fields, **stage.day(days))
    return row


def _twin(stage: Stage) -> None:
    draft = _begun(stage, words.TWIN_NAME, -120)
    row = draft.versions.get(number=1)
    row = _written(stage, row, -110, words.TWIN, words.TWIN_ABOUT, words.TWIN_NEED, words.TWIN_SKILLS)
    first = actions.propose_version(row, why=words.TWIN_WHY[0], **stage.day(-100))
    robots = cohorts().get(name__zh__startswith="工业机器人运维")
    began = stage.at.date() - 90 * DAY
    trial = actions.begin_trial(
        first,
        robots,
        question="学徒能否在三个月内独立校准孪生模型并处置预警？",
        starts_on=began,
        **stage.day(-90),
    )
    costs = {"amount": "86000.00", "currency": "CNY", "source": "传感器与软件许可，学院财务处台账"}
    for days in (-50, -14):
        on = stage.at.date() + days * DAY
        actions.keep_evidence(trial, on=on, costs=costs if days == -14 else None, **stage.day(days))  # noqa: PLR2004
    for n, (who, said) in enumerate(words.TWIN_COMMENTS):
        by = _member(stage, who)
        made_id = uuid.uuid5(SPACE, f"comment-{n}")
        actions.comment(first, made_id=made_id, words=said, by=by, at=stage.at + (n - 40) * DAY)
    second = actions.begin_version(first, why=words.TWIN_WHY[1], **stage.day(-12))
    second = _written(
        stage, second, -10, words.TWIN_SECOND, words.TWIN_ABOUT, words.TWIN_NEED, words.TWIN_SKILLS
    )
    second = actions.propose_version(second, **stage.day(-7))
    _vote(stage, draft, second)


def _member(stage: Stage, who: str) -> Actor:
    staff, places = stage.staff, stage.places
    if who == "coordinator":
        return Actor(places.college, staff.coordinator, frozenset({Role.COORDINATOR}))
    if who == "hr":
        return Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
    return Actor(places.college, staff.trainer, frozenset({Role.TRAINER}))


def _vote(stage: Stage, draft: Draft, row: DraftVersion) -> None:
    """A committee of the city, the college and an enterprise: the chair has opened the motion, two have voted."""
    places, staff, long_ago = stage.places, stage.staff, stage.at - 115 * DAY
    board = found_committee(
        draft.ref, name={"zh": "新职业开发委员会", "en": "Committee for new occupations"},
        sides=[places.city, places.college, places.jinheng], allowed=YES, by=system(), at=long_ago,
    )  # fmt: skip
    sides = {side.organisation_id: side for side in board.sides.select_related("organisation", "committee")}
    assert stage.office.person is not None  # noqa: S101  (the officer)
    seats = (
        (places.city, stage.office.person, "chair"), (places.college, staff.coordinator, "vote"),
        (places.college, staff.trainer, "vote"), (places.jinheng, staff.hr, "vote"),
    )  # fmt: skip
    for place, person, kind in seats:
        seat_person(
            sides[place.pk], person=person, kind=kind, starts_on=long_ago.date(), by=system(), at=long_ago
        )
    row = actions.vote_on_version(row, board, rule="simple", **stage.day(-5))
    motion = motions().get(public_id=Ref.parse(row.motion).public_id)
    motion = open_motion(motion, **stage.day(-4))
    held = {seat.person_id: seat for seat in seats_of(board)}
    for who, days in (("hr", -3), ("coordinator", -2)):
        by = _member(stage, who)
        assert by.person is not None  # noqa: S101  (a member)
        cast_vote(motion, seat=held[by.person.pk], voice="yes", by=by, at=stage.at + days * DAY)


def _cell(stage: Stage) -> None:
    draft = _begun(stage, words.CELL_NAME, -260)
    row = _written(
        stage, draft.versions.get(number=1), -250, words.CELL, words.CELL_ABOUT, words.CELL_NEED,
        ({"zh": "调整焊缝跟踪", "en": "Adjust seam tracking"},),
    )  # fmt: skip
    row = actions.propose_version(row, **stage.day(-240))
    on = (stage.at - 200 * DAY).date()
    said = Resolution("澜川市焊接专业建设委员会", on, (7, 1, 1), "第 4 次会议纪要，第 3 项")
    row = actions.adopt_version(row, said, today=on, **stage.day(-200))
    project = actions.publish_project(
        row, audience=words.CELL_FOR,
        licence=LICENCE, **stage.day(-195),
    )  # fmt: skip
    college = _member(stage, "coordinator")
    actions.take_over(
        project, stage.places.college, made_id=uuid.uuid5(SPACE, "taken"), by=college, at=stage.at - 30 * DAY
    )
