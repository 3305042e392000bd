"""The parts beside progress as figures with n and interval; plain arithmetic, no library."""

from __future__ import annotations

import math
from collections.abc import Mapping

from craftpath.domain.appraisals.inputs import Own
from craftpath.domain.appraisals.models import QUESTIONS

Z = 1.959963984540054  # of 95 percent
PLACES = 6
Figure = tuple[float, int, float, float]
"""value, n, low, high"""


def verification(own: Own) -> Figure | None:
    """Percent of confirmed entries that were looked at, checks by others counted beside; n entries and checks."""
    n = own.confirmed + own.checks
    return _share(own.share_looked() / 100 * n, n) if own.confirmed else None


def response(own: Own) -> Figure | None:
    """Mean days until an entry is answered; n entries."""
    return _mean(own.answered, at_least=0.0) if own.answered else None


def continuity(own: Own) -> Figure | None:
    """Percent of the planned days on which the trainer was there; n days, certain."""
    if not own.planned:
        return None
    value = _rounded(100 * (own.planned - own.away) / own.planned)
    return value, own.planned, value, value


def voice(own: Own) -> Figure | None:
    """Mean step over the three questions; n voices.

    Only counts are kept, so nobody knows how one voice's three answers go together: the interval supposes that they
    go together wholly, which makes it too wide rather than too narrow.
    """
    found = [_mean(own.voices[question]) for question in QUESTIONS if own.voices.get(question)]
    if not found:
        return None
    value = sum(one[0] for one in found) / len(found)
    side = sum(one[0] - one[2] for one in found) / len(found)
    return (
        _rounded(value),
        min(one[1] for one in found),
        _rounded(max(1.0, value - side)),
        _rounded(min(5.0, value + side)),
    )


def _mean(counts: Mapping[int, int], at_least: float = -math.inf) -> Figure:
    n = sum(counts.values())
    value = sum(figure * count for figure, count in counts.items()) / n
    spread = sum(count * (figure - value) ** 2 for figure, count in counts.items()) / max(1, n - 1)
    side = Z * math.sqrt(spread / n)
    return _rounded(value), n, _rounded(max(at_least, value - side)), _rounded(value + side)


def _share(k: float, n: int) -> Figure:
    """Wilson's interval, in percent."""
    p, square = k / n, Z * Z
    middle = (p + square / (2 * n)) / (1 + square / n)
    side = Z / (1 + square / n) * math.sqrt(p * (1 - p) / n + square / (4 * n * n))
    low, high = min(p, max(0.0, middle - side)), max(p, min(1.0, middle + side))
    return _rounded(100 * p), n, _rounded(100 * low), _rounded(100 * high)


def _rounded(value: float) -> float:
    return round(value, PLACES)
