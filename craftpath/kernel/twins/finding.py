"""Finding doubles: people are put in drawers by what they share, and only those in one drawer are compared.

A drawer with very many people says nothing (the telephone of an office) and is passed over. Nobody is merged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations, product
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from craftpath.kernel.access import Actor, ActorKind, Membership
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.rows import insert_objects
from craftpath.kernel.twins.keys import latin_key, mail_key, name_key, phone_key
from craftpath.kernel.twins.states import TWINS
from craftpath.kernel.twins.tables import Twins
from craftpath.values.verdict import require

MOST = 30  # people in one drawer
_AT_ONCE = 400  # pairs that one question names
STRONG, LIKELY, POSSIBLE = 3, 2, 1
BY_HAND = "by_hand"
Pair = tuple[int, int]
Identifier = Callable[[QuerySet[Person]], Iterable[tuple[str, int]]]
IDENTIFIERS: dict[str, Identifier] = {}
"""reason → what says which people bear which identifier; upper nouns add theirs by `identifies`."""


def identifies(reason: str) -> Callable[[Identifier], Identifier]:
    """Register what a noun knows people by; two records with the same identifier are strongly alike."""

    def register(function: Identifier) -> Identifier:
        if IDENTIFIERS.setdefault(reason, function) is not function:
            raise TypeError(f"two things identify by {reason}")
        return function

    return register


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    latin: str
    born: date | None


@dataclass
class _Drawers:
    people: dict[int, _Known] = field(default_factory=dict)
    drawers: dict[str, dict[str, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def put(self, kind: str, key: str, person: int) -> None:
        if key:
            self.drawers[kind][key].append(person)

    def pairs(self, kind: str) -> Iterator[Pair]:
        for people in self.drawers[kind].values():
            if 1 < len(set(people)) <= MOST:
                yield from combinations(sorted(set(people)), 2)


def alike(people: QuerySet[Person]) -> dict[Pair, tuple[int, list[str]]]:
    """Pairs of these people that look alike → (strength, reasons, the strongest first)."""
    drawers = _Drawers()
    told = ("pk", "name", "name_latin", "phone", "email", "birth_date")
    for pk, name, latin, phone, email, born in people.order_by().values_list(*told).iterator(chunk_size=5000):
        one = drawers.people[pk] = _Known(name_key(name), latin_key(latin), born)
        drawers.put("phone", phone_key(phone), pk)
        drawers.put("email", mail_key(email or ""), pk)
        if born is not None and one.name:
            drawers.put("name_birth", f"{one.name} {born}", pk)
    own = people.order_by().values("pk")
    for pk, email in EmailAddress.objects.filter(user__in=own).values_list("user_id", "email"):
        drawers.put("email", mail_key(email), pk)
    for reason, identifier in IDENTIFIERS.items():
        for key, pk in identifier(people):
            drawers.put(reason, key, pk)
    found: dict[Pair, dict[str, int]] = defaultdict(dict)
    for kind in [*IDENTIFIERS, "email", "phone", "name_birth"]:
        for pair in drawers.pairs(kind):
            found[pair][kind] = _strength(kind, drawers.people[pair[0]], drawers.people[pair[1]])
    for pair in _namesakes(drawers.people, own):
        one, other = (drawers.people[pk] for pk in pair)
        found[pair]["name"] = LIKELY if one.latin and one.latin == other.latin else POSSIBLE
    return {
        pair: (max(reasons.values()), sorted(reasons, key=lambda one: -reasons[one]))
        for pair, reasons in found.items()
    }


def _strength(kind: str, one: _Known, other: _Known) -> int:
    """How much a shared key says of two people: a family has one telephone, and its children two birthdays."""
    if kind in IDENTIFIERS or kind == "name_birth":
        return STRONG
    if _born_apart(one, other):
        return POSSIBLE
    if one.name == other.name:
        return STRONG
    return LIKELY if kind == "email" else POSSIBLE


def _born_apart(one: _Known, other: _Known) -> bool:
    return None not in (one.born, other.born) and one.born != other.born


def _namesakes(known: dict[int, _Known], own: QuerySet[Person, Any]) -> Iterator[Pair]:
    """People of one name, with no Latin form or birthday against it, at one organisation or the one right above it."""
    many: dict[str, int] = defaultdict(int)
    for one in known.values():
        many[one.name] += 1
    here: dict[tuple[str, str], set[int]] = defaultdict(set)
    under: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = Membership.objects.filter(person__in=own).order_by()
    for pk, path in rows.values_list("person_id", "organisation__path").iterator(chunk_size=5000):
        name = known[pk].name
        if name and many[name] > 1:
            here[name, path].add(pk)
            under[name, path[: -Organisation.steplen]].add(pk)
    for place, people in here.items():
        if len(people) + len(under[place]) > MOST:
            continue
        pairs = {
            *combinations(sorted(people), 2),
            *(tuple(sorted(pair)) for pair in product(people, under[place])),
        }
        for first, second in pairs:
            one, other = known[first], known[second]
            same_latin = not one.latin or not other.latin or one.latin == other.latin
            if first != second and same_latin and not _born_apart(one, other):
                yield first, second


@action
def find_twins(organisation: Organisation | None, *, by: Actor, at: datetime) -> int:
    """Look for doubles among the people of an organisation, or of the whole site; says how many pairs are open.

    What somebody has settled is left alone; an open pair that looks alike no longer is forgotten.
    """
    people = Person.objects.filter(merged_into=None)
    if organisation is not None:
        require(by.may_at(Permission.MERGE_PEOPLE, organisation))
        inside = Membership.objects.filter(organisation__in=organisation.below())
        people = people.filter(pk__in=inside.order_by().values("person_id"))
    elif by.kind is not ActorKind.SYSTEM:
        require(by.may(Permission.RUN_ORGANISATION))
    found = alike(people)
    both = Q(first__in=people.order_by().values("pk"), second__in=people.order_by().values("pk"))
    standing = {(row.first_id, row.second_id): row for row in Twins.objects.filter(both)}
    changed = []
    for pair, (strength, reasons) in found.items():
        row = standing.get(pair)
        if row is not None and row.state == TWINS.start and row.reasons != reasons:
            row.strength, row.reasons = strength, reasons
            changed.append(row)
    Twins.objects.bulk_update(changed, ["strength", "reasons"], batch_size=200)
    insert_objects(
        [
            Twins(first_id=first, second_id=second, strength=strength, reasons=reasons, found_at=at)
            for (first, second), (strength, reasons) in found.items()
            if (first, second) not in standing
        ]
    )
    stale = [
        row.pk
        for pair, row in standing.items()
        if row.state == TWINS.start and pair not in found and BY_HAND not in row.reasons
    ]
    for some in _some(stale):
        Twins.objects.filter(pk__in=some).delete()
    return Twins.objects.filter(both, state=TWINS.start).count()


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
