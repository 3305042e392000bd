"""How good are a test, its items and its judges, and where is the cut? Columns of scores in, figures out.

Each room answers one question: `items` (classical analysis), `irt` (Rasch and 2PL), `fairness` (items and
selections that treat groups differently), `agreement` (do raters agree) and `standard_setting` (where a
panel puts the cut). Every figure carries n, method and missing rule; what cannot be said is None with a
reason code, never 0. No clock, no chance: the same columns give the same figures.
"""

from craftpath.engines.psychometrics.responses import Responses, as_responses, without_model
from craftpath.figures.figure import VERSION, Figure, Figures, Missing, Why

__all__ = ["VERSION", "Figure", "Figures", "Missing", "Responses", "Why", "as_responses", "without_model"]
