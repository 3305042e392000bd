"""Where somebody stands on the ladders of levels, and what the next step of each asks here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from craftpath.domain.certificates.holding import PROVIDERS, Finding, may_hold
from craftpath.domain.certificates.levels import Level, LevelScheme, level, meets, same, schemes
from craftpath.domain.certificates.queries import kinds_offered

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Kind
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

MOST_KINDS = 4  # of one level


@dataclass(frozen=True, slots=True)
class Rung:
    """A level as somebody finds it: held, or met since a higher one is; `next` is the first above.

    With it come the kinds of certificates that give it here, and how what they ask stands for this person.
    """

    level: Level
    held: bool
    met: bool
    next: bool
    kinds: tuple[tuple[Kind, tuple[Finding, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A scheme with its rungs, the highest first."""

    scheme: LevelScheme
    rungs: tuple[Rung, ...]


def held_by(person: Person, on: date) -> set[tuple[str, str]]:
    """(scheme, level) of every certificate that counts, of this site and of elsewhere; a query for each provider."""
    offers = (one for ask in PROVIDERS["certificate"] for one in ask({}, [person.pk], on))
    return {(one.scheme, one.level) for one in offers if level(one.scheme, one.level) is not None}


def kinds_for_levels(organisation: Organisation) -> dict[tuple[str, str], list[Kind]]:
    """(scheme, level) → the active kinds that an organisation or one above it gives for it; one query."""
    found: dict[tuple[str, str], list[Kind]] = defaultdict(list)
    for row in kinds_offered(organisation).exclude(level=""):
        found[row.scheme, row.level].append(row)
    return found


def kinds_that_ask(scheme: str, key: str, organisation: Organisation) -> list[Kind]:
    """The active kinds of an organisation and those above it one of whose requirements this level meets; one query."""
    if not key:
        return []
    return [
        kind
        for kind in kinds_offered(organisation)
        if any(
            row["kind"] == "certificate" and meets((scheme, key), (row["scheme"], row["level"]))
            for row in kind.requirements
        )
    ]


def ladders(person: Person, organisation: Organisation, on: date) -> list[Ladder]:
    """All schemes; the kinds of the next rung come with how its requirements stand for this person."""
    held, offered = held_by(person, on), kinds_for_levels(organisation)
    return [Ladder(scheme, tuple(_rungs(scheme, held, offered, person, on))) for scheme in schemes()]


def _rungs(
    scheme: LevelScheme,
    held: set[tuple[str, str]],
    offered: dict[tuple[str, str], list[Kind]],
    person: Person,
    on: date,
) -> list[Rung]:
    own = {one for other in held for one in ((other), *((two.scheme, two.key) for two in same(*other)))}
    met = [any(meets(one, (scheme.key, rung.key)) for one in held) for rung in scheme.levels]
    first = next((rung.rank for rung, is_met in zip(scheme.levels, met, strict=True) if not is_met), None)
    return [
        Rung(
            rung,
            (scheme.key, rung.key) in own,
            met[rung.rank],
            rung.rank == first,
            tuple(_asked(offered.get((scheme.key, rung.key), ()), person, on) if rung.rank == first else ()),
        )
        for rung in reversed(scheme.levels)
    ]


def _asked(kinds: Iterable[Kind], person: Person, on: date) -> Iterable[tuple[Kind, tuple[Finding, ...]]]:
    return ((kind, tuple(may_hold(kind, [person], on)[person.pk])) for kind in islice(kinds, MOST_KINDS))
