"""Who lets everybody read figures."""

from __future__ import annotations

from craftpath.domain.insight.models import Published
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere

WHY = "visitors read which organisations publish figures, and nothing else of them"


def publishers() -> list[Organisation]:
    """Organisations with a published figure, in the order of the tree; needs no scope."""
    with everywhere(WHY):
        held = Published.objects.filter(withdrawn_at__isnull=True).values("organisation_id")
        return list(Organisation.objects.filter(pk__in=held).order_by("path"))
