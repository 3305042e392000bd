"""What workers said of the tasks of an occupation: which belong to it, and which are trained first."""

from craftpath.engines.occupations.priority import PRIORITIES, TRAINED, decide
from craftpath.engines.occupations.types import SCALES, Criteria, Figures, Ratings
from craftpath.engines.occupations.verifying import verify

__all__ = ["PRIORITIES", "SCALES", "TRAINED", "Criteria", "Figures", "Ratings", "decide", "verify"]
