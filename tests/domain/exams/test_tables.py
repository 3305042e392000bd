"""A report counts once for all its pages, and anew as soon as anything changed, in whichever process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.exams import tables
from craftpath.domain.exams.actions import EssayPlan, close_sitting
from craftpath.domain.exams.analysis import markers_of
from craftpath.domain.exams.models import (
    Answer,
    Appeal,
    AppealedLine,
    Candidate,
    EssayDecision,
    EssayMark,
    EssayReturn,
    PaperLine,
    Settlement,
    Sitting,
)
from craftpath.domain.exams.tables import counted
from tests.cast import AT, TODAY, Cast
from tests.domain.exams.crowd import cohort, form, held, items
from tests.domain.exams.hall import ESSAY, OPENS, answer, begin, opened

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def over(cast: Cast) -> Sitting:
    """26001 has one question right and an essay with one mark; two are asked for."""
    row, codes = opened(cast, marking=EssayPlan(raters=2, gap=None))
    answer(begin(codes["26001"]), {1: ["b"], ESSAY: {"text": "先粗后精。"}})
    begin(codes["26002"])
    row = close_sitting(row, by=cast.actor("trainer"), at=OPENS)
    _mark(cast, row, "trainer", 1)
    return row


def _there(row: Sitting) -> dict[str, Any]:
    line = PaperLine.objects.get(paper=row.paper, order=ESSAY)
    return {"candidate": Candidate.objects.get(sitting=row, enrolment__number="26001"), "line": line}


def _mark(cast: Cast, row: Sitting, who: str, place: int, points: str = "4") -> EssayMark:
    given = Decimal(points)
    return EssayMark.objects.create(
        **_there(row), marker=cast.people[who], place=place, points=given, marked_at=AT
    )


def _total(row: Sitting) -> Fraction | None:
    return counted(row).table.total(0)


def test_the_same_state_is_counted_once(cast: Cast, over: Sitting) -> None:
    first, again = counted(over), Sitting.objects.get(pk=over.pk)
    with CaptureQueriesContext(connection) as asked:
        assert counted(again) is first
    assert len(asked) == 6
    assert tables.known(over) is first
    tables.forget()
    assert tables.known(over) is None
    assert counted(over) is not first


def second_mark(cast: Cast, row: Sitting) -> None:
    _mark(cast, row, "coordinator", 2)


def other_points(cast: Cast, row: Sitting) -> None:
    EssayMark.objects.update(points=Decimal("3"))


def sent_back(cast: Cast, row: Sitting) -> None:
    EssayMark.objects.update(superseded_at=AT)


def decided(cast: Cast, row: Sitting) -> None:
    EssayDecision.objects.create(**_there(row), points=Decimal("2"), because="远离", decided_at=AT)


def appealed(cast: Cast, row: Sitting) -> None:
    there = _there(row)
    appeal = Appeal.objects.create(
        candidate=there["candidate"], words="请复核", lodged_at=AT, due_on=TODAY, state="changed", answer="改",
        ended_at=AT,
    )  # fmt: skip
    AppealedLine.objects.create(appeal=appeal, line=there["line"], points=Decimal("5"))


def other_answer(cast: Cast, row: Sitting) -> None:
    Answer.objects.filter(line__order=1).update(given=["a"], count=99)


def was_absent(cast: Cast, row: Sitting) -> None:
    Candidate.objects.filter(enrolment__number="26001").update(
        started_at=None, ends_at=None, handed_in_at=None, handed_in_by=""
    )


def on_paper(cast: Cast, row: Sitting) -> None:
    Candidate.objects.filter(enrolment__number="26001").update(on_paper=True)


def other_plan(cast: Cast, row: Sitting) -> None:
    Sitting.objects.filter(pk=row.pk).update(essay_raters=1)


@pytest.mark.parametrize(
    "change",
    [second_mark, other_points, sent_back, decided, appealed, other_answer, was_absent, on_paper, other_plan],
)
def test_whatever_changes_a_figure_is_counted_anew(
    cast: Cast, over: Sitting, change: Callable[[Cast, Sitting], None]
) -> None:
    before = counted(over)
    change(cast, over)
    row = Sitting.objects.get(pk=over.pk)
    after = counted(row)
    assert after is not before
    tables.forget()
    fresh = counted(row).table
    assert [fresh.total(n) for n in range(2)] == [after.table.total(n) for n in range(2)]
    assert [fresh.absent(n) for n in range(2)] == [after.table.absent(n) for n in range(2)]


def test_a_mark_and_a_settled_sheet_stand_in_the_next_look(cast: Cast, over: Sitting) -> None:
    assert _total(over) is None  # the second mark is waited for
    second_mark(cast, over)
    first = _total(over)
    assert first is not None
    EssayMark.objects.filter(place=2).update(points=Decimal("2"))
    assert _total(over) == first - 1
    on_paper(cast, over)
    assert _total(over) is None
    Settlement.objects.create(candidate=_there(over)["candidate"], settled_at=AT + timedelta(hours=1))
    assert _total(over) == first - 1


def test_old_tables_make_room(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = form(cast, items(cast, 3))
    rows = [held(cast, [(paper, ["b", "b", "a"])] * 4, among=cohort(cast, str(n))) for n in range(3)]
    tables.forget()
    monkeypatch.setattr(tables, "MOST_CELLS", 24)
    kept = [counted(row) for row in rows]
    assert counted(rows[2]) is kept[2]
    assert counted(rows[1]) is kept[1]
    assert counted(rows[0]) is not kept[0]


class TestAgain:
    def test_who_sits_a_paper_twice_counts_with_the_first_time(self, cast: Cast) -> None:
        paper, other = (form(cast, some, title) for some, title in zip(_halves(cast), "AB", strict=True))
        first = held(cast, [(paper, ["a", "a", "a"]), (paper, ["b", "b", "b"])])
        back = [one.enrolment for one in Candidate.objects.filter(sitting=first).order_by("pk")]
        later = held(
            cast,
            [(paper, ["b", "b", "b"]), (other, ["b", "a", "a"]), (paper, ["b", "a", "a"])],
            enrolled=back,
            among=cohort(cast, "Later"),
            days=7,
        )
        sheets = counted(later, first).sheets
        assert (sheets[paper.pk].n, sheets[paper.pk].again) == (3, 1)
        assert sorted(sheets[paper.pk].totals) == [
            0,
            1,
            3,
        ]  # the 3 of the first one's second time is left out
        assert (sheets[other.pk].n, sheets[other.pk].again) == (1, 0)  # the other paper for the first time
        assert [one.n for one in counted(later).sheets.values()] == [2, 1]  # alone, everybody counts

    def test_a_first_time_without_coming_is_none(self, cast: Cast) -> None:
        paper = form(cast, items(cast, 3))
        first = held(cast, [(paper, ["a", "a", "a"])])
        Candidate.objects.filter(sitting=first).update(started_at=None, ends_at=None)
        back = [one.enrolment for one in Candidate.objects.filter(sitting=first)]
        later = held(cast, [(paper, ["b", "b", "b"])], enrolled=back, among=cohort(cast, "Later"), days=7)
        [sheet] = counted(first, later).sheets.values()
        assert (sheet.totals, sheet.again) == ([3.0], 0)


def _halves(cast: Cast) -> Any:
    bank = items(cast, 6)
    return bank[:3], bank[3:]


def test_marks_that_were_sent_back_are_counted_and_in_no_figure(cast: Cast, over: Sitting) -> None:
    assert (markers_of([over]).essays, markers_of([over]).returned) == (1, 0)
    word = EssayReturn.objects.create(
        sitting=over, marker=cast.people["trainer"], because="太宽", returned_at=AT
    )
    EssayMark.objects.update(superseded_at=AT, returned=word)
    _mark(cast, over, "trainer", 1, "1")
    EssayMark.objects.filter(points=1).update(superseded_at=AT)  # given anew by its marker: not sent back
    _mark(cast, over, "trainer", 1, "2")
    found = markers_of([over])
    assert (found.essays, found.returned) == (1, 1)
