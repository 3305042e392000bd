"""One press holds a review and fixes its text; what was put down is kept; mentors change; the college hands over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from craftpath.domain.apprenticeships.actions import appoint
from craftpath.domain.apprenticeships.models import EnrolmentParty
from craftpath.domain.reviews.actions import (
    Draft,
    NewGoal,
    change_mentors,
    conclude_review,
    excuse_signer,
    hand_over_review,
    keep_review,
    offer,
    reopen_review,
    say_part,
    set_goal,
    sign_review,
)
from craftpath.domain.reviews.models import Goal, Part, Review
from craftpath.domain.reviews.queries import ahead, document_read, last_before, to_sign
from craftpath.kernel.access import Actor, join, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.signing import parties_of
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.reviews.world import PATTERN, manner, of, planned, written

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def mentor(cast: Cast) -> Actor:
    return cast.actor("mentor", cast.jinheng)


def when(row: Review):  # type: ignore[no-untyped-def]
    return row.starts_at + timedelta(minutes=20)


def test_one_press_keeps_holds_and_fixes(cast: Cast) -> None:
    row = of(cast)
    goal = set_goal(row, text="独立对刀", owner="apprentice", by=mentor(cast), at=AT)
    draft = Draft(
        "有进步。", met=[goal.public_id], fresh=[NewGoal("编一段程序", "apprentice", date(2026, 10, 9))]
    )
    done = conclude_review(
        row, draft, seen=1, colour="amber", because="缺勤两次", by=mentor(cast), at=when(row)
    )
    assert (done.state, done.colour, done.colour_because) == ("written", "amber", "缺勤两次")
    assert done.document is not None
    zh = done.document.text["zh"]
    for words in ("有进步。", "独立对刀", "已达成", "编一段程序", "缺勤两次"):
        assert words in zh


def test_the_second_press_changes_nothing(cast: Cast) -> None:
    row = of(cast)
    for _ in range(2):
        conclude_review(row, Draft("好"), seen=0, colour="green", by=mentor(cast), at=when(row))
    assert AuditEntry.objects.filter(fact="reviews.written").count() == 1
    with refused("reviews.written_meanwhile"):
        conclude_review(row, Draft(), seen=0, colour="red", because="x", by=mentor(cast), at=when(row))


def test_what_somebody_else_wrote_meanwhile_is_read_first_and_nothing_is_half_done(cast: Cast) -> None:
    row = of(cast)
    say_part(row, words="师傅教得细。", by=cast.actor("apprentice"), at=AT)
    with refused("reviews.written_meanwhile"):
        conclude_review(row, Draft("好"), seen=0, colour="green", by=mentor(cast), at=when(row))
    with refused("reviews.colour_without_reason"):
        conclude_review(row, Draft("好"), seen=1, colour="red", by=mentor(cast), at=when(row))
    assert not Part.objects.filter(role="mentor").exists()
    row.refresh_from_db()
    assert row.state == "scheduled"


def test_the_apprentice_says_and_does_not_conclude(cast: Cast) -> None:
    row = of(cast)
    with refused("reviews.led_by_others"):
        conclude_review(row, Draft(), seen=0, colour="green", by=cast.actor("apprentice"), at=when(row))
    assert keep_review(row, Draft("顺利"), seen=0, by=cast.actor("apprentice"), at=AT) == 1


def test_keeping_says_whether_all_was_read(cast: Cast) -> None:
    row = of(cast)
    assert keep_review(row, Draft("一"), seen=0, by=mentor(cast), at=AT) == 1
    say_part(row, words="顺利", by=cast.actor("apprentice"), at=AT)
    assert keep_review(row, Draft("二"), seen=1, by=mentor(cast), at=AT) == 1  # the apprentice's is unread
    assert keep_review(row, Draft("二"), seen=3, by=mentor(cast), at=AT) == 3


def test_an_old_page_does_not_write_over_a_colleague(cast: Cast) -> None:
    row = of(cast)
    keep_review(row, Draft("马老师写的"), seen=0, by=cast.actor("trainer"), at=AT)
    with refused("reviews.written_meanwhile"):
        keep_review(row, Draft("旧页面"), seen=0, by=cast.actor("coordinator"), at=AT)
    keep_review(row, Draft("一起改的"), seen=1, by=cast.actor("coordinator"), at=AT)
    assert Part.objects.get(role="college").words == "一起改的"


def test_a_text_that_was_taken_back_may_say_another_colour_on_its_own_day(cast: Cast) -> None:
    row = written(cast)
    held_on = row.held_on
    row = reopen_review(row, by=mentor(cast), at=when(row))
    later = when(row) + timedelta(days=3)
    again = conclude_review(
        row, Draft(), seen=row.revision, colour="red", because="离岗", by=mentor(cast), at=later
    )
    assert (again.state, again.colour, again.held_on) == ("written", "red", held_on)


def test_a_goal_of_somebody_else_is_not_settled(cast: Cast) -> None:
    row, other = of(cast), of(cast, "26002")
    goal = set_goal(other, text="x", owner="mentor", by=mentor(cast), at=AT)
    keep_review(row, Draft(met=[goal.public_id]), seen=0, by=mentor(cast), at=AT)
    assert Goal.objects.get().state == "open"


def test_a_college_gives_a_link_to_the_mentor_alone(cast: Cast) -> None:
    row = written(cast)
    parties = {one.role: one for one in parties_of(row.document)}  # type: ignore[arg-type]
    trainer = cast.actor("trainer")
    hand = {"name": "x", "organisation": cast.college, "at": AT}
    assert hand_over_review(parties["mentor"], by=trainer, **hand).code  # type: ignore[arg-type]
    with refused("reviews.link_for_mentors"):
        hand_over_review(parties["apprentice"], by=trainer, **hand)  # type: ignore[arg-type]
    with refused("reviews.link_by_college"):
        hand_over_review(parties["mentor"], by=mentor(cast), **hand)  # type: ignore[arg-type]


def test_an_excused_signature_is_waited_for_no_more(cast: Cast) -> None:
    row = written(cast)
    assert list(to_sign(cast.people["mentor"])) == [row]
    for who in ("apprentice", "trainer"):
        party = next(one for one in parties_of(row.document) if one.person == cast.people[who])  # type: ignore[arg-type]
        sign_review(party, seen=row.document.sha256, by=cast.actor(who), at=AT)  # type: ignore[union-attr]
    assert excuse_signer(row, role="mentor", because="已调离", by=cast.actor("coordinator"), at=AT)
    assert list(to_sign(cast.people["mentor"])) == []
    party = next(one for one in parties_of(row.document) if one.role == "mentor")  # type: ignore[arg-type]
    with refused("kernel.document_not_open"):
        sign_review(party, seen=row.document.sha256, by=mentor(cast), at=AT)  # type: ignore[union-attr]


def test_a_new_mentor_comes_to_what_is_planned(cast: Cast) -> None:
    row = of(cast)
    done = written(cast, "26002")
    new = Person.objects.create_user("m9", name="钱永强")
    join([new], cast.jinheng, Role.MENTOR, on=TODAY)
    both = [cast.enrolments["26001"], cast.enrolments["26002"]]
    EnrolmentParty.objects.filter(enrolment__in=both).update(ends_on=TODAY)
    appoint(both, person=new, role="mentor", on=TODAY, by=cast.actor("coordinator"), at=AT)
    change_mentors(both, by=system(), at=AT)  # as its reaction does; twice is once
    assert change_mentors(both, by=system(), at=AT) == 0
    row.refresh_from_db()
    done.refresh_from_db()
    assert (row.mentor, done.mentor) == (new, cast.people["mentor"])
    say_part(row, words="新来的", by=Actor(cast.jinheng, new, frozenset({Role.MENTOR})), at=AT)


def test_a_second_plan_of_the_same_time_is_told(cast: Cast) -> None:
    planned(cast)
    found = offer(cast.cohort, replace(PATTERN, minutes=40), manner(cast), today=TODAY)
    assert len(found.standing) == 5


def test_what_is_ahead_and_what_was_before(cast: Cast) -> None:
    rows = planned(cast, replace(PATTERN, rounds=2))
    found = ahead([cast.cohort.pk], rows[0].due_on + timedelta(days=1), AT)[cast.cohort.pk]
    assert (found.planned, found.overdue, found.next_at) == (10, 5, rows[0].starts_at)
    first = conclude_review(
        Review.objects.get(enrolment=cast.enrolments["26001"], round=1), Draft(), seen=0, colour="green",
        by=mentor(cast), at=rows[0].starts_at,
    )  # fmt: skip
    second = Review.objects.get(enrolment=cast.enrolments["26001"], round=2)
    assert last_before(second) == first
    assert last_before(first) is None


def test_the_text_is_read_by_whoever_sees_the_review(cast: Cast) -> None:
    document = written(cast).document
    assert document is not None
    for who, place in (("hr", cast.jinheng), ("trainer", cast.college)):
        with looking_for(cast.actor(who, place).scope):
            assert document_read(document.public_id) == document
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert document_read(document.public_id) is None
