"""Items for learning: what may be shown to those who learn, read for somebody who does not see the bank.

An item that stands in a paper stays secret: it is neither offered nor drawn. An essay needs a marker and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from craftpath.domain.exams.content import Content
from craftpath.domain.exams.models import Item, ItemVersion, PaperLine, Picture
from craftpath.domain.exams.pool import released
from craftpath.domain.exams.queries import content_of
from craftpath.kernel.organisations import Organisation

Pair = tuple[str, int]
"""(public id of an item, number of its version)"""


def open_items(organisation: Organisation) -> Any:
    """Released items of an organisation and those above it that stand in no paper and are scored at once."""
    rows = released(organisation).exclude(kind="essay")
    return rows.filter(~Exists(PaperLine.objects.filter(version__item=OuterRef("pk"))))


def newest_of(organisation: Organisation, public_ids: Iterable[str]) -> dict[str, int]:
    """public id → number of the newest version, of those that are still open; one query."""
    rows = open_items(organisation).filter(public_id__in=set(public_ids))
    return dict(rows.values_list("public_id", "newest__number"))


def with_skill(organisation: Organisation, skill: str) -> list[Pair]:
    """The open items of a skill; one query."""
    rows = open_items(organisation).filter(skills__key=skill).order_by("pk")
    return list(rows.values_list("public_id", "newest__number"))


def counted_by_skill(organisation: Organisation) -> dict[str, int]:
    """skill → how many open items; one query."""
    counted: dict[str, int] = {}
    for key in open_items(organisation).order_by().values_list("skills__key", flat=True):
        if key:
            counted[key] = counted.get(key, 0) + 1
    return counted


def versions(pairs: Iterable[Pair]) -> dict[Pair, ItemVersion]:
    """What was frozen in a course, whoever reads it: pair → version with its item and shared text; one query."""
    wanted = set(pairs)
    rows = ItemVersion._base_manager.select_related("item", "stimulus")
    found = rows.filter(item__public_id__in={key for key, _number in wanted})
    return {
        (row.item.public_id, row.number): row for row in found if (row.item.public_id, row.number) in wanted
    }


def content_for_learning(version: ItemVersion) -> Content:
    """What a version says, as values."""
    return content_of(version, version.item.kind)


def picture_in(version: ItemVersion, public_id: str) -> Picture | None:
    """A picture, if this version or its shared text shows it."""
    texts = [version.stem, version.explanation, version.details]
    texts.append(version.stimulus.body if version.stimulus else {})
    if not any(public_id in str(one) for one in texts):
        return None
    owned = Q(organisation=version.item.organisation_id)
    return Picture._base_manager.select_related("file").filter(owned, public_id=public_id).first()


def stems_named(public_ids: Iterable[str]) -> dict[str, Any]:
    """public id → what its newest version asks, as the reader sees the bank; one query."""
    rows = Item.objects.filter(public_id__in=set(public_ids), newest__isnull=False)
    return dict(rows.values_list("public_id", "newest__stem"))
