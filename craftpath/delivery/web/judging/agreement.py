"""How far the raters of a practical assessment agree, in figures that say what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.engines.psychometrics.agreement import Level, Ratings, agreement

if TYPE_CHECKING:
    from craftpath.domain.judging.settling import Work
    from craftpath.engines.psychometrics import Figure

WHY = {
    "too_few_units": gettext_lazy("too few works that two have rated"),
    "too_few_raters": gettext_lazy("too few raters"),
    "gaps": gettext_lazy("not every rater has rated every work"),
    "no_variation": gettext_lazy("all marks are the same"),
    "no_answers": gettext_lazy("nobody has rated"),
    "no_rows": gettext_lazy("nobody has rated"),
}
KRIPPENDORFF = ((0.8, gettext_lazy("reliable")), (0.667, gettext_lazy("tentative")))
ICC = ((0.9, gettext_lazy("excellent")), (0.75, gettext_lazy("good")), (0.5, gettext_lazy("moderate")))


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure in words: what it is, its value, how it reads, and what it rests on."""

    label: str
    value: str
    reading: str
    note: str


def shown(works: Mapping[int, Work]) -> list[Shown]:
    """Krippendorff's alpha over all raters with gaps, and the two-way random ICC where there are none."""
    table = _table(works.values())
    if table is None:
        return []
    found = agreement(table, Level.INTERVAL)
    return [
        _shown(
            _("Krippendorff’s alpha"),
            found.krippendorff,
            KRIPPENDORFF,
            _("works with two ratings or more; a rating that is missing is left out"),
        ),
        _shown(
            _("ICC(2,1), one rater’s mark"),
            found.icc["2,1"],
            ICC,
            _("every rater has to rate every work; with a gap there is no figure"),
        ),
    ]


def _table(works: Iterable[Work]) -> Ratings | None:
    """Works by raters, marks of 100; the apprentice's own rating is not among them."""
    rows = [
        {seat.rater.person_id: float(seat.mark) for seat in work.asked if seat.mark is not None}
        for work in works
    ]
    raters = sorted({who for row in rows for who in row})
    if len(raters) < 2:
        return None
    values = np.array([[row.get(who, np.nan) for who in raters] for row in rows], dtype=np.float64)
    return Ratings(values)


def _shown(label: str, figure: Figure, readings: tuple[tuple[float, object], ...], missing: str) -> Shown:
    facts = {"n": figure.n, "missing": missing}
    note = _("n = %(n)s %(missing)s") % facts
    if figure.value is None:
        return Shown(label, _("not available"), str(WHY.get(figure.why, figure.why)), note)
    reading = next((str(words) for least, words in readings if figure.value >= least), _("weak"))
    value = number_format(round(figure.value, 2), 2)
    if figure.low is not None and figure.high is not None:
        low, high = number_format(round(figure.low, 2), 2), number_format(round(figure.high, 2), 2)
        value = f"{value} ({low}–{high})"
    return Shown(label, value, reading, note)
