"""Committees: who votes, what is refused, what a closed vote keeps, minutes and decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from craftpath.domain.activity.models import Statement
from craftpath.domain.committees import actions, queries
from craftpath.domain.committees.models import Ballot, Committee, Decision, Motion
from craftpath.domain.partnership.reactions import on_meeting_moved
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import KINDS, Asked
from craftpath.kernel.facts import FACTS, Told
from craftpath.kernel.signing import parties_of
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.committees.world import OWNER, found, mentor, put, seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


@pytest.fixture
def committee(cast: Cast) -> Committee:
    return found(cast)


def vote(
    motion: Any, cast: Cast, who: str, voice: str, place: Any = None, *, of: str = "", at: Any = AT
) -> Any:
    by = mentor(cast) if who == "mentor" else cast.actor(who, place)
    return actions.cast_vote(motion, seat=seat(motion.committee, cast, of or who), voice=voice, by=by, at=at)


def test_votes_are_changed_until_the_chair_closes_and_counted_once(committee: Committee, cast: Cast) -> None:
    motion = put(committee, cast)
    vote(motion, cast, "coordinator", "no")
    vote(motion, cast, "coordinator", "yes")
    vote(motion, cast, "hr", "yes", cast.jinheng)
    with pytest.raises(Refused, match="committees.not_chair"):
        actions.close_motion(motion, by=cast.actor("hr", cast.jinheng), at=AT)
    closed = actions.close_motion(motion, by=cast.actor("coordinator"), at=AT)
    assert (closed.state, closed.outcome) == ("closed", "carried")
    sides = {str(side.pk): said for side, said in zip(committee.sides.all(), ([1, 0], [1, 0]), strict=True)}
    assert closed.tally == {"yes": 2, "no": 0, "abstain": 0, "seats": 3, "needed": 2, "sides": sides}
    with pytest.raises(Refused, match="committees.not_open"):
        vote(motion, cast, "administrator", "no")


def test_who_has_no_vote_gives_none(committee: Committee, cast: Cast) -> None:
    motion = put(committee, cast)
    with pytest.raises(Refused, match="committees.advice_only"):
        vote(motion, cast, "trainer", "yes")
    with pytest.raises(Refused, match="committees.no_seat"):
        vote(motion, cast, "assessor", "yes", of="hr")
    actions.end_seat(seat(committee, cast, "administrator"), on=TODAY, by=cast.actor("coordinator"), at=AT)
    assert vote(motion, cast, "administrator", "yes").voice == "yes"  # the last day still counts
    with pytest.raises(Refused, match="committees.seat_ended"):
        vote(motion, cast, "administrator", "yes", at=AT + timedelta(days=1))
    tally = queries.tally_of(motion, TODAY + timedelta(days=1))
    assert (tally.cast, tally.seats) == (0, 2)


def test_a_deputy_votes_in_the_place_of_the_member_and_never_after(committee: Committee, cast: Cast) -> None:
    motion = put(committee, cast)
    assert vote(motion, cast, "mentor", "no", of="hr").cast_by == cast.people["mentor"]
    vote(motion, cast, "hr", "yes", cast.jinheng)
    with pytest.raises(Refused, match="committees.member_voted"):
        vote(motion, cast, "mentor", "no", of="hr")
    assert [row.voice for row in Ballot.objects.all()] == ["yes"]


def test_too_few_decide_nothing_and_one_seat_has_one_vote(committee: Committee, cast: Cast) -> None:
    motion = put(committee, cast)
    first = vote(motion, cast, "coordinator", "yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot(motion=motion, seat=first.seat, voice="no", cast_by=first.cast_by, cast_at=AT).save()
    assert actions.close_motion(motion, by=cast.actor("coordinator"), at=AT).outcome == "undecided"


def test_how_a_seat_voted_in_secret_is_kept_nowhere(committee: Committee, cast: Cast) -> None:
    motion = put(committee, cast, secret=True)
    vote(motion, cast, "coordinator", "yes")
    vote(motion, cast, "hr", "no", cast.jinheng)
    closed = actions.close_motion(motion, by=cast.actor("coordinator"), at=AT)
    assert (closed.outcome, "sides" in closed.tally) == ("lost", False)
    assert {row.voice for row in Ballot.objects.all()} == {""}
    told = AuditEntry.objects.filter(fact="committees.vote_cast")
    assert told.count() == 2
    assert all(set(entry.payload) == {"motion", "seat"} for entry in told)


def test_each_side_names_its_own_people(committee: Committee, cast: Cast) -> None:
    college, enterprise = committee.sides.all()
    hr, new = cast.actor("hr", cast.jinheng), cast.people["auditor"]
    since = {"kind": "vote", "starts_on": TODAY, "at": AT}
    with pytest.raises(Refused, match="committees.not_a_side"):
        actions.seat_person(college, person=new, by=hr, **since)
    with pytest.raises(Refused, match="committees.seated_already"):
        actions.seat_person(enterprise, person=cast.people["hr"], by=hr, **since)
    with pytest.raises(Refused, match="committees.chaired_already"):
        actions.seat_person(enterprise, person=new, by=hr, **(since | {"kind": "chair"}))
    with pytest.raises(Refused, match="committees.own_deputy"):
        actions.name_deputy(seat(committee, cast, "hr"), deputy=cast.people["hr"], by=hr, at=AT)
    with pytest.raises(Refused, match="committees.not_a_side"):
        actions.found_committee(
            committee.ref, name={"en": "x"}, sides=[cast.qinghe], by=cast.actor("hr", cast.jinheng), at=AT
        )


def test_one_person_has_one_seat_a_side_on_a_day_and_the_chair_is_handed_over(
    committee: Committee, cast: Cast
) -> None:
    college, enterprise = committee.sides.all()
    hr, by, later = cast.actor("hr", cast.jinheng), cast.actor("coordinator"), TODAY + timedelta(days=30)
    actions.end_seat(seat(committee, cast, "hr"), on=later, by=hr, at=AT)
    again: dict[str, Any] = {"person": cast.people["hr"], "kind": "vote", "by": hr, "at": AT}
    with pytest.raises(Refused, match="committees.seated_already"):
        actions.seat_person(enterprise, starts_on=later, **again)
    assert actions.seat_person(enterprise, starts_on=later + timedelta(days=1), **again)
    actions.end_seat(seat(committee, cast, "coordinator"), on=later, by=by, at=AT)
    chair: dict[str, Any] = {"person": cast.people["auditor"], "kind": "chair", "by": by, "at": AT}
    with pytest.raises(Refused, match="committees.chaired_already"):
        actions.seat_person(college, starts_on=later - timedelta(days=1), **chair)
    assert actions.seat_person(college, starts_on=later, **chair)


def test_whose_seat_has_ended_sees_the_own_open_decision_and_nothing_else(
    committee: Committee, cast: Cast
) -> None:
    by, hr = cast.actor("coordinator"), cast.actor("hr", cast.jinheng)
    board = committee.sides.get(organisation=cast.jinheng)
    since = TODAY - timedelta(days=20)
    held = actions.seat_person(
        board, person=cast.people["assessor"], kind="vote", starts_on=since, by=hr, at=AT
    )
    row = actions.note_decision(committee, text={"en": "Order it"}, owner=held, due_on=TODAY, by=by, at=AT)

    def sees(model: Any) -> bool:
        with looking_for(Scope(cast.people["assessor"].pk)):
            return bool(model.objects.exists())

    assert sees(Committee)
    actions.end_seat(held, on=localdate() - timedelta(days=1), by=hr, at=AT)
    assert [sees(one) for one in (Committee, Motion, Decision)] == [False, False, True]
    actions.tick_decision(row, by=by, at=AT)
    assert not sees(Decision)


def test_the_year_of_a_decision_is_the_year_where_the_papers_are_kept(
    committee: Committee, cast: Cast
) -> None:
    row = actions.note_decision(
        committee, text={"en": "Order it"}, owner=seat(committee, cast, "hr"), due_on=TODAY,
        by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
    Decision.objects.filter(pk=row.pk).update(made_at=datetime(2026, 12, 31, 17, tzinfo=UTC))
    year = date(2026, 1, 1), date(2026, 12, 31)
    for zone, count in (("Asia/Shanghai", 0), ("Europe/Berlin", 1)):
        assert queries.decided_in(OWNER, *year, ZoneInfo(zone)).count() == count


def test_minutes_say_who_was_there_what_was_voted_and_decided_and_are_signed(
    committee: Committee, cast: Cast
) -> None:
    by = cast.actor("coordinator")
    meeting = actions.plan_meeting(committee, starts_at=AT, place="一号会议室", by=by, at=AT)
    item = actions.add_item(meeting, title={"zh": "设备", "en": "Machines"}, by=by, at=AT)
    motion = actions.prepare_motion(committee, text={"en": "Buy it"}, rule="simple", item=item, by=by, at=AT)
    motion = actions.open_motion(motion, by=by, at=AT)
    with pytest.raises(Refused, match="committees.votes_open"):
        actions.write_minutes(meeting, words={"en": "Talked."}, by=by, at=AT)
    vote(motion, cast, "coordinator", "yes")
    vote(motion, cast, "hr", "yes", cast.jinheng)
    actions.close_motion(motion, by=by, at=AT)
    actions.note_decision(
        committee, text={"zh": "采购", "en": "Order it"}, owner=seat(committee, cast, "hr"),
        due_on=date(2026, 10, 1), meeting=meeting, motion=motion, by=by, at=AT,
    )  # fmt: skip
    seats = [seat(committee, cast, "coordinator")]
    meeting = actions.write_minutes(
        meeting,
        words={"zh": "讨论了设备。"},
        present=seats,
        deputies=[seat(committee, cast, "hr")],
        by=by,
        at=AT,
    )
    meeting = actions.send_minutes(meeting, by=by, at=AT)
    document = meeting.document
    assert document is not None
    for words in (
        "何静",
        "周国栋（代许文静）",
        "赞成 2，反对 0，弃权 0：通过",
        "采购（负责人：许文静，期限：2026年10月1日）",
    ):
        assert words in document.text["zh"]
    chair, enterprise = parties_of(document)
    assert (chair.role, enterprise.role) == ("chair", "side_2")
    assert not actions.sign_minutes(chair, seen=document.sha256, by=by, at=AT)
    hr = cast.actor("hr", cast.jinheng)
    assert actions.sign_minutes(enterprise, seen=document.sha256, by=hr, at=AT)
    meeting.refresh_from_db()
    assert meeting.state == "signed"
    told = AuditEntry.objects.filter(fact="committees.meeting_moved").latest("pk")
    on_meeting_moved(Told(FACTS[told.fact](**told.payload), told))
    attended = {row.person for row in Statement._base_manager.filter(verb__endswith="attended")}
    assert attended == {cast.people["coordinator"], cast.people["mentor"]}  # the deputy, not the member
    with pytest.raises(Refused, match="flow.not_now"):
        actions.recall_minutes(meeting, by=by, at=AT)


def test_a_committee_ends_once_no_vote_is_open_and_then_decides_no_more(
    committee: Committee, cast: Cast
) -> None:
    by, motion = cast.actor("coordinator"), put(committee, cast)
    other = actions.prepare_motion(committee, text={"en": "Sell it"}, rule="simple", by=by, at=AT)
    with pytest.raises(Refused, match="committees.not_yours"):
        actions.end_committee(committee, by=cast.actor("trainer"), at=AT)
    with pytest.raises(Refused, match="committees.vote_open"):
        actions.end_committee(committee, by=by, at=AT)
    actions.close_motion(motion, by=by, at=AT)
    actions.end_committee(committee, by=by, at=AT)
    late: dict[str, Any] = {"by": by, "at": AT}
    for act in (
        lambda: actions.open_motion(other, **late),
        lambda: actions.plan_meeting(committee, starts_at=AT, **late),
        lambda: actions.end_committee(committee, **late),
    ):
        with pytest.raises(Refused, match=r"committees\.ended"):
            act()


def test_decisions_and_open_votes_are_duties_until_they_are_done(committee: Committee, cast: Cast) -> None:
    motion, hr = put(committee, cast), cast.actor("hr", cast.jinheng)
    vote(motion, cast, "coordinator", "yes")
    row = actions.note_decision(
        committee, text={"en": "Order it"}, owner=seat(committee, cast, "hr"), due_on=TODAY,
        by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
    asked = Asked(AT, TODAY)
    who = lambda code: {one["duty_who"] for one in KINDS[code].find(asked)}  # noqa: E731
    assert who("committees.vote") == {cast.people["hr"].pk, cast.people["administrator"].pk}
    assert who("committees.decision") == {cast.people["hr"].pk}
    with pytest.raises(Refused, match="committees.not_owner"):
        actions.tick_decision(row, by=cast.actor("administrator"), at=AT)
    done = actions.tick_decision(row, note="signed", by=hr, at=AT)
    assert (done.state, Decision.objects.filter(state="open").count()) == ("done", 0)
    assert who("committees.decision") == set()
    with pytest.raises(Refused, match="flow.not_now"):
        actions.drop_decision(row, note="x", by=hr, at=AT)
