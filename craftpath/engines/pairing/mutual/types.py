"""People, possible pairs and offers among them, and what is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from craftpath.engines.pairing.types import Whole, places, scores_of


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """People and the pairs that are possible: places of one and the other, and a whole score for both together."""

    people: tuple[str, ...]
    one: Whole
    other: Whole
    score: Whole

    @classmethod
    def named(cls, people: Sequence[str], edges: Iterable[tuple[str, str, int]]) -> People:
        """The same from ids."""
        edges = list(edges)
        return cls(
            tuple(people),
            places(people, (edge[0] for edge in edges)),
            places(people, (edge[1] for edge in edges)),
            scores_of([edge[2] for edge in edges]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """People and who could teach whom: places of both, and a whole score for that direction."""

    people: tuple[str, ...]
    teacher: Whole
    learner: Whole
    score: Whole

    @classmethod
    def named(cls, people: Sequence[str], offers: Iterable[tuple[str, str, int]]) -> Offers:
        """The same from ids."""
        pairs = People.named(people, offers)
        return cls(pairs.people, pairs.one, pairs.other, pairs.score)


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """Chosen rows of possible pairs, rising, what they are worth, and what no choice exceeds."""

    people: People
    chosen: Whole
    total: int
    upper_bound: int

    @property
    def proven_optimal(self) -> bool:
        """Whether no choice is better."""
        return self.total == self.upper_bound

    def pairs(self) -> list[tuple[str, str]]:
        """Ids, each pair and the list sorted."""
        who = self.people
        found = []
        for row in self.chosen.tolist():
            one, other = sorted((who.people[who.one[row]], who.people[who.other[row]]))
            found.append((one, other))
        return sorted(found)


@dataclass(frozen=True, slots=True, eq=False)
class Rings:
    """Rings as places of people, each teaching the next and the last the first, beginning with the first by id.

    Sorted by their people. No choice of rings is worth more than `upper_bound`.
    """

    rings: tuple[tuple[int, ...], ...]
    total: int
    upper_bound: int

    @property
    def proven_optimal(self) -> bool:
        """Whether no choice is better."""
        return self.total == self.upper_bound
