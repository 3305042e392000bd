"""Who forms, joins, hosts, reads and confirms; what a group may be like; whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.groups.models import (
    LONGEST,
    LONGEST_GOAL,
    GroupSession,
    Member,
    StudyGroup,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from datetime import datetime

    from craftpath.domain.groups.models import Presence

FEWEST, MOST = 3, 8
"""How many usually make a group, where an organisation says nothing else."""
AT_ONCE = 5  # groups of one person
LONGEST_SPAN = timedelta(days=366)
SHORTEST_MINUTES, LONGEST_MINUTES = 15, 240
STUCK_AFTER = 3  # rhythms without a session
AHEAD = 4  # sessions that are planned beforehand
PATIENCE = 14  # days after the end until a result is confirmed without all signatures
MOST_TASKS = 40  # open ones
MOST_TOPICS = 8  # of a kind and a person


def may_study(actor: Actor) -> Verdict:
    """Whoever learns, and those who teach them."""
    if actor.person is None:
        return may_not("kernel.role_lacks", permission=Permission.STUDY_TOGETHER)
    return actor.may(Permission.STUDY_TOGETHER)


def may_tend(actor: Actor, organisation: Organisation) -> Verdict:
    """Trainers and the office of the college whose class it is: form groups for it, settle, confirm."""
    return actor.may_at(Permission.HOLD_SESSIONS, organisation)


def may_rule(actor: Actor, organisation: Organisation) -> Verdict:
    """The office says how many make a group."""
    return actor.may_at(Permission.TEND_TALK, organisation)


def row_of(actor: Actor, members: Iterable[Member]) -> Member | None:
    """What the actor is to a group, if anything."""
    mine = actor.person.pk if actor.person else None
    return next((row for row in members if row.person_id == mine), None)


def inside(members: Iterable[Member]) -> list[Member]:
    """Those who are in, in the order in which they came."""
    return [row for row in members if row.state == "in"]


def is_inside(actor: Actor, members: Iterable[Member]) -> bool:
    """Whether the actor is in the group."""
    row = row_of(actor, members)
    return row is not None and row.state == "in"


def may_read(actor: Actor, group: StudyGroup, members: Iterable[Member]) -> bool:
    """Whether notes, tasks and who was there are for this reader: members, former ones too, and the organisation."""
    row = row_of(actor, members)
    path = actor.scope.path
    own = bool(path) and group.organisation.path.startswith(path)
    return own or (row is not None and row.joined_at is not None)


def may_work(actor: Actor, members: Iterable[Member]) -> Verdict:
    """Members only: notes, tasks, invitations."""
    return YES if is_inside(actor, members) else may_not("groups.not_inside")


def may_lead(actor: Actor, group: StudyGroup, members: Iterable[Member]) -> Verdict:
    """Members, and whoever looks after the class: change the rhythm, invite, cancel, end."""
    return YES if is_inside(actor, members) else may_tend(actor, group.organisation)


def may_host(actor: Actor, session: GroupSession, group: StudyGroup) -> Verdict:
    """The host of the session, or whoever looks after the class."""
    own = actor.person is not None and session.host_id == actor.person.pk
    return YES if own or may_tend(actor, group.organisation) else may_not("groups.not_host")


def may_object(actor: Actor, presence: Presence) -> Verdict:
    """Whoever it is about."""
    own = actor.person is not None and presence.person_id == actor.person.pk
    return YES if own else may_not("groups.not_yours")


def can_go_on(group: StudyGroup) -> Verdict:
    """While the group meets."""
    return YES if group.state == "alive" else not_now("groups.over")


def can_be_meant(goal: str, until: date, today: date) -> Verdict:
    """A goal in one sentence, and a last day that is not far."""
    if not goal or len(goal) > LONGEST_GOAL:
        return not_now("groups.no_goal", most=LONGEST_GOAL)
    return YES if today <= until <= today + LONGEST_SPAN else not_now("groups.until_unclear")


def can_meet(weekday: int, minutes: int, every_weeks: int) -> Verdict:
    """A weekday, a length and a rhythm that people can keep."""
    fits = weekday in range(7) and every_weeks in range(1, 5)
    fits = fits and SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES
    return YES if fits else not_now("groups.rhythm_unclear")


def can_take(members: Iterable[Member], more: int, most: int) -> Verdict:
    """Whether so many more fit beside those who are in or invited."""
    taken = sum(row.state in ("in", "invited") for row in members)
    return YES if taken + more <= most else not_now("groups.full", most=most)


def can_say(words: str, most: int = LONGEST, *, reason: str = "groups.say_why") -> Verdict:
    """Something, and not too much of it."""
    return YES if words and len(words) <= most else not_now(reason, most=most)


def can_confirm(group: StudyGroup, members: Iterable[Member], at: datetime) -> Verdict:
    """Once all members have signed what came out, or when it has waited long enough."""
    if group.state != "ended" or group.ended_at is None:
        return not_now("flow.not_now", flow="groups.group", state=group.state, move="confirm")
    missing = [row for row in inside(members) if row.signed_at is None]
    if missing and at < group.ended_at + timedelta(days=PATIENCE):
        return not_now("groups.signs_missing", missing=len(missing), days=PATIENCE)
    return YES


def next_of(order: Sequence[int], turns: Sequence[int | None], but: int | None = None) -> int | None:
    """Whose turn it is: whoever had it longest ago, and of those who never had it whoever came first.

    `order` are people as they came in, `turns` who had the turn so far. `but` does something else this time, and has
    the turn only where nobody else is there.
    """
    last = {person: at for at, person in enumerate(turns) if person is not None}
    able = [person for person in order if person != but] or list(order)
    return min(able, key=lambda person: (last.get(person, -1), order.index(person)), default=None)
