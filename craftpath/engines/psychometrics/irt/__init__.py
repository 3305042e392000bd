"""How difficult and how telling are the items, and how able the people? Rasch and 2PL on one scale.

`fit` is marginal (theta ~ N(0, 1)), `conditional` supposes no distribution; both ignore missing answers. Under 200
people stay with Rasch or with the classical figures.
"""

from craftpath.engines.psychometrics.irt.ability import abilities, information
from craftpath.engines.psychometrics.irt.conditional import conditional
from craftpath.engines.psychometrics.irt.equating import Link, Linked, equate
from craftpath.engines.psychometrics.irt.item_fit import ChiSquare, MeanSquares, chi_square, mean_squares
from craftpath.engines.psychometrics.irt.marginal import errors, fit
from craftpath.engines.psychometrics.irt.types import Abilities, Conditional, Course, Curve, Fitted, Model

__all__ = [
    "Abilities",
    "ChiSquare",
    "Conditional",
    "Course",
    "Curve",
    "Fitted",
    "Link",
    "Linked",
    "MeanSquares",
    "Model",
    "abilities",
    "chi_square",
    "conditional",
    "equate",
    "errors",
    "fit",
    "information",
    "mean_squares",
]
