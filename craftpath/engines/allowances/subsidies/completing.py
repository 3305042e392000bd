"""How complete is the file of a claim, what is missing, and who can supply it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from craftpath.engines.allowances.subsidies.types import Per, Required


@dataclass(frozen=True, slots=True)
class Present:
    """Papers that are there: for which class or person, and how many."""

    paper: str
    subject: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """One paper of one class or person that is not there, or not often enough, and the role that can supply it."""

    step: str
    paper: str
    subject: str
    wanted: int
    has: int
    role: str


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of what is wanted is there, 0 to 1, each paper by its share of copies; None where nothing is wanted."""

    share: Fraction | None
    wanted: int
    whole: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """The whole file, each step by itself in the order of the requirements, and all that is missing."""

    file: Meter
    steps: Mapping[str, Meter]
    missing: tuple[Missing, ...]


def completeness(
    required: Sequence[Required], subjects: Mapping[Per, Sequence[str]], present: Iterable[Present]
) -> Completeness:
    """Hold what is there against what is required of the classes and people of a claim.

    `subjects` are their ids. One paper may serve several steps; what nobody asks for counts nothing.
    """
    held: Counter[tuple[str, str]] = Counter()
    for one in present:
        held[one.paper, one.subject] += one.count
    wanted = list(_wanted(required, subjects, held))
    steps = {
        step: _meter([one for one in wanted if one.step == step])
        for step in dict.fromkeys(one.step for one in required)
    }
    missing = tuple(one for one in wanted if one.has < one.wanted)
    return Completeness(_meter(wanted), steps, missing)


def _wanted(
    required: Sequence[Required], subjects: Mapping[Per, Sequence[str]], held: Mapping[tuple[str, str], int]
) -> Iterator[Missing]:
    for one in required:
        for subject in sorted(set(subjects.get(one.per, ()))):
            has = held.get((one.paper, subject), 0)
            yield Missing(one.step, one.paper, subject, one.least, has, one.role)


def _meter(wanted: Sequence[Missing]) -> Meter:
    if not wanted:
        return Meter(None, 0, 0)
    shares = [Fraction(min(one.has, one.wanted), one.wanted) for one in wanted]
    return Meter(sum(shares, Fraction(0)) / len(shares), len(shares), shares.count(Fraction(1)))
