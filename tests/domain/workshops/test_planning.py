"""Agenda, seats and the waiting list, registrations and their codes."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from craftpath.domain.workshops import actions, queries, registering
from craftpath.domain.workshops.models import Item, Registration, Site, Workshop
from craftpath.domain.workshops.registering import plain_phone
from craftpath.kernel.tenancy import looking_for
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.workshops.world import NOBODY, SECOND, came, comer, day_of, opened, planned, site_of

pytestmark = pytest.mark.usefixtures("all_rows")


def _line(workshop: Workshop, starts: int, ends: int, **more: object) -> actions.Line:
    told = {"day": day_of(workshop), "starts": time(starts), "ends": time(ends), "kind": "talk", **more}
    return actions.Line(title=Text("报告", "Talk"), **told)  # type: ignore[arg-type]


def _reason(act: object, *args: object, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **more)  # type: ignore[operator]
    return refused.value.verdict.reason


def test_nobody_speaks_twice_at_once_and_no_room_is_used_twice(cast: Cast) -> None:
    row, by = planned(cast), cast.actor("coordinator")
    li = actions.add_speaker(row, name="李明", by=by, at=AT)
    wang = actions.add_speaker(row, name="王芳", by=by, at=AT)
    actions.save_item(row, _line(row, 9, 10, room="A", speakers=[li]), by=by, at=AT)
    save = actions.save_item
    assert _reason(save, row, _line(row, 9, 10, room="a "), by=by, at=AT) == "workshops.room_taken"
    assert _reason(save, row, _line(row, 9, 10), by=by, at=AT) == "workshops.room_taken"
    twice = _line(row, 9, 11, room="B", speakers=[wang, li])
    assert _reason(save, row, twice, by=by, at=AT) == "workshops.speaker_taken"
    assert _reason(save, row, _line(row, 16, 18), by=by, at=AT) == "workshops.outside_day"
    beside = save(row, _line(row, 9, 10, room="B", speakers=[wang]), by=by, at=AT)
    save(row, _line(row, 10, 11, room="A", speakers=[li]), by=by, at=AT)  # one after the other
    save(row, _line(row, 9, 10, room="B", speakers=[wang]), item=beside, by=by, at=AT)  # itself is no clash
    assert Item.objects.filter(workshop=row).count() == 3


def test_an_agenda_is_copied_with_its_speakers(cast: Cast) -> None:
    source, by = planned(cast), cast.actor("coordinator")
    li = actions.add_speaker(source, name="李明", by=by, at=AT)
    actions.save_item(source, _line(source, 9, 10, speakers=[li]), by=by, at=AT)
    row = actions.plan_workshop(cast.college, actions.Words(Text("第二期", "")), by=by, at=AT)
    assert actions.copy_agenda(row, source=source, by=by, at=AT) == 1
    [item] = queries.items_of(row)
    assert [one.name for one in item.speakers.all()] == ["李明"]
    assert item.speakers.get().workshop == row
    assert [day.on - day_of(source).on for day in queries.days_of(row)] == [timedelta(-2), timedelta(-1)]
    assert _reason(actions.copy_agenda, row, source=source, by=by, at=AT) == "workshops.agenda_not_empty"


def test_the_last_seat_goes_to_one_and_who_waits_moves_up(cast: Cast) -> None:
    row = opened(cast, seats=1)
    first, second, third = (came(row, number) for number in (1, 2, 3))
    assert [one.state for one in (first, second, third)] == ["placed", "waiting", "waiting"]
    assert queries.waiting_before(third) == 1
    actions.withdraw_registration(first, by=NOBODY, at=AT)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state, site_of(row).taken) == ("placed", "waiting", 1)
    actions.change_registration(second, comer(row, 2, "online"), by=NOBODY, at=AT)
    third.refresh_from_db()
    assert (third.state, site_of(row).taken) == ("placed", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Site._base_manager.filter(workshop=row).update(taken=F("taken") + 1)


def test_more_seats_let_people_move_up_and_fewer_than_taken_are_refused(cast: Cast) -> None:
    row, by = opened(cast, seats=1), cast.actor("coordinator")
    came(row, 1)
    waits = came(row, 2)
    site = site_of(row)
    told = {"name": Text("报告厅", ""), "address": "", "room": "", "site": site, "by": by, "at": AT}
    actions.save_site(row, seats=2, **told)
    waits.refresh_from_db()
    assert waits.state == "placed"
    assert _reason(actions.save_site, row, seats=1, **told) == "workshops.seats_taken"


def test_a_seat_is_held_two_days_for_a_guest_who_never_opened_the_link(cast: Cast) -> None:
    row = opened(cast, seats=1)
    idle = came(row, 1)
    soon = actions.register(row, comer(row, 2), by=NOBODY, at=AT + timedelta(hours=47))
    later = actions.register(row, comer(row, 3), by=NOBODY, at=AT + timedelta(hours=49))
    idle.refresh_from_db()
    soon.refresh_from_db()
    assert (idle.state, soon.state, later.state) == ("waiting", "placed", "waiting")  # who asked first
    assert site_of(row).taken == 1


def test_a_seat_that_was_held_too_long_goes_to_whoever_asks_where_nobody_waits(cast: Cast) -> None:
    row = opened(cast, seats=1)
    idle = came(row, 1)
    later = actions.register(row, comer(row, 2), by=NOBODY, at=AT + timedelta(hours=49))
    idle.refresh_from_db()
    assert (idle.state, later.state, site_of(row).taken) == ("waiting", "placed", 1)


def test_who_moves_up_late_has_two_days_from_then(cast: Cast) -> None:
    row = opened(cast, seats=1)
    first, guest = came(row, 1), came(row, 2)
    later = AT + timedelta(days=3)
    actions.withdraw_registration(first, by=NOBODY, at=later)
    third = actions.register(row, comer(row, 3), by=NOBODY, at=later + timedelta(hours=1))
    guest.refresh_from_db()
    assert (guest.state, third.state) == ("placed", "waiting")
    fourth = actions.register(row, comer(row, 4), by=NOBODY, at=later + timedelta(hours=49))
    guest.refresh_from_db()
    third.refresh_from_db()
    assert (guest.state, third.state, fourth.state) == ("waiting", "placed", "waiting")


def test_a_guest_with_the_code_is_confirmed_and_ten_wrong_ones_lock_the_link(cast: Cast) -> None:
    row = came(opened(cast), 1)
    spaced = f"{row.badge[:3]} {row.badge[3:].lower()}"
    assert actions.try_badge(row, f"workshop:{spaced}", by=NOBODY, at=AT)
    row.refresh_from_db()
    assert row.confirmed_at == AT
    for _try in range(10):
        verdict = actions.try_badge(row, "ZZZZZZ", by=NOBODY, at=AT)
    assert verdict.reason == "workshops.code_locked"
    assert not actions.try_badge(row, row.badge, by=NOBODY, at=AT)


def test_nobody_registers_twice(cast: Cast) -> None:
    row = opened(cast)
    came(row, 1)
    again = comer(row, 2, email="G1@example.com")
    assert _reason(actions.register, row, again, by=NOBODY, at=AT) == "workshops.registered_already"
    unreachable = comer(row, 2, email="")
    assert _reason(actions.register, row, unreachable, by=NOBODY, at=AT) == "workshops.no_contact"
    mine = cast.actor("apprentice")
    actions.register(row, comer(row, 3, "online", email=""), person=mine.person, by=mine, at=AT)
    same = comer(row, 4, "online", email="")
    reason = _reason(actions.register, row, same, person=mine.person, by=mine, at=AT)
    assert reason == "workshops.registered_already"


def test_a_group_registers_whole_or_not_at_all(cast: Cast) -> None:
    row, by = opened(cast, seats=2), cast.actor("coordinator")
    made = actions.register_many(row, [comer(row, n) for n in (1, 2, 3)], by=by, at=AT)
    assert [one.state for one in made] == ["placed", "placed", "waiting"]
    assert (
        _reason(actions.register_many, row, [comer(row, 4), comer(row, 1)], by=by, at=AT)
        == "workshops.line_twice"
    )
    assert Registration.objects.filter(workshop=row).count() == 3


def test_after_the_last_day_nobody_registers(cast: Cast) -> None:
    row = opened(cast, closes_on=AT.date() - timedelta(days=1))
    assert _reason(came, row, 1) == "workshops.closed_on"


def test_nobody_registers_for_what_is_past_and_the_office_enters_who_came(cast: Cast) -> None:
    row, by = opened(cast, closes_on=TODAY), cast.actor("coordinator")
    past = datetime.combine(SECOND + timedelta(days=1), time(9), row.zone)
    actions.change_workshop(row, actions.Words(Text("研讨会", ""), link=row.link), by=by, at=AT)
    late = {"by": NOBODY, "at": past}
    assert _reason(actions.register, row, comer(row, 1), **late) == "workshops.past"
    actions.register(row, comer(row, 1), by=NOBODY, at=past - timedelta(hours=12))  # on the last day itself
    [made] = actions.register_many(row, [comer(row, 2)], by=by, at=past)
    assert made.state == "placed"
    assert _reason(actions.register_many, row, [comer(row, 3)], **late) == "kernel.role_lacks"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0000 0000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("0086 13800000000", "13800000000"),
        ("+49 30 123456", "+4930123456"),
        ("(023) 6312 3456", "02363123456"),
        ("–", ""),
    ],
)
def test_a_number_is_one_however_it_is_typed(typed: str, kept: str) -> None:
    assert plain_phone(typed) == kept


def test_one_number_typed_otherwise_is_one_person(cast: Cast) -> None:
    row = opened(cast)
    first = came(row, 1, email="", phone="138 0000 0000")
    again = comer(row, 2, email="", phone="+86 138-0000-0000")
    assert _reason(actions.register, row, again, by=NOBODY, at=AT) == "workshops.registered_already"
    other = came(row, 2)
    assert (
        _reason(actions.change_registration, other, again, by=NOBODY, at=AT) == "workshops.registered_already"
    )
    actions.change_registration(first, comer(row, 1, email="", phone="13800000000"), by=NOBODY, at=AT)
    nothing = comer(row, 3, email="", phone="无")
    assert _reason(actions.register, row, nothing, by=NOBODY, at=AT) == "workshops.no_contact"


def test_a_stranger_is_not_written_to_again_and_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[int] = []
    monkeypatch.setattr(registering, "enqueue", lambda _name, pk: queued.append(pk))
    row = opened(cast)
    for _turn in range(5):
        actions.withdraw_registration(came(row, 1), by=NOBODY, at=AT)
    assert len(queued) == registering.LETTERS_A_DAY
    actions.register(row, comer(row, 1), by=NOBODY, at=AT + timedelta(days=2))
    assert len(queued) == registering.LETTERS_A_DAY + 1


def test_invited_organisations_see_it_with_all_below_and_others_do_not(cast: Cast) -> None:
    row, by = opened(cast, public=False), cast.actor("coordinator")
    staff = cast.actor("hr", cast.jinheng)
    with looking_for(staff.scope):
        assert not queries.workshops().exists()
    actions.invite_organisations(row, [cast.city], by=by, at=AT)
    with looking_for(staff.scope):
        assert queries.workshops().get() == row
        assert not queries.registrations(row).exists()


def test_another_office_runs_nothing_unless_it_holds_the_workshop_too(cast: Cast) -> None:
    row, hr = opened(cast), cast.actor("hr", cast.jinheng)
    assert _reason(actions.close_workshop, row, by=hr, at=AT) == "workshops.not_yours"
    actions.add_organiser(row, cast.jinheng, by=cast.actor("coordinator"), at=AT)
    assert actions.close_workshop(row, by=hr, at=AT).state == "closed"
