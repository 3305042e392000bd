"""Does anybody guide themselves, by way of others?"""

from __future__ import annotations

from collections.abc import Iterable


def acyclic(pairs: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """People who guide one another in a ring, each the next and the last the first; nothing if there is no ring.

    `pairs` are (trainer, apprentice). Whoever guides nobody leaves, again and again; of those who stay everybody
    guides somebody who stays. The ring begins with its lowest place and is the same for pairs in any order.
    """
    guided: dict[int, set[int]] = {}
    guides: dict[int, set[int]] = {}
    for trainer, apprentice in pairs:
        guided.setdefault(trainer, set()).add(apprentice)
        guided.setdefault(apprentice, set())
        guides.setdefault(apprentice, set()).add(trainer)
    left = {one: len(others) for one, others in guided.items()}
    leaving = [one for one, number in left.items() if not number]
    while leaving:
        one = leaving.pop()
        del left[one]
        for trainer in guides.get(one, ()):
            left[trainer] -= 1
            if not left[trainer]:
                leaving.append(trainer)
    return _ring(guided, set(left))


def _ring(guided: dict[int, set[int]], staying: set[int]) -> tuple[int, ...]:
    if not staying:
        return ()
    way, seen = [min(staying)], dict[int, int]()
    while way[-1] not in seen:
        seen[way[-1]] = len(way) - 1
        way.append(min(guided[way[-1]] & staying))
    ring = way[seen[way[-1]] : -1]
    at = ring.index(min(ring))
    return tuple(ring[at:] + ring[:at])
