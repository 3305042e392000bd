"""Who hears that essays wait for a mark: everybody for first ones, whoever may give them for second and third ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from craftpath.delivery.exchange.due_ages import due_of
from craftpath.domain.exams.actions import (
    EssayPlan,
    close_sitting,
    mark_essay,
    open_marks,
    put_on_paper,
    return_marks,
    settle_essay,
)
from craftpath.domain.exams.essays import essays_of
from craftpath.domain.exams.marking import desk_of
from craftpath.domain.exams.models import Sitting
from craftpath.kernel.access import join
from craftpath.kernel.duties import KINDS
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.hall import ESSAY, OPENS, answer, begin, candidate, opened, paper, with_markers
from tests.domain.exams.sheets import key
from tests.domain.hearing import clock, digests, queries, rows, who_hears

pytestmark = pytest.mark.usefixtures("all_rows")
KIND = "exams.essays"
DAY = OPENS.date()
STAFF = ("trainer", "second", "third", "coordinator", "administrator")
NUMBERS = ("26001", "26002", "26003", "26004")


@pytest.fixture
def trio(cast: Cast) -> Cast:
    """A second and a third trainer of the college."""
    return with_markers(cast)


def held(cast: Cast, plan: EssayPlan, numbers: tuple[str, ...] = NUMBERS, **other: Any) -> Sitting:
    """A sitting that is over; each of these has written an essay."""
    row, codes = opened(cast, marking=plan, **other)
    for number in numbers:
        answer(begin(codes[number]), {ESSAY: {"text": f"工艺 {number}"}})
    return close_sitting(row, by=cast.actor("trainer"), at=OPENS)


def give(cast: Cast, row: Sitting, who: str, points: str) -> None:
    """All that waits for this marker gets these points."""
    for one in desk_of(row, cast.actor(who)).left:
        mark_essay(one.candidate, one.line, points=Decimal(points), by=cast.actor(who), at=OPENS)


def hear(cast: Cast) -> set[str]:
    """Who is asked, of those who mark and of all others."""
    return set(who_hears(cast.people, KIND, DAY))


def find(cast: Cast, row: Sitting) -> set[str]:
    """For whom the page of essays has something to mark."""
    return {who for who in STAFF if desk_of(row, cast.actor(who)).left}


def test_first_marks_are_everybodys(trio: Cast) -> None:
    row = held(trio, EssayPlan(raters=2))
    assert [(one[0], one[1]) for one in rows(KIND, DAY)] == [(row.public_id, 0)]
    assert hear(trio) == find(trio, row) == set(STAFF)


@pytest.mark.parametrize("plan", [EssayPlan(sample=50), EssayPlan(raters=2)])
def test_a_second_mark_is_asked_of_whoever_may_give_it(trio: Cast, plan: EssayPlan) -> None:
    row = held(trio, plan)
    give(trio, row, "trainer", "6")
    assert hear(trio) == find(trio, row) == set(STAFF) - {"trainer"}
    give(trio, row, "second", "6")
    assert hear(trio) == find(trio, row) == set()
    assert rows(KIND, DAY) == []


def test_a_third_is_neither_of_the_two(trio: Cast) -> None:
    row = held(trio, EssayPlan(sample=10))
    give(trio, row, "trainer", "1")
    give(trio, row, "second", "9")
    assert hear(trio) == find(trio, row) == set(STAFF) - {"trainer", "second"}
    give(trio, row, "coordinator", "8")
    assert hear(trio) == find(trio, row) == set()


def test_whoever_has_opened_the_marks_gives_none(trio: Cast) -> None:
    row = held(trio, EssayPlan(raters=2))
    give(trio, row, "trainer", "6")
    open_marks(row, by=trio.actor("coordinator"), at=OPENS)
    assert hear(trio) == find(trio, row) == set(STAFF) - {"trainer", "coordinator"}


def test_the_writer_is_not_asked_about_the_own_essay(trio: Cast) -> None:
    writer = trio.enrolments["26001"].person
    join([writer], trio.college, Role.TRAINER, on=date(2026, 1, 1))
    trio.people["writer"] = writer
    row = held(trio, EssayPlan(raters=2), ("26001",))
    give(trio, row, "trainer", "6")
    assert "writer" not in hear(trio)
    assert "second" in hear(trio)


def test_the_line_says_how_many_sittings_and_nothing_of_the_marks(trio: Cast) -> None:
    row = held(trio, EssayPlan(raters=2))
    give(trio, row, "trainer", "6")
    line = digests(DAY)[trio.people["second"].pk][KIND]
    assert (line.count, line.told, line.place) == (1, False, "lanchuan")
    assert {one[0] for one in rows(KIND, DAY)} == {row.public_id}


def test_when_nobody_is_left_the_office_is_asked(cast: Cast) -> None:
    row = held(cast, EssayPlan(raters=2))
    give(cast, row, "trainer", "6")
    for who in ("coordinator", "administrator"):
        open_marks(row, by=cast.actor(who), at=OPENS)
    assert [(one[0], one[1]) for one in rows(KIND, DAY)] == [(row.public_id, 0)]


def test_marks_that_are_sent_back_are_owed_by_their_marker_again(trio: Cast) -> None:
    row = held(trio, EssayPlan(raters=2))
    give(trio, row, "trainer", "6")
    give(trio, row, "second", "6")
    by = trio.actor("coordinator")
    open_marks(row, by=by, at=OPENS)
    return_marks(row, trio.people["trainer"], because="没有按评分要点", by=by, at=OPENS)
    assert hear(trio) == find(trio, row) == {"trainer", "third", "administrator"}


def test_a_decision_ends_the_waiting(trio: Cast) -> None:
    row = held(trio, EssayPlan(raters=2), ("26001",))
    give(trio, row, "trainer", "1")
    give(trio, row, "second", "9")
    (one,) = essays_of(row)
    by = trio.actor("coordinator")
    open_marks(row, by=by, at=OPENS)
    settle_essay(one.candidate, one.line, points=Decimal(7), because="切槽漏看", by=by, at=OPENS)
    assert rows(KIND, DAY) == []


def test_what_is_blank_waits_for_nobody_and_a_sheet_does(cast: Cast) -> None:
    row, codes = opened(cast)
    answer(begin(codes["26001"]), {ESSAY: {"text": " \r\n　"}})
    sheet = put_on_paper(candidate(cast, row, "26002"), True, by=cast.actor("trainer"), at=OPENS)
    row = close_sitting(row, by=cast.actor("trainer"), at=OPENS)
    assert not desk_of(row, cast.actor("trainer")).left
    assert rows(KIND, DAY) == []
    for turn, who in enumerate(("trainer", "coordinator"), start=1):
        key(cast, sheet, who, turn=turn)
    assert len(desk_of(row, cast.actor("trainer")).left) == len(rows(KIND, DAY)) == 1


def test_it_costs_the_same_for_one_sitting_and_for_several(trio: Cast) -> None:
    used, counts = paper(trio), []
    for _sitting in range(3):
        give(trio, held(trio, EssayPlan(raters=2), paper=used), "trainer", "6")
        counts.append([queries(KIND, DAY, who) for who in (None, trio.people["second"])])
    assert len(rows(KIND, DAY)) == 3 * 4
    assert counts[0] == counts[2]
    assert queries(KIND, DAY, trio.people["apprentice"]) <= 3  # nobody reads essays for whoever marks none


def test_the_page_of_deadlines_does_not_tell_who_has_marked(trio: Cast) -> None:
    row = held(trio, EssayPlan(raters=2), ("26001",))
    give(trio, row, "trainer", "6")
    with everywhere("a test looks after deadlines"):
        (found,) = due_of(KINDS[KIND], clock(DAY)).rows
    assert (found.subject, found.who) == (row.public_id, ())
