"""A path keeps prerequisites, skips what is mastered, says why, and comes to an end whatever needs whatever."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.mastery import Known, Need, Reason, Step, Why, Wishes, path

KEYS = "abcdefg"
needs = st.lists(
    st.builds(
        Need, st.sampled_from(KEYS), st.sampled_from([0.0, 0.5, 1.0, 2.0]), st.integers(1, 3), st.booleans()
    ),
    max_size=5,
    unique_by=lambda need: need.key,
)
known = st.dictionaries(
    st.sampled_from(KEYS), st.builds(Known, st.sampled_from([0.0, 0.4, 0.9, 1.0]), st.integers(0, 9))
)
before = st.dictionaries(st.sampled_from(KEYS), st.lists(st.sampled_from(KEYS), max_size=3))
wishes = st.builds(
    Wishes,
    asked_for=st.sets(st.sampled_from(KEYS), max_size=2),
    excused=st.sets(st.sampled_from(KEYS), max_size=2),
)


def keys(steps):
    return [step.key for step in steps]


def needed_by(key, prerequisites, among):
    """All that this key needs, by whichever way."""
    reached, open_ = set(), [key]
    while open_:
        for one in prerequisites.get(open_.pop(), ()):
            if one in among and one not in reached:
                reached.add(one)
                open_.append(one)
    return reached


@given(needs, known, before, wishes)
@settings(max_examples=80, deadline=None)
def test_what_is_missing_comes_first_and_what_is_mastered_not_at_all(some, mastery, prerequisites, wish):
    found = path(some, mastery, prerequisites, 2, wish)
    order = keys(found.steps)
    assert len(set(order)) == len(order)
    for place, key in enumerate(order):
        for one in needed_by(key, prerequisites, order):
            if key not in needed_by(one, prerequisites, order):
                assert order.index(one) < place
        assert {*prerequisites.get(key, ())} <= {*order, *keys(found.skipped)}
    mastered = {key for key, one in mastery.items() if one.chance >= 0.9}
    off = (mastered - wish.asked_for) | wish.excused
    assert not off & set(order)
    assert set(keys(found.skipped)) <= off
    for need in some:
        if need.weight and need.stage <= 2:
            assert need.key in order or need.key in off
    assert not set(keys(found.later)) & set(order)


@given(needs, known, before)
@settings(max_examples=80, deadline=None)
def test_rings_are_rings_and_every_ring_on_the_path_is_told_of(some, mastery, prerequisites):
    found = path(some, mastery, prerequisites, 2)
    for ring in found.rings:
        assert ring[0] == min(ring)
        for key, one in zip(ring, (*ring[1:], ring[0]), strict=True):
            assert one in prerequisites[key]
    told = {key for ring in found.rings for key in ring}
    order = keys(found.steps)
    for key in order:
        reached = needed_by(key, prerequisites, order)
        assert key not in reached or told & reached


@given(needs, known, before, wishes, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_things_are_told_changes_nothing(some, mastery, prerequisites, wish, chance):
    mixed, turned = list(some), list(reversed(prerequisites.items()))
    chance.shuffle(mixed)
    again = path(mixed, mastery, {key: one[::-1] for key, one in turned}, 2, wish)
    assert again == path(some, mastery, prerequisites, 2, wish)


def test_a_path_with_its_reasons():
    found = path(
        [
            Need("weld", 2.0, 1),
            Need("drawings", 1.0, 1, goal=True),
            Need("robots", 5.0, 3),
            Need("files", 1.0, 1),
        ],
        {"files": Known(0.95, 6), "safety": Known(0.97, 4), "amps": Known(0.4, 3), "drawings": Known(0.2, 0)},
        {"weld": ["amps", "safety"], "amps": ["ohm"], "robots": ["weld"]},
        1,
    )
    goal = Reason(Why.GOAL)
    assert found.steps == (
        Step("drawings", (goal, Reason(Why.NEEDED, {"weight": 1.0}), Reason(Why.NOTHING_KNOWN, {"chance": 0.2}))),
        Step("ohm", (Reason(Why.BEFORE, {"keys": ("amps",)}), Reason(Why.NOTHING_KNOWN, {"chance": 0.0}))),
        Step("amps", (Reason(Why.BEFORE, {"keys": ("weld",)}), Reason(Why.NOT_MASTERED, {"chance": 0.4, "n": 3}))),
        Step("weld", (Reason(Why.NEEDED, {"weight": 2.0}), Reason(Why.NOTHING_KNOWN, {"chance": 0.0}))),
    )  # fmt: skip
    assert found.skipped == (
        Step("files", (Reason(Why.MASTERED, {"chance": 0.95, "n": 6}),)),
        Step("safety", (Reason(Why.MASTERED, {"chance": 0.97, "n": 4}),)),
    )
    assert found.later == (Step("robots", (Reason(Why.LATER_STAGE, {"stage": 3}),)),)
    assert found.rings == ()


def test_somebody_s_wish_stands_over_what_answers_say():
    some, mastery = [Need("a"), Need("b")], {"a": Known(0.99, 9)}
    found = path(some, mastery, {}, 0, Wishes(asked_for={"a"}, excused={"b"}))
    assert found.steps == (
        Step("a", (Reason(Why.NEEDED, {"weight": 1.0}), Reason(Why.ASKED_FOR, {"chance": 0.99, "n": 9}))),
    )
    assert found.skipped == (Step("b", (Reason(Why.EXCUSED),)),)


def test_the_way_to_what_weighs_most_comes_before_what_weighs_less():
    found = path([Need("small", 1.0), Need("great", 2.0)], {}, {"great": ["base"], "base": ["first"]}, 0)
    assert keys(found.steps) == ["first", "base", "great", "small"]


def test_rings_by_hand():
    found = path([Need("a")], {}, {"a": ["b"], "b": ["c"], "c": ["b", "c"]}, 0)
    assert found.rings == (("b", "c"), ("c",))
    assert set(keys(found.steps[:2])) == {"b", "c"}
    assert found.steps[2].key == "a"


def test_a_long_chain_is_no_trouble():
    chain = {f"{n:05}": [f"{n + 1:05}"] for n in range(5000)}
    assert keys(path([Need("00000")], {}, chain, 0).steps) == sorted({*chain, "05000"}, reverse=True)


def test_a_key_is_needed_once():
    with pytest.raises(ValueError, match="twice"):
        path([Need("a"), Need("a", 2.0)], {}, {}, 0)
