"""Study groups with something in every table: one that meets, one that ended, one that is confirmed."""

from __future__ import annotations

import uuid
from datetime import timedelta

from craftpath.domain.groups import actions
from craftpath.domain.groups.models import GroupSession, Member, Presence, StudyGroup, Swap, Task
from tests.cast import AT, Cast
from tests.domain.groups.world import form, hold, mate, met, sessions


def learn_together(cast: Cast) -> dict[str, str]:
    """Three of the class meet, swap, write and object; two groups have ended, one of them is confirmed. Once."""
    if not StudyGroup._base_manager.exists():
        _make(cast)
    alive, _other, ended, confirmed = StudyGroup._base_manager.order_by("pk")[:4]
    rows = GroupSession._base_manager.filter(group=alive)
    return {
        "group": alive.public_id,
        "ended": ended.public_id,
        "confirmed": confirmed.public_id,
        "session": rows.exclude(state="held").latest("starts_at").public_id,
        "presence": Presence.objects.exclude(says="").earliest("pk").public_id,
        "swap": Swap.objects.earliest("pk").public_id,
        "task": Task.objects.earliest("pk").public_id,
        "member": Member.objects.get(group=alive, enrolment__number="26004").public_id,
    }


def _make(cast: Cast) -> None:
    office, mine, other = cast.actor("coordinator"), mate(cast, "26001"), mate(cast, "26002")
    actions.set_group_rule(cast.college, fewest=2, most=6, by=office, at=AT)
    said = [("offers", "", "TIG"), ("wants", "communication", "")]
    actions.say_topics(cast.enrolments["26001"], said, by=mine, at=AT)
    group = met(cast, "26002", "26003", open_to_join=True)
    actions.ask_to_join(group, cast.enrolments["26004"], by=mate(cast, "26004"), at=AT)
    actions.add_task(
        group, words="x", person=mine.person, until=AT.date(), made_id=uuid.uuid4(), by=other, at=AT
    )
    actions.write_notes(group, text="一", revision=0, by=other, at=AT)
    first = hold(cast, sessions(group)[0], away=("26002",))
    row = Presence.objects.get(session=first, person=other.person)
    actions.object_presence(row, says="there", words="我在", by=other, at=AT)
    ahead = [one for one in sessions(group) if one.state == "planned"]
    theirs = next(one for one in ahead if one.host == other.person)
    own = next(one for one in ahead if one.host == mine.person)
    actions.ask_swap(theirs, own, role="host", by=other, at=AT)
    form(cast, "26002", invite=("26001",), goal="备考")
    for goal in ("读图", "测量"):
        past = met(cast, goal=goal)
        hold(cast, sessions(past)[0])
        later = AT + timedelta(weeks=2)
        result = actions.Result("会了", "yes", file=b"%PDF-1.4 x", name="x.pdf")
        past = actions.end_group(past, result, by=mine, at=later)
        if goal == "测量":
            facts = [(str(mine.person.public_id), "led")] if mine.person else []
            actions.confirm_result(past, facts=facts, by=office, at=later)
