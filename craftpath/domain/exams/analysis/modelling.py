"""A scale of questions and people: which model the number of people bears, and what it says.

Under 50 people nothing is fitted: a Rasch difficulty is known to about one logit from 30 to 50 people on (Linacre
1994). From 200 on a question has a slope of its own; between the two all have one slope.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from craftpath.domain.exams.analysis.sheets import Sheet
    from craftpath.engines.psychometrics import Figures, Responses
    from craftpath.engines.psychometrics.irt import ChiSquare, Curve, Fitted, MeanSquares, Model
    from craftpath.figures.figure import Floats

LEAST_RASCH = 50
LEAST_TWO_PL = 200
LEAST_QUESTIONS = 3
KEPT = 16
"""Fits that are remembered, so that a second look at a page does not count everything again."""
ENDS = 4.0
STEPS = 81


@dataclass(frozen=True, slots=True)
class Modelled:
    """One fit. `why` says why there is none; `fallback` that slopes of their own did not come to rest.

    `mean_squares` belong to Rasch, `chi_square` to slopes of their own. `theta` holds an ability a row.
    """

    n: int
    questions: int
    why: str = ""
    fallback: bool = False
    fitted: Fitted | None = None
    slope_error: Figures | None = None
    difficulty_error: Figures | None = None
    mean_squares: MeanSquares | None = None
    chi_square: ChiSquare | None = None
    theta: Floats | None = None
    curve: Curve | None = None

    @property
    def two_slopes(self) -> bool:
        """Whether each question has a slope of its own."""
        return self.fitted is not None and self.fitted.model.value == "2pl"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Columns under the name of their content."""

    digest: str
    responses: Responses = field(compare=False)
    plain: bool = False


def modelled(sheet: Sheet, *, plain: bool = False) -> Modelled:
    """The model of a form; with `plain` a Rasch model whatever its size. The same columns are fitted once."""
    return _modelled(_Asked(sheet.digest, sheet.responses, plain))


@lru_cache(maxsize=KEPT)
def _modelled(asked: _Asked) -> Modelled:
    from craftpath.engines.psychometrics.irt import Model, fit  # noqa: PLC0415  (slow to import)

    responses = asked.responses
    questions = int(responses.dichotomous.sum())
    if responses.n < LEAST_RASCH:
        return Modelled(responses.n, questions, "too_few_people")
    if questions < LEAST_QUESTIONS:
        return Modelled(responses.n, questions, "too_few_items")
    wanted = Model.COMMON if asked.plain or responses.n < LEAST_TWO_PL else Model.TWO_PL
    fitted, fallback = fit(responses, wanted), False
    if wanted is Model.TWO_PL and not fitted.course.converged:
        wanted, fallback = Model.COMMON, True
        fitted = fit(responses, wanted)
    if not fitted.usable.any():
        return Modelled(responses.n, questions, "not_converged", fallback)
    return _told(responses, fitted, wanted, questions, fallback)


def _told(responses: Responses, fitted: Fitted, model: Model, questions: int, fallback: bool) -> Modelled:
    """The fit with errors, fit of each question, abilities and the curve of information."""
    import numpy as np  # noqa: PLC0415  (slow to import)

    from craftpath.engines.psychometrics import irt  # noqa: PLC0415  (the same)

    by_slope, by_difficulty = irt.errors(responses, model)
    own = model is irt.Model.TWO_PL
    return Modelled(
        responses.n,
        questions,
        "",
        fallback,
        fitted,
        by_slope,
        by_difficulty,
        None if own else irt.mean_squares(fitted, responses),
        irt.chi_square(fitted, responses) if own else None,
        irt.abilities(fitted, responses).theta.values,
        irt.information(fitted, np.linspace(-ENDS, ENDS, STEPS)),
    )


def observed(
    theta: Floats, right: Floats, groups: int = 8, least: int = 10
) -> list[tuple[float, float, int]]:
    """(mean ability, share right, people) in groups of equal size by ability, at least `least` people in each."""
    import numpy as np  # noqa: PLC0415  (slow to import)

    known = ~np.isnan(theta) & ~np.isnan(right)
    theta, right = theta[known], right[known]
    count = min(groups, len(theta) // least)
    if not count:
        return []
    parts = np.array_split(np.argsort(theta, kind="stable"), count)
    return [(float(theta[one].mean()), float(right[one].mean()), len(one)) for one in parts]
