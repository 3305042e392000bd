"""What a panel's values come to: each round as a table of judges by questions, with its figures.

All figures come from `engines/psychometrics/standard_setting`. A judge who left a question out has no cut score and
does not count; what cannot be said is None, never 0. Sources: Angoff 1971; domain rules of modified Angoff in rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from craftpath.domain.exams.marking import Scored
from craftpath.domain.exams.models import Estimate, Judge, PaperLine, Round, Study

if TYPE_CHECKING:
    from craftpath.engines.psychometrics import Figure
    from craftpath.engines.psychometrics.standard_setting import Round as Worked

FEWEST_PAIRS = 3  # questions from which on a correlation says anything
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Spread:
    """How the values of one question lie, in points of 100; None where there are too few."""

    n: int
    mean: float | None
    sd: float | None
    middle: float | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Pass:
    """One round: who was asked in it, what each said (None: nothing yet), and what it comes to in points."""

    row: Round
    judges: Sequence[Judge]
    values: Sequence[Sequence[int | None]]
    worked: Worked

    @property
    def cut(self) -> Figure:
        """The mean of the judges' cut scores, with its standard error; its n is judges who are done."""
        return self.worked.cut

    def total(self, judge: int) -> float | None:
        """The cut score of one judge, None with a gap."""
        return None if self.left(judge) else float(self.worked.totals.values[judge])

    def totals(self) -> list[float]:
        """Those that count."""
        return [one for n in range(len(self.judges)) if (one := self.total(n)) is not None]

    def left(self, judge: int) -> int:
        """How many questions a judge has still to judge."""
        return sum(one is None for one in self.values[judge])

    @property
    def middle(self) -> float | None:
        """The median of the judges' cut scores."""
        found = self.totals()
        return median(found) if found else None

    def spread(self, line: int) -> Spread:
        """How the values of a question lie."""
        return spread([row[line] for row in self.values])

    def far(self) -> set[tuple[int, int]]:
        """(judge, line) of values far from the others on their question: something to talk about."""
        return {(one.judge, one.item) for one in self.worked.outliers}


@dataclass(frozen=True, slots=True)
class Panel:
    """A study with its questions, everybody who was ever asked, and its rounds in order."""

    study: Study
    lines: Sequence[PaperLine]
    judges: Sequence[Judge]
    passes: Sequence[Pass]

    @property
    def full(self) -> Decimal:
        """All points of the paper."""
        return sum((Decimal(line.version.points) for line in self.lines), Decimal(0))

    @property
    def open(self) -> Pass | None:
        """The round in which judges write."""
        last = self.passes[-1] if self.passes else None
        return last if last is not None and last.row.closed_at is None else None

    @property
    def closed(self) -> Sequence[Pass]:
        """Those that never change any more."""
        return [one for one in self.passes if one.row.closed_at is not None]


def spread(values: Sequence[int | None]) -> Spread:
    """Mean, sample standard deviation (n − 1), median and range of what was said."""
    known = [one for one in values if one is not None]
    if not known:
        return Spread(0, None, None, None, None, None)
    mean = sum(known) / len(known)
    away = sum((one - mean) ** 2 for one in known)
    sd = (away / (len(known) - 1)) ** 0.5 if len(known) > 1 else None
    return Spread(len(known), mean, sd, float(median(known)), min(known), max(known))


def panel_of(study: Study) -> Panel:
    """The whole study; four queries however many judges, questions and rounds."""
    lines = list(
        PaperLine.objects.filter(paper=study.paper_id)
        .select_related("version__item", "version__stimulus")
        .order_by("order")
    )
    judges = list(Judge._base_manager.filter(study=study).select_related("person").order_by("letter"))
    rounds = list(Round._base_manager.filter(study=study).select_related("sitting").order_by("number"))
    said: dict[tuple[int, int, int], int] = {
        (round_, judge, line): value
        for round_, judge, line, value in Estimate._base_manager.filter(judge__study=study).values_list(
            "round_id", "judge_id", "line_id", "value"
        )
    }
    passes = []
    for row in rounds:
        here = [one for one in judges if asked_in(one, row)]
        values = [[said.get((row.pk, judge.pk, line.pk)) for line in lines] for judge in here]
        passes.append(Pass(row, here, values, work_out(values, lines, study.method)))
    return Panel(study, lines, judges, passes)


def asked_in(judge: Judge, row: Round) -> bool:
    """Whether somebody belongs to a round: asked before its end, and not excused before it."""
    if row.closed_at is None:
        return judge.excused_at is None
    excused: datetime | None = judge.excused_at
    return judge.asked_at <= row.closed_at and (excused is None or excused > row.closed_at)


def work_out(values: Sequence[Sequence[int | None]], lines: Sequence[PaperLine], method: str) -> Worked:
    """The engine's figures of one round."""
    import numpy as np  # noqa: PLC0415  (slow to import, and only these pages count)

    from craftpath.engines.psychometrics.standard_setting import angoff  # noqa: PLC0415  (the same)

    table = np.full((len(values), len(lines)), np.nan)
    for n, row in enumerate(values):
        for m, one in enumerate(row):
            if one is not None:
                table[n, m] = one / 100
    return angoff([table], [float(line.version.points) for line in lines], yes_no=method == "yes_no").final


def in_points(value: float) -> Decimal:
    """A figure of the engine as points with two decimals, half up; the ninth decimal is the computer's."""
    return Decimal(repr(round(value, 9))).quantize(_CENT, ROUND_HALF_UP)


def computed(panel: Panel) -> Decimal | None:
    """The cut score of the last closed round in points with two decimals; None while nobody is done in one."""
    value = panel.closed[-1].cut.value if panel.closed else None
    return None if value is None else in_points(value)


def agreement(
    values: Sequence[int | None], lines: Sequence[PaperLine], observed: Mapping[str, Any]
) -> float | None:
    """Pearson's correlation of a judge's values with the observed difficulty; None where it says nothing."""
    import numpy as np  # noqa: PLC0415  (slow to import)

    pairs = [
        (one, observed[str(line.order)][0])
        for one, line in zip(values, lines, strict=True)
        if one is not None and str(line.order) in observed
    ]
    if len(pairs) < FEWEST_PAIRS:
        return None
    left, right = np.array(pairs, dtype=np.float64).T
    if np.ptp(left) == 0 or np.ptp(right) == 0:
        return None
    return float(np.corrcoef(left, right)[0, 1])


def difficulty(table: Scored) -> dict[str, tuple[float, int]]:
    """Order of a question → mean share of its points among those who were there, and how many they are.

    An essay that nobody has marked leaves its candidate out; a question without anybody is left out.
    """
    found = {}
    for m, line in enumerate(table.lines):
        got = [one for n in range(len(table.points)) if (one := table.points[n][m]) is not None]
        if got:
            found[str(line.order)] = (round(float(sum(got) / len(got) / table.most[m]), 4), len(got))
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """How many candidates of a closed sitting have the cut score or more; `waiting` have essays without a mark."""

    reached: int
    n: int
    waiting: int


def reach(table: Scored, cut: Decimal) -> Reach:
    """Who was absent is left out; who waits for an essay is counted apart, never as a fail."""
    totals = [table.total(n) for n in range(len(table.candidates))]
    known = [one for one in totals if one is not None]
    waiting = sum(bool(table.waits(n)) for n in range(len(table.candidates)))
    return Reach(sum(one >= cut for one in known), len(known), waiting)
