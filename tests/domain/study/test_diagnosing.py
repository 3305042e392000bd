"""A diagnosis asks as few questions as certainty allows, goes on where it stood, and draws from what is open alone."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.exams import actions as exams
from craftpath.domain.study import actions
from craftpath.domain.study.measuring import RULE, measured
from craftpath.domain.study.models import Answered, Diagnosis, PracticeCard
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.study.world import RIGHT, TALKS, WRONG, answered, begun, known, opened, questions

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def place(cast: Cast) -> Cast:
    known()
    return cast


def test_all_right_is_mastered_and_all_wrong_is_not_yet_before_the_bank_is_used_up(place: Cast) -> None:
    opened(place, 20)

    good = answered(place, begun(place), [RIGHT])
    bad = answered(place, begun(place, number="26002"), [WRONG])

    assert (good.state, good.found, good.ended_because) == ("finished", "mastered", "certain")
    assert (bad.state, bad.found, bad.ended_because) == ("finished", "not_yet", "certain")
    assert RULE.fewest <= Answered.objects.filter(diagnosis=bad).count() < RULE.most
    assert Answered.objects.filter(diagnosis=good).count() <= RULE.most


def test_a_small_bank_ends_it_and_says_so(place: Cast) -> None:
    opened(place, 3)

    row = answered(place, begun(place), [RIGHT])

    assert (row.found, row.ended_because) == ("unclear", "bank")


def test_it_stops_at_its_limit(place: Cast) -> None:
    opened(place, 30)

    row = answered(place, begun(place), [RIGHT, RIGHT, RIGHT, WRONG] * 10)

    assert (row.found, row.ended_because) == ("unclear", "limit")
    assert Answered.objects.filter(diagnosis=row).count() == RULE.most


def test_it_goes_on_where_it_stood_and_a_form_begins_it_once(place: Cast) -> None:
    opened(place, 8)
    row, name = place.enrolments["26001"], uuid.uuid4()
    by = place.actor("apprentice")

    first = actions.begin_diagnosis(row, TALKS, made_id=name, by=by, at=AT)
    again = actions.begin_diagnosis(row, TALKS, made_id=uuid.uuid4(), by=by, at=AT + timedelta(days=2))

    assert (first.pk, first.posed_id) == (again.pk, again.posed_id)
    assert actions.begin_diagnosis(row, TALKS, made_id=name, by=by, at=AT).pk == first.pk


def test_an_answer_that_is_sent_again_counts_once_and_one_to_another_question_is_refused(place: Cast) -> None:
    opened(place, 8)
    row, name, by = begun(place), uuid.uuid4(), place.actor("apprentice")
    asked = row.posed_id

    after = actions.answer_diagnosis(row, version=asked, given=RIGHT, made_id=name, by=by, at=AT)
    actions.answer_diagnosis(row, version=asked, given=WRONG, made_id=name, by=by, at=AT)

    assert Answered.objects.filter(diagnosis=row).values_list("right", flat=True).get() is True
    assert after.posed_id != asked
    with pytest.raises(Refused, match=r"study\.another_question"):
        actions.answer_diagnosis(row, version=asked, given=RIGHT, made_id=uuid.uuid4(), by=by, at=AT)


def test_nothing_given_is_not_known(place: Cast) -> None:
    opened(place, 8)
    row = begun(place)

    actions.answer_diagnosis(
        row, version=row.posed_id, given=None, made_id=uuid.uuid4(), by=place.actor("apprentice"), at=AT
    )

    assert Answered.objects.get().right is False


def test_only_what_is_open_is_asked(place: Cast) -> None:
    questions(place, 6)

    with pytest.raises(Refused, match=r"study\.no_questions"):
        begun(place)


def test_a_question_of_a_paper_is_never_asked_even_if_it_was_opened_first(place: Cast) -> None:
    items = questions(place, 6)
    paper = {
        "organisation": place.college,
        "title": "期末",
        "minutes": 60,
        "by": place.actor("trainer"),
        "at": AT,
    }
    made = exams.make_paper(items[:1], made_id=uuid.uuid4(), **paper)

    moved = exams.open_items(items, by=place.actor("trainer"), at=AT)

    assert [item.pk for item, _verdict in moved.refused] == [items[0].pk]
    type(items[0]).objects.filter(pk=items[0].pk).update(for_practice=True)
    row = answered(place, begun(place), [RIGHT])
    assert items[0].pk not in Answered.objects.filter(diagnosis=row).values_list("item", flat=True)
    exams.shelve_paper(made, by=place.actor("trainer"), at=AT)
    again = answered(place, begun(place, number="26002"), [RIGHT])
    assert items[0].pk in Answered.objects.filter(diagnosis=again).values_list("item", flat=True)


def test_no_paper_takes_what_is_practised(place: Cast) -> None:
    items = opened(place, 2)
    items = list(type(items[0]).objects.select_related("newest").filter(pk__in=[one.pk for one in items]))
    paper = {
        "organisation": place.college,
        "title": "期末",
        "minutes": 60,
        "by": place.actor("trainer"),
        "at": AT,
    }

    with pytest.raises(Refused, match=r"exams\.paper_item_for_practice"):
        exams.make_paper(items, made_id=uuid.uuid4(), **paper)


def test_a_question_that_was_kept_back_meanwhile_is_passed_over(place: Cast) -> None:
    items = opened(place, 8)
    row, by = begun(place), place.actor("apprentice")
    asked = row.posed_id
    exams.keep_items_back([one for one in items if one.newest_id == asked], by=place.actor("trainer"), at=AT)

    after = actions.answer_diagnosis(row, version=asked, given=RIGHT, made_id=uuid.uuid4(), by=by, at=AT)

    assert after.posed_id != asked
    assert not Answered.objects.exists()


def test_stopped_its_answers_count_and_nothing_is_found(place: Cast) -> None:
    opened(place, 8)
    row, by = begun(place), place.actor("apprentice")
    actions.answer_diagnosis(row, version=row.posed_id, given=RIGHT, made_id=uuid.uuid4(), by=by, at=AT)

    actions.stop_diagnosis(row, by=by, at=AT)
    after = actions.stop_diagnosis(row, by=by, at=AT)

    assert (after.state, after.found) == ("stopped", "")
    assert measured([row.enrolment_id], [TALKS], AT).now.n[0, 0] == 1


def test_nobody_else_answers(place: Cast) -> None:
    opened(place, 8)
    row = begun(place)

    for who in ("trainer", "classmate"):
        with pytest.raises(Refused, match=r"study\.not_yours"):
            actions.answer_diagnosis(
                row, version=row.posed_id, given=RIGHT, made_id=uuid.uuid4(), by=place.actor(who), at=AT
            )


def test_a_second_diagnosis_asks_what_was_never_seen_while_there_is_some(place: Cast) -> None:
    opened(place, 12)
    by = place.actor("apprentice")
    row = begun(place)
    for _ in range(2):
        row = actions.answer_diagnosis(
            row, version=row.posed_id, given=RIGHT, made_id=uuid.uuid4(), by=by, at=AT
        )
    actions.stop_diagnosis(row, by=by, at=AT)

    second = answered(place, begun(place, at=AT + timedelta(days=3)), [WRONG], at=AT + timedelta(days=3))

    asked = [
        set(Answered.objects.filter(diagnosis=one).values_list("item", flat=True)) for one in (row, second)
    ]
    assert not asked[0] & asked[1]


def test_every_question_gets_a_card_that_is_not_due_on_the_same_day(place: Cast) -> None:
    opened(place, 8)

    row = answered(place, begun(place), [WRONG])

    cards = PracticeCard.objects.all()
    assert len(cards) == Answered.objects.filter(diagnosis=row).count()
    assert all(card.due_at > AT + timedelta(hours=12) for card in cards)


def test_it_sounds_in_activity_and_says_nothing_of_success(
    place: Cast, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    opened(place, 8)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        row = answered(place, begun(place), [WRONG])

    told = Statement.objects.filter(person=place.people["apprentice"], object_id__endswith=row.public_id)
    assert sorted(one.verb for one in told) == ["completed", "launched"]
    assert "success" not in str([one.raw for one in told])
    assert Diagnosis.objects.count() == 1
