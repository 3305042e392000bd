"""Counting votes: the rules by cases, and what holds for all votes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.voting import Outcome, Rule, Voice, Vote, count

SEATS = {"college": 3, "enterprise": 3}


def votes(college: str, enterprise: str) -> list[Vote]:
    said = {"y": Voice.YES, "n": Voice.NO, "-": Voice.ABSTAIN}
    return [
        Vote(side, said[one])
        for side, voices in (("college", college), ("enterprise", enterprise))
        for one in voices
    ]


@pytest.mark.parametrize(
    ("rule", "college", "enterprise", "outcome"),
    [
        (Rule.SIMPLE, "yyn", "yn-", "carried"),
        (Rule.SIMPLE, "yyn", "ynn", "lost"),
        (Rule.TWO_THIRDS, "yyy", "ynn", "carried"),
        (Rule.TWO_THIRDS, "yyy", "nn", "lost"),
        (Rule.TWO_THIRDS, "---", "---", "lost"),
        (Rule.UNANIMOUS, "yy-", "y--", "carried"),
        (Rule.UNANIMOUS, "yyy", "yyn", "lost"),
        (Rule.EACH_SIDE, "yyy", "ynn", "lost"),
        (Rule.EACH_SIDE, "yyn", "y--", "carried"),
        (Rule.EACH_SIDE, "yyy", "", "lost"),
        (Rule.SIMPLE, "yy", "", "undecided"),
    ],
)
def test_each_rule(rule: Rule, college: str, enterprise: str, outcome: str) -> None:
    assert count(votes(college, enterprise), SEATS, rule=rule, quorum=50).outcome == outcome


def test_what_cannot_be_is_a_fault() -> None:
    with pytest.raises(ValueError, match="more votes"):
        count(votes("yyyy", ""), SEATS, rule=Rule.SIMPLE, quorum=50)
    with pytest.raises(ValueError, match="percent"):
        count([], SEATS, rule=Rule.SIMPLE, quorum=0)


BALLOTS = st.lists(st.builds(Vote, st.sampled_from(["a", "b", "c"]), st.sampled_from(Voice)), max_size=24)
RULES = st.sampled_from(Rule)
QUORUMS = st.integers(1, 100)
ROOM = {"a": 24, "b": 24, "c": 24}


@settings(max_examples=60, deadline=None)
@given(BALLOTS, RULES, QUORUMS)
def test_one_more_yes_never_loses_a_motion(cast: list[Vote], rule: Rule, quorum: int) -> None:
    before = count(cast, ROOM, rule=rule, quorum=quorum).outcome
    after = count([*cast, Vote("a", Voice.YES)], {**ROOM, "a": 25}, rule=rule, quorum=1).outcome
    assert not (before == Outcome.CARRIED and after != Outcome.CARRIED)


@settings(max_examples=60, deadline=None)
@given(BALLOTS, RULES, QUORUMS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_too_few_decide_nothing(
    cast: list[Vote], rule: Rule, quorum: int, mix
) -> None:
    tally = count(cast, ROOM, rule=rule, quorum=quorum)
    mixed = list(cast)
    mix.shuffle(mixed)
    assert count(mixed, ROOM, rule=rule, quorum=quorum) == tally
    assert (tally.outcome == Outcome.UNDECIDED) == (100 * len(cast) < quorum * 72 or not cast)
    assert tally.cast == len(cast)
    if tally.outcome == Outcome.CARRIED:
        assert tally.yes > tally.no
