"""Who sees the bank of an organisation."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from craftpath.kernel.access import memberships_on
from craftpath.kernel.roles import ORGANISATION_WIDE, Permission, Role, of_office
from craftpath.kernel.tenancy import NOBODY, Scope, above, below

# Roles that write items although their scope is not a subtree: they see the banks of where they hold the role.
_GUESTS = [
    role.value for role in Role if Permission.WRITE_ITEMS in of_office(role) and role not in ORGANISATION_WIDE
]


def bank_seen_by(scope: Scope, prefix: str = "") -> Any:
    """What one's organisation, one below or one above it keeps; an assessor sees it by the role held there."""
    wide = below(scope, f"{prefix}organisation") | above(scope, f"{prefix}organisation")
    if scope.path or scope.person_id == NOBODY:
        return wide
    held = memberships_on(timezone.localdate()).filter(
        person=scope.person_id,
        role__in=_GUESTS,
        organisation__path__startswith=OuterRef(f"{prefix}organisation__path"),
    )
    return Exists(held)
