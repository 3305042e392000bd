"""Exercises: released items that their writers have opened to practice, as whoever learns may see them.

Apprentices see nothing of the bank, so no scope is asked for: what is open is open to everybody who learns at the
organisation or below it. An item that stands in a paper in use is kept back whatever its writer said.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from craftpath.domain.exams.calibrated import curve_on, kept_of, largest_scale
from craftpath.domain.exams.faults import PICTURED
from craftpath.domain.exams.models import (
    Candidate,
    Enemy,
    Item,
    ItemSkill,
    ItemVersion,
    PaperLine,
    Picture,
    Sitting,
)
from craftpath.domain.exams.pool import ASSUMED, ASSUMED_SECONDS
from craftpath.engines.scoring import Kind
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import paths_to

RUNNING = ("planned", "open")


@dataclass(frozen=True, slots=True)
class Exercise:
    """One item with what is known of it. `share` is observed, expected or assumed; `curve` is a and b, if fitted.

    `guess` is the chance to answer right without knowing.
    """

    item: int
    key: str
    version: int
    share: float
    curve: tuple[float, float] | None
    guess: float
    seconds: int
    skills: frozenset[str]


def secret(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Those that stand in a paper that is not put away, or that a coming or running sitting has."""
    running = Q(paper__in=Sitting._base_manager.filter(state__in=RUNNING).values("paper")) | Q(
        paper__in=Candidate._base_manager.filter(sitting__state__in=RUNNING).values("paper")
    )
    lines = PaperLine.objects.filter(version__item=OuterRef("pk"))
    return rows.filter(Exists(lines.filter(~Q(paper__state="shelved") | running)))


def opened(organisation: Organisation) -> QuerySet[Item]:
    """What may be practised by those who learn at an organisation."""
    rows: QuerySet[Item] = Item._base_manager.filter(
        state="ready",
        for_practice=True,
        newest__isnull=False,
        organisation__path__in=paths_to(organisation.path),
    )
    return rows.exclude(pk__in=secret(rows).values("pk"))


def exercises(organisation: Organisation, skills: Collection[str] = ()) -> list[Exercise]:
    """What may be practised, of these skills or of all; three queries however many."""
    rows = opened(organisation).filter(skills__isnull=False).distinct().order_by("pk")
    return _read(rows.filter(skills__key__in=list(skills)) if skills else rows)


def exercise_of(version: ItemVersion) -> Exercise:
    """The same of one version that was asked, whether or not it is open still; three queries."""
    rows: QuerySet[Item] = Item._base_manager.filter(pk=version.item_id)
    return _read(rows, version)[0]


def _read(rows: QuerySet[Item], version: ItemVersion | None = None) -> list[Exercise]:
    """What is known of these items: of their newest versions, or of the one that was asked."""
    told = list(
        rows.select_related("newest").only(
            "public_id", "kind", "difficulty", "expected_p", "seconds", "newest__details"
        )
    )
    tags: dict[int, set[str]] = {}
    for item, key in ItemSkill.objects.filter(item__in=[row.pk for row in told]).values_list("item", "key"):
        tags.setdefault(item, set()).add(key)
    asked = {row.pk: one for row in told if (one := version or row.newest) is not None}
    kept = kept_of([one.pk for one in asked.values()])
    scale = largest_scale(kept)
    found = []
    for row in told:
        one = asked[row.pk]
        figures = kept.get(one.pk, ())
        expected = ASSUMED[row.difficulty] if row.expected_p is None else float(row.expected_p)
        found.append(
            Exercise(
                row.pk, row.public_id, one.pk, figures[0].p if figures else expected, curve_on(figures, scale),
                guessed(row.kind, one.details), row.seconds or ASSUMED_SECONDS, frozenset(tags.get(row.pk, ())),
            )
        )  # fmt: skip
    return found


def exercises_by_skill(organisation: Organisation) -> dict[str, int]:
    """key of a skill → how many exercises there are; one query."""
    found: dict[str, int] = {}
    for key in ItemSkill.objects.filter(item__in=opened(organisation).values("pk")).values_list(
        "key", flat=True
    ):
        found[key] = found.get(key, 0) + 1
    return found


def guessed(kind: str, details: Mapping[str, Any]) -> float:
    """The chance to hit the right answer without knowing."""
    if kind == Kind.TRUE_FALSE:
        return 0.5
    if kind == Kind.SINGLE:
        return 1 / max(2, len(details.get("options", ())))
    if kind == Kind.MULTIPLE:
        return 1 / (2.0 ** max(2, len(details.get("options", ()))) - 1)
    if kind == Kind.HOTSPOT:
        return 1 / max(2, len(details.get("regions", ())))
    return 0.0


def versions_by_id(ids: Collection[int]) -> dict[int, ItemVersion]:
    """id → what was asked, whoever asks holds the answers to it; one query."""
    rows = ItemVersion._base_manager.filter(pk__in=set(ids)).select_related("item", "stimulus")
    return {row.pk: row for row in rows}


def still_open(version: ItemVersion) -> bool:
    """Whether the item may be practised still."""
    rows: QuerySet[Item] = Item._base_manager.filter(pk=version.item_id, for_practice=True, state="ready")
    return rows.exclude(pk__in=secret(rows).values("pk")).exists()


def enemies_of(items: Collection[int]) -> set[int]:
    """Ids of the items that may not stand beside one of these; one query."""
    pairs = Enemy.objects.filter(Q(first__in=items) | Q(second__in=items)).values_list("first", "second")
    return {one for pair in pairs for one in pair} - set(items)


def picture_in(version: ItemVersion, public_id: str) -> Picture | None:
    """A picture that a version or its shared text shows; one query at most."""
    body = version.stimulus.body if version.stimulus else {}
    said = json.dumps([version.stem, version.details, version.explanation, body], ensure_ascii=False)
    if public_id not in PICTURED.findall(said) and version.details.get("picture") != public_id:
        return None
    rows = Picture._base_manager.select_related("file")
    return rows.filter(public_id=public_id, organisation=version.item.organisation_id).first()
