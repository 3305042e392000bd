"""Goals of a pair: set, reached, dropped, and objected to by whoever was to reach them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.acting import told, working
from craftpath.domain.mentoring.facts import GoalDropped, GoalObjected, GoalReached, GoalSet
from craftpath.domain.mentoring.models import Goal
from craftpath.domain.mentoring.states import GOAL
from craftpath.domain.pairing.seeing import learners_in
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair
    from craftpath.kernel.people import Person


@action
def set_goal(
    pair: Pair, *, person: Person, text: str, due_on: date, made_id: str = "", by: Actor, at: datetime
) -> Goal:
    """Set a goal for somebody who learns in the pair; the same `made_id` again gives the goal that is there."""
    pair = working(pair)
    require(rules.may_set_goal(by, pair, localdate(at)))
    before = Goal._base_manager.filter(pair=pair, made_id=made_id).first() if made_id else None
    if before is not None:
        return before
    learners = {one.pk for one in learners_in(pair)}
    require(rules.can_set_goal(pair, learners, person.pk, text, due_on))
    row = Goal.objects.create(
        pair=pair,
        person=person,
        text=text.strip(),
        due_on=due_on,
        set_by=by.person,
        set_at=at,
        made_id=made_id,
    )
    told(GoalSet(goal=row.public_id, due_on=due_on.isoformat()), pair, by=by, at=at)
    return row


@action
def reach_goal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Say, as the one who teaches, that it is reached; once more changes nothing."""
    pair, row = _held(goal)
    require(rules.may_reach(by, pair, row.person_id, localdate(at)))
    if row.state == "reached":
        return row
    row.state = GOAL.after(row.state, "reach")
    row.objection, row.settled_by, row.settled_at = "", by.person, at
    row.save(update_fields=["state", "objection", "settled_by", "settled_at"])
    told(GoalReached(goal=row.public_id), pair, by=by, at=at)
    return row


@action
def drop_goal(goal: Goal, *, because: str, by: Actor, at: datetime) -> Goal:
    """Give a goal up, with a word why: either side, or the office. The same again changes nothing."""
    pair, row = _held(goal)
    require(rules.may_set_goal(by, pair, localdate(at)))
    require(rules.can_say_why(because))
    if row.state == "dropped" and row.because == because.strip():
        return row
    row.state = GOAL.after(row.state, "drop")
    row.because, row.settled_by, row.settled_at = because.strip(), by.person, at
    row.save(update_fields=["state", "because", "settled_by", "settled_at"])
    told(GoalDropped(goal=row.public_id), pair, by=by, at=at)
    return row


@action
def object_to_goal(goal: Goal, *, because: str, by: Actor, at: datetime) -> Goal:
    """Say, as the one who learns, why it is not reached yet: it is open again. The same again changes nothing."""
    pair, row = _held(goal)
    if by.person is None or by.person.pk != row.person_id:
        raise Refused(may_not("mentoring.learner_objects"))
    require(rules.can_say_why(because))
    if row.state == "open" and row.objection == because.strip():
        return row
    row.state = GOAL.after(row.state, "object")
    row.objection, row.settled_by, row.settled_at = because.strip(), None, None
    row.save(update_fields=["state", "objection", "settled_by", "settled_at"])
    told(GoalObjected(goal=row.public_id), pair, by=by, at=at)
    return row


def _held(goal: Goal) -> tuple[Pair, Goal]:
    pair = working(goal.pair)
    return pair, Goal._base_manager.select_for_update(of=("self",), no_key=True).get(pk=goal.pk)
