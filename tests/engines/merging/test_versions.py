"""Merging: whoever has heard the same writes, in any order and however often, keeps the same; nothing goes unseen."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.merging import FIRST, Version, merge, seen_by, written

SITES = "abc"


@dataclass
class Register:
    """One site's copy, with everything that ever clashed there."""

    site: str
    held: tuple[str, Version] | None = None
    number: int = 0
    latest: int = 0
    lost: set[str] = field(default_factory=set)

    def write(self, value: str, at: int) -> str:
        over = self.held[0] if self.held else ""
        before = self.held[1] if self.held else FIRST
        self.number += 1
        self.latest = max(at, self.latest + 1)
        self.held = value, written(before, site=self.site, number=self.number, at=self.latest)
        return over

    def hear(self, said: tuple[str, Version]) -> None:
        self.held, clash = merge(self.held, said)
        self.latest = max(self.latest, said[1].at)
        if clash:
            self.lost.add(clash.other)


@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_sites_agree_in_the_end_and_no_value_is_lost_unseen(rng: random.Random, steps: int) -> None:
    sites = {name: Register(name) for name in SITES}
    sent: list[tuple[str, Version]] = []
    alive: set[str] = set()
    for step in range(steps):
        site = sites[rng.choice(SITES)]
        if rng.random() < 0.5 or not sent:
            value = f"v{step}"
            alive.discard(site.write(value, rng.randint(0, 50)))
            alive.add(value)
            assert site.held
            sent.append(site.held)
        else:
            site.hear(rng.choice(sent))
    for _round in range(2):
        for site in sites.values():
            for said in rng.sample([*sent, *(one.held for one in sites.values() if one.held)], k=len(sent)):
                site.hear(said)
            sent += [one.held for one in sites.values() if one.held]
    for site in sites.values():
        for said in sent:
            site.hear(said)
    first = sites["a"].held
    assert all(site.held == first for site in sites.values())
    kept = {site.held[0] for site in sites.values() if site.held} | set().union(
        *(site.lost for site in sites.values())
    )
    assert alive <= kept


@given(st.lists(st.tuples(st.sampled_from(SITES), st.integers(0, 5)), min_size=1, max_size=8))
def test_a_write_knows_what_it_was_written_over(edits: list[tuple[str, int]]) -> None:
    before = FIRST
    for number, (site, at) in enumerate(edits, start=1):
        after = written(before, site=site, number=number, at=at)
        assert after.stamp > before.stamp
        assert seen_by(before, after)
        assert not seen_by(after, before)
        assert merge(("new", after), ("old", before)) == (("new", after), None)
        assert merge(("old", before), ("new", after)) == (("new", after), None)
        before = after


def test_equal_values_do_not_clash_and_unequal_ones_name_both_sides_alike() -> None:
    one = written(FIRST, site="a", number=1, at=10)
    other = written(FIRST, site="b", number=1, at=11)
    (_value, joined), clash = merge(("same", one), ("same", other))
    assert clash is None
    assert joined.seen == {"a": 1, "b": 1}
    (stands, _version), here = merge(("x", one), ("y", other))
    (stands_too, _version), there = merge(("y", other), ("x", one))
    assert stands == stands_too == "y"
    assert here is not None
    assert here == there
    assert (here.kept, here.other) == ("y", "x")


def test_writes_of_a_copied_site_under_the_name_of_the_first_clash() -> None:
    """Both count on from the same number, so each seems to have seen what the other wrote."""
    before = written(FIRST, site="a", number=1, at=1)
    one, copy = (written(before, site="a", number=2, at=at) for at in (5, 7))
    for mine, theirs in ((("one", one), ("copy", copy)), (("copy", copy), ("one", one))):
        kept, clash = merge(mine, theirs)
        assert kept == ("copy", copy)
        assert clash is not None
        assert clash.other == "one"
