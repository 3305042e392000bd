"""How points fall: ten columns of tenths, as the chart's template draws them."""

from __future__ import annotations

from collections.abc import Sequence

A_TENTH = 10


def bars(shares: Sequence[int]) -> list[tuple[str, int, int]]:
    """(percent from–to, how many, height of the bar in percent): ten columns."""
    if not shares:
        return []
    counts = [0] * A_TENTH
    for share in shares:
        counts[min(share // A_TENTH, A_TENTH - 1)] += 1
    most = max(counts)
    return [
        (f"{n * A_TENTH}–{(n + 1) * A_TENTH}", count, 100 * count // most) for n, count in enumerate(counts)
    ]
