"""The plan by habit: always the unit that brings most an hour. For comparison, and where the solver finds nothing."""

from __future__ import annotations

from collections import Counter

from craftpath.engines.curriculum.types import AT_LEAST, Kind, Placed, Problem, Unit, Wish
from craftpath.engines.curriculum.wishes import COUNTS, bounds, wishes


def picked(problem: Problem) -> Placed:
    """Pins first, then what least numbers ask for, then the rest; least numbers may be missed."""
    choice = _Choice(problem)
    for one in sorted(set(problem.pinned)):
        choice.take(one)
    for wish in choice.least:
        while choice.short(wish) and choice.take_best(wish):
            pass
    while choice.take_best():
        pass
    return choice.placed


class _Choice:
    """What is chosen so far, what it covers and what it uses."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.units = problem, problem.by_id
        self.banned = set(problem.forbidden)
        every = [wish for wish in wishes(problem) if wish.kind not in (Kind.PINNED, Kind.FORBIDDEN)]
        self.least = [wish for wish in every if wish.kind in AT_LEAST]
        self.most = [wish for wish in every if wish.kind not in AT_LEAST]
        self.weights = {skill: float(weight) for skill, weight in problem.needs.items()}
        self.placed: dict[str, int] = {}
        self.cover: Counter[str] = Counter()
        self.used: Counter[Wish] = Counter()

    def short(self, wish: Wish) -> bool:
        return self.used[wish] < bounds(wish)[0]

    def take_best(self, wish: Wish | None = None) -> bool:
        """The unit (of those that count for a wish) with the greatest gain an hour, with all that it needs."""
        found: tuple[float, str] | None = None
        for one in sorted(self.units):
            if one in self.placed or (wish is not None and not self._counts(one, wish)):
                continue
            together = self._with(one)
            gain = self._gain(together) if together else 0.0
            if together and (gain > 1e-12 or wish is not None):
                rate = gain / (sum(self.units[each].hours for each in together) or 1)
                if found is None or rate > found[0]:
                    found = rate, one
        return found is not None and self.take(found[1])

    def take(self, one: str) -> bool:
        together = self._with(one) or {}
        for each, stage in together.items():
            unit = self.units[each]
            self.placed[each] = stage
            self.cover.update(self._strengths(unit, stage))
            for wish in (*self.least, *self.most):
                self.used[wish] += COUNTS[wish.kind](unit, stage, wish.key)
        return bool(together)

    def _counts(self, one: str, wish: Wish) -> bool:
        unit = self.units[one]
        return any(COUNTS[wish.kind](unit, stage, wish.key) for stage in unit.stages)

    def _strengths(self, unit: Unit, stage: int) -> dict[str, float]:
        return {
            skill: float(self.problem.strength(unit, stage, skill))
            for skill in unit.skills
            if skill in self.weights
        }

    def _gain(self, together: dict[str, int]) -> float:
        added: Counter[str] = Counter()
        for each, stage in together.items():
            added.update(self._strengths(self.units[each], stage))
        return sum(
            self.weights[skill] * (min(1.0, self.cover[skill] + more) - min(1.0, self.cover[skill]))
            for skill, more in added.items()
        )

    def _with(self, one: str) -> dict[str, int] | None:
        """It and what it needs that is not there yet, with their stages; None where that does not fit."""
        together: dict[str, int] = {}
        if not self._place(one, together):
            return None
        return together if self._fits(together) else None

    def _place(self, one: str, together: dict[str, int]) -> bool:
        """What is needed first, then the unit itself in the earliest stage that is left to it."""
        if one in self.banned:
            return False
        unit, earliest = self.units[one], min(self.units[one].stages)
        for before in unit.needs_before:
            if before not in self.placed and before not in together and not self._place(before, together):
                return False
            earliest = max(earliest, together.get(before, self.placed.get(before, earliest)))
        stages = [stage for stage in sorted(unit.stages) if stage >= earliest]
        fitting = [stage for stage in stages if self._fits({**together, one: stage})]
        if not stages:
            return False
        together[one] = (fitting or stages)[0]
        return True

    def _fits(self, together: dict[str, int]) -> bool:
        for wish in self.most:
            count = COUNTS[wish.kind]
            more = sum(count(self.units[each], stage, wish.key) for each, stage in together.items())
            if self.used[wish] + more > (wish.value or 0):
                return False
        return True
