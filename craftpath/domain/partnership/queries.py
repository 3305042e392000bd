"""Reading cooperations: the agreements, duties, pledges, contributions, rules, letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, Prefetch, Q

from craftpath.domain.partnership.models import (
    PARTS,
    BalanceLetter,
    Contribution,
    Cooperation,
    CostStatement,
    Pledge,
    RuleBook,
    Side,
    SideDuty,
)
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import DutyDone

__all__ = ["PARTS", "cooperations", "in_force", "in_force_among"]


def cooperations() -> models.QuerySet[Cooperation]:
    """Those of the open scope with their sides, newest first."""
    rows = Cooperation.objects.select_related("organisation", "document", "made_by")
    sides = Prefetch("sides", Side.objects.select_related("organisation").order_by("order"))
    return rows.prefetch_related(sides).order_by("-starts_on", "-pk")


def in_force(enterprise: Organisation, college: Organisation, day: date) -> bool:
    """Whether an agreement of these two, or of those above them, binds on a day."""
    return in_force_among([(enterprise, college, day)])[0]


def in_force_among(asked: Sequence[tuple[Organisation, Organisation, date]]) -> list[bool]:
    """The same of many, one answer each in their order; one query."""
    paths = {path for pair in asked for side in pair[:2] for path in _above(side)}
    rows = Side.objects.filter(
        cooperation__state="in_force", role__in=("enterprise", "college"), organisation__path__in=paths
    ).values_list(
        "cooperation", "role", "organisation__path", "cooperation__starts_on", "cooperation__ends_on"
    )  # fmt: skip
    known: dict[int, tuple[date, date, dict[str, list[str]]]] = {}
    for cooperation, role, path, first, last in rows:
        found = known.setdefault(cooperation, (first, last, {"enterprise": [], "college": []}))
        found[2][role].append(path)
    return [
        any(
            first <= day <= last
            and any(enterprise.path.startswith(host) for host in sides["enterprise"])
            and any(college.path.startswith(school) for school in sides["college"])
            for first, last, sides in known.values()
        )
        for enterprise, college, day in asked
    ]


def _above(organisation: Organisation) -> list[str]:
    path, step = organisation.path, organisation.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def duties_of(cooperation: Cooperation) -> list[SideDuty]:
    """The duties of all sides: those that are due first, what is done with for good at the end."""
    rows = SideDuty.objects.filter(side__cooperation=cooperation).select_related("side__organisation")
    return list(rows.prefetch_related("done__done_by").order_by(F("due_on").asc(nulls_last=True), "pk"))


def duties() -> models.QuerySet[SideDuty]:
    """The duties of the open scope."""
    return SideDuty.objects.select_related("side__cooperation", "side__organisation")


def last_done(row: SideDuty) -> DutyDone | None:
    """When a duty was done last; from what `duties_of` fetched."""
    return max(row.done.all(), key=lambda one: one.due_on, default=None)


def open_duties(rows: Iterable[Cooperation], today: date) -> dict[int, tuple[int, int]]:
    """cooperation id → (open duties, overdue ones); one query."""
    late = Count("pk", filter=Q(due_on__lt=today))
    asked = SideDuty.objects.filter(side__cooperation__in=[row.pk for row in rows], due_on__isnull=False)
    told = asked.order_by().values_list("side__cooperation").annotate(count=Count("pk"), late=late)
    return {pk: (count, overdue) for pk, count, overdue in told}


def books_of(cooperation: Cooperation) -> list[RuleBook]:
    """All versions of the valuation rule, the newest first, with who agreed."""
    rows = cooperation.books.select_related("made_by")
    told = "agreements__side__organisation"
    return list(rows.prefetch_related(told, "agreements__agreed_by").order_by("-version"))


def books() -> models.QuerySet[RuleBook]:
    """The versions of the open scope."""
    return RuleBook.objects.select_related("cooperation")


def book_in_force(cooperation: Cooperation) -> RuleBook | None:
    """The newest version that all sides agreed on."""
    return cooperation.books.filter(agreed_at__isnull=False).order_by("-version").first()


def pledges() -> models.QuerySet[Pledge]:
    """Pledges of the open scope that stand, by year and side."""
    rows = Pledge.objects.filter(withdrawn_at__isnull=True).select_related(
        "side__organisation", "side__cooperation"
    )
    return rows.order_by("-year", "side__order", "pk")


def contributions() -> models.QuerySet[Contribution]:
    """What was given in the open scope, the latest first."""
    rows = Contribution.objects.select_related(
        "side__organisation", "side__cooperation", "book", "evidence", "made_by", "looked_by",
        "looked_side__organisation", "counters", "countered",
    )  # fmt: skip
    return rows.order_by("-given_on", "-pk")


def given_by_kind(cooperation: Cooperation, year: int) -> list[dict[str, Any]]:
    """side, kind, currency → the values given and those of them that are confirmed, in minor units; one query."""
    rows = Contribution.objects.filter(side__cooperation=cooperation, given_on__year=year)
    confirmed = models.Sum("minor", filter=Q(state="confirmed"), default=0)
    told = rows.exclude(state="withdrawn").order_by().values("side", "kind", "currency")
    return list(told.annotate(given=models.Sum("minor", default=0), confirmed=confirmed))


def pledged_by_kind(cooperation: Cooperation, year: int) -> list[dict[str, Any]]:
    """side, kind, currency → what was pledged; one query."""
    rows = Pledge.objects.filter(side__cooperation=cooperation, year=year, withdrawn_at__isnull=True)
    return list(rows.order_by().values("side", "kind", "currency").annotate(pledged=models.Sum("minor")))


def done_in(cooperation: Cooperation, year: int) -> dict[int, int]:
    """side id → how many duties of a year it has done; one query."""
    rows = SideDuty.objects.filter(side__cooperation=cooperation, done__due_on__year=year)
    return dict(rows.order_by().values_list("side").annotate(count=Count("done")))


def statements() -> models.QuerySet[CostStatement]:
    """Saved costs and benefits of one's own enterprise, the newest first."""
    return CostStatement.objects.select_related("side__organisation", "made_by").order_by("-version")


def on_letter(cooperation: Cooperation) -> list[CostStatement]:
    """What enterprises want to be read on the balance letter: of each the newest version, if it says so."""
    rows = CostStatement._base_manager.filter(side__cooperation=cooperation)
    newest: dict[int, CostStatement] = {}
    for row in rows.select_related("side__organisation").order_by("version"):
        newest[row.side_id] = row
    return [row for row in newest.values() if row.on_letter]


def letters() -> models.QuerySet[BalanceLetter]:
    """Letters of the open scope, the newest first."""
    rows = BalanceLetter.objects.select_related("cooperation__organisation", "issued_by")
    return rows.order_by("-year", "-version")
