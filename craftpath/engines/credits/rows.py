"""The choice as rows and columns of a solver, and what of it is to be made small."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from craftpath.engines.credits.model import Scaled


class Model:
    """Rows and columns for the solver, in whole numbers."""

    def __init__(self, parts: Scaled) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to import)

        self.parts = parts
        self.rows = cp_model.CpModel()
        self.sum = cp_model.LinearExpr.weighted_sum
        self.counts: dict[tuple[int, int], Any] = {}
        self.credits: list[Part] = []
        self._kinds()
        self.taken = [self.rows.new_bool_var("") for _ in parts.offers]
        self.steps = [
            Part(column, parts.points(offer.points), offer.area, offer.institution)
            for column, offer in zip(self.taken, parts.offers, strict=True)
        ]
        self._at_most()
        self.wishes = self._wishes()

    def weighed(self, wishes: list[Wish]) -> Any:
        """The wishes as one sum: a step of an earlier one is more than all that the later ones can be."""
        columns: list[Any] = []
        factors: list[int] = []
        weight = 1
        for wish in reversed(wishes):
            columns += [column for column, _ in wish.terms]
            factors += [factor * weight for _, factor in wish.terms]
            weight *= wish.most + 1
        return self.sum(columns, factors)

    def keep(self, wishes: list[Wish], value: int) -> None:
        """Whatever comes later may not spoil it."""
        self.rows.add(self.weighed(wishes) <= value)

    def hint(self, value: Callable[[Any], int]) -> None:
        """Begin the next search at this answer."""
        self.rows.clear_hints()  # type: ignore[no-untyped-call]
        for column in (*self.counts.values(), *self.taken):
            self.rows.add_hint(column, value(column))

    def _kinds(self) -> None:
        caps: dict[int, tuple[Any, list[tuple[Any, int]]]] = {}
        limits: dict[int, tuple[Any, list[tuple[Any, int]]]] = {}
        for at, kind in enumerate(self.parts.kinds):
            size, columns = len(kind.credits), []
            for number, way in enumerate(kind.ways):
                column = self.rows.new_int_var(0, size, "")
                points = self.parts.points(way.points)
                self.counts[at, number] = column
                self.credits.append(Part(column, points, way.rule.to_area, kind.institution, size))
                columns.append(column)
                if way.rule.cap is not None:
                    caps.setdefault(id(way.rule), (way.rule, []))[1].append((column, points))
                for limit in kind.limits:
                    limits.setdefault(id(limit), (limit, []))[1].append((column, points))
            if len(columns) > 1:
                self.rows.add(self.sum(columns, [1] * len(columns)) <= size)
        for rule, terms in caps.values():
            self._below(terms, self.parts.points(rule.cap))
        for limit, terms in limits.values():
            if limit.points is not None:
                self._below(terms, self.parts.points(limit.points))
            if limit.count is not None:
                self._below([(column, 1) for column, _ in terms], limit.count)

    def _below(self, terms: list[tuple[Any, int]], most: int) -> None:
        columns, factors = zip(*terms, strict=True)
        self.rows.add(self.sum(columns, factors) <= most)

    def _at_most(self) -> None:
        for area in self.parts.problem.goal.areas:
            terms = [(part.column, part.points) for part in self._of(area=area.key)]
            if area.most is not None and terms:
                self._below(terms, self.parts.points(area.most))

    def _of(self, area: str | None = None, institution: str | None = None, steps: bool = True) -> list[Part]:
        parts = [*self.credits, *self.steps] if steps else self.credits
        return [
            part
            for part in parts
            if (area is None or part.area == area)
            and (institution is None or part.institution == institution)
        ]

    def _lacking(self, steps: bool) -> tuple[Any, int]:
        """A column that is what is missing where it is made small, and the most that it can be."""
        goal, points = self.parts.problem.goal, self.parts.points
        by_area = [(self._of(area=area.key, steps=steps), points(area.least)) for area in goal.areas]
        by_place = [
            (self._of(institution=one.institution, steps=steps), points(one.least)) for one in goal.minima
        ]
        most = max(
            points(goal.total), sum(least for _, least in by_area), sum(least for _, least in by_place)
        )
        column = self.rows.new_int_var(0, most, "")
        self._covers([column], self._of(steps=steps), points(goal.total))
        for minima in (by_area, by_place):
            gaps = []
            for parts, least in minima:
                if least:
                    gaps.append(self.rows.new_int_var(0, least, ""))
                    self._covers([gaps[-1]], parts, least)
            if gaps:
                self.rows.add(self.sum(gaps, [1] * len(gaps)) <= column)
        return column, most

    def _covers(self, gaps: list[Any], parts: Iterable[Part], least: int) -> None:
        columns, factors = list(gaps), [1] * len(gaps)
        for part in parts:
            columns.append(part.column)
            factors.append(part.points)
        self.rows.add(self.sum(columns, factors) >= least)

    def _wishes(self) -> list[Wish]:
        """What is made small, the most important first."""
        missing, most = self._lacking(steps=True)
        found = [Wish([(missing, 1)], most, needed=True)]
        if self.taken:
            weeks = [
                (column, self.parts.weeks(offer))
                for column, offer in zip(self.taken, self.parts.offers, strict=True)
            ]
            found.append(Wish(weeks, sum(factor for _, factor in weeks), needed=True))
            found.append(Wish([(column, 1) for column in self.taken], len(self.taken)))
            away, most = self._lacking(steps=False)
            found.append(Wish([(away, 1)], most))
        spent = [(part.column, part.points) for part in self.credits]
        if spent:
            found.append(Wish(spent, sum(part.points * part.most for part in self.credits)))
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """A column, the points that one of it brings, and where they count."""

    column: Any
    points: int
    area: str
    institution: str
    most: int = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """A sum to be made small; `needed` for the proof."""

    terms: list[tuple[Any, int]]
    most: int
    needed: bool = False
