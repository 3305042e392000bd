"""A course that has tested somebody goes down to `participation`; and how learning on line sounds in `activity`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.courses.doing import take_score
from craftpath.domain.courses.facts import ActivityBegun, ActivityMoved, CourseFinished, QuestionAnswered
from craftpath.domain.courses.models import Activity, Run
from craftpath.domain.lti.actions import return_grade
from craftpath.domain.lti.facts import ScoreKept
from craftpath.domain.participation.actions import Act, confirm_acts
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref

TESTED = ("quiz", "assignment")
"""Kinds of activities by which the site, or a person, sees what somebody can."""
VERBS = {"failed": "failed", "done": "completed"}


@on(ActivityBegun)
def on_activity_begun(told: Told) -> None:
    """Somebody opened it for the first time."""
    _hand_down(told, "initialized", told.fact.activity)


@on(ActivityMoved)
def on_activity_moved(told: Told) -> None:
    """Done, passed with a score, or not passed yet; what waits for a person says nothing yet."""
    fact = told.fact
    verb = VERBS.get(fact.state, "")
    if verb == "completed" and fact.score:
        verb = "passed"
    if verb:
        _hand_down(told, verb, fact.activity, _result(fact.score, fact.state == "done"))


@on(ScoreKept)
def on_score_kept(told: Told) -> None:
    """A tool of elsewhere says how somebody did in an activity."""
    fact = told.fact
    run = (
        Run._base_manager.filter(public_id=fact.context)
        .select_related("course", "version", "organisation")
        .first()
    )
    person = Person.objects.filter(public_id=fact.person).first()
    if run is None or person is None:
        return
    score = Decimal(fact.percent) if fact.percent else None
    at = told.entry.at
    take_score(run, fact.activity, person, state=fact.state, score=score, by=system(run.organisation), at=at)


@on(CourseFinished)
def on_finished_from_elsewhere(told: Told) -> None:
    """Whoever came from a learning platform takes the grade back to it."""
    person = Person.objects.filter(public_id=told.fact.person).first()
    if person is None:
        return
    target = f"course/{Ref.parse(told.entry.subject).public_id}"
    percent = Decimal(told.fact.score) if told.fact.score else None
    return_grade(target, person, percent, by=system(told.entry.organisation), at=told.entry.at)


@on(QuestionAnswered)
def on_question_answered(told: Told) -> None:
    """A question of a quiz."""
    share = float(told.fact.share)
    result = {"success": share == 1, "score": {"scaled": share}}
    _hand_down(told, "answered", told.fact.activity, result, tail=f"/items/{told.fact.item}")


@on(CourseFinished)
def on_tested(told: Told) -> None:
    """A course counts where it has tested somebody, or a person has looked at the work; never by one's own word."""
    run = Run._base_manager.select_related("course__organisation").get(
        public_id=Ref.parse(told.entry.subject).public_id
    )
    who = Person.objects.filter(public_id=told.fact.person).values_list("pk", flat=True)
    tested = Activity.objects.filter(unit__version=run.version_id, kind__in=TESTED).exists()
    if not tested or not told.fact.score:
        return
    place, at = run.course.organisation, told.entry.at
    name = run.course.title
    act = Act(
        "course", run.course.ref, name.get("zh") or name.get("en", ""),
        at.astimezone(ZoneInfo(place.time_zone)).date(),
    )  # fmt: skip
    confirm_acts(act, list(who), confirmed_by=None, organisation=place, by=system(place), at=at)


@on(CourseFinished)
def on_course_finished(told: Told) -> None:
    """Everything of a version is done."""
    _hand_down(told, "completed", "", _result(told.fact.score, True))


def _result(score: str, done: bool) -> dict[str, Any]:
    result: dict[str, Any] = {"completion": done}
    return result | ({"score": {"scaled": float(score) / 100}} if score else {})


def _hand_down(
    told: Told, verb: str, key: str, result: dict[str, Any] | None = None, *, tail: str = ""
) -> None:
    run = (
        Run._base_manager.select_related("course")
        .filter(public_id=Ref.parse(told.entry.subject).public_id)
        .first()
    )
    person = Person.objects.filter(public_id=told.fact.person).first()
    if run is None or person is None:
        return
    one = Activity.objects.filter(unit__version=run.version_id, key=key).first() if key else None
    name = one.title if one is not None else run.course.title
    below = f"/activities/{key}{tail}" if key else ""
    statement = NewStatement(
        key=f"courses:{told.entry.pk}",
        person=person,
        verb=verb,
        object_id=f"{settings.ADDRESS}/courses/{run.course.public_id}{below}",
        object_name={
            "zh-Hans": name.get("zh") or name.get("en", ""),
            "en": name.get("en") or name.get("zh", ""),
        },
        at=told.entry.at,
        result=result or {},
    )
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
