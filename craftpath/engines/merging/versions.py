"""Versions of a register: a stamp that orders them all, and what had been seen when each was written.

A register is a value that is written whole. Every write gets a stamp later than any stamp that its site has seen
(a hybrid clock: Kulkarni et al. 2014), so the greatest stamp is a write that no other overwrote knowingly. The second
part is a version vector (Parker et al. 1983): for each site the number of its latest write that is contained. The join
of two versions – the greater stamp, the union of vectors – is commutative, associative and idempotent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Version:
    """`at` (milliseconds, never twice at one site) and `site` order versions; `seen` is what they contain."""

    at: int
    site: str
    seen: Mapping[str, int] = field(default_factory=dict)

    @property
    def stamp(self) -> tuple[int, str]:
        """What orders versions: of two, the greater stands."""
        return self.at, self.site


FIRST = Version(0, "")
"""Older than everything: of a register that nobody has written."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two values written without knowing of each other; `stamps` names the pair alike at every site."""

    kept: Any
    other: Any
    stamps: tuple[tuple[int, str], tuple[int, str]]


def seen_by(mine: Version, theirs: Version) -> bool:
    """Whether `theirs` was written knowing `mine`, or is the same."""
    return all(theirs.seen.get(site, 0) >= number for site, number in mine.seen.items())


def written(before: Version, *, site: str, number: int, at: int) -> Version:
    """The version of a write at `site` over `before`; `number` and `at` grow with every write of the site."""
    return Version(max(at, before.at + 1), site, {**before.seen, site: number})


def merge(
    mine: tuple[V, Version] | None, theirs: tuple[V, Version]
) -> tuple[tuple[V, Version], Clash | None]:
    """What stands of two values with their versions, and the clash if neither knew of the other and they differ."""
    if mine is None:
        return theirs, None
    (value, version), (other, its) = mine, theirs
    knew, known = seen_by(its, version), seen_by(version, its)
    # Who has seen the same has the same stamp, but where a copied site writes under the name of the first.
    if knew and not (known and version.stamp != its.stamp):
        return mine, None
    if known and not knew:
        return theirs, None
    kept, lost = (mine, theirs) if version.stamp > its.stamp else (theirs, mine)
    joined = {
        site: max(version.seen.get(site, 0), its.seen.get(site, 0)) for site in {*version.seen, *its.seen}
    }
    clash = None if value == other else Clash(kept[0], lost[0], (kept[1].stamp, lost[1].stamp))
    return (kept[0], Version(*kept[1].stamp, joined)), clash
