"""Which sittings are reported on together, and how a question did wherever it was asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from craftpath.domain.exams.models import Answer, Candidate, Item, PaperLine, Sitting
from craftpath.domain.exams.queries import forms_of, sittings
from craftpath.domain.exams.tables import counted

MOST_SITTINGS = 200
"""The newest so many are reported on together."""


def alike(sitting: Sitting) -> list[Sitting]:
    """The closed sittings that the reader sees at which one of its forms was answered, newest first; two queries."""
    had = Candidate._base_manager.filter(paper__in=forms_of(sitting)).order_by().values("sitting")
    rows = sittings().filter(state="closed", pk__in=had).order_by("-starts_at", "-pk")
    return list(rows[:MOST_SITTINGS])


def size_of(held: list[Sitting]) -> int:
    """About how many answers there are to count; one query."""
    return Answer._base_manager.filter(candidate__sitting__in=held).count()


@dataclass(frozen=True, slots=True)
class Used:
    """How one version of a question did: the papers that it stands in, and its figures over those who were asked.

    `difficulty` is the mean share of the points of `n` people; `discrimination` and `n_rest` are of the form that most
    had. Both are None while nobody was asked.
    """

    version: int
    papers: int
    n: int
    difficulty: float | None
    discrimination: float | None
    n_rest: int


def used(item: Item) -> dict[int, Used]:
    """Version id → how it did at closed sittings that the reader sees; the same number of queries however many."""
    lines = PaperLine.objects.filter(version__item=item).order_by()
    papers = dict(lines.values_list("version").annotate(count=models.Count("paper", distinct=True)))
    had = Candidate._base_manager.filter(
        paper__lines__version__item=item, started_at__isnull=False
    ).order_by()
    held = list(
        sittings().filter(state="closed", pk__in=had.values("sitting")).order_by("-starts_at")[:MOST_SITTINGS]
    )
    found = {version: Used(version, count, 0, None, None, 0) for version, count in papers.items()}
    if not held:
        return found
    sheets = counted(*held).sheets.values()
    for version in found:
        among = [(sheet, sheet.names.index(str(version))) for sheet in sheets if str(version) in sheet.names]
        shares = [sheet.classical.difficulty.one(at) for sheet, at in among]
        known = [(one.value, one.n) for one in shares if one.value is not None]
        n = sum(count for _share, count in known)
        if n:
            sheet, at = among[0]
            rest = sheet.classical.item_rest.one(at)
            mean = sum(share * count for share, count in known) / n
            found[version] = Used(version, papers[version], n, mean, rest.value, rest.n)
    return found
