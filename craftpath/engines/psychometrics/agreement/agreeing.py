"""Everything that is said of one table of ratings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from craftpath.engines.psychometrics.agreement.icc import KINDS, icc
from craftpath.engines.psychometrics.agreement.kappa import Weights, cohen, fleiss, percent_agreement
from craftpath.engines.psychometrics.agreement.krippendorff import krippendorff
from craftpath.engines.psychometrics.agreement.ratings import Level, Ratings
from craftpath.figures.figure import Figure, Missing, Why, absent


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of one table; each says over how many units and why it is absent, if it is."""

    level: Level
    units: int
    raters: int
    percent: Figure
    cohen: Figure
    linear: Figure
    quadratic: Figure
    fleiss: Figure
    krippendorff: Figure
    icc: Mapping[str, Figure]


def agreement(ratings: Ratings, level: Level) -> Agreement:
    """Measure agreement; intraclass correlations are for measured values only."""
    measured = (
        icc(ratings)
        if level.measured
        else {kind: absent(Why.LEVEL, ratings.units, f"icc_{kind}", Missing.NO_GAPS) for kind in KINDS}
    )
    return Agreement(
        level=level,
        units=ratings.units,
        raters=ratings.raters,
        percent=percent_agreement(ratings),
        cohen=cohen(ratings),
        linear=cohen(ratings, Weights.LINEAR),
        quadratic=cohen(ratings, Weights.QUADRATIC),
        fleiss=fleiss(ratings),
        krippendorff=krippendorff(ratings, level),
        icc=measured,
    )
