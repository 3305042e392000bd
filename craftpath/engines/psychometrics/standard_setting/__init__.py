"""Where is the cut between competent and not yet? What panels and candidates say, as advice to those who decide."""

from craftpath.engines.psychometrics.standard_setting.angoff import Angoff, Outlier, Round, angoff
from craftpath.engines.psychometrics.standard_setting.candidates import (
    borderline_regression,
    contrasting_groups,
)
from craftpath.engines.psychometrics.standard_setting.compromise import beuk, hofstee

__all__ = [
    "Angoff",
    "Outlier",
    "Round",
    "angoff",
    "beuk",
    "borderline_regression",
    "contrasting_groups",
    "hofstee",
]
