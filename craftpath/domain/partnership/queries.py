"""Reading cooperations: the agreements, duties, pledges, contributions, rules, letters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q

from craftpath.domain.partnership.models import (
    PARTS,
    BalanceLetter,
    Contribution,
    Cooperation,
    CostStatement,
    CountedBooking,
    Pledge,
    RuleBook,
    Side,
    SideDuty,
)
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import Scope, paths_to

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import DutyDone

__all__ = [
    "PARTS",
    "Binding",
    "binding",
    "bindings",
    "cooperations",
    "in_force",
    "in_force_among",
    "partner_places",
    "partners_of",
]


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


@dataclass(frozen=True, slots=True)
class Binding:
    """Whom a signed agreement binds, and on which days; of one that was ended, only up to the day before."""

    sides: tuple[str, ...]  # paths
    first: date
    last: date

    def between(self, one: Organisation, other: Organisation) -> bool:
        """Whether these two are two of its sides, or lie below them."""
        return any(
            one.path.startswith(a) and other.path.startswith(b)
            for n, a in enumerate(self.sides)
            for m, b in enumerate(self.sides)
            if n != m
        )


def bindings(cooperations: Collection[str]) -> dict[str, Binding]:
    """public id → whom and when it binds, of those that came into force; one query, whoever asks."""
    rows = Side._base_manager.filter(
        cooperation__public_id__in=cooperations, cooperation__state__in=("in_force", "ended")
    )
    told = rows.order_by("order").values_list(
        "cooperation__public_id", "organisation__path", "cooperation__starts_on", "cooperation__ends_on",
        "cooperation__ended_on",
    )  # fmt: skip
    found: dict[str, Binding] = {}
    for public_id, path, first, last, ended in told:
        before = found[public_id].sides if public_id in found else ()
        until = min(last, ended - timedelta(days=1)) if ended else last
        found[public_id] = Binding((*before, path), first, until)
    return found


def partner_places(scope: Scope, day: date) -> models.QuerySet[Organisation]:
    """The other sides of the agreements that bind the reader's organisations on a day, with all below them.

    The reader's organisations are those of the roles held that day and one's seat; an agreement binds all below it.
    """
    now = Side._base_manager.filter(
        cooperation__state="in_force", cooperation__starts_on__lte=day, cooperation__ends_on__gte=day
    ).order_by()
    held = memberships_on(day).filter(
        person=scope.person_id, organisation__path__startswith=OuterRef("organisation__path")
    )
    own = now.filter(Q(Exists(held.order_by())) | Q(organisation__path__in=paths_to(scope.path)))
    others = now.filter(cooperation__in=own.values("cooperation")).exclude(pk__in=own.values("pk"))
    asked = others.annotate(asked=ExpressionWrapper(OuterRef("path"), output_field=models.CharField()))
    found = Q(Exists(asked.filter(asked__startswith=F("organisation__path"))))
    rows: models.QuerySet[Organisation] = Organisation.objects.filter(found).order_by()
    return rows


def partners_of(organisation: Organisation, day: date) -> list[Cooperation]:
    """The agreements that bind an organisation or what lies below it on a day, with their sides; two queries."""
    here = Side.objects.filter(organisation__path__startswith=organisation.path).values("cooperation")
    rows = cooperations().filter(state="in_force", starts_on__lte=day, ends_on__gte=day, pk__in=here)
    return list(rows.order_by("-ends_on", "pk"))


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
        "looked_side__organisation", "counters",
    )  # fmt: skip
    return rows.order_by("-given_on", "-pk")


def counter_of(row: Contribution) -> Contribution | None:
    """The line that takes a contribution back, unless it was withdrawn itself."""
    return row.counter_lines.exclude(state="withdrawn").first()


def counted_bookings() -> models.QuerySet[CountedBooking, str]:
    """The public ids of all bookings that contributions count already."""
    return CountedBooking.objects.order_by().values_list("booking", flat=True)


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


def binding(paths: Iterable[str], *, lock: bool = False) -> models.QuerySet[Cooperation]:
    """The agreements in force of organisations, by path, or of those above them, whoever asks: what others stand on.

    Locked, they stay in force until the open transaction is through.
    """
    above = {one for path in paths for one in paths_to(path)}
    theirs = Side._base_manager.filter(organisation__path__in=above).values("cooperation")
    sides = Prefetch("sides", Side._base_manager.select_related("organisation").order_by("order"))
    rows = Cooperation._base_manager.filter(pk__in=theirs, state="in_force").prefetch_related(sides)
    return rows.select_for_update(of=("self",)).order_by("pk") if lock else rows.order_by("pk")
