"""One column alone: which of its values are not counted, so that none small follows from the whole."""

from __future__ import annotations

from collections.abc import Mapping

LEAST_SHOWN = 5
"""People from which on a group is counted."""

Sizes = Mapping[str, int]
"""Group → how many people."""


def hidden_of(sizes: Sizes, least: int = LEAST_SHOWN) -> set[str]:
    """Groups that are not counted: those under `least`, and the next smallest until nothing follows by subtraction.

    What is hidden is at least two groups of together `least` people or more, so that the whole less what is shown
    gives no single group away; all of them where there are no such two.
    """
    rising = sorted(sizes, key=lambda key: (sizes[key], key))
    hidden = [key for key in rising if sizes[key] < least]
    if not hidden:
        return set()
    for key in rising[len(hidden) :]:
        if len(hidden) >= 2 and sum(sizes[one] for one in hidden) >= least:  # noqa: PLR2004  (no single one)
            break
        hidden.append(key)
    return set(hidden)
