"""Plans under rules that break the network, by CP-SAT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from craftpath.engines.pairing.assigning import assign
from craftpath.engines.pairing.checking import check, limit, outside
from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.engines.pairing.limits.types import Effort, Group, Lead, Ruled, Rules, Status
from craftpath.engines.pairing.network import order
from craftpath.engines.pairing.pricing import summed
from craftpath.engines.pairing.reassigning import standing
from craftpath.engines.pairing.searching import Searched, search
from craftpath.engines.pairing.types import Flags, Plan, Problem, Whole
from craftpath.values.faults import Fault

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


def assign_within(problem: Problem, rules: Rules, seed: int = 0, effort: Effort | None = None) -> Ruled:
    """The plan of greatest total that keeps the rules; scores of responsible trainers are part of the total.

    Raises `ProblemFaulty`; `load_price` is not known here. One thread, a fixed seed and work that is counted: the
    same input gives the same answer, unless the seconds run out first.
    """
    faults = (*check(problem), *_faults(problem, rules))
    if faults:
        raise ProblemFaulty(faults)
    ceiling = None
    if rules.lead is None:
        plan = assign(problem, seed)
        if _kept(problem, rules, plan.chosen):
            return _from_plan(plan)
        ceiling = plan.upper_bound  # rules only take away
    return _Model(problem, rules, seed).answer(effort or Effort(), seed, ceiling)


def _faults(problem: Problem, rules: Rules) -> Iterator[Fault]:
    if problem.load_price:
        yield Fault("pairing.load_price_beside_rules", "load_price")
    for at, group in enumerate(rules.groups):
        if outside(np.array(group.trainers, dtype=np.int64), len(problem.trainers)).any():
            yield Fault("pairing.trainer_unknown", f"groups[{at}]")
        if group.most < 0:
            yield Fault("pairing.group_negative", f"groups[{at}].most", {"given": group.most})
    if rules.changes is not None and rules.changes.most < 0:
        yield Fault("pairing.changes_negative", "changes.most", {"given": rules.changes.most})
    if rules.lead is not None:
        yield from _lead_faults(problem, rules.lead)


def _lead_faults(problem: Problem, lead: Lead) -> Iterator[Fault]:
    if not len(lead.may) == len(lead.score) == len(problem.score):
        yield Fault("pairing.columns_uneven", "lead", {"wanted": len(problem.score)})
    if lead.most is not None and len(lead.most) != len(problem.trainers):
        yield Fault("pairing.columns_uneven", "lead.most", {"wanted": len(problem.trainers)})
    most = limit(problem)
    for at in np.flatnonzero((lead.score > most) | (lead.score < -most)):
        facts = {"given": int(lead.score[at]), "most": most}
        yield Fault("pairing.scores_too_large", f"lead.score[{at}]", facts)


def _members(problem: Problem, group: Group) -> Flags:
    """Which possible pairs belong to a group."""
    return np.isin(problem.trainer, np.array(group.trainers, dtype=np.int64))


def _kept(problem: Problem, rules: Rules, chosen: Whole) -> bool:
    """Whether a plan keeps groups and changes."""
    for group in rules.groups:
        rows = chosen[_members(problem, group)[chosen]]
        if len(np.unique(problem.apprentice[rows])) > group.most:
            return False
    if rules.changes is None:
        return True
    stood = standing(problem, rules.changes.previous)
    return int(stood.sum() - stood[chosen].sum()) <= rules.changes.most


def _from_plan(plan: Plan) -> Ruled:
    status = Status.OPTIMAL if plan.proven_optimal else Status.LIMIT
    return Ruled(status, plan.chosen, unmet=plan.unmet, total=plan.total, upper_bound=plan.upper_bound)


class _Model:
    """One yes-or-no variable for each possible pair, another for who is responsible."""

    def __init__(self, problem: Problem, rules: Rules, seed: int) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to import)

        self.problem, self.rules = problem, rules
        self.model = cp_model.CpModel()
        places = order(problem.trainers, seed)[1], order(problem.apprentices, seed + 1)[1]
        open_rows = np.flatnonzero(~problem.struck)
        # The order of the columns is that of people's ids and the seed, so the order of rows changes nothing.
        by_people = np.lexsort(
            (places[0][problem.trainer[open_rows]], places[1][problem.apprentice[open_rows]])
        )
        self.rows = open_rows[by_people]
        self.pair = {int(row): self.model.new_bool_var("") for row in self.rows}
        self.lead: dict[int, cp_model.IntVar] = {}
        for row in np.flatnonzero(problem.pins):
            self.model.add(self.pair[int(row)] == 1)
        self._sides()
        for group in rules.groups:
            self._group(group)
        if rules.lead is not None:
            self._responsible(rules.lead)
        if rules.changes is not None:
            stood = np.flatnonzero(standing(problem, rules.changes.previous))
            least = len(stood) - rules.changes.most
            self.model.add(sum(self.pair[int(row)] for row in stood) >= least)
        self.model.maximize(self._worth())

    def _by(self, column: Whole, rows: Whole) -> dict[int, list[int]]:
        """Rows by trainer or apprentice."""
        found: dict[int, list[int]] = {}
        for row in rows.tolist():
            found.setdefault(int(column[row]), []).append(row)
        return found

    def _sides(self) -> None:
        problem = self.problem
        sides = ((problem.trainer, problem.capacity), (problem.apprentice, problem.need))
        for column, most in sides:
            for one, rows in self._by(column, self.rows).items():
                self.model.add(sum(self.pair[row] for row in rows) <= int(most[one]))

    def _group(self, group: Group) -> None:
        """Apprentices are counted once, however many trainers of the group they have."""
        inside = self.rows[_members(self.problem, group)[self.rows]]
        counted = []
        for rows in self._by(self.problem.apprentice, inside).values():
            if len(rows) == 1:
                counted.append(self.pair[rows[0]])
                continue
            there = self.model.new_bool_var("")
            for row in rows:
                self.model.add_implication(self.pair[row], there)
            counted.append(there)
        self.model.add(sum(counted) <= group.most)

    def _responsible(self, lead: Lead) -> None:
        for row in self.rows[lead.may[self.rows]].tolist():
            self.lead[row] = self.model.new_bool_var("")
            self.model.add_implication(self.lead[row], self.pair[row])
        for rows in self._by(self.problem.apprentice, self.rows).values():
            who = [self.lead[row] for row in rows if row in self.lead]
            self.model.add_at_most_one(who)
            for row in rows:
                self.model.add(sum(who) >= self.pair[row])
        if lead.most is not None:
            mine = self._by(self.problem.trainer, np.array(list(self.lead), dtype=np.int64))
            for one, rows in mine.items():
                self.model.add(sum(self.lead[row] for row in rows) <= int(lead.most[one]))

    def _worth(self) -> cp_model.LinearExprT:
        """An unmet need costs the penalty, so a pair brings its score and the penalty."""
        from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to import)

        problem, lead = self.problem, self.rules.lead
        columns = list(self.pair.values())
        weights = [int(problem.score[row]) + problem.unmatched_penalty for row in self.pair]
        if lead is not None:
            columns += self.lead.values()
            weights += [int(lead.score[row]) for row in self.lead]
        worth = cp_model.LinearExpr.weighted_sum(columns, weights)
        return worth - problem.unmatched_penalty * int(problem.need.sum())

    def answer(self, effort: Effort, seed: int, ceiling: int | None) -> Ruled:
        found: Searched = search(self.model, seed, effort.work, effort.seconds)
        if found.impossible:
            return Ruled(Status.IMPOSSIBLE)
        bounds = [one for one in (found.bound, ceiling) if one is not None]
        bound = min(bounds, default=None)
        if found.value is None:
            return Ruled(Status.LIMIT, upper_bound=bound)
        problem = self.problem
        chosen = np.array(sorted(row for row, one in self.pair.items() if found.value(one)), dtype=np.int64)
        leading = np.array(sorted(row for row, one in self.lead.items() if found.value(one)), dtype=np.int64)
        unmet = problem.need - np.bincount(problem.apprentice[chosen], minlength=len(problem.need))
        total = summed(problem.score[chosen]) - problem.unmatched_penalty * int(unmet.sum())
        if self.rules.lead is not None:
            total += summed(self.rules.lead.score[leading])
        status = Status.OPTIMAL if found.best else Status.LIMIT
        return Ruled(status, chosen, leading, unmet, total, total if found.best else bound)
