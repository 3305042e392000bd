"""Rasch difficulties by conditional maximum likelihood: abilities leave the likelihood, given the scores.

The elementary symmetric functions come as probabilities of a sum of independent answers, built up by additions of
positive numbers only: nothing overflows and nothing is lost by subtraction, for a hundred items as for five.
People with nothing or everything right say nothing and drop out (Andersen 1972).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.irt.descent import descend
from craftpath.engines.psychometrics.irt.start import Answers, answers
from craftpath.engines.psychometrics.irt.types import Conditional, Course
from craftpath.engines.psychometrics.responses import Responses
from craftpath.figures.figure import Figure, Flags, Floats, Missing, Why, absent, column
from craftpath.figures.products import crossed

METHOD = "rasch_cml"
STOP = 1e-5  # the steepest slope that is left, in rough standard errors
GOOD_ENOUGH = 1e-3  # where rounding in a sum over very many people hides the rest
FARTHEST = 25.0
MOST_STEPS = 1000
STEP = 1e-4  # for the second derivatives


@dataclass(frozen=True, slots=True, eq=False)
class Booklet:
    """People who answered the same items: which, how many had each score, and how often each item was right."""

    items: Flags
    by_score: Floats
    right: Floats


def sum_probabilities(p: Floats) -> Floats:
    """How probable each number of right answers is, answers being independent."""
    found = np.zeros(len(p) + 1)
    found[0] = 1
    for done, one in enumerate(p.tolist(), start=1):
        found[1 : done + 1] = found[1 : done + 1] * (1 - one) + found[:done] * one
        found[0] *= 1 - one
    return found


def without_each(p: Floats) -> Floats:
    """The same without one of the answers: row i leaves out answer i."""
    items = len(p)
    found = np.zeros((items, items + 1))
    found[:, 0] = 1
    for at, one in enumerate(p.tolist()):
        chance = np.full((items, 1), one)
        chance[at] = 0
        found[:, 1:] = found[:, 1:] * (1 - chance) + found[:, :-1] * chance
        found[:, :1] *= 1 - chance
    return found[:, :items]


def log_symmetric(difficulty: Floats) -> Floats:
    """Logarithms of the elementary symmetric functions of exp(-b), for scores 0 to k."""
    p = special.expit(-difficulty)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(sum_probabilities(p)) + np.logaddexp(0, -difficulty).sum())


def conditional(responses: Responses, most_steps: int = MOST_STEPS) -> Conditional:
    """Difficulties that sum to 0, with errors and the conditional log-likelihood.

    A search that has not come to the top after `most_steps` gives no figures.
    """
    given = answers(responses)
    among, rows = _informative(given)
    width = len(responses.items)
    n = responses.counts[rows] @ given.given[rows]
    people = int(responses.counts[rows].sum())
    values, errors = np.full(width, np.nan), np.full(width, np.nan)
    course = Course(False, 0, 0, float("nan"))
    reasons = list(given.unfit)
    likelihood = absent(Why.TOO_FEW_ITEMS, people, METHOD, Missing.IGNORED)
    if among.sum() >= 2 and people and not _connected(given, among, rows):
        likelihood = absent(Why.NOT_IDENTIFIED, people, METHOD, Missing.IGNORED)
        reasons.append((among, Why.NOT_IDENTIFIED))
    elif among.sum() >= 2 and people:
        books = _booklets(given, responses.counts[rows], among, rows)
        values[among], height, course = _climb(books, int(among.sum()), most_steps)
        reasons.append((np.full(width, not course.converged), Why.NOT_CONVERGED))
        likelihood = absent(Why.NOT_CONVERGED, people, METHOD, Missing.IGNORED)
        if course.converged:
            likelihood = Figure(height, people, METHOD, Missing.IGNORED)
            errors[among] = _errors(books, values[among])
    else:
        reasons.append((~among, Why.NO_VARIATION))
        reasons.append((np.ones(width, dtype=np.bool_), Why.TOO_FEW_ITEMS))
    reasons.append((~among, Why.NO_VARIATION))
    return Conditional(
        items=responses.items,
        difficulty=column(values, n, METHOD, Missing.IGNORED, reasons),
        errors=column(errors, n, METHOD, Missing.IGNORED, [*reasons, (np.isnan(errors), Why.NOT_IDENTIFIED)]),
        log_likelihood=likelihood,
        n=people,
        course=course,
    )


def _informative(given: Answers) -> tuple[Flags, Flags]:
    """Items and rows that are left when extreme ones have dropped out, again and again."""
    among = given.fit
    while True:
        answered, right = given.given & among, given.right & among
        score = right.sum(axis=1)
        rows = (score > 0) & (score < answered.sum(axis=1))
        seen = answered[rows].sum(axis=0)
        held = right[rows].sum(axis=0)
        kept = among & (held > 0) & (held < seen)
        if (kept == among).all():
            return among, rows
        among = kept


def _connected(given: Answers, among: Flags, rows: Flags) -> bool:
    """Whether from every item one comes to every other by steps "right here, wrong there" of one person.

    Without that the likelihood has no highest point (Fischer 1981).
    """
    answered, right = given.given[rows][:, among], given.right[rows][:, among]
    found = crossed(right.astype(np.float64), (answered & ~right).astype(np.float64)) > 0
    found |= np.eye(len(found), dtype=np.bool_)
    for _ in range(len(found).bit_length()):
        found = found.astype(np.float64) @ found > 0
    return bool(found.all())


def _booklets(given: Answers, counts: Floats, among: Flags, rows: Flags) -> list[Booklet]:
    answered, right = given.given[rows][:, among], given.right[rows][:, among]
    masks, place = np.unique(answered, axis=0, return_inverse=True)
    place = place.reshape(-1)
    books = []
    for number, items in enumerate(masks):
        mine = place == number
        chosen = right[mine][:, items]
        books.append(
            Booklet(
                items,
                np.bincount(chosen.sum(axis=1), counts[mine], int(items.sum()) + 1).astype(np.float64),
                counts[mine] @ chosen,
            )
        )
    return books


def _value(books: list[Booklet], difficulty: Floats) -> tuple[float, Floats]:
    """The conditional log-likelihood and its gradient."""
    value, slope = 0.0, np.zeros_like(difficulty)
    for book in books:
        b = difficulty[book.items]
        p = special.expit(-b)
        value -= float(book.right @ b)
        seen = book.by_score > 0
        whole = sum_probabilities(p)
        value -= float(book.by_score[seen] @ (np.log(whole[seen]) + np.logaddexp(0, -b).sum()))
        share = np.zeros_like(whole)
        share[seen] = book.by_score[seen] / whole[seen]
        slope[book.items] += p * (without_each(p) @ share[1:]) - book.right
    return value, slope


def _climb(books: list[Booklet], items: int, most: int) -> tuple[Floats, float, Course]:
    right, seen = np.zeros(items), np.zeros(items)
    for book in books:
        right[book.items] += book.right
        seen[book.items] += book.by_score.sum()
    start = np.log((seen - right + 0.5) / (right + 0.5))
    start -= start.mean()

    scale = 1 / np.sqrt(np.maximum(right * (seen - right) / seen, 1e-6))

    def downhill(at: Floats) -> tuple[float, Floats]:
        value, slope = _value(books, at * scale)
        return -value, -slope * scale

    found = descend(downhill, start / scale, FARTHEST / scale, STOP, most)
    course = Course(found.left <= GOOD_ENOUGH, found.steps, found.evaluations, found.left)
    b = found.at * scale
    return b - b.mean(), -found.value, course


def _errors(books: list[Booklet], difficulty: Floats) -> Floats:
    """Errors from second derivatives (differences of the exact gradient) among difficulties that sum to 0."""
    items = len(difficulty)
    steps = STEP * np.eye(items)
    rows = [_value(books, difficulty + step)[1] - _value(books, difficulty - step)[1] for step in steps]
    information = -np.array(rows) / (2 * STEP)
    values, vectors = np.linalg.eigh((information + information.T) / 2)
    informed = np.where(
        values[1:] > 0, values[1:], np.nan
    )  # the first is of a common shift: nothing is known of it
    return np.asarray(np.sqrt((vectors[:, 1:] ** 2 / informed).sum(axis=1)))
