"""An auditor's sample that anybody can draw again."""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.allowances.sampling import draw, rank

IDS = [f"A{n}" for n in range(40)]
NAMES = st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=20)


def test_a_rank_is_what_sha256sum_prints() -> None:
    printed = subprocess.run(["sha256sum"], input="春季:A17".encode(), capture_output=True, check=True).stdout
    assert rank("春季", "A17") == printed.split()[0].decode()


def test_the_smallest_ranks_are_drawn_in_their_order() -> None:
    by_hand = sorted(IDS, key=lambda name: rank("2026", name))
    assert draw(IDS, 5, "2026") == tuple(by_hand[:5])
    assert draw(IDS, 6, "2026")[:5] == draw(IDS, 5, "2026")  # a greater sample begins with the smaller one
    assert draw(IDS, 5, "2027") != draw(IDS, 5, "2026")
    assert draw(IDS, 99, "2026") == tuple(by_hand)
    assert draw([], 3, "2026") == draw([], 3, "2026", {}) == draw(IDS, 0, "2026") == ()


def test_the_draw_is_fair() -> None:
    times = Counter(name for seed in range(2000) for name in draw(IDS[:10], 3, str(seed)))
    assert all(abs(times[name] - 600) < 100 for name in IDS[:10])  # five standard deviations


def test_strata_have_their_shares() -> None:
    strata = {name: "big" if at < 30 else "small" for at, name in enumerate(IDS)}
    found = draw(IDS, 8, "2026", strata)
    assert Counter(strata[name] for name in found) == {"big": 6, "small": 2}
    assert found[:6] == draw(IDS[:30], 6, "2026")
    assert Counter(strata[name] for name in draw(IDS, 2, "2026", strata)) == {
        "big": 2
    }  # 1.5 and 0.5: first name


@pytest.mark.parametrize(
    ("ids", "size", "strata"),
    [(["a", "a"], 1, None), (["a"], -1, None), (["a"], 1, {}), (["a"], 1, {"b": "x"})],
)
def test_what_makes_no_sense_is_refused(ids: list[str], size: int, strata: dict | None) -> None:
    with pytest.raises(ValueError, match=r"each id|size"):
        draw(ids, size, "seed", strata)


@given(NAMES, st.integers(0, 25), st.text(max_size=5), st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_changes_nothing_and_sizes_are_kept(
    ids: list[str], size: int, seed: str, chance: random.Random, groups: int
) -> None:
    strata = {name: str(len(name) % groups) for name in ids}
    whole, parts = draw(ids, size, seed), draw(ids, size, seed, strata)
    moved = ids[:]
    chance.shuffle(moved)
    assert (draw(moved, size, seed), draw(moved, size, seed, strata)) == (whole, parts)
    assert len(set(whole)) == len(set(parts)) == min(size, len(ids))
    counts, taken = Counter(strata.values()), Counter(strata[name] for name in parts)
    for stratum, count in counts.items():
        assert abs(taken[stratum] - Fraction(min(size, len(ids)) * count, len(ids))) < 1
