"""Marks that are worked out from confirmed facts: what counts, what does not, and who may put another one in place."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.evaluation.actions import (
    NewMark,
    basis_of,
    decide_results,
    due_tonight,
    give_instead,
    record_marks,
    refresh_evidence,
    work_out_again,
)
from craftpath.domain.evaluation.evidence import PROVIDERS, evidence_in, evidence_of, provides
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.learning.actions import Said, dispute_attendance, settle_attendance, take_roll
from craftpath.domain.learning.models import Attendance
from craftpath.domain.logbook.actions import hold_talk, return_entry, submit_entry
from craftpath.domain.logbook.queries import talk_due
from craftpath.domain.reviews.actions import miss_review, sign_review
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import react
from craftpath.kernel.signing import parties_of
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.evaluation.sourced import FIRST, LATER, ZONE, Place, moment, place, week
from tests.domain.reviews.world import of, written

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def here(cast: Cast) -> Place:
    return place(cast)


def refused(reason: str, deed: Callable[[], Any]) -> None:
    with pytest.raises(Refused) as told:
        deed()
    assert told.value.verdict.reason == reason


def test_closed_sessions_make_the_mark(here: Place) -> None:
    here.session(week(0))
    here.refresh()
    assert here.mark("attendance").status == "deferred"  # two at least
    here.session(week(1), n26001="late", n26002="absent")
    here.session(week(2), n26001="excused")
    here.refresh()
    assert (here.score("attendance"), here.score("attendance", "26002")) == (Decimal(75), Decimal("66.7"))
    mark = here.mark("attendance")
    assert (mark.recorded_by, mark.evidence["counts"]) == (None, {"present": 1, "late": 1})
    now = evidence_of(here.evaluation, mark.enrolment, LATER.date())["attendance"]
    assert now.counts == {"present": 1, "late": 1, "excused": 1}  # which is worth the same: no new mark


def test_a_line_that_differs_waits_and_an_objection_alone_changes_nothing(here: Place) -> None:
    sessions = [here.session(week(n)) for n in range(3)]
    by = here.cast.actor("classmate")
    away = here.session(week(3), n26002="absent")
    here.refresh()
    assert here.score("attendance", "26002") == Decimal(75)
    absent = Attendance.objects.get(session=away, enrolment__number="26002")
    dispute_attendance(absent, words="我在。", by=by, at=LATER)
    assert here.refresh() == 0
    settle_attendance(absent, status="late", by=here.cast.actor("coordinator"), at=LATER)
    here.refresh()
    assert here.score("attendance", "26002") == Decimal("87.5")
    coordinator = here.cast.actor("coordinator")
    marks = {here.cast.enrolments["26002"].public_id: Said("absent")}
    take_roll(sessions[0], marks, made_id=uuid.uuid4(), base=0, by=coordinator, at=LATER)
    here.refresh()
    assert here.mark("attendance", "26002").evidence["counts"]["differs"] == 1
    assert here.score("attendance", "26002") == Decimal("83.3")  # of the three that are sure


def test_weeks_count_when_handed_in_in_time_whenever_the_mentor_confirms(here: Place) -> None:
    timely = here.entry(week(0))
    late = here.entry(week(1), handed_in=week(1) + timedelta(days=14))
    just = here.entry(week(3), handed_in=week(3) + timedelta(days=13))
    here.refresh()
    assert here.mark("log").status == "deferred"
    here.confirm(timely, late, just)  # in September
    here.refresh()
    counts = here.mark("log").evidence["counts"]
    assert (counts["on_time"], counts["late"]) == (2, 1)
    weeks_before = (FIRST - here.cast.cohort.starts_on).days // 7
    assert counts["missed"] == weeks_before + 1  # those before, and the third
    assert here.score("log") == round(Decimal(200) / (4 + weeks_before), 1)


def test_sent_back_and_handed_in_again_is_still_in_time(here: Place) -> None:
    entry, other = here.entry(week(0)), here.entry(week(1))
    sunday = week(1) + timedelta(days=20)
    return_entry(entry, revision=1, phrase="more_detail", by=here.mentor, at=moment(sunday))
    submit_entry(entry, by=here.cast.actor("apprentice"), at=moment(sunday + timedelta(days=1)))
    entry.refresh_from_db()
    here.confirm(entry, other)
    here.refresh()
    assert here.mark("log").evidence["counts"]["on_time"] == 2


def test_a_silent_mentor_costs_nothing_and_nobody_gains_by_it(here: Place) -> None:
    """Behind the last confirmed week nothing is known: handed in or not, these weeks are left out."""
    here.confirm(*(here.entry(week(n)) for n in range(2)))
    here.confirm(*(here.entry(week(n), who="26002") for n in range(2)))
    for n in range(2, 8):
        here.entry(week(n))
    here.refresh()
    assert here.score("log") == here.score("log", "26002") is not None
    assert here.mark("log").evidence == here.mark("log", "26002").evidence


def test_talks_count_by_their_outcome(here: Place) -> None:
    entry = here.entry(week(5))
    here.refresh()
    assert here.mark("talks").status == "deferred"
    enrolment = here.cast.enrolments["26001"]
    [drawn] = talk_due([enrolment.pk], AT.date())
    assert drawn.pk == entry.pk
    hold_talk(drawn, outcome="partly", by=here.mentor, at=AT)
    here.refresh()
    assert here.score("talks") == Decimal(50)


def test_reviews_count_once_all_have_signed_or_somebody_noted_that_it_was_missed(here: Place) -> None:
    row = written(here.cast)
    here.refresh(row.ends_at)
    assert here.mark("reviews").status == "deferred"
    assert row.document is not None
    signers = {
        "apprentice": here.cast.actor("apprentice"),
        "mentor": here.mentor,
        "college": here.cast.actor("trainer"),
    }
    after = row.ends_at + timedelta(days=40)  # the day that it was due has come
    for party in parties_of(row.document):
        sign_review(party, seen=row.document.sha256, by=signers[party.role], at=after)
    here.refresh(after)
    assert here.score("reviews") == Decimal(100)
    other = of(here.cast, "26002")
    late = max(after, datetime.combine(other.due_on, time(18), tzinfo=ZONE) + timedelta(days=1))
    here.refresh(late)
    assert here.mark("reviews", "26002").status == "deferred"  # nobody has said anything of it
    miss_review(other, because="Nobody came.", by=here.cast.actor("trainer"), at=late)
    [entry] = AuditEntry.objects.filter(fact="reviews.missed")
    react(entry, "craftpath.domain.evaluation.reactions.on_review_missed")
    assert here.score("reviews", "26002") == Decimal(0)
    assert here.score("reviews") == Decimal(100)


def test_what_nobody_counts_yet_stays_open_until_a_noun_provides_it(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = {kind: one for kind, one in PROVIDERS.items() if kind != "reviews"}
    monkeypatch.setattr("craftpath.domain.evaluation.evidence.PROVIDERS", others)
    found = evidence_of(here.evaluation, here.cast.enrolments["26001"], LATER.date())
    assert (found["reviews"].worked.score, found["reviews"].worked.reason) == (None, "nothing_yet")

    @provides("reviews")
    def _reviews(cohort: Any, windows: Any, rule: Any, today: Any) -> Any:
        return {who: {"on_time": 1, "late": 1} for who in windows}

    here.refresh()
    assert here.score("reviews") == Decimal(75)
    with pytest.raises(TypeError):
        provides("reviews")(lambda *_: {})


def test_it_is_written_once_and_only_where_the_value_changed(here: Place) -> None:
    for n in range(3):
        here.session(week(n))
    here.refresh()
    before = here.everything()
    assert here.refresh() == 0
    here.session(week(3))  # four of four is what three of three was
    assert here.refresh() == 0
    assert here.everything() == before


def test_a_decided_result_stays_as_it_is(here: Place) -> None:
    for n in range(2):
        here.session(week(n))
    here.refresh()
    by = here.cast.actor("coordinator")
    enrolment = here.cast.enrolments["26001"]
    for item in ("log", "talks", "reviews"):
        give_instead(here.evaluation, enrolment, item=item, score=None, reason="Came late.", by=by, at=AT)
    decide_results(here.evaluation, [enrolment], basis=basis_of(here.evaluation), by=by, at=AT)
    before = here.score("attendance")
    here.session(week(2), n26001="absent", n26002="absent")
    here.refresh()
    assert here.score("attendance") == before
    assert here.score("attendance", "26002") == Decimal("66.7")
    refused(
        "evaluation.result_decided",
        lambda: work_out_again(here.evaluation, enrolment, item="log", by=by, at=AT),
    )


def test_a_mark_by_hand_needs_a_reason_and_stays_until_the_rule_decides_again(here: Place) -> None:
    for n in range(2):
        here.session(week(n))
    here.refresh()
    enrolment, by = here.cast.enrolments["26001"], here.cast.actor("coordinator")

    def give(reason: str = "Illness, see file 12.", item: str = "attendance", who: Any = by) -> bool:
        return give_instead(
            here.evaluation, enrolment, item=item, score=Decimal(80), reason=reason, by=who, at=AT
        )

    plain = [NewMark(enrolment.pk, "attendance", "scored", Decimal(80))]
    refused("evaluation.item_sourced", lambda: record_marks(here.evaluation, plain, by=by, at=AT))
    refused("evaluation.reason_missing", lambda: give("  "))
    refused("evaluation.words_too_many", lambda: give("x" * 501))
    refused("evaluation.item_not_sourced", lambda: give(item="quiz"))
    refused("kernel.role_lacks", lambda: give(who=here.cast.actor("trainer")))
    assert give()
    assert not give()  # the same again
    here.session(week(2), n26001="absent")
    here.refresh()
    mark = here.mark("attendance")
    assert (mark.score, mark.reason, mark.evidence) == (Decimal(80), "Illness, see file 12.", None)
    assert work_out_again(here.evaluation, enrolment, item="attendance", by=by, at=AT)
    assert not work_out_again(here.evaluation, enrolment, item="attendance", by=by, at=AT)
    assert here.score("attendance") == Decimal("66.7")
    told = AuditEntry.objects.filter(fact__startswith="evaluation.mark_").values_list("fact", flat=True)
    assert sorted(told) == ["evaluation.mark_given_instead", "evaluation.mark_worked_out_again"]


def test_the_number_of_queries_does_not_grow_with_the_class(here: Place) -> None:
    def queries(at: datetime) -> int:
        with CaptureQueriesContext(connection) as asked:
            here.refresh(at)
        return len(asked)

    for n in range(2):
        here.session(week(n))
    few = queries(LATER)
    people = [RosterEntry(f"27{n:03}", f"学徒{n}") for n in range(300)]
    take_roster(here.cast.cohort, people, by=here.cast.actor("coordinator"), at=AT)
    here.evaluation.refresh_from_db()
    assert queries(LATER + timedelta(days=1)) == few  # the first look of a day notes the day
    assert Mark.objects.filter(item="attendance", is_current=True).count() > 300


def test_facts_are_heard(here: Place) -> None:
    """Each confirmed fact, by its own reaction, and without a look at the others."""
    for n in range(2):
        here.session(week(n))
    entries = [here.entry(week(n)) for n in range(2)]
    here.confirm(*entries)
    for entry in AuditEntry.objects.filter(
        fact__in=["learning.sessions_closed", "logbook.entries_confirmed"]
    ):
        noun, fact = entry.fact.split(".")
        react(entry, f"craftpath.domain.evaluation.reactions.on_{fact}")
    assert here.score("attendance") == Decimal(100)
    assert here.score("log") is not None


def test_the_night_comes_once_a_day_and_time_alone_may_change_a_mark(here: Place) -> None:
    here.confirm(*(here.entry(week(n)) for n in (0, 1)))
    here.refresh()
    assert due_tonight(LATER) == []  # everybody was looked at on this day
    assert [row.pk for row in due_tonight(LATER + timedelta(days=1))] == [here.evaluation.pk]
    assert due_tonight(LATER + timedelta(days=1)) == []
    here.evaluation.refresh_from_db()
    refresh_evidence(here.evaluation, by=system(), at=LATER)  # a late one does not go back behind the night
    assert Evaluation.objects.get(pk=here.evaluation.pk).worked_out_on == (LATER + timedelta(days=1)).date()


def test_the_mark_tells_later_what_it_was_worked_out_from(here: Place) -> None:
    for n in range(3):
        here.session(week(n), n26001="late" if n else "present")
    here.refresh()
    enrolment = here.cast.enrolments["26001"]
    now = evidence_of(here.evaluation, enrolment, LATER.date())["attendance"]
    kept = evidence_in(here.mark("attendance"), now.item)
    assert kept == now
    assert Result.objects.get(enrolment=enrolment).missing  # what cannot be worked out leaves the result open
