"""What a library of cards must keep to: keys, names, hours, and prerequisites that do not bite their tail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.models import TRAINERS
from craftpath.domain.curricula.models.cards import PLACES

if TYPE_CHECKING:
    from craftpath.domain.curricula.cards import CardValues

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_LINK = re.compile(r"https?://[^\s]{3,300}")
LONGEST_ROOM = 120
MOST_RESOURCES = 20


@dataclass(frozen=True, slots=True)
class CardFault:
    """What is wrong with a card: a reason code with its facts, and the column to look at."""

    card: str
    column: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


def library_faults(library: Mapping[str, CardValues], of: Sequence[str]) -> Iterator[CardFault]:
    """Everything wrong with these cards of a library, in their order; nothing if they may be kept."""
    for key in of:
        yield from _own_faults(library[key])
        for wanted in library[key].prerequisites:
            if wanted not in library:
                yield CardFault(
                    key, "prerequisites", "curricula.prerequisite_unknown", _facts(library, key, wanted)
                )
    for circle in circles({key: one.prerequisites for key, one in library.items()}, of):
        said = " → ".join(library[key].key for key in circle)
        yield CardFault(circle[0], "prerequisites", "curricula.prerequisites_circle", {"circle": said})


def _facts(library: Mapping[str, CardValues], key: str, wanted: str) -> dict[str, Any]:
    return {"unit": key, "wanted": wanted[:60]}


def _own_faults(card: CardValues) -> Iterator[CardFault]:
    if not is_key(card.key):
        yield CardFault(card.key, "key", "curricula.key_unclear", {"given": card.key[:60]})
    verdicts = {"name": rules.can_name(card.name), "hours": rules.can_last(card.minutes)}
    for column, verdict in verdicts.items():
        if not verdict:
            yield CardFault(card.key, column, verdict.reason, dict(verdict.facts))
    known = (("bucket", card.place, PLACES), ("trainer", card.trainer, ("", *TRAINERS)))
    for column, given, allowed in known:
        if given not in allowed:
            yield CardFault(card.key, column, "curricula.not_one_of", {"given": given[:60]})
    for skill, percent in card.skills.items():
        if not is_key(skill) or not 1 <= percent <= 100:
            facts = {"skill": skill[:60], "given": percent}
            yield CardFault(card.key, "skills", "curricula.strength_out_of_range", facts)
    if len(card.room) > LONGEST_ROOM:
        yield CardFault(card.key, "room", "curricula.words_too_long", {"most": LONGEST_ROOM})
    yield from _resource_faults(card)
    yield from _outcome_faults(card)


def _resource_faults(card: CardValues) -> Iterator[CardFault]:
    if len(card.resources) > MOST_RESOURCES:
        yield CardFault(card.key, "resources", "curricula.too_many_resources", {"most": MOST_RESOURCES})
    for one in card.resources:
        link = one.get("link", "")
        if link and not _LINK.fullmatch(link):
            yield CardFault(card.key, "resources", "curricula.link_unclear", {"given": link[:80]})
        if not 0 < len(one.get("words", "")) <= LONGEST_ROOM:
            yield CardFault(card.key, "resources", "curricula.resource_without_words")


def _outcome_faults(card: CardValues) -> Iterator[CardFault]:
    seen: set[str] = set()
    for one in card.outcomes:
        if not is_key(one.key):
            yield CardFault(card.key, "outcomes", "curricula.key_unclear", {"given": one.key[:60]})
        if one.key in seen:
            yield CardFault(card.key, "outcomes", "curricula.outcome_twice", {"key": one.key})
        seen.add(one.key)
        verdict = rules.can_say(" ".join(one.name.values()))
        if not verdict:
            yield CardFault(card.key, "outcomes", verdict.reason, dict(verdict.facts))


def is_key(given: str) -> bool:
    """Small letters, digits, - and _, at most sixty."""
    return bool(_KEY.fullmatch(given))


def circles(needs: Mapping[str, Iterable[str]], of: Iterable[str]) -> list[list[str]]:
    """Each circle of prerequisites that passes through one of these keys, once: first and last are the same key."""
    found: dict[frozenset[str], list[str]] = {}
    clear: set[str] = set()
    for start in of:
        circle = _circle(start, needs, clear)
        if circle:
            found.setdefault(frozenset(circle), circle)
    return list(found.values())


def _circle(start: str, needs: Mapping[str, Iterable[str]], clear: set[str]) -> list[str]:
    """A way from a key back to a key on it, depth first without recursion; `clear` gathers keys that lead nowhere."""
    way, branches = [start], [iter(needs.get(start, ()))]
    if start in clear:
        return []
    while branches:
        following = next(branches[-1], None)
        if following is None:
            clear.add(way.pop())
            branches.pop()
        elif following in way:
            return [*way[way.index(following) :], following]
        elif following not in clear and following in needs:
            way.append(following)
            branches.append(iter(needs[following]))
    return []
