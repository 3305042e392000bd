"""The spread of a study, ready for a template: cut scores by round, judges, questions; a judge reads no names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.templatetags.say import points
from craftpath.delivery.web.standards.charts import Strip, Value, bounds, strip, tallest
from craftpath.domain.exams.panel import Panel, Pass, agreement, in_points

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Judge

CUTS_WIDE = 480
CUTS_RADIUS = 9.0


@dataclass(frozen=True, slots=True)
class CutLine:
    """One round in the drawing of cut scores."""

    number: int
    strip: Strip
    mean: str
    error: str
    middle: str
    n: int
    why: str


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """One judge: how far, the cut score of each round, the change to the last one, agreement with the difficulty."""

    public_id: str
    letter: str
    name: str
    own: bool
    done: int
    left: int
    excused: str
    cuts: list[str]
    change: str
    fits: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question: the values as dots, and their figures."""

    order: int
    words: str
    points: str
    strip: Strip
    n: int
    missing: str
    mean: str
    sd: str
    range: str
    change: str
    observed: str


def figure(value: float | Decimal | None, places: int = 1) -> str:
    """A figure in the reader's language; "not available" is a dash, never 0."""
    return "–" if value is None else str(number_format(f"{value:.{places}f}", places))


def of_points(value: float | None) -> str:
    """Points with two decimals, half up as they are adopted."""
    return figure(None if value is None else in_points(value), 2)


def signed(value: float | None, places: int = 1) -> str:
    """A change with its sign."""
    if value is None:
        return "–"
    shown = figure(abs(value), places)
    return f"±{shown}" if round(value, places) == 0 else f"{'+' if value > 0 else '−'}{shown}"


def cut_lines(passes: Sequence[Pass], full: Decimal, own: int | None) -> tuple[list[CutLine], str, str]:
    """Each round on the same scale, and where that scale begins and ends, in points."""
    every = [total for one in passes for total in one.totals()]
    first, last = bounds(every, float(full))
    lines = [_cut_line(one, first, last, own) for one in passes]
    return lines, points(Decimal(int(first))), points(Decimal(str(last)))


def _cut_line(one: Pass, first: float, last: float, own: int | None) -> CutLine:
    values = [
        Value(total, judge.letter, judge.person_id == own)
        for n, judge in enumerate(one.judges)
        if (total := one.total(n)) is not None
    ]
    cut = one.cut
    return CutLine(
        one.row.number,
        strip(
            values,
            first=first,
            last=last,
            width=CUTS_WIDE,
            radius=CUTS_RADIUS,
            mean=cut.value,
            error=cut.se,
        ),
        of_points(cut.value),
        of_points(cut.se),
        of_points(one.middle),
        cut.n,
        "" if cut.value is not None else _("no judge is done with every question"),
    )


def judge_lines(
    panel: Panel, shown: Sequence[Pass], observed: Mapping[str, Any], own: int | None
) -> list[JudgeLine]:
    """Everybody who was ever asked; cut scores of the rounds that the reader may see.

    Who judges too reads either names (who is done, while a round is open) or letters with figures, never both.
    """
    current = panel.passes[-1] if panel.passes else None
    names = own is None or panel.open is not None or not panel.closed
    some = [] if own is not None and names else shown
    lines = [_judge_line(panel, one, current, some, observed, own, names) for one in panel.judges]
    return sorted(lines, key=lambda one: one.name) if own is not None and names else lines


def _named(judge: Judge, own: int | None, names: bool) -> str:
    if names:
        return judge.person.name
    return _("you") if judge.person_id == own else ""


def _judge_line(
    panel: Panel,
    judge: Judge,
    current: Pass | None,
    shown: Sequence[Pass],
    observed: Mapping[str, Any],
    own: int | None,
    names: bool,
) -> JudgeLine:
    totals = [_total(one, judge) for one in shown]
    at = _place(current, judge)
    left = current.left(at) if current is not None and at is not None else 0
    last = _place(shown[-1], judge) if shown else None
    change = None
    if len(totals) > 1 and totals[-1] is not None and totals[-2] is not None:
        change = totals[-1] - totals[-2]
    fits = agreement(shown[-1].values[last], panel.lines, observed) if last is not None and observed else None
    return JudgeLine(
        judge.public_id,
        judge.letter if own is None or not names else "",
        _named(judge, own, names),
        judge.person_id == own,
        len(panel.lines) - left if at is not None else 0,
        left,
        judge.excused_because,
        [of_points(one) for one in totals],
        signed(change, 2),
        figure(fits, 2),
    )


def _place(one: Pass | None, judge: Judge) -> int | None:
    if one is None:
        return None
    return next((n for n, other in enumerate(one.judges) if other.pk == judge.pk), None)


def _total(one: Pass, judge: Judge) -> float | None:
    at = _place(one, judge)
    return None if at is None else one.total(at)


def question_lines(
    panel: Panel, one: Pass, before: Pass | None, observed: Mapping[str, Any], own: int | None
) -> list[QuestionLine]:
    """The questions of a round in order."""
    far = one.far()
    stacks = max(map(tallest, _columns(one)), default=1)  # all drawings of one height: rows line up
    found = []
    for m, line in enumerate(panel.lines):
        spread = one.spread(m)
        was = before.spread(m).mean if before is not None else None
        seen = observed.get(str(line.order))
        values = [
            Value(said, judge.letter, judge.person_id == own, (n, m) in far)
            for n, (judge, row) in enumerate(zip(one.judges, one.values, strict=True))
            if (said := row[m]) is not None
        ]
        lacking = [judge.letter for judge, row in zip(one.judges, one.values, strict=True) if row[m] is None]
        found.append(
            QuestionLine(
                line.order,
                plain(line.version.stem, 60),
                points(line.version.points),
                strip(values, mean=spread.mean, other=None if seen is None else 100 * seen[0], stacks=stacks),
                spread.n,
                " ".join(lacking),
                figure(spread.mean),
                figure(spread.sd),
                f"{spread.low}–{spread.high}" if spread.n else "–",
                signed(spread.mean - was if spread.mean is not None and was is not None else None),
                figure(None if seen is None else 100 * seen[0]),
            )
        )
    return found


def _columns(one: Pass) -> list[list[int]]:
    if not one.values:
        return []
    return [[said for row in one.values if (said := row[m]) is not None] for m in range(len(one.values[0]))]
