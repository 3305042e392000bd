"""Runs: who follows which version, by when, and what becomes of their progress when they go on to a newer one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from craftpath.domain.courses import rules
from craftpath.domain.courses.facts import RunMoved, RunStarted, RunUpdated
from craftpath.domain.courses.models import (
    Activity,
    Course,
    CourseVersion,
    DueDay,
    LiveSession,
    Progress,
    Run,
)
from craftpath.domain.courses.queries import activities_of, units_of
from craftpath.domain.courses.states import RUN
from craftpath.domain.courses.writing import held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


def held_run(run: Run) -> Run:
    """The run under a lock."""
    rows = Run._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("course", "version", "organisation", "cohort").get(pk=run.pk)


def _looked_after(run: Run, by: Actor) -> Run:
    row = held_run(run)
    require(rules.may_look_after(by, row))
    return row


@action
def start_run(
    *,
    course: Course,
    cohort: Cohort | None,
    organisation: Organisation,
    made_id: uuid.UUID,
    starts_on: date,
    ends_on: date | None,
    below: bool = True,
    by: Actor,
    at: datetime,
) -> Run:
    """Let a cohort, or everybody of an organisation, follow the newest version. The same `made_id` is the same run.

    Everybody is everybody below it, too, unless `below` says no.
    """
    require(rules.may_write(by, course.organisation))
    place = organisation if cohort is None else cohort.organisation
    require(rules.may_write(by, place))
    known = Run._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.course_id != course.pk:
            raise Refused(may_not("courses.form_used"))
        return known
    course = held(course)
    require(rules.can_start(course, starts_on, ends_on))
    if Run._base_manager.filter(course=course, cohort=cohort, organisation=place, state="running").exists():
        raise Refused(not_now("courses.runs_already"))
    version = CourseVersion.objects.filter(course=course, number__isnull=False).order_by("-number")[0]
    row = Run.objects.create(
        made_id=made_id, course=course, version=version, organisation=place, cohort=cohort, below=below,
        starts_on=starts_on, ends_on=ends_on, made_by=by.person, made_at=at,
    )  # fmt: skip
    tell(RunStarted(version.number or 0), by=by, at=at, organisation=place, subject=row.ref)
    return row


@action
def end_run(run: Run, *, by: Actor, at: datetime) -> Run:
    """It takes no more work; what was done stays."""
    return _moved(run, "end", by, at)


@action
def reopen_run(run: Run, *, by: Actor, at: datetime) -> Run:
    """It goes on."""
    return _moved(run, "reopen", by, at)


def _moved(run: Run, move: str, by: Actor, at: datetime) -> Run:
    row = _looked_after(run, by)
    twin = Run._base_manager.filter(course=row.course, cohort=row.cohort, organisation=row.organisation)
    if move == "reopen" and twin.filter(state="running").exists():
        raise Refused(not_now("courses.runs_already"))
    row.state = RUN.after(row.state, move)
    row.save(update_fields=["state"])
    tell(RunMoved(row.state), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def set_due_days(run: Run, days: Mapping[str, date | None], *, by: Actor, at: datetime) -> Run:
    """By when units are to be done; None takes a day off again."""
    row = _looked_after(run, by)
    known = {unit.key for unit in units_of(row.version)}
    for key, day in days.items():
        if key in known and day is not None:
            DueDay.objects.update_or_create(run=row, unit_key=key, defaults={"on": day})
    gone = [key for key, day in days.items() if day is None]
    DueDay.objects.filter(run=row, unit_key__in=gone).delete()
    return row


@action
def set_session(
    run: Run, activity_key: str, *, starts_at: datetime, minutes: int, link: str, by: Actor, at: datetime
) -> LiveSession:
    """When the run meets for a live activity, and where; the same again changes nothing."""
    row = _looked_after(run, by)
    require(rules.can_meet(link.strip(), minutes))
    one = next((each for each in activities_of(row.version) if each.key == activity_key), None)
    if one is None or one.kind != "live":
        raise Refused(not_now("courses.gone"))
    told = {"starts_at": starts_at, "minutes": minutes, "link": link.strip()}
    known = LiveSession.objects.filter(run=row, activity_key=activity_key).first()
    if known is None:
        return LiveSession.objects.create(run=row, activity_key=activity_key, changed_at=at, **told)
    if any(getattr(known, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(known, name, value)
        known.count, known.changed_at = known.count + 1, at
        known.save()
    return known


@dataclass(frozen=True, slots=True)
class Kept:
    """What a newer version means for a run: what is new, changed and gone, and how many had done what is gone."""

    version: CourseVersion
    new: tuple[Activity, ...]
    changed: tuple[Activity, ...]
    gone: tuple[Activity, ...]
    same: int
    lost: Mapping[str, int]
    """Key of an activity that is gone → how many people have done it."""
    keeping: int
    """How many people have done something that stays."""


def looked_ahead(run: Run, version: CourseVersion) -> Kept:
    """Whose progress is kept, before anybody decides; five queries however many people."""
    before = {one.key: one for one in activities_of(run.version)}
    after = {one.key: one for one in activities_of(version)}
    rows = Progress._base_manager.filter(run=run, state="done").order_by()
    lost: dict[str, int] = {}
    keeping = set()
    for key, person in rows.values_list("activity_key", "person_id"):
        if key in after:
            keeping.add(person)
        elif key in before:
            lost[key] = lost.get(key, 0) + 1
    both = [key for key in after if key in before]
    changed = [key for key in both if _said(before[key]) != _said(after[key])]
    return Kept(
        version=version,
        new=tuple(one for key, one in after.items() if key not in before),
        changed=tuple(after[key] for key in changed),
        gone=tuple(one for key, one in before.items() if key not in after),
        same=len(both) - len(changed),
        lost=lost,
        keeping=len(keeping),
    )


def _said(one: Activity) -> tuple[object, ...]:
    return (one.kind, one.title, {k: v for k, v in one.content.items() if k not in ("fixed", "pools")})


@action
def update_run(run: Run, version: CourseVersion, *, by: Actor, at: datetime) -> Run:
    """Go on to another published version of the same course; progress counts by the keys of activities."""
    row = _looked_after(run, by)
    if version.course_id != row.course_id or version.number is None:
        raise Refused(not_now("courses.gone"))
    if version.pk == row.version_id:
        return row
    fact = RunUpdated(version.number, row.version.number or 0)
    row.version = version
    row.save(update_fields=["version"])
    row.followers.filter(~Q(finished_version=version.number)).update(
        finished_at=None, finished_version=None, score=None
    )
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row
