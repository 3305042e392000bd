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
from django.db.models import QuerySet

from craftpath.kernel.access import Actor, ActorKind, Membership
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.twins.keys import latin_key, mail_key, name_key, phone_key
from craftpath.kernel.twins.states import TWINS
from craftpath.kernel.twins.tables import Twins
from craftpath.values.verdict import require

MOST = 30  # people in one drawer
_AT_ONCE = 400  # pairs that one question names
STRONG, LIKELY, POSSIBLE = 3, 2, 1
BY_HAND = "by_hand"
Pair = tuple[int, int]
Identifier = Callable[[QuerySet[Person]], Iterable[tuple[int, str, int]]]
IDENTIFIERS: dict[str, Identifier] = {}
"""reason → what says where somebody is known by which number; upper nouns add theirs by `identifies`."""


def identifies(reason: str) -> Callable[[Identifier], Identifier]:
    """Register what a noun knows people by: (place, number, person). One number at one place is one person."""

    def register(function: Identifier) -> Identifier:
        if IDENTIFIERS.setdefault(reason, function) is not function:
            raise TypeError(f"two things identify by {reason}")
        return function

    return register


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    latin: str
    phone: str
    born: date | None
    numbers: set[tuple[str, int, str]] = field(default_factory=set)

    def says_no(self, other: _Known) -> bool:
        """Whether something that both records say tells two people of one name apart."""
        told = ((self.latin, other.latin), (self.phone, other.phone), (self.born, other.born))
        if any(one and two and one != two for one, two in told):
            return True
        places = {number[:2] for number in self.numbers} & {number[:2] for number in other.numbers}
        return bool(places) and not self.numbers & other.numbers


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
        one = drawers.people[pk] = _Known(name_key(name), latin_key(latin), phone_key(phone), born)
        drawers.put("phone", one.phone, pk)
        drawers.put("email", mail_key(email or ""), pk)
        if born is not None and one.name:
            drawers.put("name_birth", f"{one.name} {born}", pk)
    own = people.order_by().values("pk")
    for pk, email in EmailAddress.objects.filter(user__in=own).values_list("user_id", "email"):
        drawers.put("email", mail_key(email), pk)
    for reason, identifier in IDENTIFIERS.items():
        for place, number, pk in identifier(people):
            drawers.people[pk].numbers.add((reason, place, number))
            drawers.put(reason, f"{place} {number}" if number else "", pk)
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
    """People of one name at one organisation or the one right above it, whom nothing else tells apart."""
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
            if first != second and not known[first].says_no(known[second]):
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
    found, inside_of = alike(people), set(people.order_by().values_list("pk", flat=True))
    # Asked for by one of the two only: a database that is asked for both may try every two people that there are.
    rows = Twins.objects.filter(first__in=people.order_by().values("pk"))
    standing = {(row.first_id, row.second_id): row for row in rows if row.second_id in inside_of}
    changed = []
    for pair, (strength, reasons) in found.items():
        row = standing.get(pair)
        if row is not None and row.state == TWINS.start and row.reasons != reasons:
            row.strength, row.reasons = strength, reasons
            changed.append(row)
    Twins.objects.bulk_update(changed, ["strength", "reasons"], batch_size=200)
    new = [
        Twins(first_id=first, second_id=second, strength=strength, reasons=reasons, found_at=at)
        for (first, second), (strength, reasons) in found.items()
        if (first, second) not in standing
    ]
    Twins.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)  # somebody else may look as well
    waiting = {pair: row for pair, row in standing.items() if row.state == TWINS.start}
    stale = [row.pk for pair, row in waiting.items() if pair not in found and BY_HAND not in row.reasons]
    for some in _some(stale):
        Twins.objects.filter(pk__in=some).delete()
    return len(waiting) - len(stale) + len(new)


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
