"""Sessions: ticked by exception, objected to, cancelled; turns swapped by a tap of both."""

from __future__ import annotations

import pytest

from craftpath.domain.groups import actions
from craftpath.domain.groups.models import GroupSession, Presence, Swap
from tests.cast import AT, Cast
from tests.domain.groups.world import DAY, hold, mate, met, plan, refused, sessions

pytestmark = pytest.mark.usefixtures("all_rows")


def _there(session: GroupSession) -> dict[str, bool]:
    rows = Presence.objects.filter(session=session)
    return {row.person.enrolments.get().number: row.there for row in rows.select_related("person")}


def test_everybody_was_there_but_those_whom_the_host_ticks(cast: Cast) -> None:
    group = met(cast, "26002", "26003")
    first = sessions(group)[0]
    with refused("groups.session_not_over"):
        actions.hold_session(first, done="x", by=mate(cast, "26001"), at=AT)
    with refused("groups.not_host"):
        actions.hold_session(first, done="x", by=mate(cast, "26002"), at=first.ends_at)
    with refused("groups.say_what"):
        actions.hold_session(first, done=" ", by=mate(cast, "26001"), at=first.ends_at)
    for _twice in range(2):
        held = hold(cast, first, away=("26003",))
    assert held.state == "held"
    assert _there(held) == {"26001": True, "26002": True, "26003": False}
    assert len(sessions(group)) == 5  # the next one was planned
    corrected = hold(cast, first, by=cast.actor("trainer"))
    assert _there(corrected)["26003"] is True


def test_whoever_came_in_after_a_session_is_not_on_its_list(cast: Cast) -> None:
    group = met(cast, "26002", open_to_join=True)
    first = sessions(group)[0]
    late, later = mate(cast, "26003"), first.ends_at + DAY
    actions.ask_to_join(group, cast.enrolments["26003"], by=late, at=later)
    assert late.person is not None
    actions.answer_request(group, late.person, come=True, by=mate(cast, "26001"), at=later)
    actions.hold_session(first, done="x", by=mate(cast, "26001"), at=later)
    assert _there(first) == {"26001": True, "26002": True}


def test_each_may_object_and_nobody_settles_an_own_objection(cast: Cast) -> None:
    group = met(cast, "26002")
    first = hold(cast, sessions(group)[0], away=("26002",))
    own, other = mate(cast, "26002"), mate(cast, "26001")
    row = Presence.objects.get(session=first, person=own.person)
    with refused("groups.not_yours"):
        actions.object_presence(row, says="there", by=other, at=AT)
    with refused("groups.choice_unknown"):
        actions.object_presence(row, says="late", by=own, at=AT)
    for _twice in range(2):
        row = actions.object_presence(row, says="there", words="我迟到五分钟", by=own, at=AT + DAY)
    assert row.disputed
    with refused("groups.session_settled"):
        hold(cast, first)
    with refused("groups.not_host"):
        actions.settle_presence(row, there=True, by=own, at=AT)
    for _twice in range(2):
        row = actions.settle_presence(row, there=True, by=other, at=AT + DAY)
    assert (row.there, row.disputed) == (True, False)
    host = Presence.objects.get(session=first, person=other.person)
    host = actions.object_presence(host, says="not_there", by=other, at=AT)
    with refused("groups.not_host"):
        actions.settle_presence(host, there=False, by=other, at=AT)
    assert actions.settle_presence(host, there=False, by=cast.actor("trainer"), at=AT).there is False


def test_a_session_that_is_cancelled_passes_its_turns_on(cast: Cast) -> None:
    group = met(cast, "26002")
    first, second, *_rest = sessions(group)
    host = first.host_id
    with refused("groups.say_why"):
        actions.cancel_session(first, because="", by=mate(cast, "26002"), at=AT)
    for _twice in range(2):
        actions.cancel_session(first, because="放假", by=mate(cast, "26002"), at=AT)
    second.refresh_from_db()
    assert second.host_id == host
    assert len(sessions(group)) == 5


def test_turns_are_swapped_by_a_tap_of_both_and_stay_so(cast: Cast) -> None:
    group = met(cast, "26002", "26003")
    first, second, *_rest = sessions(group)
    asker, other = mate(cast, "26001"), mate(cast, "26002")
    with refused("groups.not_yours"):
        actions.ask_swap(first, second, role="host", by=other, at=AT)
    with refused("groups.choice_unknown"):
        actions.ask_swap(first, second, role="cook", by=asker, at=AT)
    with refused("groups.no_turn"):
        actions.ask_swap(first, sessions(group)[3], role="host", by=asker, at=AT)  # one's own
    swap = actions.ask_swap(first, second, role="host", by=asker, at=AT)
    assert actions.ask_swap(first, second, role="host", by=asker, at=AT).pk == swap.pk
    for who in ("26001", "26003"):
        with refused("groups.not_your_swap"):
            actions.agree_swap(swap, by=mate(cast, who), at=AT)
    for _twice in range(2):
        swap = actions.agree_swap(swap, by=other, at=AT)
    assert swap.state == "agreed"
    actions.change_group(group, plan(place="图书馆"), by=asker, at=AT)  # planned anew
    first, second, *_rest = sessions(group)
    assert (first.host_id, second.host_id) == (
        cast.enrolments["26002"].person_id,
        cast.enrolments["26001"].person_id,
    )
    assert first.place == "图书馆"
    actions.leave_group(group, by=other, at=AT)
    first.refresh_from_db()
    assert first.host_id == cast.enrolments["26001"].person_id


def test_a_swap_whose_turns_have_moved_is_no_longer_there(cast: Cast) -> None:
    group = met(cast, "26002", "26003")
    first, second, *_rest = sessions(group)
    swap = actions.ask_swap(first, second, role="host", by=mate(cast, "26001"), at=AT)
    actions.leave_group(group, by=mate(cast, "26002"), at=AT)
    swap = Swap.objects.get(pk=swap.pk)
    assert swap.state == "refused"
    again = actions.ask_swap(first, second, role="host", by=mate(cast, "26001"), at=AT)
    assert actions.refuse_swap(again, by=mate(cast, "26001"), at=AT).state == "refused"
