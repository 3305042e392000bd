"""Practical work of the demo: one piece published, one under way with a quarrel, a photo and a self-rating."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from craftpath.delivery.commands.demo.judging_words import CRITERIA, LEVELS, REMARKS, RUBRICS
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.judging import actions, queries
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.judging.models import Practical, Rater, Rubric
    from craftpath.kernel.people import Person

NAMESPACE = uuid.UUID("6f3c1b7e-5a0d-4f52-9a55-0d8f8d2a6a11")


def judge_work(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """A welders' seam that is published, and the turners' project of which some ratings are still to come."""
    trainer = actor_in(staff.trainer, places.college, at.date())
    if trainer is None:
        raise RuntimeError("the demo's trainer has no role")
    rubrics = {key: _rubric(places, key, trainer, at) for key in RUBRICS}
    running = {row.cohort.occupation["en"]: row for row in evaluations() if row.cohort.state == "running"}
    _published(_newest("Welder"), rubrics["weld"], staff, by, at)
    _under_way(running["CNC turner"], rubrics["project"], staff, by, at)


def _newest(occupation: str) -> Evaluation:
    rows = evaluations().filter(cohort__occupation__en=occupation).order_by("-stage__order")
    found = rows.first()
    if found is None:
        raise RuntimeError(f"the demo has no evaluation of {occupation}")
    return found


def _rubric(places: Places, key: str, by: Actor, at: datetime) -> Rubric:
    zh, en = RUBRICS[key]
    definition = {
        "unobserved": "shared_out",
        "levels": [{"value": str(n), "name": {"zh": zh, "en": en}} for n, (zh, en) in enumerate(LEVELS, 1)],
        "criteria": [
            {
                "key": name,
                "name": {"zh": words[0], "en": words[1]},
                "weight": str(weight),
                "area": area,
                "skill": skill,
                "outcome": "",
                "anchors": [{"zh": a_zh, "en": a_en} for a_zh, a_en in anchors],
            }
            for name, words, weight, area, skill, anchors in CRITERIA[key]
        ],
    }
    return actions.draft_rubric(
        organisation=places.college,
        name={"zh": zh, "en": en},
        definition=definition,
        by=by,
        at=at - timedelta(days=40),
    )


def _plan(
    evaluation: Evaluation,
    item: str,
    rubric: Rubric,
    panel: actions.Panel,
    by: Actor,
    at: datetime,
    **words: Any,
) -> Practical:
    return actions.plan_practical(
        evaluation,
        made_id=uuid.uuid5(NAMESPACE, f"{evaluation.public_id} {item}"),
        item=item,
        rubric=rubric,
        panel=panel,
        by=by,
        at=at,
        **words,
    )


def _published(evaluation: Evaluation, rubric: Rubric, staff: Staff, by: Actor, at: datetime) -> None:
    """Everybody rated by mentor and trainer; all that agree is published."""
    then = at - timedelta(days=20)
    row = _plan(
        evaluation, "task1", rubric, actions.Panel(people=[(staff.trainer, "trainer")]), by, then,
        kind="job", title="平板对接焊：12 mm 钢板，立焊", brief="按图纸装配、定位焊、打底、盖面；焊后自检并记录。",
        due_on=(then + timedelta(days=10)).date(),
    )  # fmt: skip
    works = queries.works(row)
    for n, work in enumerate(works.values()):
        base = 2 + (n * 7) % 3
        for k, seat in enumerate(work.asked):
            # One work in nine is seen very differently by the two who rate it.
            level = 1 if n % 9 == 4 and k else base
            _rate(row, seat.rater, level, n + k * (n % 2), then + timedelta(days=3, hours=n, minutes=20 * k))
    ready = {pk: str(work.mark) for pk, work in queries.works(row).items() if work.is_ready}
    actions.publish_marks(row, ready, by=by, at=at - timedelta(days=9))


def _under_way(evaluation: Evaluation, rubric: Rubric, staff: Staff, by: Actor, at: datetime) -> None:
    """Of the turners two thirds are rated; two lie far apart, a third rater is asked about one; the rest waits."""
    then = at - timedelta(days=12)
    row = _plan(
        evaluation, "task3", rubric,
        actions.Panel(people=[(staff.trainer, "trainer")], self_rating=True), by, then,
        kind="project", title="夹具改进项目", brief="为一道工序改进夹具：量出原来的装夹时间，做出样件，证明省时。",
        due_on=(at + timedelta(days=3)).date(),
    )  # fmt: skip
    works = queries.works(row)
    apart: list[int] = []
    for n, (pk, work) in enumerate(works.items()):
        person = work.seats[0].rater.enrolment.person
        playing = person.username == f"{DEMO_PREFIX}apprentice"
        moment = then + timedelta(days=4, hours=n)
        if playing:
            _photo(row, work.seats[0].rater, person, moment)
        for k, seat in enumerate(work.asked):
            mine = seat.rater.person_id == staff.mentors["jinheng"][0].pk
            if (mine and not playing) or (n % 3 == 2 and k == 0) or n > len(works) - 4:
                continue  # still to come
            quarrel = n in (3, 9)
            level = (4 if k == 0 else 2) if quarrel else 2 + (n * 5) % 3
            _rate(row, seat.rater, level, n + k * (n % 2), moment + timedelta(minutes=30 * k))
            if quarrel:
                apart.append(pk)
        if work.own is not None and n % 2 == 0:
            _rate(row, work.own.rater, 3, n, moment - timedelta(days=1))
    if apart:
        actions.ask_raters(
            row, [apart[0]], person=staff.assessor, kind="assessor", by=by, at=at - timedelta(days=1)
        )


def _rate(row: Practical, rater: Rater, level: int, n: int, at: datetime) -> None:
    """Around this level, a little up and down from criterion to criterion."""
    keys = [one["key"] for one in row.rubric.definition["criteria"]]
    most = len(row.rubric.definition["levels"])
    levels = {
        key: str(max(1, min(most, level + ((n + place) % 3 == 0) - ((n + place) % 5 == 4))))
        for place, key in enumerate(keys)
    }
    if n % 7 == 3 and rater.kind == "mentor":
        levels[keys[-1]] = "not_observed"
    roles = {"mentor": Role.MENTOR, "self": Role.APPRENTICE}
    by = Actor(row.organisation, rater.person, frozenset({roles.get(rater.kind, Role.TRAINER)}))
    words = REMARKS[n % len(REMARKS)] if n % 2 == 0 else ""
    made = uuid.uuid5(NAMESPACE, str(Ref("judging", "rater", rater.public_id)))
    actions.rate_work(rater, made_id=made, levels=levels, words=words, by=by, at=at)


def _photo(row: Practical, rater: Rater, person: Person, at: datetime) -> None:
    """A drawn picture of a fixture, since the demo has no photos of anybody's work."""
    by = Actor(row.organisation, person, frozenset({Role.APPRENTICE}))
    for n, words in enumerate(("改进前：两把扳手，装夹 95 秒", "改进后：偏心压紧，装夹 31 秒")):
        actions.add_exhibit(
            row,
            rater.enrolment,
            made_id=uuid.uuid5(NAMESPACE, f"photo {n}"),
            content=_fixture(n),
            words=words,
            by=by,
            at=at + timedelta(minutes=n),
        )


def _fixture(n: int) -> bytes:
    picture = Image.new("RGB", (900, 600), (226, 224, 216))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((120, 380, 780, 470), fill=(90, 98, 106))
    pen.rectangle((300, 260, 600, 380), fill=(160, 168, 174))
    shafts: Sequence[tuple[int, int]] = ((220, 300), (680, 300)) if n == 0 else ((660, 290),)
    for x, y in shafts:
        pen.ellipse((x - 48, y - 48, x + 48, y + 48), fill=(60, 66, 72))
        pen.ellipse((x - 16, y - 16, x + 16, y + 16), fill=(200, 160, 70))
    if n == 1:
        pen.polygon([(700, 280), (840, 180), (856, 200), (716, 308)], fill=(178, 58, 38))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
