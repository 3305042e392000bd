"""How long does the best pairing of a city's or a nation's apprentices take, and what do other ways find?

    python bench/pairing.py [--sizes 1000 10000 100000] [--people 2000 5000 20000] [--limit 120]

n apprentices with a need of one, n/5 trainers with capacity 6, 20 trainers drawn for each apprentice, scores from 0 to
999. `gap` is what the total lies under the bound of the engine's prices in the same run. Every way runs in a process of
its own and may use `--limit` seconds of processor time; a way that did not finish is not asked for more people.

`engine` is the flow with its certificate; `HiGHS` solves the same as a linear problem by way of SciPy; `networkx` is
its network simplex; `matching` is HospitalResident of the package of that name, with lists by falling score on both
sides: it looks for a stable plan and not for the greatest total; `greedy` takes the highest score first.

Then pairs among equals: ten possible partners each, scores from 1 to 999.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from machine import ROOT, machine, resident

sys.path.insert(0, str(ROOT))
SEED, CAPACITY, CANDIDATES = 909, 6, 20
Told = dict[str, Any]


def columns(apprentices: int) -> tuple[int, Any, Any, Any]:
    """Trainers, and trainer, apprentice and score of each possible pair."""
    draw, trainers = np.random.default_rng(SEED), apprentices // 5
    drawn = np.repeat(np.arange(apprentices), CANDIDATES) * trainers
    keys = np.unique(drawn + draw.integers(0, trainers, len(drawn)))
    return trainers, keys % trainers, keys // trainers, draw.integers(0, 1000, len(keys))


def engine(size: int) -> Told:
    from craftpath.engines.pairing import Problem
    from craftpath.engines.pairing.checking import check
    from craftpath.engines.pairing.network import network
    from craftpath.engines.pairing.pricing import bound, prices
    from craftpath.engines.pairing.solving import solved

    trainers, trainer, apprentice, score = columns(size)
    ids = tuple(f"t{at}" for at in range(trainers)), tuple(f"a{at}" for at in range(size))
    clock = Clock()
    problem = Problem(
        ids[0], np.full(trainers, CAPACITY), ids[1], np.ones(size, dtype=np.int64), trainer, apprentice, score
    )
    assert not check(problem)
    net = network(problem, 0)
    clock.lap("build")
    made = solved(net)
    clock.lap("solve")
    price, worth = prices(net, made)
    top = bound(net, price, worth)
    clock.lap("duals")
    return clock.told | {"total": int(net.gain[made].sum()), "bound": top, "pairs": int(made.sum())}


def highs(size: int) -> Told:
    from scipy import sparse
    from scipy.optimize import linprog

    trainers, trainer, apprentice, score = columns(size)
    clock, many = Clock(), np.arange(len(score))
    rows = np.concatenate([trainer, trainers + apprentice])
    matrix = sparse.csr_array((np.ones(2 * len(score)), (rows, np.tile(many, 2))))
    most = np.concatenate([np.full(trainers, CAPACITY), np.ones(size)])
    clock.lap("build")
    found = linprog(-score, A_ub=matrix, b_ub=most, bounds=(0, 1), method="highs")
    clock.lap("solve")
    return clock.told | {"total": round(-found.fun), "pairs": round(found.x.sum())}


def networkx_way(size: int) -> Told:
    import networkx

    trainers, trainer, apprentice, score = columns(size)
    clock, graph = Clock(), networkx.DiGraph()
    graph.add_nodes_from((("a", at), {"demand": -1}) for at in range(size))
    graph.add_node("sink", demand=size)
    graph.add_edges_from((("t", at), "sink", {"capacity": CAPACITY}) for at in range(trainers))
    graph.add_edges_from((("a", at), "sink", {"capacity": 1}) for at in range(size))
    rows = zip(apprentice.tolist(), trainer.tolist(), score.tolist(), strict=True)
    graph.add_edges_from(
        (("a", who), ("t", one), {"capacity": 1, "weight": -worth}) for who, one, worth in rows
    )
    clock.lap("build")
    cost, flow = networkx.network_simplex(graph)
    clock.lap("solve")
    pairs = sum(sum(used for to, used in flow["a", who].items() if to != "sink") for who in range(size))
    return clock.told | {"total": -cost, "pairs": pairs}


def matching_way(size: int) -> Told:
    from matching.games import HospitalResident

    trainers, trainer, apprentice, score = columns(size)
    clock = Clock()
    worth: dict[tuple[int, int], int] = {}
    sides: tuple[dict[int, list[int]], dict[int, list[int]]] = {}, {}
    for one, who, value in sorted(
        zip(trainer.tolist(), apprentice.tolist(), score.tolist(), strict=True), key=lambda row: -row[2]
    ):
        worth[one, who] = value
        sides[0].setdefault(who, []).append(one)
        sides[1].setdefault(one, []).append(who)
    game = HospitalResident.create_from_dictionaries(*sides, dict.fromkeys(sides[1], CAPACITY))
    clock.lap("build")
    found = game.solve()
    clock.lap("solve")
    pairs = [(one.name, who.name) for one, mine in found.items() for who in mine]
    return clock.told | {"total": sum(worth[pair] for pair in pairs), "pairs": len(pairs)}


def greedy(size: int) -> Told:
    trainers, trainer, apprentice, score = columns(size)
    clock, free, total = Clock(), [CAPACITY] * trainers, 0
    waiting = [True] * size
    for row in np.argsort(-score, kind="stable").tolist():
        one, who = int(trainer[row]), int(apprentice[row])
        if free[one] and waiting[who]:
            free[one] -= 1
            waiting[who] = False
            total += int(score[row])
    clock.lap("solve")
    return clock.told | {"total": total, "pairs": size - sum(waiting)}


def edges(people: int) -> list[tuple[int, int, int]]:
    draw = np.random.default_rng(SEED)
    ends = np.column_stack([np.repeat(np.arange(people), 5), draw.integers(0, people, 5 * people)])
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    return [
        (one, other, worth)
        for (one, other), worth in zip(ends.tolist(), draw.integers(1, 1000, len(ends)).tolist(), strict=True)
    ]


def match_way(size: int) -> Told:
    from craftpath.engines.pairing.mutual import People, match

    rows = edges(size)
    people = People.named(
        [str(at) for at in range(size)], [(str(one), str(other), worth) for one, other, worth in rows]
    )
    clock = Clock()
    found = match(people)
    clock.lap("solve")
    return clock.told | {"total": found.total, "bound": found.upper_bound, "pairs": len(found.chosen)}


def networkx_match(size: int) -> Told:
    import networkx

    graph = networkx.Graph()
    graph.add_weighted_edges_from(edges(size))
    clock = Clock()
    found = networkx.max_weight_matching(graph)
    clock.lap("solve")
    return clock.told | {"total": sum(graph.edges[pair]["weight"] for pair in found), "pairs": len(found)}


def greedy_match(size: int) -> Told:
    rows, clock = edges(size), Clock()
    taken, total, pairs = set[int](), 0, 0
    for one, other, worth in sorted(rows, key=lambda row: -row[2]):
        if one not in taken and other not in taken:
            taken |= {one, other}
            total, pairs = total + worth, pairs + 1
    clock.lap("solve")
    return clock.told | {"total": total, "pairs": pairs}


class Clock:
    """Seconds by the wall of each lap, and of the processor since the beginning."""

    def __init__(self) -> None:
        self.told: Told = {"before": resident("VmRSS")}
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.told[name], self.wall = now - self.wall, now
        self.told["cpu"] = time.process_time() - self.processor


FLOWS: dict[str, Callable[[int], Told]] = {
    "engine": engine,
    "HiGHS": highs,
    "networkx": networkx_way,
    "matching": matching_way,
    "greedy": greedy,
}
EQUALS: dict[str, Callable[[int], Told]] = {
    "engine (rustworkx)": match_way,
    "networkx": networkx_match,
    "greedy": greedy_match,
}


def one(kind: str, way: str, size: int, limit: int) -> Told | None:
    """One way in a process of its own; None if its processor time or its stack ran out."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))

    command = [sys.executable, __file__, "--one", kind, way, str(size)]
    done = subprocess.run(command, stdout=subprocess.PIPE, preexec_fn=bounded)  # noqa: PLW1509
    if done.returncode < 0 or not done.stdout:
        return None
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(way: Callable[[int], Told], size: int) -> None:
    found = way(size)
    print(json.dumps({**found, "peak": resident("VmHWM")}))


def table(kind: str, ways: dict[str, Any], sizes: list[int], limit: int) -> None:
    print("| people | way | build s | solve s | prices s | CPU s | own MB | pairs | total | gap |")
    print("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    given_up = set[str]()
    for size in sizes:
        top = 0
        for way in ways:
            found = None if way in given_up else one(kind, way, size, limit)
            if found is None:
                given_up.add(way)
                print(f"| {size:,} | {way} | | not finished | | | | | | |", flush=True)
                continue
            top = found.get("bound", top)
            laps = " | ".join(
                f"{found[name]:.2f}" if name in found else "" for name in ("build", "solve", "duals")
            )
            own, total = found["peak"] - found["before"], found["total"]
            figures = f"{found['cpu']:.2f} | {own:.0f} | {found['pairs']:,} | {total:,} | {top - total:,}"
            print(f"| {size:,} | {way} | {laps} | {figures} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--people", type=int, nargs="*", default=[2000, 5000, 20_000])
    parser.add_argument("--limit", type=int, default=120)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        kind, way, size = chosen.one
        # The package `matching` copies everybody by way of everybody: it needs a deep stack.
        sys.setrecursionlimit(10_000_000)
        threading.stack_size(2**30)
        answer = threading.Thread(target=tell, args=((FLOWS if kind == "flows" else EQUALS)[way], int(size)))
        answer.start()
        answer.join()
        return
    print(f"Trainers and apprentices; {machine()}\n", flush=True)
    table("flows", FLOWS, chosen.sizes, chosen.limit)
    print(f"\nPairs among equals; {machine()}\n", flush=True)
    table("equals", EQUALS, chosen.people, chosen.limit)
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
