"""Two forms on one scale by the items that they share: theta on the base scale = A theta + B.

Difficulties become A b + B and slopes a / A. Mean/mean (Loyd & Hoover 1980), mean/sigma (Marco 1977) and the
characteristic curves of Stocking & Lord (1983), which uses all that the common items say; it is the default.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.irt import grid as grids
from craftpath.engines.psychometrics.irt.types import Fitted
from craftpath.figures.figure import VERSION, Floats, Why

FEWEST_COMMON = 2


class Link(StrEnum):
    """How the common items are laid upon one another."""

    MEAN_MEAN = "mean_mean"
    MEAN_SIGMA = "mean_sigma"
    STOCKING_LORD = "stocking_lord"


@dataclass(frozen=True, slots=True)
class Linked:
    """The line from the new form's scale to the base scale; None with a reason where there is none.

    `n` is the number of common items that were used.
    """

    scale: float | None
    shift: float | None
    n: int
    method: Link
    why: str = ""
    version: str = VERSION

    def difficulty(self, b: Floats) -> Floats:
        """Difficulties of the new form on the base scale."""
        scale, shift = self._line()
        return scale * np.asarray(b) + shift

    def slope(self, a: Floats) -> Floats:
        """Slopes of the new form on the base scale."""
        return np.asarray(a) / self._line()[0]

    def _line(self) -> tuple[float, float]:
        if self.scale is None or self.shift is None:
            raise ValueError(f"the forms are not linked: {self.why}")
        return self.scale, self.shift


def equate(base: Fitted, new: Fitted, method: Link = Link.STOCKING_LORD) -> Linked:
    """Link a new form to a base form by the items that have one name in both."""
    places = {item: at for at, item in enumerate(base.items) if base.usable[at]}
    pairs = [(places[item], at) for at, item in enumerate(new.items) if new.usable[at] and item in places]
    if len(pairs) < FEWEST_COMMON:
        return Linked(None, None, len(pairs), method, Why.TOO_FEW_ITEMS.value)
    ours, theirs = (list(side) for side in zip(*pairs, strict=True))
    a, b = base.slope.values[ours], base.difficulty.values[ours]
    other_a, other_b = new.slope.values[theirs], new.difficulty.values[theirs]
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = (
            float(b.std() / other_b.std()) if method is Link.MEAN_SIGMA else float(other_a.mean() / a.mean())
        )
    if not (np.isfinite(scale) and scale > 0):
        return Linked(None, None, len(pairs), method, Why.NO_VARIATION.value)
    shift = float(b.mean() - scale * other_b.mean())
    if method is Link.STOCKING_LORD:
        scale, shift = _curves(a, b, other_a, other_b, scale, shift)
    return Linked(scale, shift, len(pairs), method)


def _curves(
    a: Floats, b: Floats, other_a: Floats, other_b: Floats, scale: float, shift: float
) -> tuple[float, float]:
    """The line that brings the two expected scores on the common items closest over a normal population."""
    grid = grids.grid(grids.FEWEST)
    weight = np.exp(grid.log_weight / 2)
    aim = special.expit(a * (grid.theta[:, None] - b)).sum(axis=1)

    def apart(line: Floats) -> Floats:
        turned = special.expit(
            other_a / np.exp(line[0]) * (grid.theta[:, None] - np.exp(line[0]) * other_b - line[1])
        )
        return np.asarray(weight * (aim - turned.sum(axis=1)))

    from scipy import optimize  # noqa: PLC0415  (slow to import)

    found = optimize.least_squares(apart, [np.log(scale), shift], xtol=1e-12, ftol=1e-12, gtol=1e-12)
    return float(np.exp(found.x[0])), float(found.x[1])
