"""Two forms on one scale by their common questions, and which scores of one are worth which of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from craftpath.domain.exams.analysis.modelling import LEAST_TWO_PL, Modelled, modelled

if TYPE_CHECKING:
    from craftpath.domain.exams.analysis.sheets import Sheet
    from craftpath.engines.psychometrics.irt import Fitted, Linked
    from craftpath.figures.figure import Floats

LEAST_COMMON = 5
"""Common questions from which on forms are laid upon one another: a line through fewer is mostly chance."""
FAR, STEPS = 8.0, 1601


@dataclass(frozen=True, slots=True)
class Linking:
    """The new form on the scale of the base form.

    `common` counts the questions that both have, `used` those with figures in both. `scores` says, for each score of
    the new form over its modelled questions, which score of the base form is worth as much. `gaps` holds the
    difficulty of each common question on the base scale and, brought over, from the new form.
    """

    common: int
    used: int
    why: str = ""
    stocking_lord: Linked | None = None
    mean_sigma: Linked | None = None
    scores: tuple[tuple[int, float], ...] = ()
    gaps: tuple[tuple[str, float, float], ...] = ()
    most: tuple[float, float] = (0, 0)


def linked(base: Sheet, new: Sheet) -> Linking:
    """Link two forms, both with one kind of model: slopes of their own only where both have people enough."""
    common = len(set(base.names) & set(new.names))
    if common < LEAST_COMMON:
        return Linking(common, 0, "too_few_common")
    plain = min(base.n, new.n) < LEAST_TWO_PL
    ours, theirs = modelled(base, plain=plain), modelled(new, plain=plain)
    if ours.two_slopes != theirs.two_slopes:  # one of them did not come to rest
        ours, theirs = modelled(base, plain=True), modelled(new, plain=True)
    if ours.fitted is None or theirs.fitted is None:
        return Linking(common, 0, ours.why or theirs.why)
    return _laid(base, new, ours, theirs, common)


def _laid(base: Sheet, new: Sheet, ours: Modelled, theirs: Modelled, common: int) -> Linking:
    from craftpath.engines.psychometrics.irt import Link, equate  # noqa: PLC0415  (slow to import)

    if ours.fitted is None or theirs.fitted is None:
        raise ValueError("both forms need a model")
    line = equate(ours.fitted, theirs.fitted, Link.STOCKING_LORD)
    if line.n < LEAST_COMMON or line.scale is None:
        return Linking(common, line.n, "too_few_common" if line.n < LEAST_COMMON else line.why)
    return Linking(
        common,
        line.n,
        "",
        line,
        equate(ours.fitted, theirs.fitted, Link.MEAN_SIGMA),
        _worth(base, new, ours.fitted, theirs.fitted, line),
        _gaps(ours.fitted, theirs.fitted, line),
        (_most(base, ours.fitted), _most(new, theirs.fitted)),
    )


def _most(sheet: Sheet, fitted: Fitted) -> float:
    return float(sheet.responses.maxima[fitted.usable].sum())


def _gaps(base: Fitted, new: Fitted, line: Linked) -> tuple[tuple[str, float, float], ...]:
    places = {name: at for at, name in enumerate(base.items) if base.usable[at]}
    moved = line.difficulty(new.difficulty.values)
    return tuple(
        (name, float(base.difficulty.values[places[name]]), float(moved[at]))
        for at, name in enumerate(new.items)
        if new.usable[at] and name in places
    )


def _worth(
    base: Sheet, new: Sheet, ours: Fitted, theirs: Fitted, line: Linked
) -> tuple[tuple[int, float], ...]:
    """True-score equating (Kolen & Brennan 2014): the score that is expected at the same ability.

    Nothing and everything are worth nothing and everything.
    """
    import numpy as np  # noqa: PLC0415  (slow to import)

    theta = np.linspace(-FAR, FAR, STEPS)
    on_base = _expected(base, ours, theta, ours.slope.values, ours.difficulty.values)
    on_new = _expected(
        new, theirs, theta, line.slope(theirs.slope.values), line.difficulty(theirs.difficulty.values)
    )
    most_base, most_new = _most(base, ours), _most(new, theirs)
    if (np.diff(on_new) <= 0).any():  # a slope below nothing: a score has no one ability
        return ()
    scores = np.arange(0, int(most_new) + 1)
    worth = np.interp(scores, on_new, on_base)
    worth[scores == 0] = 0
    worth[scores == most_new] = most_base
    return tuple((int(one), float(other)) for one, other in zip(scores, worth, strict=True))


def _expected(sheet: Sheet, fitted: Fitted, theta: Floats, a: Floats, b: Floats) -> Floats:
    import numpy as np  # noqa: PLC0415  (slow to import)

    used = fitted.usable
    with np.errstate(over="ignore"):
        right = 1 / (1 + np.exp(-a[used] * (theta[:, None] - b[used])))
    return np.asarray(right @ sheet.responses.maxima[used])
