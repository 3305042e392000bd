"""What do a test and its items do? Classical analysis; missing answers follow the rule that each figure names."""

from craftpath.engines.psychometrics.items.classical import Classical, Distribution, classical
from craftpath.engines.psychometrics.items.distractors import Options, distractors
from craftpath.engines.psychometrics.items.reading import Ebel, Flag, Limits, Reading, readings
from craftpath.engines.psychometrics.items.reliability import spearman_brown

__all__ = [
    "Classical",
    "Distribution",
    "Ebel",
    "Flag",
    "Limits",
    "Options",
    "Reading",
    "classical",
    "distractors",
    "readings",
    "spearman_brown",
]
