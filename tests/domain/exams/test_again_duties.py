"""What waits of examinations, and who hears of them at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.domain.exams.actions import (
    assess_appeal,
    cancel_sitting,
    close_sitting,
    lodge_appeal,
    mark_essay,
    move_sitting,
    remove_candidate,
)
from craftpath.domain.exams.marking import essays_to_mark
from craftpath.domain.exams.models import Appeal, Sitting
from craftpath.kernel.alerts import Alert
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, OPENS, answer, begin, candidate, opened, planned
from tests.domain.exams.world_again import LATER, lines, publish, published, whole
from tests.domain.hearing import rows, who_hears

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


def test_a_sitting_whose_start_has_come_waits_to_be_opened(cast: Cast) -> None:
    row = planned(cast)
    assert rows("exams.to_open", OPENS.date() - DAY) == []
    assert [one[0] for one in rows("exams.to_open", OPENS.date() + DAY)] == [row.public_id]
    heard = who_hears(cast.people, "exams.to_open", OPENS.date() + 2 * DAY)
    assert heard["trainer"] is False
    assert not {"apprentice", "mentor", "stranger"} & set(heard)
    move_sitting(
        row, starts_at=OPENS + 9 * DAY, minutes=60, place="", because="x", by=cast.actor("trainer"), at=AT
    )
    assert rows("exams.to_open", OPENS.date() + DAY) == []


def test_a_closed_sitting_waits_for_its_essays_and_for_its_marks(cast: Cast) -> None:
    row, codes = opened(cast)
    for number, words in (("26001", "先粗后精。"), ("26002", "")):
        answer(begin(codes[number]), {ESSAY: {"text": words}})
    by = cast.actor("trainer")
    row = close_sitting(row, by=by, at=OPENS)
    day = OPENS.date() + DAY
    assert [one[0] for one in rows("exams.essays", day)] == [row.public_id]
    [essay] = essays_to_mark(row, by)
    mark_essay(essay.candidate, essay.line, points=essay.line.version.points, by=by, at=OPENS)
    assert rows("exams.essays", day) == []
    assert [one[0] for one in rows("exams.to_publish", day)] == [row.public_id]
    publish(cast, row)
    assert rows("exams.to_publish", day) == []


def test_appeals_wait_for_a_second_opinion_and_then_for_the_decision(cast: Cast) -> None:
    row = published(cast)
    given = {"words": "x", "by": cast.actor("apprentice"), "at": LATER}
    appeal = lodge_appeal(whole(cast, row), [5], **given)
    day = LATER.date()
    [one] = rows("exams.second_opinion", day)
    assert (one[0], one[2]) == (appeal.public_id, day + 7 * DAY)
    assert rows("exams.appeal", day) == []
    found = {one.pk: (one.version.points, "") for one in lines(appeal).values()}
    assess_appeal(appeal, found, by=cast.actor("coordinator"), at=LATER)
    assert rows("exams.second_opinion", day) == []
    [one] = rows("exams.appeal", day)
    assert one[2] == Appeal.objects.get().due_on
    assert "trainer" not in who_hears(cast.people, "exams.appeal", day)


def told(code: str) -> set[str]:
    return set(Alert.objects.filter(code=f"exams.{code}").values_list("person__name", flat=True))


def test_candidates_hear_at_once_that_it_is_planned_moved_cancelled(cast: Cast) -> None:
    row = planned(cast)
    names = {one.person.name for one in cast.enrolments.values()}
    assert told("planned") == names
    remove_candidate(candidate(cast, row, "26005"), because="x", by=cast.actor("trainer"), at=AT)
    assert told("taken_out") == {"孙佳怡"}
    move_sitting(
        row, starts_at=OPENS + DAY, minutes=60, place="", because="x", by=cast.actor("trainer"), at=AT
    )
    cancel_sitting(row, because="停电", by=cast.actor("trainer"), at=AT)
    assert told("moved") == told("cancelled") == names - {"孙佳怡"}


def test_results_and_appeals_are_told_to_their_candidate(cast: Cast) -> None:
    row = published(cast)
    assert "陈雨桐" in told("result")
    count = Alert.objects.count()
    publish(cast, Sitting.objects.get(pk=row.pk))
    assert Alert.objects.count() == count  # nothing new, nobody is told
    given = {"words": "x", "by": cast.actor("apprentice"), "at": LATER}
    appeal = lodge_appeal(whole(cast, row), [5], **given)
    found = {one.pk: (one.version.points, "") for one in lines(appeal).values()}
    assess_appeal(appeal, found, by=cast.actor("coordinator"), at=LATER)
    assert told("appeal_second") == {"陈雨桐"}
