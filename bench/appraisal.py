"""Do intervals of trainers' effects cover what they say, do effects come near the truth, and how long does it take?

    python bench/appraisal.py [--rounds 500] [--limit 120] [--seconds-only] [--truth-only]

Made-up cohorts with a fixed seed: each trainer has a true effect, each apprentice a start, a stage, a programme and
chance (standard deviation 6). `between` is the standard deviation of true effects, `teams` means that every second
apprentice is shared with a neighbour among 20 trainers, 60 to 40; in `one web` with anybody at all, which ties
thousands of trainers together. Truth: `rounds` cohorts of 200 (or 20) trainers with 2 to 12 apprentices each; coverage
is over all effects that were told, `plain` is the usual interval that takes estimated variances for known ones, RMSE
and correlation are with the truth. Seconds: four apprentices a trainer on average, beside MixedLM of statsmodels,
which gives shrunk effects too but no intervals of them, and knows no shared apprentices; each run in a process of its
own, made-up data not on the clock.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from typing import Any

import numpy as np
from machine import ROOT, machine, resident

sys.path.insert(0, str(ROOT))
SEED, WITHIN = 2026, 6.0
LEVELS = (0.8, 0.95)


def cohort(
    trainers: int, most: int, seed: int, between: float, teams: bool, web: bool = False
) -> tuple[Any, np.ndarray[Any, Any]]:
    """Cases and true effects."""
    from craftpath.engines.appraisal import Cases

    random = np.random.default_rng(seed)
    owner = np.repeat(np.arange(trainers), random.integers(2, most + 1, trainers))
    n = len(owner)
    truth, start = random.normal(0, between, trainers), random.normal(60, 6, n)
    stage, programme = random.integers(0, 3, n), random.integers(0, 10, n)
    shared = random.random(n) < (0.5 if teams else 0.0)
    site = owner // 20 * 20
    other = np.minimum(site + (owner - site + 1) % 20, trainers - 1)
    if web:
        other = random.integers(0, trainers, n)
    shared &= other != owner
    own = np.where(shared, 0.6, 1.0)
    mean = 58 + 0.3 * (start - 60) + 2 * (stage - 1.0) + (programme - 4.5) / 2
    results = mean + own * truth[owner] + (1 - own) * truth[other] + random.normal(0, WITHIN, n)
    names = [f"t{at}" for at in range(trainers)]
    who = np.concatenate([owner, other[shared]]).tolist()
    cases = Cases.of(
        names,
        [f"a{at}" for at in range(n)],
        np.clip(results, 0, 100),
        start,
        [f"s{at}" for at in stage],
        [f"p{at}" for at in programme],
        (
            np.concatenate([np.arange(n), np.flatnonzero(shared)]),
            [names[at] for at in who],
            np.concatenate([own, 1 - own[shared]]),
        ),
    )
    return cases, truth


def truth_row(trainers: int, between: float, teams: bool, rounds: int) -> str:
    """One line of the table of truth."""
    from scipy import special

    from craftpath.engines.appraisal import Rules, appraise

    hits: dict[tuple[str, float, str], list[float]] = {}
    away: dict[str, list[float]] = {"effect": [], "raw": [], "reliability": []}
    pairs: list[np.ndarray[Any, Any]] = []
    silent = 0
    for at in range(rounds):
        cases, truth = cohort(trainers, 12, SEED + at, between, teams)
        found = appraise(cases, Rules(apprentices=0.1))
        if found.model.why:
            silent += 1
            continue
        few = found.apprentices <= 4
        for level in LEVELS:
            reach = special.stdtrit(found.model.freedom, (1 + level) / 2)
            for way, error in (("engine", found.se), ("plain", np.sqrt(found.model.pev))):
                hit = np.abs(found.value - truth) <= reach * error
                hits.setdefault((way, level, "all"), []).append(float(hit.mean()))
                hits.setdefault((way, level, "few"), []).append(float(hit[few].mean()) if few.any() else 1.0)
        away["effect"].append(float(((found.value - truth) ** 2).mean()))
        away["raw"].append(float(((found.raw - truth) ** 2).mean()))
        away["reliability"].append(float(found.reliability.mean()))
        pairs.append(np.stack([truth, found.value, found.raw]))
    together = np.corrcoef(np.concatenate(pairs, axis=1))

    def covered(way: str, level: float, who: str) -> str:
        return f"{100 * float(np.mean(hits[way, level, who])):.1f}"

    cells = [
        f"{between:g}",
        "yes" if teams else "no",
        f"{np.mean(away['reliability']):.2f}",
        *(covered("engine", level, "all") for level in LEVELS),
        covered("engine", 0.95, "few"),
        *(covered("plain", level, "all") for level in LEVELS),
        *(f"{np.sqrt(np.mean(away[way])):.2f}" for way in ("effect", "raw")),
        *(f"{together[0, at]:.2f}" for at in (1, 2)),
        f"{silent} of {rounds}",
    ]
    return f"| {trainers} | {' | '.join(cells)} |"


def timed(way: str, apprentices: int) -> dict[str, float]:
    """Seconds of one fit, and the peak of memory."""
    teams, web = way in ("engine, teams", "engine, one web"), way == "engine, one web"
    cases, _ = cohort(apprentices // 4, 6, SEED, 3.0, teams, web)
    begun, cpu = time.perf_counter(), time.process_time()
    if way == "statsmodels":
        from statsmodels.regression.mixed_linear_model import MixedLM

        from craftpath.engines.appraisal import Rules
        from craftpath.engines.appraisal.design import design

        fixed = design(cases, Rules()).matrix.toarray()  # the same columns
        begun, cpu = time.perf_counter(), time.process_time()
        fitted = MixedLM(cases.results, fixed, cases.shares.trainer).fit(reml=True)
        between = float(np.asarray(fitted.cov_re)[0, 0])
        _ = fitted.random_effects
    else:
        from craftpath.engines.appraisal import appraise

        begun, cpu = time.perf_counter(), time.process_time()
        between = appraise(cases).model.between or 0.0
    return {
        "cases": cases.count,
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - cpu,
        "peak": resident("VmHWM"),
        "between": between,
    }


def seconds_row(way: str, apprentices: int, limit: float) -> str:
    """One line of the table of seconds; "not finished" where the limit was not enough."""
    command = [sys.executable, __file__, "--one", way, "--apprentices", str(apprentices)]
    try:
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=limit).stdout
    except subprocess.TimeoutExpired:
        return f"| {apprentices:,} | {apprentices // 4:,} | {way} | not finished in {limit:g} | | | |"
    found = json.loads(told.splitlines()[-1])
    cells = f"{found['seconds']:.2f} | {found['cpu']:.2f} | {found['peak']:.0f} | {found['between']:.4f}"
    return f"| {found['cases']:,} | {apprentices // 4:,} | {way} | {cells} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--limit", type=float, default=120)
    parser.add_argument("--seconds-only", action="store_true")
    parser.add_argument("--truth-only", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--apprentices", type=int, default=1000, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(timed(chosen.one, chosen.apprentices)))
        return
    if not chosen.seconds_only:
        print(f"Known truth, {chosen.rounds} cohorts a line; {machine()}\n", flush=True)
        head = ["trainers", "between", "teams", "reliability", "80 %", "95 %", "95 %, 2 to 4 heads"]
        head += ["plain 80 %", "plain 95 %", "RMSE effect", "RMSE raw", "r effect", "r raw", "nothing told"]
        print(f"| {' | '.join(head)} |\n|---:|---:|---|{'---:|' * 11}", flush=True)
        lines = [(200, 1.5, False), (200, 3.0, False), (200, 3.0, True), (200, 6.0, False)]
        for trainers, between, teams in [*lines, (20, 1.5, False), (20, 3.0, False), (20, 6.0, False)]:
            print(truth_row(trainers, between, teams, chosen.rounds), flush=True)
        print()
    if not chosen.truth_only:
        print(f"Seconds; {machine()}\n")
        print("| cases | trainers | way | seconds | CPU s | peak MB | variance between |")
        print("|---:|---:|---|---:|---:|---:|---:|")
        for apprentices in (1000, 20_000, 200_000):
            for way in ("engine", "engine, teams", "engine, one web", "statsmodels"):
                print(seconds_row(way, apprentices, chosen.limit), flush=True)
    print(f"\nAfter it: {machine()}")


if __name__ == "__main__":
    main()
