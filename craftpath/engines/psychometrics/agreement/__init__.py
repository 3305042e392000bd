"""Do raters agree, and better than by chance? One table of units by raters, or a table of two raters' counts."""

from craftpath.engines.psychometrics.agreement.agreeing import Agreement, agreement
from craftpath.engines.psychometrics.agreement.concordance import Concordance, kendall_w
from craftpath.engines.psychometrics.agreement.kappa import Weights, fleiss_of_counts, kappa_of_table
from craftpath.engines.psychometrics.agreement.ratings import Level, Ratings

__all__ = [
    "Agreement",
    "Concordance",
    "Level",
    "Ratings",
    "Weights",
    "agreement",
    "fleiss_of_counts",
    "kappa_of_table",
    "kendall_w",
]
