"""What a case is predicted from, as columns: one for all, the start, the stage, the programme.

A column that the ones before it add up to says nothing new and is dropped; predictions do not depend on which of them
goes. The most frequent stage and programme have no column: they are what the others are compared with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from craftpath.engines.appraisal.types import Cases, Flags, Floats, Rules, Whole

SAME = 1e-9  # share of its own square that a column must keep beside the others


@dataclass(frozen=True, slots=True)
class Term:
    """One column: `all`, `start`, `unknown_start`, `stage`, `programme` or `cell`, and the words that it stands for.

    Rare words share a column; that of a cell stands for its stage and its programme.
    """

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Cases x terms, sparse. `means` are the weighted means of the columns, `dropped` what says nothing new.

    `rare` are the words of stages and programmes that were joined.
    """

    matrix: Any
    terms: tuple[Term, ...]
    means: Floats
    dropped: tuple[Term, ...]
    rare: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The levels of stages or programmes, most frequent first, rare words last as one; the level of each case."""

    words: tuple[tuple[str, ...], ...]
    place: Whole
    rare: tuple[str, ...]


def design(cases: Cases, rules: Rules) -> Design:
    """The columns of these cases. A start that is not known counts as the mean, with a column of its own."""
    terms, matrices = [Term("all")], [np.ones((cases.count, 1))]
    unknown = np.isnan(cases.starts)
    if not unknown.all():
        middle = float(np.average(cases.starts[~unknown], weights=cases.weights[~unknown]))
        terms.append(Term("start"))
        matrices.append(np.where(unknown, 0.0, cases.starts - middle)[:, None])
    if unknown.any():
        terms.append(Term("unknown_start"))
        matrices.append(unknown.astype(np.float64)[:, None])
    kinds = {name: _levels(getattr(cases, f"{name}s"), rules.rare) for name in ("stage", "programme")}
    for name, levels in kinds.items():
        terms += [Term(name, words) for words in levels.words[1:]]
        matrices.append(_dummies(levels.place, len(levels.words))[:, 1:])
    if rules.cells:
        more, matrix = _cells(kinds["stage"], kinds["programme"], rules.rare)
        terms += more
        matrices.append(matrix)
    matrix = sparse.hstack([sparse.csc_matrix(one) for one in matrices], "csc")
    kept = _telling(matrix, cases.weights)
    matrix = matrix[:, np.flatnonzero(kept)].tocsr()
    return Design(
        matrix,
        tuple(term for term, keep in zip(terms, kept, strict=True) if keep),
        np.asarray(cases.weights @ matrix / cases.weights.sum()),
        tuple(term for term, keep in zip(terms, kept, strict=True) if not keep and term.kind != "cell"),
        tuple(Term(name, levels.rare) for name, levels in kinds.items() if levels.rare),
    )


def _levels(words: Sequence[str], fewest: int) -> Levels:
    times = Counter(words)
    rare = tuple(sorted(word for word, n in times.items() if n < fewest))
    common = sorted(set(times) - set(rare), key=lambda word: (-times[word], word))
    place = {word: at for at, word in enumerate(common)} | dict.fromkeys(rare, len(common))
    levels = [(word,) for word in common] + ([rare] if rare else [])
    return Levels(tuple(levels), np.array([place[word] for word in words], dtype=np.int64), rare)


def _dummies(places: Whole, width: int) -> Any:
    rows = np.arange(len(places))
    return sparse.csc_matrix((np.ones(len(places)), (rows, places)), (len(places), width))


def _cells(stages: Levels, programmes: Levels, fewest: int) -> tuple[list[Term], Any]:
    """Pairs of stage and programme with enough cases; a case in another pair has none."""
    wide = len(programmes.words)
    found, place, times = np.unique(
        stages.place * wide + programmes.place, return_inverse=True, return_counts=True
    )
    enough = np.flatnonzero(times >= fewest)
    pairs = [divmod(int(pair), wide) for pair in found[enough]]
    terms = [Term("cell", stages.words[stage] + programmes.words[other]) for stage, other in pairs]
    return terms, _dummies(place, len(found))[:, enough]


def _telling(matrix: Any, weights: Floats) -> Flags:
    """Columns that the ones before them do not add up to, by Cholesky steps on the table of products."""
    square = np.asarray((matrix.T @ matrix.multiply(weights[:, None])).todense(), dtype=np.float64)
    own = np.diag(square).copy()
    kept = np.zeros(len(own), dtype=np.bool_)
    for at in range(len(own)):
        left = square[at, at]
        if own[at] <= 0 or left <= SAME * own[at]:
            continue
        kept[at] = True
        square = square - np.outer(square[:, at], square[at]) / left
    return kept
