"""Doing an activity: what counts as begun, waiting and done, and when the whole course is finished."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.courses import rules
from craftpath.domain.courses.facts import ActivityBegun, ActivityMoved, CourseFinished
from craftpath.domain.courses.models import Activity, Follower, Progress, Run
from craftpath.domain.courses.queries import activities_of, place_in, states_of, units_of
from craftpath.domain.courses.states import BY_WORD, JOINED
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def learner(run: Run, by: Actor, at: datetime) -> tuple[Person, Enrolment | None]:
    """Who learns here, and as which apprentice; refused for everybody else, and outside the run's time."""
    require(rules.can_follow(run, localdate(at)))
    if by.person is None:
        raise Refused(may_not("courses.not_a_learner"))
    takes_part, enrolment = place_in(run, by.person)
    if not takes_part:
        raise Refused(may_not("courses.not_a_learner"))
    return by.person, enrolment


def activity_in(run: Run, key: str) -> Activity:
    """An activity of the version that the run follows."""
    row = Activity.objects.filter(unit__version=run.version_id, key=key).select_related("unit").first()
    if row is None:
        raise Refused(not_now("courses.gone"))
    return row


def following(run: Run, person: Person, enrolment: Enrolment | None, at: datetime) -> Follower:
    """The row that says that somebody has begun; it is held, so that two writes of one person stand in line."""
    Follower.objects.get_or_create(
        run=run, person=person, defaults={"enrolment": enrolment, "begun_at": at, "last_at": at}
    )
    row = Follower.objects.select_for_update(of=("self",)).get(run=run, person=person)
    if at > row.last_at:
        row.last_at = at
        row.save(update_fields=["last_at"])
    return row


@action
def follow_run(run: Run, *, by: Actor, at: datetime) -> Follower:
    """Take part; once more changes nothing."""
    person, enrolment = learner(run, by, at)
    return following(run, person, enrolment, at)


@action
def open_activity(run: Run, key: str, *, by: Actor, at: datetime) -> Progress:
    """Somebody looks at an activity for the first time; once more changes nothing."""
    person, enrolment = learner(run, by, at)
    activity_in(run, key)
    following(run, person, enrolment, at)
    return begun(run, key, person, enrolment, by, at)


def begun(
    run: Run, key: str, person: Person, enrolment: Enrolment | None, by: Actor, at: datetime
) -> Progress:
    """The row of one activity, made where there is none."""
    row, fresh = Progress._base_manager.get_or_create(
        run=run, person=person, activity_key=key,
        defaults={"enrolment": enrolment, "state": "begun", "begun_at": at, "changed_at": at},
    )  # fmt: skip
    if fresh:
        fact = ActivityBegun(person.public_id, key)
        tell(fact, by=by, at=at, organisation=run.organisation, subject=run.ref)
    return row


@action
def finish_activity(
    run: Run,
    key: str,
    *,
    joined: str = "",
    score: Decimal | None = None,
    by: Actor,
    at: datetime,
) -> Progress:
    """Done by the learner's own word, at the end of what is read, seen or heard. Once more changes nothing.

    Of an activity that another room keeps, `joined` is the state that this room tells, with its score.
    """
    person, enrolment = learner(run, by, at)
    one = activity_in(run, key)
    require(rules.of_kind(one, *BY_WORD, *JOINED))
    if one.kind in JOINED and joined not in ("done", "failed"):
        raise Refused(not_now("courses.done_otherwise"))
    return moved(run, one, person, enrolment, joined or "done", score, by=by, at=at)


@action
def take_score(
    run: Run, key: str, person: Person, *, state: str, score: Decimal | None, by: Actor, at: datetime
) -> Progress | None:
    """What a tool of elsewhere says of a learner becomes progress of the activity that opens it.

    Of whoever does not learn here, or after the run, it stays what the tool said and no more.
    """
    takes_part, enrolment = place_in(run, person)
    one = (
        Activity.objects.filter(unit__version=run.version_id, key=key, kind="tool")
        .select_related("unit")
        .first()
    )
    if not takes_part or one is None or not rules.can_follow(run, localdate(at)):
        return None
    if state == "begun":
        following(run, person, enrolment, at)
        return begun(run, key, person, enrolment, by, at)
    return moved(run, one, person, enrolment, state, score, by=by, at=at)


def moved(
    run: Run, one: Activity, person: Person, enrolment: Enrolment | None, state: str, score: Decimal | None = None,
    *, by: Actor, at: datetime,
) -> Progress:  # fmt: skip
    """Write how far somebody is, tell it, and see whether the course is finished with it.

    What is done stays done; a better score of it takes the place of the lower one.
    """
    follower = following(run, person, enrolment, at)
    row = begun(run, one.key, person, enrolment, by, at)
    better = score is not None and (row.score is None or score > row.score)
    if row.state == "done" and not better:
        return row
    if row.state == state and not better:
        return row
    row.state = "done" if row.state == "done" else state
    row.score, row.changed_at = score if better else row.score, at
    row.save(update_fields=["state", "score", "changed_at"])
    said = "" if row.score is None else f"{row.score.normalize():f}"
    fact = ActivityMoved(person.public_id, one.key, one.kind, row.state, said)
    tell(fact, by=by, at=at, organisation=run.organisation, subject=run.ref)
    if row.state == "done":
        _finish(run, follower, person, by, at)
    return row


def _finish(run: Run, follower: Follower, person: Person, by: Actor, at: datetime) -> None:
    """Note that everything of this version is done, once for each version."""
    if follower.finished_version == run.version.number:
        return
    states = states_of(run, person)
    rows = activities_of(run.version)
    if any(one.key not in states or states[one.key].state != "done" for one in rows):
        return
    scores = [score for one in rows if (score := states[one.key].score) is not None]
    follower.score = round(sum(scores, Decimal(0)) / len(scores), 2) if scores else None
    follower.finished_at, follower.finished_version = at, run.version.number
    follower.save(update_fields=["score", "finished_at", "finished_version"])
    fact = CourseFinished(
        person.public_id, run.course.public_id, run.version.number or 0,
        sum(unit.minutes for unit in units_of(run.version)),
        "" if follower.score is None else f"{follower.score.normalize():f}",
    )  # fmt: skip
    tell(fact, by=by, at=at, organisation=run.organisation, subject=run.ref)
