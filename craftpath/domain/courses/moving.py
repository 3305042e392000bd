"""The life of a course: a version is frozen, a course is put away or taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from craftpath.domain.courses import rules
from craftpath.domain.courses.content import Content, Draw, kept, read
from craftpath.domain.courses.facts import CourseMoved, CoursePublished
from craftpath.domain.courses.models import Activity, Course, CourseVersion, Unit
from craftpath.domain.courses.states import COURSE
from craftpath.domain.courses.writing import held
from craftpath.domain.exams.practice import newest_of, with_skill
from craftpath.domain.resources.actions import note_uses
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require


@action
def publish_course(course: Course, *, changes: str = "", by: Actor, at: datetime) -> CourseVersion:
    """Freeze the draft as the next version, with the versions of its questions. Without a draft nothing happens."""
    row = held(course)
    require(rules.may_write(by, row.organisation))
    state = COURSE.after(row.state, "publish")
    draft = CourseVersion.objects.filter(course=row, number__isnull=True).first()
    newest = CourseVersion.objects.filter(course=row, number__isnull=False).order_by("-number").first()
    if draft is None and newest is not None:
        Course._base_manager.filter(pk=row.pk).update(state=state)  # one that was put away is offered again
        return newest
    if draft is None:
        raise Refused(not_now("courses.empty"))
    require(rules.can_publish(Unit.objects.filter(version=draft).prefetch_related("activities")))
    _freeze_questions(draft, row.organisation)
    draft.number = newest.number + 1 if newest is not None and newest.number else 1
    draft.changes, draft.published_by, draft.published_at = changes.strip()[:500], by.person, at
    draft.save()
    row.state = state
    row.save(update_fields=["state"])
    fact = CoursePublished(draft.number, draft.changes)
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
    _tell_library(row, draft, by=by, at=at)
    return draft


def _tell_library(course: Course, version: CourseVersion, *, by: Actor, at: datetime) -> None:
    """Say which resources the course as it is offered now points at: the library shows where they are used."""
    contents = Activity.objects.filter(unit__version=version, kind="resource").values_list(
        "content", flat=True
    )
    refs = [read("resource", content).ref for content in contents]
    ids = {Ref.parse(ref).public_id for ref in refs if ref.count("/") == 2}
    note_uses(course.ref, course.title, ids, organisation=course.organisation, by=by, at=at)


def _freeze_questions(draft: CourseVersion, organisation: Organisation) -> None:
    rows = list(Activity.objects.filter(unit__version=draft, kind="quiz"))
    contents = {one.pk: read(one.kind, one.content) for one in rows}
    newest = newest_of(organisation, (key for one in contents.values() for key in one.items))
    pools = {
        skill: tuple(with_skill(organisation, skill))
        for skill in {draw.skill for one in contents.values() for draw in one.draws}
    }
    for row in rows:
        row.content = kept(_fixed(contents[row.pk], newest, pools, Text.of(row.title).both()))
    Activity.objects.bulk_update(rows, ["content"])


def _fixed(
    content: Content, newest: dict[str, int], pools: dict[str, tuple[tuple[str, int], ...]], name: str
) -> Content:
    """The quiz with what it will ask; refused where a question is secret or gone, or a skill has too few."""
    if any(key not in newest for key in content.items):
        raise Refused(not_now("courses.question_not_open", name=name))
    draws = []
    for draw in content.draws:
        pool = tuple(pair for pair in pools[draw.skill] if pair[0] not in content.items)
        if len(pool) < draw.count:
            raise Refused(not_now("courses.too_few_questions", name=name, wanted=draw.count, found=len(pool)))
        draws.append(Draw(draw.skill, draw.count, pool))
    return replace(content, fixed=tuple((key, newest[key]) for key in content.items), draws=tuple(draws))


@action
def archive_course(course: Course, *, by: Actor, at: datetime) -> Course:
    """Put it away: nothing new begins, what runs goes on."""
    return _moved(course, "archive", by, at)


@action
def restore_course(course: Course, *, by: Actor, at: datetime) -> Course:
    """Take it up again as a draft; it is published anew, as it is or changed."""
    return _moved(course, "restore", by, at)


def _moved(course: Course, move: str, by: Actor, at: datetime) -> Course:
    row = held(course)
    require(rules.may_write(by, row.organisation))
    row.state = COURSE.after(row.state, move)
    row.save(update_fields=["state"])
    tell(CourseMoved(row.state), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row
