"""Reading draft occupations, their versions and pilots, and training projects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from craftpath.domain.studio.models import (
    Comment,
    Draft,
    DraftVersion,
    EvidenceSheet,
    Project,
    Trial,
    members_of,
)

__all__ = ["members_of"]


def drafts() -> QuerySet[Draft]:
    """Those of the open scope with their versions, the newest first; two queries."""
    versions = DraftVersion.objects.defer("content").order_by("-number")
    rows = Draft.objects.select_related("organisation", "taken_from__organisation")
    counted = rows.annotate(member_count=Count("members", distinct=True))
    return counted.prefetch_related(Prefetch("versions", queryset=versions)).order_by("-made_at", "-pk")


def versions() -> QuerySet[DraftVersion]:
    """The versions of the drafts of the open scope, the newest first."""
    rows = DraftVersion.objects.filter(draft__in=Draft.objects.order_by())
    return rows.select_related("draft__organisation", "follows").order_by("-number")


def trials() -> QuerySet[Trial]:
    """The pilots of versions of the open scope."""
    rows = Trial.objects.filter(version__draft__in=Draft.objects.order_by())
    return rows.select_related("version__draft__organisation", "cohort__organisation", "cohort__programme")


def trials_of(draft: Draft) -> list[Trial]:
    """The pilots of all versions, the newest first, each with its sheets; two queries."""
    rows = trials().filter(version__draft=draft).order_by("-starts_on", "-pk")
    return list(rows.prefetch_related(Prefetch("sheets", queryset=EvidenceSheet.objects.order_by("-number"))))


def comments_of(version: DraftVersion) -> QuerySet[Comment]:
    """What was said about a version, in order."""
    return version.comments.select_related("person", "organisation").order_by("at", "pk")


def projects(search: str = "") -> QuerySet[Project]:
    """Training projects of the open scope, the newest first, each with how often it was `taken_count` over."""
    rows = Project.objects.select_related(
        "organisation", "version__draft", "occupation", "framework", "curriculum"
    )
    for word in search.split()[:5]:
        rows = rows.filter(
            Q(name__zh__icontains=word)
            | Q(name__en__icontains=word)
            | Q(occupation__code_cn__istartswith=word)
            | Q(occupation__code_isco__istartswith=word)
        )
    return rows.annotate(taken_count=Count("taken")).order_by("-made_at", "-pk")


def shown_projects() -> QuerySet[Project]:
    """What everybody may read, without an account too."""
    return projects().filter(withdrawn_at__isnull=True)


def projects_by_version(ids: Iterable[int]) -> dict[int, Any]:
    """version id → its training project; one query."""
    return {row.version_id: row for row in projects().filter(version__in=list(ids))}
