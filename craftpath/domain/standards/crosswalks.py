"""Crosswalks: two skills of two frameworks held against each other, read in both directions."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from craftpath.domain.standards.content import Pair, stamped
from craftpath.domain.standards.facts import CrosswalkChanged
from craftpath.domain.standards.models import MATCHES, STRENGTHS, Crosswalk, Framework, Skill
from craftpath.domain.standards.rows import pair_of
from craftpath.domain.standards.rules import may_write
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import Scope, current_scope
from craftpath.values.verdict import Refused, not_now, require

TURNED = {"exact": "exact", "related": "related", "broader": "narrower", "narrower": "broader"}


@dataclass(frozen=True, slots=True)
class Like:
    """How another skill lies to the one that was asked for: it is `kind` than that one, `strength` 1 to 3."""

    key: str
    framework: str
    kind: str
    strength: int
    own: bool
    """whether an organisation keeps it, and not the program"""


def turned(pair: Pair) -> Pair:
    """The same pair read from the other side."""
    return replace(pair, one=pair.other, other=pair.one, kind=TURNED[pair.kind])


def ordered(pair: Pair) -> Pair:
    """The pair as it is kept, the smaller key first."""
    return pair if pair.one < pair.other else turned(pair)


def pairs_between(one: str, other: str) -> list[Pair]:
    """The pairs of two frameworks that the reader sees, read from the first one; one query.

    Where several say a pair otherwise, the nearest counts: see `_nearest_last`.
    """
    both = Q(one_framework=one, other_framework=other) | Q(one_framework=other, other_framework=one)
    kept: dict[tuple[str, str], Pair] = {}
    for row in _nearest_last(Crosswalk.objects.filter(both), _home()):
        pair = pair_of(row) if row.one_framework == one else turned(pair_of(row))
        kept[pair.one, pair.other] = pair
    return sorted(kept.values(), key=lambda pair: (pair.one, pair.other))


def pairs_touching(framework: str) -> list[Pair]:
    """All pairs of a framework with those that the reader sees, read from it; one query."""
    lists = Framework.objects.order_by().values("key")
    rows = Crosswalk.objects.filter(Q(one_framework=framework) | Q(other_framework=framework))
    rows = rows.filter(one_framework__in=lists, other_framework__in=lists)
    pairs = [pair_of(row) if row.one_framework == framework else turned(pair_of(row)) for row in rows]
    return sorted(pairs, key=lambda pair: (pair.one, pair.other, pair.identifier))


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs, and the path of the organisation for which they are read."""

    rows: QuerySet[Crosswalk]
    home: str


def ties_of(organisation: Organisation) -> Ties:
    """The pairs that an organisation sees, whoever asks: what is counted by them is the same for every reader."""
    rows = Crosswalk._base_manager.filter(Crosswalk.seen_by(Scope(path=organisation.path)))
    return Ties(rows, organisation.path)


def _home() -> str:
    """The path of the organisation for which the reader looks; "" where there is none."""
    scope = current_scope()
    return scope.path if scope is not None else ""


def _nearest_last(rows: QuerySet[Crosswalk], home: str) -> list[Crosswalk]:
    """The program's pairs, then those of others, of organisations above from the top down, and one's own."""

    def near(row: Crosswalk) -> int:
        if row.organisation is None:
            return -1
        return len(row.organisation.path) if home.startswith(row.organisation.path) else 0

    return sorted(rows.select_related("organisation").order_by("one", "other", "pk"), key=near)


def equivalents(keys: Iterable[str], ties: Ties | None = None) -> dict[str, list[Like]]:
    """Key → the skills that a crosswalk ties to it directly, the closest first; one query.

    The pairs are those that the reader sees, or `ties`. Where several say a pair otherwise, the nearest counts.

    A `broader` one takes in more than the key asked for: evidence of the key is evidence of a part of it.
    """
    wanted = set(keys)
    known = ties or Ties(Crosswalk.objects.all(), _home())
    rows = known.rows.filter(Q(one__in=wanted) | Q(other__in=wanted))
    found: dict[str, dict[str, Like]] = defaultdict(dict)
    for row in _nearest_last(rows, known.home):
        own = row.organisation_id is not None
        if row.one in wanted:
            kind = TURNED[row.kind]
            found[row.one][row.other] = Like(row.other, row.other_framework, kind, row.strength, own)
        if row.other in wanted:
            found[row.other][row.one] = Like(row.one, row.one_framework, row.kind, row.strength, own)
    rank = {kind: n for n, kind in enumerate(MATCHES)}
    return {
        key: sorted(likes.values(), key=lambda like: (rank[like.kind], -like.strength, like.key))
        for key, likes in found.items()
    }


def same_as(key: str) -> set[str]:
    """The key and every skill that says exactly the same, also by way of a third framework."""
    return alike([key])[key]


def alike(keys: Iterable[str], ties: Ties | None = None) -> dict[str, set[str]]:
    """`same_as` of many keys at once; one query for each step that the longest way has, and one that finds no more."""
    wanted = set(keys)
    near: dict[str, set[str]] = {}
    frontier = set(wanted)
    while frontier:
        likes = equivalents(frontier, ties)
        near |= {key: {one.key for one in likes.get(key, ()) if one.kind == "exact"} for key in frontier}
        frontier = set().union(*near.values()) - near.keys()
    return {key: _reached(key, near) for key in wanted}


def _reached(key: str, near: Mapping[str, set[str]]) -> set[str]:
    found, frontier = {key}, {key}
    while frontier:
        frontier = set().union(*(near[one] for one in frontier)) - found
        found |= frontier
    return found


@action
def match_skills(
    one: str,
    other: str,
    *,
    kind: str,
    strength: int,
    organisation: Organisation | None,
    by: Actor,
    at: datetime,
) -> Crosswalk:
    """Say how a skill lies to one of another framework; said again otherwise, the later word counts."""
    require(may_write(by, organisation))
    if kind not in MATCHES:
        raise Refused(not_now("standards.match_unknown", given=kind, place="", allowed=", ".join(MATCHES)))
    if strength not in STRENGTHS:
        raise Refused(not_now("standards.strength_unknown", given=strength, place="", allowed="1, 2, 3"))
    of = _frameworks_of([one, other])
    if of[one] == of[other]:
        raise Refused(not_now("standards.match_itself", given=one, place=""))
    pair = ordered(Pair(one, other, kind, strength))
    values = {"kind": pair.kind, "strength": strength}
    row = Crosswalk._base_manager.filter(organisation=organisation, one=pair.one, other=pair.other).first()
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return row
    row, _new = Crosswalk._base_manager.update_or_create(
        organisation=organisation, one=pair.one, other=pair.other,
        defaults=values | {"stamp": stamped(at)},
        create_defaults=values | {
            "stamp": stamped(at), "identifier": str(uuid.uuid4()),
            "one_framework": of[pair.one], "other_framework": of[pair.other],
        },
    )  # fmt: skip
    told = CrosswalkChanged(one=pair.one, other=pair.other, kind=pair.kind)
    tell(told, by=by, at=at, organisation=organisation)
    return row


@action
def unmatch_skills(
    one: str, other: str, *, organisation: Organisation | None, by: Actor, at: datetime
) -> bool:
    """Hold two skills against each other no longer; whether there was such a pair."""
    require(may_write(by, organisation))
    pair = ordered(Pair(one, other, "related"))
    rows = Crosswalk._base_manager.filter(organisation=organisation, one=pair.one, other=pair.other)
    gone, _by_table = rows.delete()
    if gone:
        told = CrosswalkChanged(one=pair.one, other=pair.other, kind="")
        tell(told, by=by, at=at, organisation=organisation)
    return bool(gone)


def _frameworks_of(keys: Sequence[str]) -> dict[str, str]:
    of = dict(Skill.objects.filter(key__in=keys).values_list("key", "framework__key"))
    for key in keys:
        if key not in of:
            raise Refused(not_now("standards.node_gone", key=key))
    return of


def keep_pairs(framework: Framework, pairs: Sequence[Pair], *, at: datetime) -> int:
    """Keep the pairs that a file brings, as those of the framework's organisation; how many were new or different.

    A pair that the program keeps already and that says the same is not kept twice; a skill that is not on this site is
    passed over, since the file is carried along.
    """
    ends = {key for pair in pairs for key in (pair.one, pair.other)}
    of = dict(Skill.objects.filter(key__in=ends).values_list("key", "framework__key"))
    known = _known(framework, ends)
    changed = new = 0
    fresh: dict[tuple[str, str], Crosswalk] = {}
    for pair in map(ordered, pairs):
        row = known.get((pair.one, pair.other))
        if not {pair.one, pair.other} <= set(of) or (
            row and (row.kind, row.strength) == (pair.kind, pair.strength)
        ):
            continue
        if row is not None and row.organisation_id == framework.organisation_id:
            row.kind, row.strength, row.stamp = pair.kind, pair.strength, pair.stamp or stamped(at)
            row.save(update_fields=["kind", "strength", "stamp"])
            changed += 1
        else:
            fresh[pair.one, pair.other] = _row(framework, pair, of, at)
    new = len(Crosswalk._base_manager.bulk_create(fresh.values()))
    return changed + new


def _known(framework: Framework, ends: set[str]) -> dict[tuple[str, str], Crosswalk]:
    """The pairs that count for a framework's organisation: its own before those of the program."""
    rows = Crosswalk._base_manager.filter(Q(organisation=framework.organisation_id) | Q(organisation=None))
    some = rows.filter(one__in=ends, other__in=ends)
    return {
        (row.one, row.other): row for row in sorted(some, key=lambda row: row.organisation_id is not None)
    }


def _row(framework: Framework, pair: Pair, of: dict[str, str], at: datetime) -> Crosswalk:
    return Crosswalk(
        organisation=framework.organisation, one=pair.one, other=pair.other,
        one_framework=of[pair.one], other_framework=of[pair.other], kind=pair.kind, strength=pair.strength,
        identifier=pair.identifier or str(uuid.uuid4()), stamp=pair.stamp or stamped(at),
        carried=dict(pair.carried),
    )  # fmt: skip
