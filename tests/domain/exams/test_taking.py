"""Answering: begun in time, saved at once, taken over by another device, handed in once, nothing after the bell."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.exams.actions import EssayPlan, close_sitting, hand_in, mark_essay, save_answer
from craftpath.domain.exams.marking import essays_to_mark, scored
from craftpath.domain.exams.models import Answer, Candidate, EssayMark, PaperLine
from craftpath.domain.exams.taking import GRACE, answers_of, lines_of
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, NOBODY, OPENS, RIGHT, answer, begin, candidate, opened, planned

pytestmark = pytest.mark.usefixtures("all_rows")
MINUTE = timedelta(minutes=1)


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^exams.{reason}$")


def save(held: Any, order: int, value: Any, count: int = 1, at: Any = OPENS) -> bool:
    return save_answer(held, order=order, given=value, count=count, by=NOBODY, at=at)


def test_the_own_minutes_begin_with_the_code_and_the_doors_close(cast: Cast) -> None:
    row, codes = opened(cast)
    begin(codes["26001"], OPENS + 30 * MINUTE)
    assert candidate(cast, row).ends_at == OPENS + 90 * MINUTE
    with refused("begun_too_late"):
        begin(codes["26002"], OPENS + 31 * MINUTE)
    assert candidate(cast, row, "26002").started_at is None
    begin(codes["26001"], OPENS + 40 * MINUTE)  # who has begun comes in again
    assert candidate(cast, row).ends_at == OPENS + 90 * MINUTE


def test_nobody_begins_before_the_invigilator_s_word(cast: Cast) -> None:
    from craftpath.domain.exams.actions import give_codes

    code = next(iter(give_codes(planned(cast), by=cast.actor("trainer"), at=AT).values()))
    with refused("not_begun"):
        begin(code, OPENS)


@pytest.mark.parametrize("code", ["", "ABCD-EFGH", "x" * 5000, "ＡＢＣＤ－ＥＦＧＨ", "\0"])
def test_a_code_that_there_is_not_opens_nothing(cast: Cast, code: str) -> None:
    opened(cast)
    with refused("code_unknown"):
        begin(code)


def test_an_answer_is_kept_and_a_late_one_of_before_changes_nothing(cast: Cast) -> None:
    _row, codes = opened(cast)
    held = begin(codes["26001"])
    assert save(held, 1, ["a"], 1)
    assert save(held, 1, ["b"], 3)
    assert not save(held, 1, ["c"], 2)  # sent before, come later
    assert not save(held, 1, ["c"], 3)  # the same again
    assert [one.given for one in Answer.objects.all()] == [["b"]]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(list(range(1, 7))))
def test_in_whatever_order_saves_arrive_the_newest_word_stands(cast: Cast, order: list[int]) -> None:
    if not Candidate.objects.exists():
        _row, codes = opened(cast)
        cast.held = begin(codes["26001"])  # type: ignore[attr-defined]
    Answer.objects.all().delete()
    for count in order:
        save(cast.held, 1, [str(count)], count)  # type: ignore[attr-defined]
    assert Answer.objects.get().given == ["6"]


def test_another_device_takes_over_and_the_first_one_is_told(cast: Cast) -> None:
    _row, codes = opened(cast)
    first = begin(codes["26001"])
    save(first, 1, ["b"])
    second = begin(codes["26001"], OPENS + MINUTE)
    with refused("elsewhere"):
        save(first, 1, ["a"], 9)
    with refused("elsewhere"):
        hand_in(first, by=NOBODY, at=OPENS)
    assert save(second, 2, ["a"])
    who = candidate(cast, _row)
    assert [one.given for one in answers_of(who).values()] == [["b"], ["a"]]
    assert [line.order for line in lines_of(who)] == list(range(1, 9))


def test_handed_in_once_whatever_is_pressed(cast: Cast) -> None:
    row, codes = opened(cast)
    held = begin(codes["26001"])
    hand_in(held, by=NOBODY, at=OPENS + MINUTE)
    assert hand_in(held, by=NOBODY, at=OPENS + 9 * MINUTE).handed_in_at == OPENS + MINUTE
    with refused("handed_in_already"):
        save(held, 1, ["a"])
    assert begin(codes["26001"], OPENS + MINUTE).grip == held.grip  # it opens, to be looked at only
    assert candidate(cast, row).handed_in_by == "candidate"


def test_after_the_bell_nothing_is_saved_and_what_was_saved_counts(cast: Cast) -> None:
    row, codes = opened(cast)
    held = begin(codes["26001"])
    bell = OPENS + 60 * MINUTE
    assert save(held, 1, ["b"], at=bell + GRACE)
    with refused("after_the_bell"):
        save(held, 2, ["a"], at=bell + GRACE + timedelta(seconds=1))
    done = hand_in(held, by=NOBODY, at=bell + 5 * MINUTE)
    assert (done.handed_in_at, done.handed_in_by) == (bell, "bell")
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("order", [0, 9, -1, 10**6])
def test_a_question_that_is_not_on_the_paper(cast: Cast, order: int) -> None:
    _row, codes = opened(cast)
    with refused("line_unknown"):
        save(begin(codes["26001"]), order, ["a"])


def test_an_answer_of_a_megabyte_is_refused(cast: Cast) -> None:
    _row, codes = opened(cast)
    with refused("answer_too_long"):
        save(begin(codes["26001"]), ESSAY, {"text": "长" * 50_000})


def test_closing_takes_what_was_not_handed_in(cast: Cast) -> None:
    row, codes = opened(cast)
    held = begin(codes["26001"])
    hand_in(held, by=NOBODY, at=OPENS + MINUTE)
    begin(codes["26002"])
    close_sitting(row, by=cast.actor("trainer"), at=OPENS + 20 * MINUTE)
    how = {one.enrolment.number: one.handed_in_by for one in Candidate.objects.select_related("enrolment")}
    assert how == {"26001": "candidate", "26002": "bell", "26003": "", "26004": "", "26005": ""}
    with refused("is_closed"):
        begin(codes["26003"], OPENS + 21 * MINUTE)


def test_saving_one_answer_asks_the_same_few_queries(cast: Cast) -> None:
    _row, codes = opened(cast)
    held = begin(codes["26001"])
    save(held, 1, ["a"])
    with CaptureQueriesContext(connection) as asked:
        save(held, 1, ["b"], 2)
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 4


# ---- what answers are worth


def test_answers_are_scored_by_their_keys_and_essays_wait(cast: Cast) -> None:
    row, codes = opened(cast)
    answer(begin(codes["26001"]), RIGHT)
    wrong = begin(codes["26002"])
    answer(wrong, {1: ["a"], ESSAY: {"text": "先粗车，后精车。"}})
    found = scored(row)
    assert found.full(0) == 29
    assert found.total(0) == 19  # all but the essay, which is empty and waits for nobody
    assert (found.total(1), found.waits(1)) == (None, 1)
    assert [found.absent(n) for n in range(5)] == [False, False, True, True, True]
    assert found.total(2) is None


def test_the_table_takes_the_same_queries_for_few_and_for_many_answers(cast: Cast) -> None:
    row, codes = opened(cast)
    counts = []
    for some in ({1: ["a"]}, RIGHT):
        answer(begin(codes["26001"]), some, count=len(some) + 1)
        with CaptureQueriesContext(connection) as asked:
            scored(row)
        counts.append(len(asked))
    assert counts[0] == counts[1] == 7


@pytest.fixture
def closed(cast: Cast) -> Any:
    """Two essays of two candidates, marked by two."""
    row, codes = opened(cast, marking=EssayPlan(raters=2))
    for number in ("26001", "26002"):
        answer(begin(codes[number]), {ESSAY: {"text": f"工艺 {number}"}})
    return close_sitting(row, by=cast.actor("trainer"), at=OPENS + 20 * MINUTE)


def essay(cast: Cast, row: Any, who: str, points: str, number: str = "26001", **other: Any) -> EssayMark:
    line = PaperLine.objects.select_related("version__item").get(paper=row.paper, order=ESSAY)
    values = {"points": Decimal(points), "by": cast.actor(who), "at": OPENS} | other
    return mark_essay(candidate(cast, row, number), line, **values)


def test_an_essay_marked_by_two_is_their_mean_and_waits_for_both(cast: Cast, closed: Any) -> None:
    essay(cast, closed, "trainer", "7")
    assert scored(closed).points[0][ESSAY - 1] is None
    essay(cast, closed, "coordinator", "8.5")
    assert scored(closed).points[0][ESSAY - 1] == Fraction(31, 4)
    essay(cast, closed, "trainer", "6.5")  # second thoughts of one's own
    assert scored(closed).points[0][ESSAY - 1] == Fraction(15, 2)
    with refused("essay_enough"):
        essay(cast, closed, "administrator", "1")


def test_a_marker_sees_essays_without_names_and_the_own_done_ones_no_more(cast: Cast, closed: Any) -> None:
    by = cast.actor("trainer")
    assert {one.text for one in essays_to_mark(closed, by)} == {"工艺 26001", "工艺 26002"}
    essay(cast, closed, "trainer", "7")
    assert [one.text for one in essays_to_mark(closed, by)] == ["工艺 26002"]
    assert len(essays_to_mark(closed, cast.actor("coordinator"))) == 2


@pytest.mark.parametrize("points", ["-1", "10.01", "11", "1.001"])
def test_points_that_there_are_not_are_refused(cast: Cast, closed: Any, points: str) -> None:
    with refused("essay_points"):
        essay(cast, closed, "trainer", points)


@pytest.mark.parametrize("who", ["assessor", "apprentice", "officer"])
def test_others_mark_nothing(cast: Cast, closed: Any, who: str) -> None:
    house = cast.city if who == "officer" else None
    with pytest.raises(Refused) as found:
        essay(cast, closed, "trainer", "5", by=cast.actor(who, house))
    assert found.value.verdict.who


def test_only_essays_and_only_after_the_end(cast: Cast, closed: Any) -> None:
    line = PaperLine.objects.select_related("version__item").get(paper=closed.paper, order=1)
    with refused("not_an_essay"):
        mark_essay(candidate(cast, closed), line, points=Decimal(1), by=cast.actor("trainer"), at=OPENS)
    type(closed).objects.filter(pk=closed.pk).update(state="open", closed_at=None)
    with refused("sitting_not_closed"):
        essay(cast, closed, "trainer", "5")
