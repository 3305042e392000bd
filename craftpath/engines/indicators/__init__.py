"""How is it going, told with one definition for a class, a city and a nation?

`star` is the schema of facts, version 1. `CATALOGUE` holds every indicator once: its words, its source, its integer
parts (`parts`), its missing rule and its privacy floor. Parts add up: those of a whole are the sums of those of its
pieces, whoever keeps them. So a database may keep prepared cells up to date, a cluster may group a lake (`cells`), and
a page may add up what it shows; `finish` makes the same value of the same sums, exact and rounded once, half up.
A quotient over nobody is no value with the reason `no_rows`, never 0. `life_table` serves projected completion and
curves. No clock, no chance. The engines behind ibis are imported only where cells are computed.
"""

from craftpath.engines.indicators.catalogue import CATALOGUE, by_key
from craftpath.engines.indicators.cells import cells, grouped, most_of_a_period, parts_by_table
from craftpath.engines.indicators.finishing import Finished, finish, life_tables
from craftpath.engines.indicators.life import Quarter, life_table, projected, retention
from craftpath.engines.indicators.parts import Is, Part
from craftpath.engines.indicators.star import DIMENSIONS, NOT_APPLICABLE, STAR, TABLES, VERSION
from craftpath.engines.indicators.types import (
    GROUP_TEXTS,
    MISSING_TEXTS,
    WHY_TEXTS,
    Better,
    Group,
    Indicator,
    Method,
    Missing,
    Unit,
    Why,
)

__all__ = [
    "CATALOGUE",
    "DIMENSIONS",
    "GROUP_TEXTS",
    "MISSING_TEXTS",
    "NOT_APPLICABLE",
    "STAR",
    "TABLES",
    "VERSION",
    "WHY_TEXTS",
    "Better",
    "Finished",
    "Group",
    "Indicator",
    "Is",
    "Method",
    "Missing",
    "Part",
    "Quarter",
    "Unit",
    "Why",
    "by_key",
    "cells",
    "finish",
    "grouped",
    "life_table",
    "life_tables",
    "most_of_a_period",
    "parts_by_table",
    "parts_of",
    "projected",
    "retention",
]


def parts_of(indicator: Indicator) -> tuple[Part, ...]:
    """Every part that an indicator needs, each once and in a fixed order."""
    return indicator.parts
