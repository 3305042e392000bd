"""Reading claims: one's own, the desk of an office, one with everything, who else claims the same number, issuers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from craftpath.domain.claims.models import Claim, Evidence, TrustedIssuer
from craftpath.domain.claims.states import OPEN
from craftpath.kernel.organisations import span
from craftpath.kernel.tenancy import paths_to

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


def claims() -> models.QuerySet[Claim]:
    """Those of the open scope, the newest first."""
    rows = Claim.objects.select_related("organisation", "person", "occupation", "verified_in")
    return rows.order_by("-claimed_at", "-pk")


def claims_of(person: Person) -> models.QuerySet[Claim]:
    """Somebody's, as far as the open scope sees them."""
    return claims().filter(person=person)


def whole(rows: models.QuerySet[Claim]) -> models.QuerySet[Claim]:
    """The same with evidence and decisions."""
    return rows.prefetch_related("evidence__kept", "decisions__by", "decisions__place")


def desk(organisation: Organisation, person: Person | None) -> models.QuerySet[Claim]:
    """What an office looks at, without the own ones of whoever looks; `doubled` where others claim the number too."""
    rows = claims().filter(organisation__path__range=span(organisation.path)).exclude(person=person)
    others = Claim._base_manager.filter(number_key=OuterRef("number_key"), state__in=OPEN)
    return rows.annotate(doubled=Exists(others.exclude(person=OuterRef("person"))))


def doubles_of(claim: Claim) -> models.QuerySet[Claim]:
    """Open claims of the same number by other persons anywhere, whatever they say of the issuing body."""
    rows = Claim._base_manager.filter(number_key=claim.number_key, state__in=OPEN)
    rows = rows.exclude(person=claim.person_id).select_related("person", "organisation")
    return rows.order_by("made_at", "pk")


def unread(person: Person) -> models.QuerySet[Claim]:
    """Somebody's claims about which something was decided that the person has not read."""
    return claims_of(person).filter(decided_at__isnull=False, told_at__isnull=True)


def evidence(public_id: str) -> models.QuerySet[Evidence]:
    """A file of a claim of the open scope."""
    seen = Claim.objects.order_by().values("pk")
    rows = Evidence.objects.select_related("kept", "claim__person", "claim__organisation")
    return rows.filter(public_id=public_id, claim__in=seen)


def issuers(organisation: Organisation, today: date) -> models.QuerySet[TrustedIssuer]:
    """Whom an office trusts on a day: its own and those of the offices above it."""
    rows = TrustedIssuer._base_manager.filter(organisation__path__in=paths_to(organisation.path))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
    return rows.select_related("organisation").order_by("name", "pk")
