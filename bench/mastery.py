"""Which model foretells best what apprentices answer, and how many questions does an adaptive diagnosis need?

    python bench/mastery.py [--people 500] [--seeds 1 2 3] [--nation 100000]

Made-up apprentices of ten skills (`Made`), half of which are learnt all at once and half by and by, so that neither
model has its own world: what is known is forgotten between sessions, a skill is learnt badly before those that it
builds on, questions differ in difficulty, slope and number of options, people in speed. Nobody's answers depend on a
model.

A second world has questions that are all alike, which takes from the scale what tracing does not know of.

Models are fitted to the earlier answers. `last`: of each person and skill the last fifth is foretold, one after the
other, each from the person's own answers before it. `people`: fitted to seven tenths of the people, all answers of
the others are foretold in the same way. AUC, log loss (nats) and expected calibration error (ten bins of equal
width); `truth` says how well the chance of mastery after all answers tells who has truly mastered a skill (`once` and
`by and by`: the skills of one kind), `sure` how many would skip it at a chance of 0.9, and how many of these rightly.

Diagnosis: one skill with 60 questions, whose difficulties are known but for an error of 0.3; 31 of 100 apprentices
have mastered it. Right is whose finding is true; where the end leaves it unclear, the likelier side counts. Two fixed
tests of 30: the first questions of the bank, as they come, and those nearest in difficulty to the cut. Each is read in
order until the same certainty is reached, and whole by the same model; the first also by its share of right answers.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from machine import ROOT, machine, resident
from scipy import special, stats

sys.path.insert(0, str(ROOT))
from craftpath.engines.mastery import (  # noqa: E402
    Answers,
    Certainty,
    Found,
    Questions,
    Scale,
    State,
    Tracing,
    calibrate,
    findings,
    fit,
    foretold,
    heard,
    mastery,
    next_question,
    tune,
)

SKILLS, EACH, SESSIONS, ENOUGH, SURE = 10, 30, 12, 0.8, 0.9
CUT = float(special.logit(ENOUGH))
MEAN, SPREAD = 0.8, 1.2  # of abilities in the diagnosis: three in ten have mastered the skill
Column = np.ndarray[Any, Any]


@dataclass
class Made:
    answers: Answers
    questions: Questions
    mastered: Column  # people × skills, after the last answer
    day: float


def made(people: int, seed: int, alike: bool = False) -> Made:
    """Skills 0–4 are known or not, 5–9 have a strength; 1, 2, 3, 6, 7, 8 build on the skill before them."""
    random = np.random.default_rng(seed)
    questions = bank(random, SKILLS, EACH)
    if alike:
        n = len(questions.skill)
        questions = Questions(questions.skill, np.zeros(n), np.ones(n), np.full(n, 0.25))
    speed = random.lognormal(0, 0.5, people)
    whole = np.arange(SKILLS) < 5
    known = random.random((people, SKILLS)) < 0.25
    strength = random.normal(-0.6, 1, (people, SKILLS))
    rows: list[tuple[Column, ...]] = []
    day = np.zeros(people)
    for _session in range(SESSIONS):
        gap = random.exponential(14, people)
        day += gap
        known &= random.random(known.shape) < np.exp2(-gap / 250)[:, None]
        strength -= 0.25 * np.log1p(gap / 14)[:, None] * special.expit(strength)
        for skill in random.permutation(SKILLS)[:4]:
            ready = _ready(known, strength, whole, skill)
            for _answer in range(3):
                there = np.flatnonzero(random.random(people) < 0.7)
                question = skill * EACH + random.integers(0, EACH, len(there))
                able = np.where(known[there, skill], 2.2, -1.4) if whole[skill] else strength[there, skill]
                right = random.random(len(there)) < _chance(questions, question, able)
                rows.append((there, np.full(len(there), skill), question, day[there], right))
                pace = speed * np.where(ready, 1, 0.3)
                known[:, skill] |= random.random(people) < 0.12 * pace
                strength[:, skill] += 0.22 * pace * special.expit(1.5 - strength[:, skill])
                day += 0.001
    answers = Answers(*(np.concatenate(one) for one in zip(*rows, strict=True)))
    return Made(answers, questions, np.where(whole, known, strength >= CUT), float(day.max()))


def bank(random: np.random.Generator, skills: int, each: int) -> Questions:
    options = random.choice([0, 2, 4, 4, 4], skills * each)
    guess = np.where(options, 1 / np.maximum(options, 1), 0.0)
    n = skills * each
    return Questions(
        np.repeat(np.arange(skills), each), random.normal(0, 1, n), random.lognormal(0, 0.25, n), guess
    )


def _ready(known: Column, strength: Column, whole: Column, skill: int) -> Column:
    if skill % 5 in (0, 4):
        return np.ones(len(known), dtype=bool)
    return known[:, skill - 1] if whole[skill - 1] else strength[:, skill - 1] > 0.5


def _chance(questions: Questions, question: Column, able: Column) -> Column:
    rise = special.expit(questions.slope[question] * (able - questions.difficulty[question]))
    return 0.02 + (0.96 - questions.guess[question]) * rise + questions.guess[question]


# ---- Models ------------------------------------------------------------------------------------------


def _base(answers: Answers, made_up: Made) -> Callable[[Answers], Column]:
    share = answers.right.mean()
    return lambda asked: np.full(len(asked.right), share)


def _by_question(answers: Answers, made_up: Made) -> Callable[[Answers], Column]:
    n = len(made_up.questions.skill)
    right = np.bincount(answers.question, weights=answers.right, minlength=n)
    asked_n = np.bincount(answers.question, minlength=n)
    share = (right + 2 * answers.right.mean()) / (asked_n + 2)
    return lambda asked: share[asked.question]


def traced(answers: Answers, made_up: Made) -> Tracing:
    return fit(answers, Tracing.usual(SKILLS))[0]


def scaled(answers: Answers, made_up: Made) -> Scale:
    """Difficulties of the bank, as another exam gave them: off by 0.3 on average, slopes taken as 1."""
    off = np.random.default_rng(99).normal(0, 0.3, len(made_up.questions.skill))
    given = made_up.questions
    given = Questions(given.skill, given.difficulty + off, np.ones(len(off)), given.guess)
    return tune(calibrate(answers, SKILLS, given), answers)


def learnt(answers: Answers, made_up: Made) -> Scale:
    """Nothing is given but the number of options."""
    given = made_up.questions
    n = len(given.skill)
    return tune(
        calibrate(answers, SKILLS, Questions(given.skill, np.full(n, np.nan), np.ones(n), given.guess)),
        answers,
    )


def usual(answers: Answers, made_up: Made) -> Scale:
    """Difficulties of the bank, and no fit at all."""
    found = scaled(answers.only(np.arange(0)), made_up)
    return Scale.usual(SKILLS, found.questions)


def unfitted(answers: Answers, made_up: Made) -> Tracing:
    return Tracing.usual(SKILLS)


MODELS = {
    "scale, difficulties given": scaled, "scale, difficulties learnt": learnt, "tracing": traced,
    "scale, not fitted": usual, "tracing, not fitted": unfitted,
}  # fmt: skip
DIAGNOSES = (
    (0.8, 30, 0.95), (0.9, 30, 0.95), (0.95, 30, 0.95), (0.9, 12, 0.95), (0.9, 12, 1.0), (0.9, 12, 0.6),
)  # fmt: skip
SIMPLE = {"mean of the question": _by_question, "base rate": _base}


# ---- Measures ----------------------------------------------------------------------------------------


def auc(chance: Column, right: Column) -> float:
    ranks = stats.rankdata(chance)
    n = int(right.sum())
    return float((ranks[right].sum() - n * (n + 1) / 2) / (n * (len(right) - n)))


def bins(chance: Column, right: Column) -> list[tuple[float, float, int]]:
    """Ten bins: the mean chance, the share that came true, how many."""
    at = np.minimum((chance * 10).astype(int), 9)
    return [
        (float(chance[at == one].mean()), float(right[at == one].mean()), int((at == one).sum()))
        for one in range(10) if (at == one).any()
    ]  # fmt: skip


def calibration(chance: Column, right: Column) -> float:
    return sum(n * abs(said - was) for said, was, n in bins(chance, right)) / len(right)


def log_loss(chance: Column, right: Column) -> float:
    return float(-np.log(np.clip(np.where(right, chance, 1 - chance), 1e-6, 1)).mean())


def compare(people: int, seed: int, alike: bool = False) -> tuple[dict[tuple[str, str], list[float]], Any]:
    """AUC, log loss and calibration error by held-out part and model; what was said to `people`, and what was."""
    found: dict[tuple[str, str], list[float]] = {}
    made_up, told_all = made(people, seed, alike), {}
    answers = made_up.answers
    last = _last_fifth(answers)
    others = answers.person >= people * 7 // 10
    for part, tested in (("last", last), ("people", others)):
        given = answers.only(~tested)
        right = answers.right[tested]
        for name, make in (MODELS | SIMPLE).items():
            model = make(given, made_up)
            said = (foretold(model, answers) if name in MODELS else model(answers))[tested]  # type: ignore[operator]
            found[part, name] = [auc(said, right), log_loss(said, right), calibration(said, right)]
            if part == "people":
                told_all[name] = (said, right)
            if name in MODELS and part == "people":
                told = mastery(model, answers, people, made_up.day).chance[people * 7 // 10 :]
                true = made_up.mastered[people * 7 // 10 :]
                for kind, columns in (
                    ("truth", slice(None)),
                    ("once", slice(0, 5)),
                    ("by and by", slice(5, None)),
                ):
                    one, was = told[:, columns].ravel(), true[:, columns].ravel()
                    sure = one >= SURE
                    skips = [one.mean(), was.mean(), sure.mean(), was[sure].mean() if sure.any() else np.nan]
                    found[kind, name] = [auc(one, was), log_loss(one, was), calibration(one, was), *skips]
    return found, told_all


def _last_fifth(answers: Answers) -> Column:
    pair = answers.person * SKILLS + answers.skill
    order = np.lexsort((answers.day, pair))
    _, first, n = np.unique(pair[order], return_index=True, return_counts=True)
    place = np.arange(len(order)) - np.repeat(first, n)
    held = np.empty(len(order), dtype=bool)
    held[order] = place >= np.ceil(np.repeat(n, n) * 0.8)
    return held


# ---- Diagnosis ---------------------------------------------------------------------------------------


def diagnose(people: int, seed: int, certain: float, most: int = 30, near: float = 0.95) -> dict[str, float]:
    random = np.random.default_rng(seed)
    true_bank = bank(random, 1, 60)
    off = random.normal(0, 0.3, 60)
    questions = Questions(true_bank.skill, true_bank.difficulty + off, true_bank.slope, true_bank.guess)
    model = Scale(np.full(1, MEAN), np.full(1, SPREAD), questions)
    able = random.normal(MEAN, SPREAD, people)
    true = able >= CUT
    rule = Certainty(certain, certain, most=most, near=near)
    right = random.random((people, 60)) < _chance(true_bank, np.arange(60), able[:, None])
    near_cut, mixed = np.argsort(np.abs(questions.difficulty - CUT), kind="stable")[:30], np.arange(30)
    shown = np.zeros(60, dtype=np.int64)
    rows = np.array([_one(model, questions, rule, answers, shown, (near_cut, mixed)) for answers in right])
    asked, decided, correct = rows[:, 0], rows[:, 1] == 1, (rows[:, 2] >= 0.5) == true
    needed = _chance(questions, mixed, np.full(30, CUT)).mean()
    return {
        "asked": asked.mean(), "median": float(np.median(asked)), "decided": decided.mean(),
        "right": correct.mean(), "right of decided": correct[decided].mean(),
        "mixed 30 until certain": rows[:, 5].mean(), "all 30 mixed": ((rows[:, 6] >= 0.5) == true).mean(),
        "by share": ((right[:, mixed].mean(axis=1) >= needed) == true).mean(),
        "30 at the cut until certain": rows[:, 3].mean(), "all 30 at the cut": ((rows[:, 4] >= 0.5) == true).mean(),
        "most shown": shown.max() / people,
    }  # fmt: skip


def _one(
    model: Scale,
    questions: Questions,
    rule: Certainty,
    right: Column,
    shown: Column,
    tests: tuple[Column, ...],
) -> list[float]:
    """Questions asked, decided or not, the chance then; of each fixed test: questions until decided, last chance."""
    first = np.zeros(1, dtype=int)
    state = begun = State(model.belief(model.starts(first)[0], first))
    while (question := next_question(model, questions, state, rule, shown)) is not None:
        state = heard(model, questions, state, question, bool(right[question]))
        shown[question] += 1
    decided = findings(model, questions, state, rule)[0] is not Found.UNCLEAR
    found = [len(state.asked), decided, state.belief[0] @ model.mastered]
    for fixed in tests:
        state, needed = begun, 0
        for n, question in enumerate(fixed.tolist(), start=1):
            state = heard(model, questions, state, question, bool(right[question]))
            if not needed and findings(model, questions, state, rule)[0] is not Found.UNCLEAR:
                needed = n
        found += [needed or len(fixed), state.belief[0] @ model.mastered]
    return found


# ---- The nation --------------------------------------------------------------------------------------


def nation(people: int) -> None:
    random = np.random.default_rng(7)
    n = people * 60
    questions = bank(random, SKILLS, EACH)
    question = random.integers(0, SKILLS * EACH, n)
    answers = Answers(
        np.repeat(np.arange(people), 60), question // EACH, question, random.uniform(0, 600, n), random.random(n) < 0.6
    )  # fmt: skip
    print("\n| model | people | answers | seconds | × one sort of the answers | peak MB |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, model in (("scale", Scale.usual(SKILLS, questions)), ("tracing", Tracing.usual(SKILLS))):
        start = time.perf_counter()
        np.lexsort((answers.day, answers.skill, answers.person))
        middle = time.perf_counter()
        mastery(model, answers, people, 600)
        end = time.perf_counter()
        print(
            f"| {name} | {people:,} | {n:,} | {end - middle:.1f} | {(end - middle) / (middle - start):.0f} "
            f"| {resident('VmHWM'):.0f} |"
        )


def _compared(people: int, seeds: list[int], alike: bool) -> None:
    runs, reliability = zip(*(compare(people, seed, alike) for seed in seeds), strict=True)
    for part in ("last", "people", "truth", "once", "by and by"):
        base = (
            np.mean([run[part, "base rate"][1] for run in runs]) if (part, "base rate") in runs[0] else None
        )
        heads = ["AUC", "log loss", "calibration error", "× base rate"]
        heads[3:] = heads[3:] if base else ["said", "true", "sure", "sure and true"]
        print(f"\n| {part}{', questions alike' * alike} | " + " | ".join(heads) + " |")
        print("|---" + "|---:" * len(heads) + "|")
        for name in MODELS | SIMPLE:
            if (part, name) in runs[0]:
                rows = np.array([run[part, name] for run in runs])
                cells = [f"{one.mean():.3f} ± {np.ptp(one) / 2:.3f}" for one in rows.T]
                cells += [f"{rows[:, 1].mean() / base:.3f}"] if base else []
                print(f"| {name} | " + " | ".join(cells) + " |")
    print("\n| people: said, was (n) | " + " | ".join(f"{one / 10:.1f}–" for one in range(10)) + " |")
    for name in list(MODELS)[:3]:
        said, was = (np.concatenate([one[name][at] for one in reliability]) for at in (0, 1))
        cells = {int(one[0] * 10): f"{one[0]:.2f}, {one[1]:.2f} ({one[2]:,})" for one in bins(said, was)}
        print(f"| {name} | " + " | ".join(cells.get(one, "") for one in range(10)) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seeds", nargs="*", type=int, default=[1, 2, 3])
    parser.add_argument("--nation", type=int, default=100_000)
    given = parser.parse_args()
    print(machine(), "seeds", *given.seeds)
    for alike in (False, True):
        _compared(given.people, given.seeds, alike)
    print("\n| certainty | most | near | " + " | ".join(diagnose(5, 1, 0.9)) + " |")
    for certain, most, near in DIAGNOSES:
        rows = [list(diagnose(given.people, seed, certain, most, near).values()) for seed in given.seeds]
        print(
            f"| {certain} | {most} | {near} | "
            + " | ".join(f"{one:.3f}" for one in np.mean(rows, axis=0))
            + " |"
        )
    if given.nation:
        nation(given.nation)


if __name__ == "__main__":
    main()
