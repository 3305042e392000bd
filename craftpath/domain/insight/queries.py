"""Reading figures: prepared, suppressed, in a fixed number of questions whatever the number of apprentices.

Whoever reads has a scope open; figures of an organisation outside it are not there. Everything here is about one
organisation and what lies below it (`of`): an office reads its whole tree, a college its classes, an enterprise its
apprentices. Nothing is worked out while somebody waits but sums of prepared integers and what follows from them.
"""

from __future__ import annotations

from craftpath.domain.insight.answers import (
    TABLES,
    Choice,
    Layer,
    Link,
    NationalFigure,
    Rolled,
    Row,
    Spot,
    Step,
    Survivors,
)
from craftpath.domain.insight.drawing import (
    funnel,
    layers,
    paths,
    spots,
    survival,
)
from craftpath.domain.insight.figuring import (
    choices,
    figures,
    made_at,
    public_figures,
    published,
)
from craftpath.domain.insight.models.handing import LONGEST_PURPOSE, LONGEST_RECEIVER
from craftpath.domain.insight.national import (
    county_of,
    handovers,
    national,
    rollups,
    taken_rollups,
)
from craftpath.domain.insight.rules import LONGEST_SOURCE
from craftpath.engines.indicators import DIMENSIONS

__all__ = [
    "Choice",
    "DIMENSIONS",
    "LONGEST_PURPOSE",
    "LONGEST_RECEIVER",
    "LONGEST_SOURCE",
    "Layer",
    "Link",
    "NationalFigure",
    "Rolled",
    "Row",
    "Spot",
    "Step",
    "Survivors",
    "TABLES",
    "choices",
    "county_of",
    "figures",
    "funnel",
    "handovers",
    "layers",
    "made_at",
    "national",
    "paths",
    "public_figures",
    "published",
    "rollups",
    "spots",
    "survival",
    "taken_rollups",
]
