"""Wilson's interval of a share: the shares that the observed one would not surprise at 95 %.

Wilson (1927). Unlike the usual formula it never leaves 0 to 1 and is of use with few people and with none or all.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from craftpath.figures.figure import Floats

Z = 1.959963984540054  # the 97.5th percentile of the standard normal distribution


def wilson(successes: Any, n: Any, z: float = Z) -> tuple[Floats, Floats]:
    """Lower and upper bound of each share; NaN where n is 0 or where there are more successes than n."""
    made = np.asarray(successes, dtype=np.float64)
    of = np.asarray(n, dtype=np.float64)
    of = np.where((of > 0) & (made <= of), of, np.nan)
    middle = made + z * z / 2
    half = z * np.sqrt(made * (of - made) / of + z * z / 4)
    low = np.where(made == 0, 0.0 * of, (middle - half) / (of + z * z))
    high = np.where(made == of, 1.0, (middle + half) / (of + z * z))
    return np.asarray(np.maximum(low, 0.0)), np.asarray(np.minimum(high, 1.0))
