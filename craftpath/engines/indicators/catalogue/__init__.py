"""Every indicator, once."""

from craftpath.engines.indicators.catalogue.asked import ASKED
from craftpath.engines.indicators.catalogue.completion import COMPLETION
from craftpath.engines.indicators.catalogue.earned import EARNED
from craftpath.engines.indicators.catalogue.reach import REACH
from craftpath.engines.indicators.catalogue.results import RESULTS
from craftpath.engines.indicators.catalogue.trained import TRAINED
from craftpath.engines.indicators.types import Indicator

CATALOGUE: tuple[Indicator, ...] = (*COMPLETION, *RESULTS, *TRAINED, *ASKED, *EARNED, *REACH)
_BY_KEY = {indicator.key: indicator for indicator in CATALOGUE}


def by_key(key: str) -> Indicator:
    """The indicator of this key; KeyError where there is none."""
    return _BY_KEY[key]


__all__ = ["CATALOGUE", "by_key"]
