"""The released items that forms of a blueprint may be put together from, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count

from craftpath.domain.exams.calibrated import Kept, curve_on, kept_of, largest_scale
from craftpath.domain.exams.models import Enemy, Item, ItemOutcome, ItemSkill, PaperLine
from craftpath.domain.exams.wishes import Row, Wish
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import paths_to

ASSUMED = {"easy": 0.80, "medium": 0.65, "hard": 0.45, "": 0.65}
"""The expected share of an item whose writer gave none, by its difficulty; pages say how many there are."""
ASSUMED_SECONDS = 90
"""The time of an item whose writer gave none."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """One item as it is now. `share` and `seconds` are assumed where `share_said`, `seconds_said` say no.

    A share that was observed (by `observed` people) stands before what the writer expected. `slope` and `place` are a
    and b on the pool's scale.
    """

    pk: int
    key: str
    version: int
    kind: str
    difficulty: str
    stimulus: str
    share: float
    seconds: int
    points: Decimal
    used: int
    limit: int | None
    outcomes: frozenset[int] = frozenset()
    skills: frozenset[str] = frozenset()
    share_said: bool = True
    seconds_said: bool = True
    observed: int = 0
    slope: float | None = None
    place: float | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Items by key, pairs of keys that never stand in one form, and the scale that curves of items are on."""

    items: dict[str, Pooled]
    enemies: tuple[tuple[str, str], ...] = ()
    scale: str = ""

    @property
    def calibrated(self) -> int:
        """How many items have a curve."""
        return sum(item.slope is not None for item in self.items.values())

    @property
    def calibrated_only(self) -> Pool:
        """Only the items that have a curve."""
        items = {key: item for key, item in self.items.items() if item.slope is not None}
        pairs = tuple(pair for pair in self.enemies if pair[0] in items and pair[1] in items)
        return replace(self, items=items, enemies=pairs)


def taking_part(pool: Pool, wish: Wish) -> Pool:
    """The items that may stand in a form: of those without a curve nobody knows what they add to information."""
    return pool.calibrated_only if wish.goal == "information" else pool


def fits(item: Pooled, row: Row) -> bool:
    """Whether a row means this item."""
    return (
        (row.outcome is None or row.outcome in item.outcomes)
        and (not row.skill or row.skill in item.skills)
        and (not row.kind or row.kind == item.kind)
        and (not row.difficulty or row.difficulty == item.difficulty)
    )


def fitting(pool: Pool, rows: Iterable[Row]) -> list[int]:
    """How many items of the pool each row means."""
    return [sum(fits(item, row) for item in pool.items.values()) for row in rows]


def released(organisation: Organisation) -> Any:
    """Released items of this organisation and of those above it, as far as the reader sees them; none for practice."""
    rows = Item.objects.filter(state="ready", organisation__path__in=paths_to(organisation.path))
    return rows.filter(newest__isnull=False, for_practice=False)


def pool_of(organisation: Organisation, scale: str | None = None) -> Pool:
    """What may stand in a new paper of this organisation; six queries however many items."""
    return _read(released(organisation), scale)


def pool_among(keys: Iterable[str], scale: str | None = None) -> Pool:
    """Items by their public ids, released still or not, as far as the reader sees them; six queries.

    Their curves are those on `scale`, or on the scale that most of them stand on.
    """
    return _read(Item.objects.filter(public_id__in=set(keys), newest__isnull=False), scale)


def _read(rows: Any, scale: str | None = None) -> Pool:
    mine = rows.order_by().values("pk")
    outcomes = _grouped(ItemOutcome.objects.filter(item__in=mine).values_list("item", "outcome"))
    skills = _grouped(ItemSkill.objects.filter(item__in=mine).values_list("item", "key"))
    used = dict(
        PaperLine.objects.filter(version__item__in=mine)
        .order_by()
        .values_list("version__item")
        .annotate(papers=Count("paper", distinct=True))
    )
    kept = kept_of(rows.order_by().values("newest"))
    scale = largest_scale(kept) if scale is None else scale
    items = {
        item.public_id: _seen(
            Pooled(
                pk=item.pk,
                key=item.public_id,
                version=item.newest.number,
                kind=item.kind,
                difficulty=item.difficulty,
                stimulus=str(item.newest.stimulus_id or ""),
                share=ASSUMED[item.difficulty] if item.expected_p is None else float(item.expected_p),
                seconds=item.seconds or ASSUMED_SECONDS,
                points=item.newest.points,
                used=used.get(item.pk, 0),
                limit=item.exposure_limit,
                outcomes=frozenset(outcomes.get(item.pk, ())),
                skills=frozenset(skills.get(item.pk, ())),
                share_said=item.expected_p is not None,
                seconds_said=item.seconds is not None,
            ),
            kept.get(item.newest_id, ()),
            scale,
        )
        for item in rows.select_related("newest").order_by("pk")
    }
    pairs = Enemy.objects.filter(first__in=mine, second__in=mine).order_by("first", "second")
    return Pool(items, tuple(pairs.values_list("first__public_id", "second__public_id")), scale)


def _seen(item: Pooled, kept: Sequence[Kept], scale: str) -> Pooled:
    """The item with what was observed of its newest version."""
    if not kept:
        return item
    slope, place = curve_on(kept, scale) or (None, None)
    return replace(item, share=kept[0].p, share_said=True, observed=kept[0].n, slope=slope, place=place)


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for item, value in pairs:
        found.setdefault(item, []).append(value)
    return found
