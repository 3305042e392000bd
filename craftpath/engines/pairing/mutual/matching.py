"""Pairs among equals: a matching of greatest weight in any graph."""

from __future__ import annotations

import numpy as np

from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.engines.pairing.mutual.checking import check_people
from craftpath.engines.pairing.mutual.types import Matching, People
from craftpath.engines.pairing.network import order
from craftpath.engines.pairing.pricing import summed
from craftpath.engines.pairing.types import Whole

DRAWN = 40  # bits of the number that settles ties
SHIFT = 60  # so many that the drawn numbers of a million people together stay under one unit of score


def match(people: People, seed: int = 0) -> Matching:
    """Disjoint pairs of greatest total score; pairs that are worth nothing or less are never made.

    Raises `ProblemFaulty` where `check_people` finds something. Edmonds' algorithm by rustworkx in time O(n³), which
    ends by checking its dual values, those of odd sets included, against every edge (it would raise): the total is
    its own bound. Ties are settled by numbers that the seed draws for the edges, added below the unit of the score;
    with them the best matching is unique but for a chance of about edges / 2**40 (Mulmuley, Vazirani & Vazirani
    1987), so neither the order of rows nor the library's own order shows.
    """
    if faults := check_people(people):
        raise ProblemFaulty(faults)
    rows, ends = _in_order(people, seed)
    score = people.score[rows].astype(np.int64)
    drawn = np.random.default_rng(seed).integers(0, 2**DRAWN, len(rows))
    useful = score > 0
    rows, ends, score, drawn = rows[useful], ends[useful], score[useful], drawn[useful]
    found = _library(
        ends, [(one << SHIFT) + two for one, two in zip(score.tolist(), drawn.tolist(), strict=True)]
    )
    chosen = np.sort(rows[found])
    total = summed(people.score[chosen].astype(np.int64))
    return Matching(people, chosen, total, upper_bound=total)


def _in_order(people: People, seed: int) -> tuple[Whole, Whole]:
    """Rows in an order of ids and the seed, and the places of both ends in that order."""
    place = order(people.people, seed)[1]
    ends = np.sort(np.column_stack([place[people.one], place[people.other]]), axis=1)
    rows = np.lexsort((ends[:, 1], ends[:, 0]))
    return rows, ends[rows]


def _library(ends: Whole, weights: list[int]) -> Whole:
    """Which edges the library takes; weights may have up to 126 bits."""
    import rustworkx  # noqa: PLC0415  (slow to import)

    graph = rustworkx.PyGraph(multigraph=False)
    who, places = np.unique(ends, return_inverse=True)  # people without a pair only slow it down
    places = places.reshape(-1, 2)
    graph.add_nodes_from(range(len(who)))
    pairs = [(one, other) for one, other in places.tolist()]
    graph.add_edges_from([(*pair, weight) for pair, weight in zip(pairs, weights, strict=True)])
    made = rustworkx.max_weight_matching(graph, weight_fn=int, verify_optimum=True)
    at = {pair: row for row, pair in enumerate(pairs)}
    return np.array(sorted(at[min(pair), max(pair)] for pair in made), dtype=np.int64)
