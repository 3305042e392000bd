"""Five minutes of practice: what is due, then what is new; when a question comes again; each answer counts once."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from craftpath.domain.study import actions
from craftpath.domain.study.models import Answered, PracticeCard, PracticeSet
from craftpath.domain.study.queries import due_count
from craftpath.engines.mastery.practising import FIVE_MINUTES
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.study.world import PLANS, RIGHT, TALKS, WRONG, answered, begun, known, opened, practised

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


@pytest.fixture
def place(cast: Cast) -> Cast:
    known()
    return cast


def begin(cast: Cast, *, at: object = AT, wanted: tuple[str, ...] = (TALKS,)) -> PracticeSet:
    return actions.begin_practice(
        cast.enrolments["26001"], wanted=wanted, made_id=uuid.uuid4(), by=cast.actor("apprentice"), at=at
    )


def last(cast: Cast) -> int:
    return int(PracticeCard.objects.get().kept["log"][-1]["rating"])


def test_new_questions_come_from_the_skills_that_are_wanted_in_turn_and_are_few(place: Cast) -> None:
    opened(place, 9)
    opened(place, 9, PLANS)

    row = begin(place, wanted=(PLANS, TALKS))

    assert [skill for _version, skill in row.questions] == [PLANS, TALKS, PLANS, TALKS]


def test_what_is_due_comes_first_and_fills_no_more_than_five_minutes(place: Cast) -> None:
    opened(place, 12)
    done = answered(place, begun(place), [WRONG])
    n = Answered.objects.filter(diagnosis=done).count()
    assert due_count(done.enrolment_id, place.college, AT) == 0
    assert due_count(done.enrolment_id, place.college, AT + DAY) == n

    row = begin(place, at=AT + DAY)

    due = set(Answered.objects.filter(diagnosis=done).values_list("version", flat=True))
    assert len(row.questions) == FIVE_MINUTES // 60
    assert {version for version, _skill in row.questions} <= due


@pytest.mark.parametrize(
    ("given", "sure", "rating"),
    [(RIGHT, True, 4), (RIGHT, False, 2), (WRONG, True, 1), (WRONG, False, 1)],
)
def test_right_and_sure_decide_when_a_new_question_comes_again(
    place: Cast, given: list[str], sure: bool, rating: int
) -> None:
    opened(place, 1)

    practised(place, begin(place), given, sure=sure)

    assert last(place) == rating


def test_what_was_seen_before_is_good_and_no_longer_easy(place: Cast) -> None:
    opened(place, 1)
    practised(place, begin(place), WRONG)

    practised(place, begin(place, at=AT + DAY), RIGHT, at=AT + DAY)

    assert last(place) == 3


def test_a_set_ends_with_its_last_answer_and_one_that_is_sent_again_counts_once(place: Cast) -> None:
    opened(place, 2)
    row, by, name = begin(place), place.actor("apprentice"), uuid.uuid4()
    (first, _), (second, _) = row.questions

    one = actions.answer_practice(row, version=first, given=RIGHT, sure=True, made_id=name, by=by, at=AT)
    same = actions.answer_practice(row, version=first, given=WRONG, sure=True, made_id=name, by=by, at=AT)
    other = actions.answer_practice(
        row, version=first, given=WRONG, sure=True, made_id=uuid.uuid4(), by=by, at=AT
    )

    assert one is not None
    assert one == same == other
    assert PracticeSet.objects.get().state == "open"
    actions.answer_practice(row, version=second, given=RIGHT, sure=True, made_id=uuid.uuid4(), by=by, at=AT)
    assert PracticeSet.objects.get().state == "finished"
    assert PracticeCard.objects.count() == 2
    with pytest.raises(Refused, match=r"study\.set_over"):
        actions.answer_practice(row, version=0, given=RIGHT, sure=True, made_id=uuid.uuid4(), by=by, at=AT)


def test_one_set_is_open_that_of_yesterday_is_left(place: Cast) -> None:
    opened(place, 6)
    first = begin(place)

    assert begin(place).pk == first.pk
    second = begin(place, at=AT + DAY)

    assert second.pk != first.pk
    assert PracticeSet.objects.get(pk=first.pk).state == "left"


def test_without_anything_due_or_new_it_says_so(place: Cast) -> None:
    with pytest.raises(Refused, match=r"study\.nothing_due"):
        begin(place)
