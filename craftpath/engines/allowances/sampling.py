"""Which lines does an auditor look at? A draw that anybody can check with pencil, paper and SHA-256.

Each id is ranked by the SHA-256 of the text `seed:id` in UTF-8, read as hexadecimal; the smallest are drawn. The order
in which ids come changes nothing, and nobody who does not know the seed can foresee who is drawn. By hand:

    printf '%s' 'spring-2026:A17' | sha256sum
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping


def rank(seed: str, name: str) -> str:
    """What an id is ranked by, 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


def draw(
    ids: Iterable[str], size: int, seed: str, strata: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The ids that are drawn, in their order of rank, stratum after stratum; all of them if there are no more.

    `strata` names the stratum of each id: each gets its share of the size, by largest remainder, of equal ones the
    stratum that sorts first. ValueError for an id that comes twice or has no stratum, and for a negative size.
    """
    names = list(ids)
    if size < 0 or any(times > 1 for times in Counter(names).values()):
        raise ValueError("the size is not negative, and each id comes once")
    if strata is None:
        return _smallest(names, size, seed)
    if any(name not in strata for name in names):
        raise ValueError("each id has a stratum")
    groups: dict[str, list[str]] = {}
    for name in sorted(names):
        groups.setdefault(strata[name], []).append(name)
    sizes = _sizes({stratum: len(groups[stratum]) for stratum in sorted(groups)}, min(size, len(names)))
    return tuple(
        name for stratum in sorted(groups) for name in _smallest(groups[stratum], sizes[stratum], seed)
    )


def _smallest(names: list[str], size: int, seed: str) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (rank(seed, name), name))[:size])


def _sizes(counts: Mapping[str, int], size: int) -> dict[str, int]:
    """Shares of the size; no stratum gets more than it has, since the size is at most all of them."""
    whole = sum(counts.values())
    if not whole:
        return {}
    shares = {stratum: divmod(size * count, whole) for stratum, count in counts.items()}
    left = size - sum(floor for floor, _ in shares.values())
    first = sorted(shares, key=lambda stratum: (-shares[stratum][1], stratum))[:left]
    return {stratum: floor + (stratum in first) for stratum, (floor, _) in shares.items()}
