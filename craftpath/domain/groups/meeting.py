"""Sessions: held with a tick by exception, cancelled, swapped; and objections about having been there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from craftpath.domain.groups import rules
from craftpath.domain.groups.facts import (
    PresenceObjected,
    PresenceSettled,
    SessionCancelled,
    SessionHeld,
    TurnSwapped,
)
from craftpath.domain.groups.holding import held_session, people_of, today_at, told
from craftpath.domain.groups.models import ROLES, SAYS, GroupSession, Presence, StudyGroup, Swap
from craftpath.domain.groups.models.meeting import LONGEST_LINE
from craftpath.domain.groups.planning import plan_ahead, refuse_swaps, still_on
from craftpath.domain.groups.states import SESSION, SWAP
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def hold_session(
    session: GroupSession, *, done: str, away: Collection[str] = (), by: Actor, at: datetime
) -> GroupSession:
    """Note that the group met: all members were there but those named (`away`, public ids). Twice is once.

    Said again with others away it corrects the list, as long as nobody has objected.
    """
    group, row = held_session(session)
    require(rules.may_host(by, row, group))
    require(rules.can_go_on(group))
    done = clean(done)
    require(rules.can_say(done, LONGEST_LINE, reason="groups.say_what"))
    if row.starts_at > at:
        raise Refused(not_now("groups.session_not_over"))
    members = [one for one in rules.inside(people_of(group)) if one.since < row.ends_at]
    there = {one.person_id: one.person.public_id not in away for one in members}
    if row.state == "held":
        return _corrected(row, done, there, group, by, at)
    row.state = SESSION.after(row.state, "hold")
    row.done, row.held_by, row.held_at, row.changed_at = done, by.person, at, at
    row.save()
    Presence.objects.bulk_create(
        Presence(session=row, person_id=person, there=was) for person, was in there.items()
    )
    group.stuck_on = still_on(group, today_at(group.organisation, row.starts_at))
    group.save(update_fields=["stuck_on"])
    refuse_swaps([row.pk], at)
    plan_ahead(group, at)
    fact = SessionHeld(session=row.public_id, there=sum(there.values()), members=len(there))
    told(fact, group, by=by, at=at)
    return row


@action
def cancel_session(session: GroupSession, *, because: str, by: Actor, at: datetime) -> GroupSession:
    """Do not meet this time; the turns move on to the next one. Twice is once."""
    group, row = held_session(session)
    require(rules.may_lead(by, group, people_of(group)))
    require(rules.can_go_on(group))
    if row.state == "cancelled":
        return row
    because = clean(because)
    require(rules.can_say(because, LONGEST_LINE))
    row.state = SESSION.after(row.state, "cancel")
    row.because, row.changed_at, row.sequence = because, at, row.sequence + 1
    row.save()
    refuse_swaps([row.pk], at)
    plan_ahead(group, at)
    told(SessionCancelled(session=row.public_id, because=because), group, by=by, at=at)
    return row


@action
def ask_swap(mine: GroupSession, theirs: GroupSession, *, role: str, by: Actor, at: datetime) -> Swap:
    """Ask whoever has the other turn to change; another one asked about this turn is taken back. Twice is once."""
    group, row = held_session(mine)
    other = GroupSession._base_manager.get(pk=theirs.pk)
    require(rules.can_go_on(group))
    me = by.person
    if role not in ROLES or other.group_id != group.pk:
        raise Refused(not_now("groups.choice_unknown"))
    whose = getattr(other, f"{role}_id")
    ahead = all(one.state == "planned" and one.starts_at > at for one in (row, other))
    if me is None or getattr(row, f"{role}_id") != me.pk:
        raise Refused(may_not("groups.not_yours"))
    if not ahead or whose is None or whose == me.pk:
        raise Refused(not_now("groups.no_turn"))
    open_ = Swap.objects.filter(mine=row, role=role, state="asked")
    known = open_.filter(theirs=other).first()
    if known is not None:
        return known
    open_.update(state=SWAP.after("asked", "refuse"), answered_at=at)
    swap = Swap.objects.create(mine=row, theirs=other, role=role, asker=me, other_id=whose, asked_at=at)
    told(TurnSwapped(turn=role, state=swap.state), group, by=by, at=at)
    return swap


@action
def agree_swap(swap: Swap, *, by: Actor, at: datetime) -> Swap:
    """Change turns, as whoever was asked. Twice is once."""
    group, mine = held_session(swap.mine)
    swap = Swap.objects.select_related("theirs").get(pk=swap.pk)
    if by.person is None or by.person.pk != swap.other_id:
        raise Refused(may_not("groups.not_your_swap"))
    if swap.state != "asked":
        return swap
    require(rules.can_go_on(group))
    theirs, role = swap.theirs, f"{swap.role}_id"
    same = getattr(mine, role) == swap.asker_id and getattr(theirs, role) == swap.other_id
    if not same or any(one.state != "planned" or one.starts_at <= at for one in (mine, theirs)):
        raise Refused(not_now("groups.no_turn"))
    for one, person in ((mine, swap.other_id), (theirs, swap.asker_id)):
        setattr(one, role, person)
        one.agreed, one.changed_at, one.sequence = True, at, one.sequence + 1
        one.save()
    _answered(swap, "agree", group, by, at)
    refuse_swaps([mine.pk, theirs.pk], at)
    return swap


@action
def refuse_swap(swap: Swap, *, by: Actor, at: datetime) -> Swap:
    """Leave the turns as they are, as whoever was asked; whoever asked takes it back so. Twice is once."""
    group, _mine = held_session(swap.mine)
    swap = Swap.objects.get(pk=swap.pk)
    if by.person is None or by.person.pk not in (swap.other_id, swap.asker_id):
        raise Refused(may_not("groups.not_your_swap"))
    return _answered(swap, "refuse", group, by, at) if swap.state == "asked" else swap


@action
def object_presence(presence: Presence, *, says: str, words: str = "", by: Actor, at: datetime) -> Presence:
    """Say otherwise about oneself; host or trainer settles it, and until then it does not count. Twice is once."""
    group, row = _presence(presence)
    require(rules.may_object(by, row))
    if says not in SAYS:
        raise Refused(not_now("groups.choice_unknown"))
    if row.says:
        return row
    if (says == "there") == row.there:
        return row
    words = clean(words)
    if words:
        require(rules.can_say(words))
    row.says, row.words, row.said_at = says, words, at
    row.save()
    told(PresenceObjected(session=row.session.public_id), group, by=by, at=at)
    return row


@action
def settle_presence(presence: Presence, *, there: bool, by: Actor, at: datetime) -> Presence:
    """Decide about an objection; nobody decides about oneself. Twice is once."""
    group, row = _presence(presence)
    require(rules.may_host(by, row.session, group))
    if by.person is not None and row.person_id == by.person.pk:
        raise Refused(may_not("groups.not_host"))
    if not row.says or (row.settled_at is not None and row.there == there):
        return row
    row.there, row.settled_by, row.settled_at = there, by.person, at
    row.save()
    told(PresenceSettled(session=row.session.public_id, there=there), group, by=by, at=at)
    return row


def _answered(swap: Swap, move: str, group: StudyGroup, by: Actor, at: datetime) -> Swap:
    swap.state, swap.answered_at = SWAP.after(swap.state, move), at
    swap.save()
    told(TurnSwapped(turn=swap.role, state=swap.state), group, by=by, at=at)
    return swap


def _presence(presence: Presence) -> tuple[StudyGroup, Presence]:
    group, session = held_session(presence.session)
    row = Presence.objects.get(pk=presence.pk)
    row.session = session
    return group, row


def _corrected(
    row: GroupSession, done: str, there: dict[int, bool], group: StudyGroup, by: Actor, at: datetime
) -> GroupSession:
    """The list of a session that was ticked already, as it is said now; people who came in later are not on it."""
    known = {one.person_id: one for one in Presence.objects.filter(session=row)}
    changed = [one for pk, one in known.items() if pk in there and one.there != there[pk]]
    if not changed and row.done == done:
        return row
    if any(one.says for one in known.values()):
        raise Refused(not_now("groups.session_settled"))
    for one in changed:
        one.there = there[one.person_id]
    Presence.objects.bulk_update(changed, ["there"])
    row.done, row.held_by, row.changed_at = done, by.person, at
    row.save()
    count = sum(one.there for one in known.values())
    told(SessionHeld(session=row.public_id, there=count, members=len(known)), group, by=by, at=at)
    return row
