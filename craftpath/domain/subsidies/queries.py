"""Reading subsidy files: lists with what they show, people, steps, and who cannot be counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from craftpath.domain.subsidies.models import (
    LEVELS,
    Audit,
    ClaimedYear,
    FileEvent,
    FilePaper,
    FilePerson,
    Finding,
    Pack,
    PaperAsk,
    SubsidyFile,
    SubsidyScheme,
)
from craftpath.domain.subsidies.states import LIVE
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

SUBSIDY = "new_apprenticeship"
"""What kind of money all schemes here pay, as `engines.allowances` names it."""


def schemes() -> models.QuerySet[SubsidyScheme]:
    """The schemes of the open scope; the newest version of each first."""
    return SubsidyScheme.objects.select_related("organisation").order_by(
        "key", "organisation__path", "-version"
    )


def schemes_on(day: date) -> models.QuerySet[SubsidyScheme]:
    """Those that hold on a day."""
    return schemes().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def files() -> models.QuerySet[SubsidyFile]:
    """The files of the open scope with scheme and organisations, what moved last first; `counted` are their people."""
    rows = SubsidyFile.objects.select_related("organisation", "authority", "scheme", "cohort")
    counted = Count("people", filter=Q(people__excluded=""), distinct=True)
    return rows.annotate(counted=counted).order_by("-since", "-pk")


def people_of(file: SubsidyFile) -> list[FilePerson]:
    """Everybody of a file, by student number; one query."""
    return list(file.people.select_related("person", "enrolment").order_by("enrolment__number", "pk"))


def events_of(file: SubsidyFile) -> list[FileEvent]:
    """The steps of a file in their order; one query."""
    return list(file.events.select_related("person").order_by("pk"))


def papers_of(file: SubsidyFile) -> list[FilePaper]:
    """All uploads of a file, older versions too: in the order of paper, person, copy, newest version first."""
    rows = FilePaper._base_manager.filter(file=file).select_related("kept", "member__person", "handed_by")
    return list(rows.order_by("paper", "member__enrolment__number", "copy", "-version"))


def paper(public_id: str) -> models.QuerySet[FilePaper]:
    """One upload that the reader sees, as rows."""
    return FilePaper.objects.filter(public_id=public_id).select_related("kept", "file")


def asks_of(file: SubsidyFile) -> list[PaperAsk]:
    """Whom papers of a file are asked of now; one query."""
    rows = PaperAsk._base_manager.filter(file=file, settled_at__isnull=True)
    return list(rows.select_related("person", "member__person").order_by("pk"))


def asked_of(person: Person) -> models.QuerySet[PaperAsk]:
    """What somebody is asked for, the oldest first."""
    rows = PaperAsk.objects.filter(person=person, settled_at__isnull=True)
    return rows.select_related("file__organisation", "file__scheme", "member__person", "asked_by").order_by(
        "asked_at", "pk"
    )


def audits_of(file: SubsidyFile) -> list[Audit]:
    """The audits of a file, the newest first; one query."""
    rows = Audit._base_manager.filter(file=file).select_related("auditor", "invited_by")
    return list(rows.order_by("-invited_at", "-pk"))


def audits() -> models.QuerySet[Audit]:
    """The audits of the open scope."""
    return Audit.objects.select_related("file__organisation", "file__authority", "auditor")


def findings() -> models.QuerySet[Finding]:
    """The findings of the open scope, with audit and person."""
    rows = Finding.objects.select_related(
        "audit__file__organisation",
        "audit__file__authority",
        "audit__auditor",
        "member__person",
        "answered_by",
    )
    return rows.order_by("pk")


def packs_of(file: SubsidyFile) -> list[Pack]:
    """The reader's own archives of a file, the newest first, at most three; one query."""
    return list(Pack.objects.filter(file=file).select_related("archive").order_by("-asked_at", "-pk")[:3])


def packs() -> models.QuerySet[Pack]:
    """The archives of the open scope."""
    return Pack.objects.select_related(
        "file__organisation", "file__scheme", "asked_by", "asked_in", "archive"
    )


def claimed() -> models.QuerySet[ClaimedYear]:
    """The claimed years of the open scope, the latest first."""
    rows = ClaimedYear.objects.select_related("person", "file", "organisation")
    return rows.order_by("-starts_on", "name", "pk")


def filers(file: SubsidyFile) -> set[int | None]:
    """Ids of the people who opened, filed or claimed: they decide nothing about it."""
    moves = ("open", "file", "complete", "claim")
    return set(file.events.filter(move__in=moves).values_list("person_id", flat=True))


def authorities_above(organisation: Organisation) -> list[Organisation]:
    """The organisations above one, the nearest first."""
    paths = [
        organisation.path[:end]
        for end in range(organisation.steplen, len(organisation.path), organisation.steplen)
    ]
    return list(Organisation.objects.filter(path__in=paths).order_by("-depth"))


def barred(people: Iterable[int], occupation: str, level: str, *, but: int | None = None) -> dict[int, str]:
    """person id → why somebody cannot be counted, as far as is known: paid already, or on another plan. Two queries.

    `occupation` is the Chinese name of the occupation, as claimed years keep it.
    """
    wanted = set(people)
    higher = [name for name, rank in LEVELS.items() if rank >= LEVELS[level]]
    on_plans = FilePerson.objects.filter(person__in=wanted, excluded="", file__state__in=LIVE).exclude(
        file=but
    )
    found = dict.fromkeys(on_plans.values_list("person_id", flat=True), "on_another_plan")
    paid = ClaimedYear._base_manager.filter(
        person__in=wanted, occupation=occupation, level__in=higher, freed_at__isnull=True
    ).exclude(file=but, file__isnull=False)
    found |= dict.fromkeys(
        (pk for pk in paid.values_list("person_id", flat=True) if pk), "already_subsidised"
    )
    return found
