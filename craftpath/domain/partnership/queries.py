"""Reading cooperation agreements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q

from craftpath.domain.partnership.models import PARTS, Cooperation
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import Scope, paths_to

__all__ = ["PARTS", "cooperations", "in_force", "in_force_among", "partners_of"]


def cooperations() -> models.QuerySet[Cooperation]:
    """Those of the open scope, newest first."""
    rows = Cooperation.objects.select_related("enterprise", "college", "document", "made_by")
    return rows.order_by("-starts_on", "-pk")


def in_force(enterprise: Organisation, college: Organisation, day: date) -> bool:
    """Whether an agreement of these two, or of those above them, binds on a day."""
    return in_force_among([(enterprise, college, day)])[0]


def in_force_among(asked: Sequence[tuple[Organisation, Organisation, date]]) -> list[bool]:
    """The same of many, one answer each in their order; one query."""
    enterprises = {path for enterprise, _, _ in asked for path in _above(enterprise)}
    colleges = {path for _, college, _ in asked for path in _above(college)}
    rows = Cooperation._base_manager.filter(
        state="in_force", enterprise__path__in=enterprises, college__path__in=colleges
    ).values_list("enterprise__path", "college__path", "starts_on", "ends_on")
    known = list(rows)
    return [
        any(
            enterprise.path.startswith(host) and college.path.startswith(school) and first <= day <= last
            for host, school, first, last in known
        )
        for enterprise, college, day in asked
    ]


def partners_of(scope: Scope, day: date) -> models.QuerySet[Organisation]:
    """The other sides of the agreements that bind the reader's organisations on a day, with all below them.

    The reader's organisations are those of the roles held that day and one's seat; an agreement binds all below it.
    """
    now = Cooperation._base_manager.filter(state="in_force", starts_on__lte=day, ends_on__gte=day).order_by()
    found = Q()
    for own, other in (("enterprise", "college"), ("college", "enterprise")):
        mine = memberships_on(day).filter(
            person=scope.person_id, organisation__path__startswith=OuterRef(f"{own}__path")
        )
        bound = now.filter(Q(Exists(mine.order_by())) | Q(**{f"{own}__path__in": paths_to(scope.path)}))
        theirs = bound.annotate(asked=ExpressionWrapper(OuterRef("path"), output_field=models.CharField()))
        found |= Q(Exists(theirs.filter(asked__startswith=F(f"{other}__path"))))
    rows: models.QuerySet[Organisation] = Organisation.objects.filter(found).order_by()
    return rows


def _above(organisation: Organisation) -> list[str]:
    path, step = organisation.path, organisation.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]
