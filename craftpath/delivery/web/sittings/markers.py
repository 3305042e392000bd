"""How markers mark: how many, how high, how strictly against the others, and whether they agree; with what it rests on.

Figures of marks are shares of an essay's points in percent, so that essays of different size stand together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.sittings.saying import one_place

if TYPE_CHECKING:
    from craftpath.domain.exams.essays import Essay
    from craftpath.domain.exams.models import EssayReturn
    from craftpath.engines.psychometrics import Figure
    from craftpath.kernel.people import Person

ENOUGH = 5
"""Essays marked twice from which on agreement and severity are told."""
STEPS = 10
"""Into how many steps points are sorted for kappa."""
WIDE, REACH = 120, 25
"""The chart of severity: its width, and the percent at either end of it."""
WHY = {
    "no_variation": gettext_lazy("all marks are the same"),
    "chance_certain": gettext_lazy("all marks are the same"),
    "too_few_units": gettext_lazy("too few essays that two have marked"),
    "too_few_raters": gettext_lazy("too few markers"),
}


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker's figures as they are shown; `bar` is (x, width) of the chart, None where too few stand behind it."""

    person: Person
    count: int
    mean: str
    spread: str
    severity: str
    against: int
    bar: tuple[str, str] | None
    returned: EssayReturn | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of agreement in words."""

    label: str
    value: str
    note: str


def markers(essays: Sequence[Essay], returns: dict[int, EssayReturn]) -> list[Marker]:
    """Everybody who has marked, or whose marks were sent back, by name."""
    people = {mark.marker_id: mark.marker for essay in essays for mark in essay.marks}
    people |= {pk: word.marker for pk, word in returns.items()}
    rows = [_marker(person, essays, returns.get(pk)) for pk, person in people.items()]
    return sorted(rows, key=lambda one: (one.person.name, one.person.pk))


def _marker(person: Person, essays: Sequence[Essay], returned: EssayReturn | None) -> Marker:
    own, apart = [], []
    for essay in essays:
        mark = essay.by(person.pk)
        if mark is None:
            continue
        own.append(_share(essay, mark))
        others = [_share(essay, one) for one in essay.marks if one.marker_id != person.pk]
        if others:
            apart.append(own[-1] - fmean(others))
    severity = fmean(apart) if len(apart) >= ENOUGH else None
    return Marker(
        person,
        len(own),
        one_place(fmean(own) if own else None),
        one_place(stdev(own) if len(own) > 1 else None),
        one_place(severity, signed=True),
        len(apart),
        _bar(severity),
        returned,
    )


def _share(essay: Essay, mark: Any) -> float:
    return float(100 * mark.points / essay.most)


def _bar(severity: float | None) -> tuple[str, str] | None:
    """From the middle to the right where somebody gives more than the others, to the left where less."""
    if severity is None:
        return None
    middle = WIDE / 2
    length = min(abs(severity), REACH) / REACH * middle
    return str(round(middle if severity > 0 else middle - length, 1)), str(round(length, 1))


def agreement(essays: Sequence[Essay]) -> list[Shown]:
    """Weighted kappa and the intraclass correlation of first and second marks; empty where nothing is marked twice."""
    pairs = [essay.ordinary for essay in essays if len(essay.ordinary) == 2]
    if not pairs:
        return []
    twice = [essay for essay in essays if len(essay.ordinary) == 2]
    two = _two_of(twice)
    rows = [
        [
            _share(essay, mark)
            for mark in sorted(essay.ordinary, key=lambda one: one.marker_id if two else one.place)
        ]
        for essay in twice
    ]
    note = (
        _("the two markers who marked all of them")
        if two
        else _("several markers; the first mark of an essay against the second")
    )
    return [
        _shown(
            _("Weighted kappa, quadratic"), _kappa(rows), _("points in ten steps; %(who)s") % {"who": note}
        ),
        _shown(
            _("ICC(2,1), one mark") if two else _("ICC(1,1), one mark"),
            _icc(rows, "2,1" if two else "1,1"),
            note,
        ),
    ]


def _two_of(twice: Sequence[Essay]) -> bool:
    """Whether the same two have marked all that is marked twice."""
    return len(list(groupby(sorted(frozenset(m.marker_id for m in one.ordinary)) for one in twice))) == 1


def _kappa(rows: Sequence[Sequence[float]]) -> Figure:
    import numpy as np  # noqa: PLC0415  (slow to import)

    from craftpath.engines.psychometrics.agreement import Weights, kappa_of_table  # noqa: PLC0415  (the same)

    table = np.zeros((STEPS + 1, STEPS + 1))
    for first, second in rows:
        table[_step(first), _step(second)] += 1
    return kappa_of_table(table, Weights.QUADRATIC)


def _step(share: float) -> int:
    return min(STEPS, int(share * STEPS / 100 + 0.5))


def _icc(rows: Sequence[Sequence[float]], kind: str) -> Figure:
    from craftpath.engines.psychometrics.agreement import Level, Ratings, agreement  # noqa: PLC0415  (slow to import)

    return agreement(Ratings.of(rows), Level.INTERVAL).icc[kind]


def _shown(label: str, figure: Figure, note: str) -> Shown:
    said = _("n = %(n)s; %(note)s") % {"n": figure.n, "note": note}
    if figure.n < ENOUGH:
        return Shown(
            label,
            _("not available"),
            _("%(said)s; from %(least)s on it is told") % {"said": said, "least": ENOUGH},
        )
    if figure.value is None:
        return Shown(label, _("not available"), f"{said}; {WHY.get(figure.why, figure.why)}")
    value = str(number_format(round(figure.value, 2), 2))
    if figure.low is not None and figure.high is not None:
        low, high = number_format(round(figure.low, 2), 2), number_format(round(figure.high, 2), 2)
        value = _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}
    return Shown(label, value, said)
