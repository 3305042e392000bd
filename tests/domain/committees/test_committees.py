"""Committees: who votes, what is refused, what a closed vote keeps, minutes and decisions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.activity.models import Statement
from craftpath.domain.committees import actions, queries
from craftpath.domain.committees.models import Ballot, Committee, Decision
from craftpath.domain.partnership.reactions import on_meeting_moved
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import KINDS, Asked
from craftpath.kernel.facts import FACTS, Told
from craftpath.kernel.signing import parties_of
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.committees.world import found, mentor, put, seat

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
