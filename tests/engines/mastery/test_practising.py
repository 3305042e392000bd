"""Practice comes back when FSRS says so, is kept as JSON without loss, and fills five minutes with what is due."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Rating
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.mastery.practising import (
    Due,
    begun,
    due,
    five_minutes,
    rated,
    recall,
    replayed,
    reviewed,
    scheduler,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
BY = scheduler()
reviews = st.lists(
    st.tuples(st.sampled_from(list(Rating)), st.integers(1, 60 * 24 * 40)), min_size=1, max_size=8
)


def kept(some, by=BY):
    """What is kept after these ratings, each so many minutes after the one before."""
    found, at = begun(NOW), NOW
    for rating, minutes in some:
        at += timedelta(minutes=minutes)
        found = reviewed(found, rating, at, 12.5, by)
    return found, at


@given(reviews)
@settings(max_examples=30, deadline=None)
def test_what_is_kept_comes_back_from_json_and_from_the_reviews_alone(some):
    found, at = kept(some)
    again = json.loads(json.dumps(found))
    assert again == found
    assert replayed(again["log"], BY) == found
    assert reviewed(again, Rating.Good, at, None, BY) == reviewed(found, Rating.Good, at, None, BY)
    assert [review["rating"] for review in found["log"]] == [rating for rating, _ in some]
    assert due(found) > at
    assert 0 <= recall(found, at + timedelta(days=90), BY) <= 1


@given(reviews, st.data())
@settings(max_examples=30, deadline=None)
def test_a_review_that_arrives_late_takes_its_place(some, data):
    in_order, at = kept(some)
    late = data.draw(st.integers(0, len(some) - 1))
    log = in_order["log"]
    found = begun(NOW)
    for review in [*log[:late], *log[late + 1 :], log[late]]:
        found = reviewed(found, Rating(review["rating"]), datetime.fromisoformat(review["at"]), 12.5, BY)
    assert found == in_order


def test_intervals_by_hand():
    """A first "good" has the stability w2 = 2.3065 days; at a retention of 0.9 the interval is the stability."""
    found = reviewed(begun(NOW), Rating.Good, NOW, 10, BY)
    assert due(found) == NOW + timedelta(minutes=10)
    assert math.isclose(found["card"]["stability"], 2.3065)
    easy = reviewed(begun(NOW), Rating.Easy, NOW, 10, BY)
    assert due(easy) == NOW + timedelta(days=8)  # w3 = 8.2956 days
    assert math.isclose(recall(easy, NOW + timedelta(days=8), BY), 0.9, abs_tol=0.005)


def test_nothing_waits_longer_than_a_year_and_nothing_is_left_to_chance():
    always = [(Rating.Easy, 60 * 24 * 365)] * 6
    found, at = kept(always)
    assert due(found) == at + timedelta(days=365)
    assert kept(always) == (found, at)


def test_a_moment_elsewhere_is_the_same_moment():
    there = NOW.astimezone(timezone(timedelta(hours=8)))
    assert reviewed(begun(there), Rating.Good, there, 1, BY) == reviewed(begun(NOW), Rating.Good, NOW, 1, BY)
    assert due(begun(there)) == NOW


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        begun(NOW.replace(tzinfo=None))


def test_a_question_never_practised_is_due_and_not_known():
    assert due(begun(NOW)) == NOW
    assert recall(begun(NOW), NOW, BY) == 0
    with pytest.raises(ValueError, match="without reviews"):
        replayed([], BY)


@pytest.mark.parametrize("retention", [0.5, 0.99])
def test_a_retention_out_of_reach_is_refused(retention):
    with pytest.raises(ValueError, match="from 0.7"):
        scheduler(retention)


@pytest.mark.parametrize(
    ("right", "seconds", "rating"),
    [(False, 5, Rating.Again), (True, 5, Rating.Good), (True, 41, Rating.Hard), (True, None, Rating.Good)],
)
def test_a_rating_comes_from_what_happened(right, seconds, rating):
    assert rated(right, seconds, 20) is rating


cards = st.lists(
    st.builds(
        Due,
        st.uuids().map(str),
        st.sampled_from("abc"),
        st.integers(-9, 9).map(lambda hours: NOW + timedelta(hours=hours)),
        st.sampled_from([10.0, 40.0, 90.0, 400.0]),
    ),
    max_size=12,
)


@given(cards)
@settings(max_examples=80, deadline=None)
def test_five_minutes_hold_what_is_due_and_fits_the_most_overdue_first(some):
    chosen = five_minutes(some, NOW)
    assert sum(card.seconds for card in chosen) <= 300
    assert len({card.key for card in chosen}) == len(chosen)
    assert all(card.due <= NOW for card in chosen)
    left = 300.0
    for card in sorted(some, key=lambda one: one.due):
        fits = card.due <= NOW and card.seconds <= left
        assert (card in chosen) == fits
        left -= card.seconds if fits else 0


@given(cards)
@settings(max_examples=80, deadline=None)
def test_skills_are_mixed_as_well_as_they_can_be(some):
    skills = [card.skill for card in five_minutes(some, NOW, 2000)]
    most = max(Counter(skills).values(), default=0)
    together = sum(one == two for one, two in zip(skills, skills[1:], strict=False))
    assert together == max(0, 2 * most - len(skills) - 1)


def test_five_minutes_by_hand():
    def card(key, skill, hours, seconds=60.0):
        return Due(key, skill, NOW - timedelta(hours=hours), seconds)

    some = [card("new", "a", 0), card("old", "a", 9), card("older", "a", 10)]
    some += [card("long", "b", 8, 200.0), card("b", "b", 1)]
    assert [one.key for one in five_minutes(some, NOW)] == ["older", "b", "old", "new"]
    assert [one.key for one in five_minutes(some, NOW, 400)] == ["older", "long", "old", "b"]
    assert [one.key for one in five_minutes([*some, card("later", "b", -1)], NOW, 60)] == ["older"]
