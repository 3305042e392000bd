"""Reading catalogues: lines found by code, name or pinyin, what lies around one, and pairs of codes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet

from craftpath.domain.occupations.models import (
    Catalogue,
    CatalogueEntry,
    CatalogueImport,
    CodePair,
    EntryLink,
)

MOST_WORDS = 5
OWN_FIRST = F("catalogue__organisation_id").asc(nulls_last=True)
SHARED_FIRST = F("organisation_id").asc(nulls_first=True)


def catalogues() -> QuerySet[Catalogue]:
    """Those of the open scope, the shared ones first, each with how many lines it has as `lines`."""
    standing = Count("entries", filter=Q(entries__gone_in__isnull=True))
    rows = Catalogue.objects.select_related("organisation").annotate(lines=standing)
    return rows.order_by(SHARED_FIRST, "pk")


def imports() -> QuerySet[CatalogueImport]:
    """The files of the open scope, the newest first."""
    return CatalogueImport.objects.select_related(
        "organisation", "asked_in", "catalogue", "file", "made_by"
    ).order_by("-made_at", "-pk")


def entries(catalogue: Catalogue, search: str = "", kind: str = "") -> QuerySet[CatalogueEntry]:
    """The lines that stand, by code; found by the beginning of a code, or by words of a name in either script."""
    rows = _with_words(CatalogueEntry.objects.filter(catalogue=catalogue), search)
    return (rows.filter(kind=kind) if kind else rows).order_by("code", "pk")


def lines_with(key: str, search: str) -> QuerySet[CatalogueEntry]:
    """Occupations and groups with these words in the catalogues of this key that the reader sees, occupations first."""
    rows = CatalogueEntry.objects.filter(
        catalogue__in=Catalogue.objects.filter(key=key).order_by(), kind__in=("occupation", "group")
    )
    return _with_words(rows, search).exclude(code="").order_by("-kind", "code", OWN_FIRST)


def _with_words(rows: QuerySet[CatalogueEntry], search: str) -> QuerySet[CatalogueEntry]:
    """Those that stand, by the beginning of a code, or by words of a name in either script."""
    rows = rows.filter(gone_in__isnull=True)
    for word in search.lower().split()[:MOST_WORDS]:
        rows = rows.filter(Q(code__startswith=word) | Q(words__contains=word))
    return rows


def entry(catalogue: Catalogue, pk: int) -> CatalogueEntry | None:
    """One line that stands."""
    return entries(catalogue).filter(pk=pk).first()


def above(entry: CatalogueEntry) -> list[CatalogueEntry]:
    """The groups that a line lies in, the highest first; a query for each, at most eight."""
    found: list[CatalogueEntry] = []
    key = entry.parent
    while key and len(found) < 8:  # noqa: PLR2004  (no classification is deeper)
        row = CatalogueEntry.objects.filter(catalogue=entry.catalogue_id, key=key).first()
        if row is None:
            break
        found.insert(0, row)
        key = row.parent
    return found


def inside(entry: CatalogueEntry) -> QuerySet[CatalogueEntry]:
    """What lies in a group, or the tasks of an occupation."""
    rows = CatalogueEntry.objects.filter(catalogue=entry.catalogue_id, parent=entry.key, gone_in__isnull=True)
    return rows.order_by("code", "pk")


def needed(entry: CatalogueEntry) -> QuerySet[EntryLink]:
    """The skills of an occupation, essential ones first."""
    rows = EntryLink.objects.filter(one=entry, gone_in__isnull=True).select_related("other")
    return rows.order_by("kind", "-weight", "pk")


def pairs(codes: Iterable[str] = ()) -> QuerySet[CodePair]:
    """Pairs of codes of the open scope; of these codes only, where some are given."""
    wanted = list(codes)
    rows = CodePair.objects.select_related("organisation")
    if wanted:
        rows = rows.filter(Q(code_isco__in=wanted) | Q(code_cn__in=wanted))
    return rows.order_by("code_cn", "code_isco", "pk")


def titles(key: str, codes: Iterable[str]) -> dict[str, CatalogueEntry]:
    """code → its line in the catalogue of this key that the reader sees, the own one before the shared one."""
    rows = CatalogueEntry.objects.filter(
        catalogue__in=Catalogue.objects.filter(key=key).order_by(), code__in=set(codes), gone_in__isnull=True
    )
    return {row.code: row for row in rows.order_by(F("catalogue__organisation_id").asc(nulls_first=True))}
