"""Booking: times that are free, once; rules of the thing; partners as long as their agreement; series."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.activity.models import Statement
from craftpath.domain.bookings import actions, queries
from craftpath.domain.bookings.booking import hold
from craftpath.domain.bookings.checking import Busy, Span, Wish
from craftpath.domain.bookings.models import Booking, Slot, Thing
from craftpath.domain.partnership.actions import end_cooperation
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.bookings.world import (
    HOUR,
    MORNING,
    WEEK,
    agreed,
    at,
    book,
    lathe,
    new,
    office,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_time_goes_once_and_the_other_hears_who_has_it(cast: Cast) -> None:
    thing = lathe(cast)
    row = book(cast, thing)
    assert (row.state, row.minutes, row.slots.count()) == ("booked", 120, 8)
    with refused("bookings.taken") as heard:
        book(cast, thing, "coordinator", at(MORNING + HOUR))
    facts = heard.value.verdict.facts
    assert (facts["since"], facts["until"]) == ("09:00", "11:00")
    assert "马建国" in facts["who"]
    book(cast, thing, "coordinator", at(MORNING + 2 * HOUR))
    actions.cancel_booking(row, because="改期", by=cast.actor("trainer"), at=AT)
    assert book(cast, thing, "coordinator").state == "booked"


def test_the_database_refuses_a_second_slot_whoever_writes_it(cast: Cast) -> None:
    thing = lathe(cast)
    row = book(cast, thing)
    row.pk, row.public_id, row.made_id = None, "other", uuid.uuid4()
    row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        hold(row)
    assert Slot.objects.count() == 8


def test_as_many_fit_at_a_time_as_it_has_places(cast: Cast) -> None:
    thing = lathe(cast, seats=3)
    book(cast, thing, seats=2)
    with refused("bookings.taken_partly") as heard:
        book(cast, thing, "coordinator", seats=2)
    assert heard.value.verdict.facts["left"] == 1
    book(cast, thing, "coordinator", at(MORNING + HOUR))
    with refused("bookings.too_many_seats"):
        book(cast, thing, seats=4)
    taken = queries.taken_in(thing, MORNING + HOUR, MORNING + 3 * HOUR)
    assert list(taken.values()) == [3, 3, 3, 3, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("terms", "span", "reason"),
    [
        ({}, at(MORNING + timedelta(minutes=7)), "quarters"),
        ({}, Span(MORNING + HOUR, MORNING), "quarters"),
        ({}, at(AT - 2 * HOUR), "past"),
        ({}, at(MORNING + 400 * timedelta(days=1)), "too_far"),
        ({"ahead_hours": 48}, at(), "too_soon"),
        ({"longest": 60}, at(), "too_long"),
        ({}, at(MORNING - 3 * HOUR), "not_open"),
        ({}, at(MORNING + 4 * timedelta(days=1)), "not_open"),  # a Saturday
    ],
    ids=["askew", "backwards", "past", "far", "soon", "long", "early", "saturday"],
)
def test_the_rules_of_a_thing_hold(cast: Cast, terms: dict[str, Any], span: Span, reason: str) -> None:
    with refused(f"bookings.{reason}"):
        book(cast, lathe(cast, **terms), span=span)


def test_what_is_out_of_order_is_not_booked_and_what_is_booked_is_not_closed(cast: Cast) -> None:
    thing, by = lathe(cast), cast.actor("coordinator")
    week = {"starts_at": MORNING, "ends_at": MORNING + WEEK}
    row = book(cast, thing, span=at(MORNING + WEEK - HOUR, 1))
    with refused("bookings.booked_then"):
        actions.close_thing(thing, **week, because="主轴检修", by=by, at=AT)
    actions.cancel_booking(row, because="x", by=by, at=AT)
    closure = actions.close_thing(thing, **week, because="主轴检修", by=by, at=AT)
    with refused("bookings.closed") as heard:
        book(cast, thing)
    assert heard.value.verdict.facts == {"because": "主轴检修"}
    assert actions.reopen_thing(closure, by=by, at=AT)
    assert book(cast, thing).state == "booked"


def test_the_owner_answers_where_the_thing_asks_for_it(cast: Cast) -> None:
    thing, owner = lathe(cast, asks=True), cast.actor("coordinator")
    row = book(cast, thing)
    assert row.state == "asked"
    with refused("bookings.taken"):
        book(cast, thing, "coordinator")  # who asked first has the time until the answer
    with refused("kernel.role_lacks"):
        actions.approve_booking(row, by=cast.actor("trainer"), at=AT)
    assert actions.approve_booking(row, by=owner, at=AT).state == "booked"
    later = book(cast, thing, span=at(MORNING + WEEK))
    with refused("bookings.say_why"):
        actions.decline_booking(later, because=" ", by=owner, at=AT)
    assert actions.decline_booking(later, because="考试", by=owner, at=AT).state == "cancelled"
    assert not later.slots.exists()


def test_a_form_sent_twice_books_once(cast: Cast) -> None:
    thing, by, form = lathe(cast), cast.actor("trainer"), new()
    rows = [actions.book(thing, at(), Wish(cast.college), form, by=by, at=AT) for _twice in range(2)]
    assert rows[0] == rows[1]
    with refused("bookings.form_used"):
        actions.book(thing, at(), Wish(cast.college), form, by=cast.actor("coordinator"), at=AT)


def test_a_partner_books_under_an_agreement_and_not_after_its_last_day(cast: Cast) -> None:
    own, shared = lathe(cast), lathe(cast, for_partners=True)
    with refused("bookings.no_basis"):
        book(cast, shared, "hr")
    basis = agreed(cast)
    assert book(cast, shared, "hr").cooperation == basis
    with refused("bookings.not_shared"):
        book(cast, own, "hr")
    assert book(cast, own).cooperation is None
    basis.ends_on = date(2026, 9, 22)
    basis.save()
    assert book(cast, shared, "hr", at(MORNING + WEEK)).state == "booked"
    with refused("bookings.after_basis") as heard:
        book(cast, shared, "hr", at(MORNING + WEEK + timedelta(days=1)))
    assert heard.value.verdict.facts == {"last": date(2026, 9, 22)}


def test_no_share_outlives_its_basis(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    thing, basis = lathe(cast, for_partners=True), agreed(cast)
    rows = [book(cast, thing, "hr", at(MORNING + n * WEEK)) for n in range(3)]
    own = book(cast, thing, span=at(MORNING + 3 * WEEK))
    with django_capture_on_commit_callbacks(execute=True):
        end_cooperation(basis, on=date(2026, 9, 22), by=cast.actor("coordinator"), at=AT)
    assert [Booking.objects.get(pk=row.pk).state for row in rows] == ["booked", "booked", "cancelled"]
    dropped = Booking.objects.get(pk=rows[2].pk)
    assert (dropped.rule, dropped.slots.exists()) == ("bookings.basis_ended", False)
    assert Booking.objects.get(pk=own.pk).state == "booked"


def test_what_another_agreement_carries_goes_on(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    thing, first, second = lathe(cast, for_partners=True), agreed(cast), agreed(cast)
    row = book(cast, thing, "hr", at(MORNING + WEEK))
    ended, other = (first, second) if row.cooperation_id == first.pk else (second, first)
    with django_capture_on_commit_callbacks(execute=True):
        end_cooperation(ended, on=AT.date(), by=cast.actor("coordinator"), at=AT)
    row.refresh_from_db()
    assert (row.state, row.cooperation_id) == ("booked", other.pk)


def test_twelve_mondays_those_that_are_free_or_none(cast: Cast) -> None:
    thing, by = lathe(cast), cast.actor("trainer")
    spans = [at(MORNING + n * WEEK) for n in range(12)]
    book(cast, thing, "coordinator", spans[3])
    wish = Wish(cast.college)
    answers = [bool(verdict) for _, verdict, _ in queries.judged(thing, spans, wish, AT)]
    assert [n for n, free in enumerate(answers) if not free] == [3]
    form = new()
    with refused("bookings.not_all_free"):
        actions.book_series(thing, spans, wish, form, only_free=False, by=by, at=AT)
    assert Booking.objects.count() == 1
    rows = actions.book_series(thing, spans, wish, form, only_free=True, by=by, at=AT)
    assert len(rows) == 11
    assert {row.series for row in rows} == {rows[0].series}
    assert actions.book_series(thing, spans, wish, form, only_free=True, by=by, at=AT) == rows
    assert queries.series_of(rows[0]).count() == 11


def test_a_trainer_is_not_booked_while_away_or_teaching(cast: Cast) -> None:
    person = cast.people["trainer"]
    thing = lathe(cast, kind="trainer", trainer=person)
    for why in ("away", "teaching"):
        with refused(f"bookings.person_{why}") as heard:
            book(cast, thing, "coordinator", busy=[Busy(at(MORNING + HOUR), why)])
        assert heard.value.verdict.facts == {"name": "马建国"}
    assert book(cast, thing, "coordinator", busy=[Busy(at(MORNING + 2 * HOUR), "away")]).state == "booked"
    with refused("bookings.trainer_twice"):
        lathe(cast, kind="trainer", trainer=person)


def test_what_was_used_is_told_once_it_has_begun(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    row, by = book(cast, lathe(cast)), cast.actor("trainer")
    with refused("bookings.not_begun"):
        actions.use_booking(row, by=by, at=AT)
    after = MORNING + 3 * HOUR
    with refused("bookings.over"):
        actions.cancel_booking(row, because="x", by=by, at=after)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.use_booking(row, by=by, at=after).state == "used"
    assert actions.miss_booking(row, by=by, at=after).state == "not_used"
    minutes = [
        value
        for raw in (row.raw for row in Statement.objects.all())
        for key, value in raw.get("result", {}).get("extensions", {}).items()
        if key.endswith("/bookings/minutes")
    ]
    assert minutes == [120]


def test_a_stranger_neither_changes_nor_cancels(cast: Cast) -> None:
    thing = lathe(cast, for_partners=True)
    row = book(cast, thing)
    stranger = cast.actor("stranger", cast.neighbour)
    for act in (
        lambda: actions.cancel_booking(row, because="x", by=stranger, at=AT),
        lambda: actions.retire_thing(thing, by=stranger, at=AT),
        lambda: actions.book(thing, at(MORNING + WEEK), Wish(cast.neighbour), new(), by=stranger, at=AT),
    ):
        with pytest.raises(Refused):
            act()


def test_partners_see_what_is_shared_while_the_agreement_is_in_force(cast: Cast) -> None:
    own, shared = lathe(cast), lathe(cast, for_partners=True)

    def seen(who: str) -> set[int]:
        actor = office(cast) if who == "hr" else cast.actor(who)
        with looking_for(actor.scope):
            return set(Thing.objects.values_list("pk", flat=True))

    assert seen("hr") == set()
    basis = agreed(cast)
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not Thing.objects.exists()
    # The day of the scope is today's, and the agreement binds for years around it.
    assert seen("hr") == {shared.pk}
    assert seen("trainer") == {own.pk, shared.pk}
    end_cooperation(basis, on=AT.date(), by=cast.actor("coordinator"), at=AT)
    assert seen("hr") == set()


def test_who_used_what_by_side_with_what_it_cost(cast: Cast) -> None:
    thing, basis = lathe(cast, for_partners=True, price=6000, seats=2), agreed(cast)
    rows = [book(cast, thing, "hr"), book(cast, thing), book(cast, thing, "hr", at(MORNING + WEEK), seats=2)]
    after = MORNING + 2 * WEEK
    for row in rows:
        actions.use_booking(row, by=cast.actor("coordinator"), at=after)
    span = date(2026, 9, 1), date(2026, 9, 30), SHANGHAI
    told = queries.uses(Booking.objects.all(), *span)
    assert [(one.side_name["en"], one.bookings, one.minutes, one.cost) for one in told] == [
        ("Jinheng Machinery", 2, 360, 36000),
        ("Lanchuan Technician College", 1, 120, 12000),
    ]
    assert [one.minutes for one in queries.uses_under(basis, *span)] == [360]
    assert queries.open_minutes(thing, date(2026, 9, 14), date(2026, 9, 20)) == 2 * 5 * 570


def test_what_is_free_when(cast: Cast) -> None:
    thing, other = lathe(cast), lathe(cast, hours=(*[(540, 660)] * 5, (), ()))
    book(cast, thing, span=at(MORNING, 1))
    found = queries.free_on([thing, other], MORNING.date(), 120, cast.college, AT)
    clocks = [[f"{start:%H:%M}" for start in one.starts] for one in found]
    assert clocks == [["10:00"], ["09:00"]]
    saturday = queries.free_on([thing], datetime(2026, 9, 19, tzinfo=UTC).date(), 60, cast.college, AT)
    assert saturday[0].starts == ()
