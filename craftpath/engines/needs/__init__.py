"""Which skills matter and are lacking: answers of many people in, weighted needs with their doubt out.

`sums_of` passes once over the answers and knows every group from then on; `weighed` makes the figures, `ranks` and
`spearman` order and compare them, `grid` draws the fields. What cannot be said is NaN here and None where it is told.
"""

from craftpath.engines.needs.crossing import Crossing, crossing
from craftpath.engines.needs.estimating import LEVEL, Differences, Estimates, differences
from craftpath.engines.needs.grid import Crosshair, Grid, Quadrant, grid
from craftpath.engines.needs.mentors import views
from craftpath.engines.needs.ranking import Ranks, ranks, spearman
from craftpath.engines.needs.scaling import Construct, constructs, reliability
from craftpath.engines.needs.selecting import chosen, joined, paired
from craftpath.engines.needs.sums import Sums, doubled, sums_of
from craftpath.engines.needs.types import Answers, Group, Scales
from craftpath.engines.needs.weighing import VERSION, Weighed, weighed

__all__ = [
    "LEVEL",
    "VERSION",
    "Answers",
    "Construct",
    "Crosshair",
    "Crossing",
    "Differences",
    "Estimates",
    "Grid",
    "Group",
    "Quadrant",
    "Ranks",
    "Scales",
    "Sums",
    "Weighed",
    "chosen",
    "constructs",
    "crossing",
    "differences",
    "doubled",
    "grid",
    "joined",
    "paired",
    "ranks",
    "reliability",
    "spearman",
    "sums_of",
    "views",
    "weighed",
]
