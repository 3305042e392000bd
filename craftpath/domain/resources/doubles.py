"""What looks like a resource: the same file or address, nearly the same text or title. Set by set."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.db.models import Count

from craftpath.domain.resources.models import Band, Pair, Resource, TitleBand, Version
from craftpath.kernel.search import likeness
from craftpath.values.link import plain_link
from craftpath.values.text import Text

MOST_COMPARED = 40
ALIKE = 60
"""Percent of shared text from which two are shown as doubles."""
TITLE_ALIKE, TEXT_BESIDE = 80, 30
"""Percent of a title from which two are shown; and of their texts, below which the same title is of something else."""
_AT_ONCE = 500
Found = dict[int, tuple[int, str]]
"""resource → (percent, why)"""


def link_key(link: str) -> str:
    """What all spellings of an address have in common, as long for each; "" for none."""
    plain = plain_link(link)
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""


def keep_title(row: Resource) -> None:
    """Note by which numbers its titles are looked for."""
    TitleBand.objects.filter(resource=row).delete()
    values = {value for title in _titles(row) for value in likeness.title_bands(title)}
    TitleBand.objects.bulk_create([TitleBand(resource=row, value=one) for one in values])


def _titles(row: Resource) -> list[str]:
    """In each of its languages; of a draft those that were read in its file."""
    said = Text.of(row.guesses.get("title", {}).get("value") or row.title)
    return [one for one in (said.zh, said.en) if one]


def compare(resource: Resource, version: Version, at: datetime) -> list[Pair]:
    """Pairs of a resource with others that the open scope sees, each with the strongest reason."""
    others = (
        Resource.objects.filter(state__in=("draft", "shared", "retired")).exclude(pk=resource.pk).order_by()
    )
    found: Found = {}
    for why, column in (("bytes", "sha256"), ("link", "link_key")):
        value = getattr(version, column)
        if value:
            same = others.filter(**{f"versions__{column}": value}).values_list("pk", flat=True).distinct()
            found = dict.fromkeys(same[:_AT_ONCE], (100, why)) | found
    found = _by_title(resource, version, others) | _by_text(version, others) | found
    rows = [
        Pair(first_id=min(pk, resource.pk), second_id=max(pk, resource.pk), share=share, why=why, found_at=at)
        for pk, (share, why) in found.items()
    ]
    return Pair.objects.bulk_create(rows, ignore_conflicts=True)


def _by_text(version: Version, others: models.QuerySet[Resource]) -> Found:
    values = likeness.bands(version.sketch)
    near = Band.objects.filter(value__in=values, version__resource__in=others.values("pk")).values("version")
    best = near.annotate(n=Count("pk")).order_by("-n").values_list("version", flat=True)[:MOST_COMPARED]
    sketches = Version._base_manager.filter(pk__in=list(best)).values_list("resource_id", "sketch")
    shares = [(pk, likeness.alike(version.sketch, other)) for pk, other in sketches]
    return {pk: (share, "text") for pk, share in sorted(shares, key=lambda one: one[1]) if share >= ALIKE}


def _by_title(resource: Resource, version: Version, others: models.QuerySet[Resource]) -> Found:
    titles = _titles(resource)
    values = {value for title in titles for value in likeness.title_bands(title)}
    near = TitleBand.objects.filter(value__in=values, resource__in=others.values("pk")).values("resource")
    best = near.annotate(n=Count("pk")).order_by("-n").values_list("resource", flat=True)[:MOST_COMPARED]
    rows = {row.pk: row for row in others.filter(pk__in=list(best)).only("pk", "title", "guesses")}
    texts = Version._base_manager.filter(resource__in=rows, state="ready").values_list(
        "resource_id", "sketch"
    )
    sketches: dict[int, list[Sequence[int]]] = {}
    for pk, other in texts:
        sketches.setdefault(pk, []).append(other)
    found: Found = {}
    for pk, row in rows.items():
        share = max(likeness.titles_alike(one, other) for one in titles for other in _titles(row) or [""])
        if share >= TITLE_ALIKE and not _apart(version.sketch, sketches.get(pk, [])):
            found[pk] = (share, "title")
    return found


def _apart(sketch: Sequence[int], others: Sequence[Sequence[int]]) -> bool:
    """Whether both have a text, and these have little in common: the same title is then of two different things."""
    told = [other for other in others if other]
    return bool(sketch and told) and max(likeness.alike(sketch, one) for one in told) < TEXT_BESIDE
