"""Levels hold against ten lines of plain Python, in any order, and one more good proof never lowers one."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.growth import Proofs, Rule, levels, peers, pulls

RULE = Rule()
SHAPE = (3, 2, 2)
share = st.one_of(st.none(), st.floats(0, 1))
proof = st.tuples(
    st.integers(0, 2), st.integers(0, 1), st.integers(0, 1), st.integers(0, 900), share, st.floats(0.1, 3)
)
proofs = st.lists(proof, max_size=12)


def oracle(rows, person, skill, stage):
    own = [row for row in rows if row[:3] == (person, skill, stage) and row[4] is not None]
    if not own:
        return None
    a, b = RULE.known * RULE.neutral, RULE.known * (1 - RULE.neutral)
    for *_, age, value, weight in own:
        counts = weight / 2 ** (age / RULE.half_life)
        a, b = a + counts * value, b + counts * (1 - value)
    mean = a / (a + b)
    doubt = RULE.deviations * math.sqrt(mean * (1 - mean) / (a + b + 1))
    return mean, max(0, mean - doubt), min(1, mean + doubt), len(own)


@given(proofs)
@settings(max_examples=60, deadline=None)
def test_every_cell_is_what_ten_lines_say(rows):
    found = levels(Proofs.of(rows), SHAPE, RULE)
    for cell in np.ndindex(*SHAPE):
        said = oracle(rows, *cell)
        if said is None:
            assert math.isnan(found.level[cell])
            assert math.isnan(found.low[cell])
            assert found.n[cell] == 0
            continue
        got = (found.level[cell], found.low[cell], found.high[cell])
        assert np.allclose(got, said[:3], atol=1e-12)
        assert found.n[cell] == said[3]


@given(proofs, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_proofs_changes_nothing(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    one, two = (levels(Proofs.of(some), SHAPE, RULE) for some in (rows, mixed))
    assert np.allclose(one.level, two.level, atol=1e-12, equal_nan=True)
    assert (one.n == two.n).all()
    assert (one.told == two.told).all()


@given(proofs, proof)
@settings(max_examples=60, deadline=None)
def test_one_more_good_proof_never_lowers(rows, more):
    person, skill, stage, age, _, weight = more
    before = levels(Proofs.of(rows), SHAPE, RULE).level
    rows = [*rows, (person, skill, stage, age, 1.0, weight)]
    after = levels(Proofs.of(rows), SHAPE, RULE).level
    cell = person, skill, stage
    assert math.isnan(before[cell]) or after[cell] >= before[cell] - 1e-12
    others = np.ones(SHAPE, dtype=bool)
    others[cell] = False
    assert np.array_equal(before[others], after[others], equal_nan=True)


@given(proofs)
@settings(max_examples=40, deadline=None)
def test_pulls_add_up_to_the_level(rows):
    columns = Proofs.of(rows)
    found, each = levels(columns, SHAPE, RULE), pulls(columns, SHAPE, RULE)
    for cell in np.ndindex(*SHAPE):
        own = [n for n, row in enumerate(rows) if row[:3] == cell and row[4] is not None]
        if own:
            assert math.isclose(RULE.neutral + sum(each.pull[own]), found.level[cell], abs_tol=1e-12)


def test_what_says_not_how_well_is_counted_apart_and_never_zero():
    found = levels(Proofs.of([(0, 0, 0, 0, None, 1.0)]), (1, 1, 1), RULE)
    assert math.isnan(found.level[0, 0, 0])
    assert (found.n[0, 0, 0], found.told[0, 0, 0]) == (0, 1)


def test_one_good_proof_is_not_the_top_and_many_are_near_it():
    one = levels(Proofs.of([(0, 0, 0, 0, 1.0, 1.0)]), (1, 1, 1), RULE)
    many = levels(Proofs.of([(0, 0, 0, 0, 1.0, 1.0)] * 18), (1, 1, 1), RULE)
    assert math.isclose(one.level[0, 0, 0], 2 / 3)
    assert math.isclose(many.level[0, 0, 0], 0.95)
    assert many.high[0, 0, 0] - many.low[0, 0, 0] < one.high[0, 0, 0] - one.low[0, 0, 0]


def test_what_is_older_counts_less():
    rows = [(0, 0, 0, 0, 1.0, 1.0), (0, 0, 0, 180, 0.0, 1.0)]
    assert levels(Proofs.of(rows), (1, 1, 1), RULE).level[0, 0, 0] == 2 / 3.5


def _people(values):
    return np.array(values, dtype=float).reshape(len(values), 1, 1)


def test_peers_are_the_others_and_at_least_five():
    level = _people([0.1, 0.2, 0.3, 0.4, 0.5, 0.9])
    nobody = np.zeros(6, dtype=bool)
    found = peers(level, 5, nobody, RULE)
    assert (found.median[0, 0], found.n[0, 0]) == (0.3, 5)
    fewer = peers(level[1:], 4, nobody[1:], RULE)
    assert math.isnan(fewer.median[0, 0])
    assert fewer.n[0, 0] == 0
    unproven = peers(np.where(level == 0.2, np.nan, level), 5, nobody, RULE)
    assert math.isnan(unproven.median[0, 0])


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=14), st.data())
@settings(max_examples=80, deadline=None)
def test_no_single_person_is_left_when_the_reader_takes_away_whom_he_sees(values, data):
    level = _people([np.nan if one is None else one for one in values])
    known = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    own = data.draw(st.integers(0, len(values) - 1))
    known[own] = True
    found = peers(level, own, known, RULE)
    if found.n[0, 0]:
        there = [n for n, one in enumerate(values) if one is not None and n != own]
        hidden = [n for n in there if not known[n]]
        assert len(there) >= 5
        assert not 0 < len(hidden) < 5
        assert math.isclose(found.median[0, 0], float(np.median([values[n] for n in there])))
