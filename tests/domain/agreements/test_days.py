"""Days to come: amendments begin and early endings end by themselves, and can be asked about before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craftpath.delivery.jobs import housekeeping
from craftpath.delivery.jobs.housekeeping import turn_the_day
from craftpath.domain.agreements import actions, queries
from craftpath.domain.agreements.models import Agreement, Amendment, EarlyLeaving, Pause
from craftpath.domain.agreements.terms import Terms
from craftpath.domain.apprenticeships.models import EnrolmentParty
from craftpath.domain.logbook.rules import can_write
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.agreements.agreed import END, START, active, draft, floor, hr, sign, terms, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
ALL = ("apprentice", "enterprise", "former_enterprise", "college")
JANUARY, MARCH = date(2027, 1, 1), date(2027, 3, 1)


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def fresh(row: Any) -> Any:
    return type(row)._base_manager.get(pk=row.pk)


def amend(cast: Cast, row: Agreement, on: date, at: datetime = AT, **more: Any) -> Amendment:
    """An amendment that everybody has signed."""
    values: dict[str, Any] = {"enterprise": cast.jinheng, "reason": "缩短工时", "takes_effect_on": on}
    made = actions.amend_agreement(row, **values | more, by=hr(cast), at=at)
    assert made.document is not None
    for party in made.document.parties.order_by("order"):
        sign(made.document, cast, party.role)
    return fresh(made)


def changing(cast: Cast, **instead: Any) -> actions.Written:
    return written(cast, terms=terms(**instead))


def hours_on(row: Agreement, day: date) -> Any:
    [shown] = queries.as_of([fresh(row)], day)
    return Terms.from_json(shown.terms).weekly_hours


# ---- Amendments ---------------------------------------------------------------------------------------


def test_a_change_waits_for_its_day_and_begins_without_anybody(cast: Cast) -> None:
    row = active(cast)
    made = amend(cast, row, JANUARY, written=changing(cast, weekly_hours="38"))
    assert made.state == "agreed"
    eve = JANUARY - timedelta(days=1)
    assert turn_the_day(noon(eve)) == 0
    assert (fresh(made).state, hours_on(row, eve), hours_on(row, JANUARY)) == ("agreed", 40, 38)
    assert turn_the_day(noon(JANUARY)) == 1
    assert (fresh(made).state, Terms.from_json(fresh(row).terms).weekly_hours) == ("in_force", 38)
    assert turn_the_day(noon(JANUARY)) == 0  # once
    states = AuditEntry.objects.filter(fact="agreements.amendment_ended").order_by("pk")
    assert [one.payload["state"] for one in states] == ["agreed", "in_force"]


def test_a_change_dated_back_does_not_undo_what_began_after_its_day(cast: Cast) -> None:
    row, late = active(cast), noon(MARCH + timedelta(days=9))
    amend(cast, row, MARCH, written=changing(cast, weekly_hours="38"))
    turn_the_day(late)
    back = amend(
        cast,
        row,
        JANUARY,
        at=late,
        shown_on=MARCH,
        written=changing(cast, weekly_hours="39", annual_leave_days="7"),
    )
    assert (back.before["weekly_hours"], back.after["weekly_hours"]) == ("40", "39")
    turn_the_day(late)
    stands = Terms.from_json(fresh(row).terms)
    assert (fresh(back).state, stands.weekly_hours, stands.annual_leave_days) == ("in_force", 38, 7)


def test_what_is_signed_after_its_day_begins_with_the_last_signature(cast: Cast) -> None:
    row = active(cast)
    amendment = actions.amend_agreement(
        row, written=changing(cast, weekly_hours="38"), enterprise=cast.jinheng, takes_effect_on=START,
        reason="缩短工时", by=hr(cast), at=noon(START),
    )  # fmt: skip
    sign(amendment.document, cast, "apprentice", "enterprise")
    [college] = [one for one in amendment.document.parties.all() if one.role == "college"]
    assert actions.sign_agreement(
        college, seen=amendment.document.sha256, by=cast.actor("coordinator"), at=noon(MARCH)
    )
    assert (fresh(amendment).state, Terms.from_json(fresh(row).terms).weekly_hours) == ("in_force", 38)


def test_a_second_change_is_laid_on_the_first_and_both_begin_in_order(cast: Cast) -> None:
    row = active(cast)
    first = amend(cast, row, JANUARY, written=changing(cast, weekly_hours="38"))
    # The form shows what is agreed; only the leave is changed in it.
    second = amend(
        cast, row, MARCH, shown_on=JANUARY, written=changing(cast, weekly_hours="38", annual_leave_days="7")
    )
    assert (second.changed, second.before["weekly_hours"]) == (["annual_leave_days"], "38")
    assert "38" not in second.document.text["zh"]
    assert turn_the_day(noon(MARCH + timedelta(days=40))) == 1  # the worker was away for months
    stands = Terms.from_json(fresh(row).terms)
    assert (stands.weekly_hours, stands.annual_leave_days) == (38, 7)
    assert {fresh(first).state, fresh(second).state} == {"in_force"}


def test_a_change_that_begins_before_an_agreed_one_does_not_lose_to_it_what_that_leaves_alone(
    cast: Cast,
) -> None:
    row = active(cast)
    amend(cast, row, MARCH, written=changing(cast, weekly_hours="38"))
    early = amend(cast, row, JANUARY, written=changing(cast, weekly_hours="39", annual_leave_days="7"))
    assert early.before["weekly_hours"] == "40"
    turn_the_day(noon(JANUARY))
    assert hours_on(row, JANUARY) == 39
    turn_the_day(noon(MARCH))
    stands = Terms.from_json(fresh(row).terms)
    assert (stands.weekly_hours, stands.annual_leave_days) == (38, 7)


def test_an_employer_changes_on_the_day_and_the_mentors_follow(cast: Cast) -> None:
    row, other = active(cast), Person.objects.get(name="吴海燕")
    floor(cast, place=cast.qinghe)
    moved = amend(cast, row, JANUARY, enterprise=cast.qinghe, written=written(cast, mentor=other))
    back = amend(cast, row, MARCH, shown_on=JANUARY, written=written(cast))
    assert (moved.state, back.former, back.enterprise) == ("agreed", cast.qinghe, cast.jinheng)
    assert fresh(cast.enrolments["26001"]).enterprise == cast.jinheng
    turn_the_day(noon(MARCH))
    assert fresh(cast.enrolments["26001"]).enterprise == cast.jinheng
    parties = EnrolmentParty.objects.filter(enrolment=row.enrolment, role="mentor").order_by("pk")
    mine = cast.people["mentor"]
    assert [(one.person, one.ends_on) for one in parties] == [(mine, JANUARY), (other, MARCH), (mine, None)]


def test_another_mentor_at_the_same_enterprise_takes_the_former_one_s_place(cast: Cast) -> None:
    row, other = active(cast), Person.objects.get(name="吴海燕")
    amend(cast, row, JANUARY, written=written(cast, mentor=other))
    turn_the_day(noon(JANUARY))
    parties = EnrolmentParty.objects.filter(enrolment=row.enrolment, role="mentor").order_by("pk")
    assert [(one.person, one.ends_on) for one in parties] == [(cast.people["mentor"], JANUARY), (other, None)]


def test_what_everybody_has_signed_is_not_withdrawn(cast: Cast) -> None:
    made = amend(cast, active(cast), JANUARY, written=changing(cast, weekly_hours="38"))
    with refused("flow.not_now"):
        actions.withdraw_amendment(made, by=hr(cast), at=AT)


def test_what_stood_in_the_way_before_does_not_hold_a_change_up(cast: Cast) -> None:
    row = active(cast)
    older = {key: words for key, words in row.terms["clauses"].items() if key != "assessment"}
    Agreement.objects.filter(pk=row.pk).update(terms={**row.terms, "clauses": older})
    kept = terms(weekly_hours="38", clauses=older)
    assert amend(cast, row, JANUARY, written=written(cast, terms=kept)).state == "agreed"
    worse = terms(weekly_hours="38", clauses={key: words for key, words in older.items() if key != "roles"})
    with refused("agreements.blocked"):
        amend(cast, row, MARCH, shown_on=JANUARY, written=written(cast, terms=worse))


# ---- Ending early -------------------------------------------------------------------------------------


def leave(cast: Cast, row: Agreement, last: date, at: datetime = AT) -> EarlyLeaving:
    return actions.terminate_agreement(
        row, because="other_work", initiator="apprentice", told_on=date(2026, 9, 10), last_day=last,
        by=hr(cast), at=at,
    )  # fmt: skip


def test_an_ending_waits_for_its_day_and_everything_runs_until_it_is_over(cast: Cast) -> None:
    row, last = active(cast), date(2026, 12, 31)
    leave(cast, row, last)
    assert (fresh(row).state, fresh(row.enrolment).state) == ("active", "active")
    assert queries.leaving_days([row.enrolment]) == {row.enrolment_id: last}
    assert turn_the_day(noon(last)) == 0  # it is the last day, and a day of work
    assert turn_the_day(noon(JANUARY)) == 1
    row = fresh(row)
    assert (row.state, row.ended_on) == ("terminated", last)
    place = fresh(row.enrolment)
    assert (place.state, place.ended_because) == ("ended", "other_work")
    assert can_write(place, last, JANUARY)
    assert not can_write(place, JANUARY, JANUARY)
    assert queries.leaving_days([place]) == {}
    assert turn_the_day(noon(MARCH)) == 0


def test_a_reader_sees_it_ended_before_any_worker_came(cast: Cast) -> None:
    row = active(cast)
    leave(cast, row, date(2026, 12, 31))
    [shown] = queries.as_of([fresh(row)], JANUARY)
    assert (shown.state, shown.ended_on) == ("terminated", date(2026, 12, 31))
    with refused("agreements.not_active"):
        actions.pause_apprenticeship(
            row, on=date(2026, 12, 1), until=None, because="illness", by=hr(cast), at=noon(JANUARY)
        )


def test_it_is_taken_back_before_the_day_with_a_reason(cast: Cast) -> None:
    row = active(cast)
    leave(cast, row, date(2026, 12, 31))
    with refused("agreements.leaving_announced"):
        leave(cast, row, date(2026, 11, 30))
    with refused("agreements.leaving_announced"):
        actions.complete_agreement(row, on=START, by=hr(cast), at=AT)
    with refused("agreements.take_back_without_reason"):
        actions.take_back_leaving(row, reason=" ", by=hr(cast), at=AT)
    with refused("kernel.belongs_to_another"):
        actions.take_back_leaving(row, reason="x", by=cast.actor("stranger", cast.neighbour), at=AT)
    taken = actions.take_back_leaving(row, reason="改变主意", by=hr(cast), at=noon(date(2026, 12, 31)))
    assert (taken.taken_back_by, taken.taken_back_because) == (cast.people["hr"], "改变主意")
    assert turn_the_day(noon(JANUARY)) == 0
    assert fresh(row).state == "active"
    with refused("agreements.no_leaving"):
        actions.take_back_leaving(row, reason="again", by=hr(cast), at=AT)
    leave(cast, row, date(2026, 11, 30))  # and may be announced again
    assert [one.taken_back_at is None for one in queries.leavings_of(row)] == [True, False]
    copy = fresh(queries.leavings_of(row)[0])
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_after_its_day_nothing_is_taken_back(cast: Cast) -> None:
    row = active(cast)
    leave(cast, row, date(2026, 12, 31))
    with refused("agreements.no_leaving"):
        actions.take_back_leaving(row, reason="改变主意", by=hr(cast), at=noon(JANUARY))


def test_with_the_agreement_lapses_what_was_to_begin_later(cast: Cast) -> None:
    row = active(cast)
    early = amend(cast, row, date(2026, 12, 1), written=changing(cast, weekly_hours="39"))
    late = amend(
        cast,
        row,
        MARCH,
        shown_on=date(2026, 12, 1),
        written=changing(cast, weekly_hours="39", annual_leave_days="7"),
    )
    leave(cast, row, date(2026, 12, 31))
    with refused("agreements.outside_term"):
        amend(
            cast,
            row,
            JANUARY,
            shown_on=MARCH,
            written=changing(cast, weekly_hours="38", annual_leave_days="7"),
        )
    waits = actions.amend_agreement(
        row, written=changing(cast, weekly_hours="36", annual_leave_days="7"), enterprise=cast.jinheng,
        takes_effect_on=date(2026, 12, 15), shown_on=MARCH, reason="x", by=hr(cast), at=AT,
    )  # fmt: skip
    turn_the_day(noon(MARCH))  # all at once, after downtime
    assert [fresh(one).state for one in (early, late, waits)] == ["in_force", "lapsed", "withdrawn"]
    stands = Terms.from_json(fresh(row).terms)
    assert (stands.weekly_hours, stands.annual_leave_days) == (39, 5)


def test_completing_lapses_what_was_to_begin_later(cast: Cast) -> None:
    row = active(cast)
    late = amend(cast, row, MARCH, written=changing(cast, weekly_hours="38"))
    actions.complete_agreement(row, on=START, by=hr(cast), at=AT)
    assert fresh(late).state == "lapsed"


def test_absences_and_pauses_end_with_the_last_day(cast: Cast) -> None:
    row, last = active(cast), date(2026, 12, 31)
    leave(cast, row, last)
    with refused("agreements.outside_term"):
        actions.request_absence(
            row, kind="illness", starts_on=last, ends_on=JANUARY, by=cast.actor("apprentice"), at=AT
        )
    actions.pause_apprenticeship(row, on=date(2026, 12, 1), until=None, because="illness", by=hr(cast), at=AT)
    turn_the_day(noon(JANUARY))
    assert Pause.objects.get().resumed_on == last
    assert fresh(row.enrolment).state == "ended"


def test_one_that_cannot_be_settled_keeps_nobody_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    row = active(cast)
    other = actions.send_agreement(draft(cast, "26002"), by=hr(cast), at=AT)
    sign(other.document, cast, "apprentice", "enterprise", "college")
    other = actions.activate_agreement(other, by=hr(cast), at=AT)
    for one in (row, other):
        leave(cast, one, date(2026, 12, 31))
    real = housekeeping.settle_agreement

    def faulty(agreement: Agreement, **more: Any) -> bool:
        if agreement.pk == row.pk:
            raise RuntimeError("broken")
        return real(agreement, **more)

    monkeypatch.setattr(housekeeping, "settle_agreement", faulty)
    assert turn_the_day(noon(JANUARY)) == 1
    assert (fresh(row).state, fresh(other).state) == ("active", "terminated")
    assert row.public_id in caplog.text
    monkeypatch.undo()
    assert turn_the_day(noon(JANUARY)) == 1  # tried again


def test_the_system_settles_and_the_term_itself_is_no_early_end(cast: Cast) -> None:
    row = active(cast)
    leave(cast, row, END)
    assert not actions.settle_agreement(row, by=system(), at=noon(END))
    assert actions.settle_agreement(row, by=system(), at=noon(END + timedelta(days=1)))
