"""Confirming, sending back, the monthly talk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.logbook.actions import confirm_entries, hold_talk, return_entry, submit_entry
from craftpath.domain.logbook.models import Entry, Remark, Talk
from craftpath.domain.logbook.oddities import oddities
from craftpath.domain.logbook.queries import silent, talk_due, waiting_for
from craftpath.domain.logbook.skilled import minutes_by_skill
from craftpath.domain.training.models import HourLine
from craftpath.domain.training.queries import minutes_by_bucket
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.logbook.conftest import Writer

pytestmark = pytest.mark.usefixtures("all_rows")


def test_confirmed_hours_stand_in_the_ledger_once(writer: Writer) -> None:
    entry = writer.handed_in()
    for _ in range(2):
        confirm_entries({entry.public_id: 1}, by=writer.mentor, at=AT)
    assert minutes_by_bucket([entry.enrolment_id]) == {entry.enrolment_id: {"workplace": 240}}
    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_by, len(entry.digest)) == ("confirmed", writer.mentor.person, 64)


def test_what_changed_since_it_was_read_is_not_confirmed(writer: Writer) -> None:
    entry = writer.handed_in()
    writer.save(entry.made_id, base=1, text="后来补充：还测量了粗糙度。")
    outcome = confirm_entries({entry.public_id: 1}, by=writer.mentor, at=AT)
    assert [v.reason for v in outcome.refused.values()] == ["logbook.changed_meanwhile"]
    assert not outcome.done
    assert Entry.objects.get().state == "submitted"


@pytest.mark.parametrize("who", ["coordinator", "trainer", "classmate", "apprentice"])
def test_only_who_works_with_the_apprentice_confirms(writer: Writer, cast: Cast, who: str) -> None:
    entry = writer.handed_in()
    outcome = confirm_entries({entry.public_id: 1}, by=cast.actor(who), at=AT)
    assert not outcome.done
    assert outcome.refused[entry.public_id].reason in ("logbook.not_your_apprentice", "logbook.own_entry")


def test_a_draft_and_a_stranger_s_entry_are_refused_and_the_others_done(writer: Writer) -> None:
    draft, good = writer.save().entry, writer.handed_in()
    outcome = confirm_entries(
        {draft.public_id: 1, good.public_id: 1, "nosuchentry1": 1}, by=writer.mentor, at=AT
    )
    assert [row.pk for row in outcome.done] == [good.pk]
    assert set(outcome.refused) == {draft.public_id, "nosuchentry1"}


def test_hours_that_would_overfill_a_day_keep_the_entry_waiting(writer: Writer) -> None:
    first, second = writer.handed_in(minutes=1000), writer.handed_in(minutes=500)
    outcome = confirm_entries({first.public_id: 1, second.public_id: 1}, by=writer.mentor, at=AT)
    assert [row.pk for row in outcome.done] == [first.pk]
    assert outcome.refused[second.public_id].reason == "training.day_too_full"
    second.refresh_from_db()
    assert second.state == "submitted"


def test_a_confirmed_correction_takes_the_place_of_the_hours(writer: Writer) -> None:
    entry = writer.handed_in(minutes=240)
    confirm_entries({entry.public_id: 1}, by=writer.mentor, at=AT)
    correction = writer.save(entry.made_id, base=1, minutes=180).entry
    submit_entry(correction, by=writer.apprentice, at=AT)
    confirm_entries({correction.public_id: 1}, by=writer.mentor, at=AT)
    assert minutes_by_bucket([entry.enrolment_id])[entry.enrolment_id] == {"workplace": 180}
    assert sorted(HourLine.objects.values_list("minutes", flat=True)) == [-240, 180, 240]


def test_a_correction_that_overfills_the_day_leaves_the_ledger_as_it_was(writer: Writer) -> None:
    entry, other = writer.handed_in(minutes=240), writer.handed_in(minutes=1000)
    confirm_entries({entry.public_id: 1, other.public_id: 1}, by=writer.mentor, at=AT)
    correction = writer.save(entry.made_id, base=1, minutes=600).entry
    submit_entry(correction, by=writer.apprentice, at=AT)
    outcome = confirm_entries({correction.public_id: 1}, by=writer.mentor, at=AT)
    assert outcome.refused[correction.public_id].reason == "training.day_too_full"
    assert minutes_by_bucket([entry.enrolment_id])[entry.enrolment_id] == {"workplace": 1240}


def test_confirming_asks_no_more_for_fifty_than_for_two(writer: Writer, cast: Cast) -> None:
    counts = []
    for people in (2, 50):
        read = {writer.handed_in(minutes=5, text=f"第{n}件。").public_id: 1 for n in range(people)}
        with CaptureQueriesContext(
            connection,
        ) as found:
            confirm_entries(read, by=writer.mentor, at=AT)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_one_is_sent_back_with_a_phrase_and_comes_again(writer: Writer) -> None:
    entry = writer.handed_in()
    return_entry(entry, revision=1, phrase="more_detail", by=writer.mentor, at=AT)
    with pytest.raises(Refused, match="logbook.not_submitted"):
        return_entry(entry, revision=1, phrase="more_detail", by=writer.mentor, at=AT)
    assert Remark.objects.get().phrase == "more_detail"
    writer.save(entry.made_id, base=1, text="换刀后重新对刀，再车外圆。")
    entry = submit_entry(entry, by=writer.apprentice, at=AT)
    assert (entry.state, entry.revision) == ("submitted", 2)
    assert [odd.code for odd in oddities([entry], TODAY)[entry.pk]] == ["sent_back"]


def test_sending_back_says_why(writer: Writer) -> None:
    with pytest.raises(Refused, match="logbook.no_words"):
        return_entry(writer.handed_in(), revision=1, phrase="nosuch", by=writer.mentor, at=AT)


def test_odd_ones_are_singled_out(writer: Writer) -> None:
    old = TODAY - timedelta(days=20)
    rows = [
        writer.handed_in(),
        writer.handed_in(on=old, minutes=700, text="加班赶活，装配减速箱。"),
        writer.handed_in(on=TODAY - timedelta(days=1), minutes=0, text="安全培训与考试。"),
    ]
    found = oddities(rows, TODAY)
    assert {row.pk: [odd.code for odd in found.get(row.pk, [])] for row in rows} == {
        rows[0].pk: [],
        rows[1].pk: ["long_day", "late"],
        rows[2].pk: ["no_hours"],
    }


def test_who_waits_longer_than_seven_days_is_silent(writer: Writer) -> None:
    entry = writer.handed_in()
    assert silent(AT + timedelta(days=7)) == []
    [found] = silent(AT + timedelta(days=7, minutes=1))
    assert (found.enrolment_id, found.waiting) == (entry.enrolment_id, 1)
    confirm_entries({entry.public_id: 1}, by=writer.mentor, at=AT)
    assert silent(AT + timedelta(days=8)) == []


def test_what_waits_for_a_mentor_is_of_the_own_apprentices(writer: Writer, cast: Cast) -> None:
    entry = writer.handed_in()
    assert [row.pk for row in waiting_for(writer.mentor.person)] == [entry.pk]
    assert waiting_for(cast.people["trainer"]) == []


def test_one_entry_of_the_past_month_is_drawn_for_a_talk_and_no_other_will_do(
    writer: Writer, day: Callable
) -> None:
    august = [day(1) - timedelta(days=n) for n in range(1, 9)]
    rows = [writer.handed_in(on=on, text=f"{on} 的工作记录，共八件。") for on in august]
    [lot] = talk_due([rows[0].enrolment_id], TODAY)
    other = next(row for row in rows if row.pk != lot.pk)
    with pytest.raises(Refused, match="logbook.talk_other_entry"):
        hold_talk(other, outcome="agrees", by=writer.mentor, at=AT)
    hold_talk(lot, outcome="agrees", by=writer.mentor, at=AT)
    with pytest.raises(Refused, match="logbook.talk_held_already"):
        hold_talk(lot, outcome="differs", by=writer.mentor, at=AT)
    assert talk_due([rows[0].enrolment_id], TODAY) == []
    assert Talk.objects.get().outcome == "agrees"


def test_hours_of_a_skill_are_those_of_confirmed_entries_as_corrected(writer: Writer) -> None:
    first = writer.handed_in(skill="communication")
    assert minutes_by_skill([first.enrolment_id]) == {}
    confirm_entries({first.public_id: 1}, by=writer.mentor, at=AT)
    assert minutes_by_skill([first.enrolment_id]) == {first.enrolment_id: {"communication": 240}}
    better = writer.save(first.made_id, base=1, minutes=90, skill="communication").entry
    submit_entry(better, by=writer.apprentice, at=AT)
    assert minutes_by_skill([first.enrolment_id]) == {first.enrolment_id: {"communication": 240}}
    confirm_entries({better.public_id: 1}, by=writer.mentor, at=AT)
    assert minutes_by_skill([first.enrolment_id]) == {first.enrolment_id: {"communication": 90}}
