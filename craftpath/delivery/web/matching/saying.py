"""How rounds are said: fits in percent, points as cells, days, reasons and what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.pairing.saying import days
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.templatetags.say import together
from craftpath.domain.matching.rules import CRITERIA
from craftpath.domain.matching.scoring import MIDDLE, OF_KIND, perfect
from craftpath.domain.matching.texts import CRITERIA as NAMES
from craftpath.domain.matching.texts import CRITERION_HINTS, STATES, WHYS

if TYPE_CHECKING:
    from craftpath.domain.matching.explaining import Line
    from craftpath.domain.matching.gathering import Table
    from craftpath.domain.matching.models import Proposal, Round

TONES = {"open": "info", "asking": "attention", "published": "good", "dropped": "plain"}
"""How the badge of a state looks."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Points of one criterion: from 0 to 100, or not known."""

    name: str
    points: int | None
    weight: int

    @property
    def step(self) -> int:
        """The shade, from 0 to 4."""
        return (MIDDLE if self.points is None else self.points) // 21


def state(row: Round) -> tuple[str, str]:
    """(words, tone) of the badge."""
    return str(STATES[row.state]), TONES[row.state]


def fit(worth: int, most: int) -> int | None:
    """How much of what would be perfect, in whole percent; None where nothing can be."""
    return round(100 * worth / most) if most else None


def criteria(kind: str) -> list[tuple[str, str, str]]:
    """(key, name, what it means) of the criteria that count for a kind, fairness last."""
    alone = kind in ("mutual", "red_white")  # everybody has one, so loads are even anyway
    keys = OF_KIND[kind] if alone else (*OF_KIND[kind], "fairness")
    return [(key, str(NAMES[key]), str(CRITERION_HINTS[key])) for key in keys]


def cells(row: Round, points: Sequence[int | None], weights: Mapping[str, int]) -> list[Cell]:
    """The points of the criteria that count for a kind, in order."""
    return [
        Cell(str(NAMES[name]), value, weights.get(name, 0))
        for name, value in zip(CRITERIA, points, strict=True)
        if name in OF_KIND[row.kind]
    ]


def span(row: Round) -> str:
    """The days of a round."""
    return days(row.starts_on, row.ends_on)


def reason(row: Round, table: Table, line: Line) -> str:
    """Why two are a pair, or are not, in one sentence or two."""
    if line.barred is not None:
        return sentence(line.barred)
    said = [str(WHYS[line.code])]
    cost = _cost(row, table, line)
    if cost:
        said.append(cost)
    return together(said)


def _cost(row: Round, table: Table, line: Line) -> str:
    if line.chosen or line.loss is None:
        return ""
    if line.needs > 0:
        return ngettext(
            "Together they would leave %(count)s person without a teacher.",
            "Together they would leave %(count)s people without a teacher.",
            line.needs,
        ) % {"count": line.needs}
    if line.pairs > 0:
        return ngettext(
            "Together they would end %(count)s more pair that stands.",
            "Together they would end %(count)s more pairs that stand.",
            line.pairs,
        ) % {"count": line.pairs}
    one = perfect(row.weights, row.kind)
    if line.loss > 0 and one:
        share = f"{100 * line.loss / one:.0f}"
        return _("Together they would cost all pairs %(share)s %% of one perfect pair.") % {"share": share}
    return ""


def moves(table: Table, line: Line, most: int = 6) -> list[str]:
    """Who would have another teacher then, each in a few words."""
    names = [seat.person.name for seat in table.teachers]
    nobody = _("nobody")
    said = [
        _("%(name)s: %(now)s → %(then)s")
        % {
            "name": table.learners[move.learner].person.name,
            "now": names[move.now] if move.now is not None else nobody,
            "then": names[move.then] if move.then is not None else nobody,
        }
        for move in line.moves[:most]
    ]
    more = len(line.moves) - most
    return [*said, _("and %(count)s more") % {"count": more}] if more > 0 else said


def means(pairs: Iterable[Any]) -> list[float]:
    """The mean points of each criterion, what is not known counted as the middle."""
    rows = [[MIDDLE if value is None else value for value in pair.points] for pair in pairs]
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)] if rows else []


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion of two proposals: weights and mean points, then and now."""

    name: str
    weight: int
    weight_then: int
    now: int
    then: int

    @property
    def better(self) -> int:
        """By how many points it is better now."""
        return self.now - self.then


def compared(
    row: Round, now: Proposal, then: Proposal, means_now: list[float], means_then: list[float]
) -> list[Compared]:
    """The criteria of a kind, now beside then."""
    return [
        Compared(
            str(NAMES[name]),
            now.weights.get(name, 0),
            then.weights.get(name, 0),
            round(means_now[at]),
            round(means_then[at]),
        )
        for at, name in enumerate(CRITERIA)
        if name in OF_KIND[row.kind] and means_now and means_then
    ]
