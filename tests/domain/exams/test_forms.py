"""Several forms at one sitting: dealt out seat by seat, each answered and scored by its own lines."""

from __future__ import annotations

import uuid
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from craftpath.domain.exams.actions import close_sitting, fix_paper, make_paper, mark_essay, shelve_paper
from craftpath.domain.exams.marking import essays_to_mark, scored
from craftpath.domain.exams.models import Candidate, Item, Paper, Sitting
from craftpath.domain.exams.queries import forms_with_counts
from craftpath.domain.exams.taking import lines_of, shuffled
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, OPENS, answer, begin, candidate, opened, paper, planned

pytestmark = pytest.mark.usefixtures("all_rows")


def form_b(cast: Cast) -> Paper:
    """The essay first, then the first two questions of form A; the others are missing."""
    items = list(Item.objects.order_by("pk"))
    by = cast.actor("trainer")
    made = make_paper(
        [items[7], items[0], items[1]],
        organisation=cast.college,
        made_id=uuid.uuid4(),
        title="期末理论考试 B",
        minutes=60,
        by=by,
        at=AT,
    )
    return fix_paper(made, by=by, at=AT)


def two_forms(cast: Cast) -> tuple[Sitting, dict[str, str]]:
    first = paper(cast)
    return opened(cast, paper=first, others=[form_b(cast), first])


def test_neighbours_have_different_forms(cast: Cast) -> None:
    row, _codes = two_forms(cast)
    people = list(Candidate.objects.filter(sitting=row).order_by("pk").values_list("seat", "paper__title"))
    assert people[:3] == [("1", "期末理论考试"), ("2", "期末理论考试 B"), ("3", "期末理论考试")]
    assert [form.questions for form in forms_with_counts(row).values()] == [8, 3]


def test_what_is_no_ready_paper_is_no_form_either(cast: Cast) -> None:
    first, other = paper(cast), form_b(cast)
    shelve_paper(other, by=cast.actor("trainer"), at=AT)
    with pytest.raises(Refused, match="paper_not_ready"):
        planned(cast, paper=first, others=list(Paper.objects.filter(pk=other.pk)))
    assert not Sitting.objects.exists()


def test_more_than_eight_forms_are_refused(cast: Cast) -> None:
    first = paper(cast)
    with pytest.raises(Refused, match="too_many_forms"):
        planned(cast, paper=first, others=[form_b(cast) for _ in range(8)])


def test_each_answers_the_lines_of_the_own_form(cast: Cast) -> None:
    row, codes = two_forms(cast)
    held = begin(codes["26002"])
    answer(held, {2: ["b"]})  # the first question of form A stands second in B
    with pytest.raises(Refused, match="line_unknown"):
        answer(held, {4: "125.7"})
    close_sitting(row, by=cast.actor("trainer"), at=OPENS)
    table = scored(row)
    assert [line.order for line in table.lines] == list(range(1, 9))  # common questions are one column
    assert table.on[1] == [True, True, False, False, False, False, False, True]
    assert table.points[1][0] == table.most[0]
    assert table.points[1][3] is None
    assert table.waits(1) == 0
    assert table.total(1) == table.most[0]
    assert table.full(1) == table.most[0] + table.most[1] + table.most[7]
    assert table.full(0) == sum(table.most, Fraction(0))


def test_essays_of_every_form_are_marked(cast: Cast) -> None:
    row, codes = two_forms(cast)
    answer(begin(codes["26001"]), {ESSAY: {"text": "甲"}})
    answer(begin(codes["26002"]), {1: {"text": "乙"}})
    by = cast.actor("trainer")
    row = close_sitting(row, by=by, at=OPENS)
    left = essays_to_mark(row, by)
    assert sorted(one.text for one in left) == ["乙", "甲"]
    theirs = next(one for one in left if one.text == "乙")
    with pytest.raises(Refused, match="not_an_essay"):  # a line of the other form
        mark_essay(
            theirs.candidate,
            next(one for one in left if one.text == "甲").line,
            points=theirs.line.version.points,
            by=by,
            at=OPENS,
        )
    mark_essay(theirs.candidate, theirs.line, points=theirs.line.version.points, by=by, at=OPENS)
    table = scored(row)
    assert table.points[1][7] == table.most[7]


def test_an_own_order_is_always_the_same_and_loses_nothing(cast: Cast) -> None:
    row, _codes = opened(cast, shuffled=True)
    orders: dict[str, list[int]] = {}
    for number in ("26001", "26002", "26003", "26004"):
        one = candidate(cast, row, number)
        orders[number] = [line.order for line in lines_of(one)]
        assert orders[number] == [line.order for line in lines_of(one)]
        assert sorted(orders[number]) == list(range(1, 9))
    assert len(set(map(tuple, orders.values()))) > 1


class Line:
    """As much of a line as an order asks for."""

    def __init__(self, order: int, text: int | None) -> None:
        self.order = order
        self.version: Any = type("Version", (), {"stimulus_id": text})


def test_questions_about_one_text_stay_together_in_their_order() -> None:
    lines: Any = [Line(n, {3: 7, 4: 7, 5: 7}.get(n)) for n in range(1, 9)]
    firsts = Counter()  # type: ignore[var-annotated]
    for whose in map(str, range(200)):
        orders = [line.order for line in shuffled(lines, whose)]
        place = orders.index(3)
        assert orders[place : place + 3] == [3, 4, 5]
        firsts[orders[0]] += 1
    assert set(firsts) == {1, 2, 3, 6, 7, 8}
