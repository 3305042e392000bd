"""Reading the register: registrations, training places, how many places there are, who is there already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Case, DateTimeField, F, Q, QuerySet, When

from craftpath.domain.accreditation.models import (
    DeskRule,
    Evidence,
    LineCheck,
    PlaceApplication,
    Registration,
    TrainingPlace,
    Visit,
)
from craftpath.domain.accreditation.rules import stands
from craftpath.domain.accreditation.trades import Trade, same_trade
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.tenancy import paths_to

LIKE = 0.75  # from which on two names of enterprises are shown as perhaps one
MOST_LIKE = 400
_ENDINGS = ("有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "集团", "公司", "厂")


def registrations() -> QuerySet[Registration]:
    """What the reader sees, the newest first."""
    return Registration.objects.select_related("authority", "organisation", "decided_by")


def checks_of(registration: Registration) -> dict[str, LineCheck]:
    """line → what was found about it; one query."""
    rows = LineCheck.objects.filter(registration=registration).select_related("checked_by")
    return {row.line: row for row in rows}


def visits_of(registration: Registration) -> list[Visit]:
    """Visits, the last one first."""
    return list(Visit.objects.filter(registration=registration).select_related("visited_by"))


def evidence() -> QuerySet[Evidence]:
    """Files that stand, as far as the reader sees them."""
    return Evidence.objects.filter(taken_back_at=None).select_related("kept", "registration")


def training_places() -> QuerySet[TrainingPlace]:
    """Accredited places that the reader sees, what ends first on top."""
    return TrainingPlace.objects.select_related("organisation", "authority", "registration", "made_by")


def applications() -> QuerySet[PlaceApplication]:
    """What enterprises ask for, as far as the reader sees it: what waits first, the oldest on top, then the newest."""
    rows = PlaceApplication.objects.select_related(
        "organisation", "authority", "place", "made_by", "decided_by"
    )
    decided = Case(When(state="asked", then=None), default=F("state_at"), output_field=DateTimeField())
    return rows.order_by(decided.desc(nulls_first=True), "made_at", "pk")


def authority_of(organisation: Organisation) -> Organisation | None:
    """The city whose register an organisation belongs to: the nearest above it, or itself; one query."""
    rows = Organisation.objects.filter(path__in=paths_to(organisation.path), kind=Kind.CITY)
    found: Organisation | None = rows.order_by("-depth").first()
    return found


def cities() -> QuerySet[Organisation]:
    """Every city that keeps a register, by its place in the tree."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(kind=Kind.CITY).order_by("path")
    return rows


def rule_for(organisation: Organisation) -> DeskRule:
    """What holds at an organisation: the row of the nearest above it, else what the house begins with; one query."""
    rows = DeskRule._base_manager.filter(organisation__path__in=paths_to(organisation.path))
    return rows.order_by("-organisation__depth").first() or DeskRule(organisation=organisation)


def capacity_on(organisation: Organisation, occupation: Trade, day: date) -> int | None:
    """How many apprentices of an occupation an enterprise may have on a day, its sites included; None for no place.

    Whoever asks: a place is no secret. One query.
    """
    rows = TrainingPlace._base_manager.filter(
        organisation__path__startswith=organisation.path, valid_from__lte=day
    ).exclude(state="ended")
    told = [row for row in rows.select_related("registration") if same_trade(row.occupation, occupation)]
    if not told:
        return None
    return sum(row.capacity for row in told if stands(row) and row.valid_until >= day)


def places_on(organisation: Organisation, day: date) -> list[TrainingPlace]:
    """The accredited places in force on a day, here and below; whoever asks, since a place is no secret. One query."""
    rows = TrainingPlace._base_manager.filter(
        organisation__path__startswith=organisation.path, valid_from__lte=day, valid_until__gte=day
    )
    found = rows.select_related("registration").order_by("-capacity", "pk")
    return [row for row in found if stands(row)]


def alike(registration: Registration) -> list[tuple[Organisation, str]]:
    """(enterprise of the city, "code" or "name") that this may be already, the surest first; two queries."""
    city = registration.authority
    same = Registration._base_manager.filter(authority=city, credit_code=registration.credit_code)
    same = same.exclude(credit_code="").filter(organisation__isnull=False).exclude(pk=registration.pk)
    known = [row.organisation for row in same.select_related("organisation") if row.organisation is not None]
    found = {one.pk: (one, "code") for one in known}
    core = core_name(registration.name)
    rows = city.below().filter(kind=Kind.ENTERPRISE)
    for key in {name[:2] for name in core.values() if name}:
        near = Q(name__zh__icontains=key) | Q(name__en__icontains=key)
        for one in rows.filter(near).order_by("path")[:MOST_LIKE]:
            if one.pk not in found and _like(core, core_name(one.name)):
                found[one.pk] = (one, "name")
    return list(found.values())


def core_name(name: Mapping[str, Any]) -> dict[str, str]:
    """What is left of a name once its legal form is taken away."""
    left = {}
    for language, said in name.items():
        words = "".join(str(said).split()).casefold()
        for ending in _ENDINGS:
            words = words.removesuffix(ending)
        left[language] = words
    return left


def _like(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    pairs = [(said, other.get(language, "")) for language, said in one.items()]
    return any(_near(said, theirs) for said, theirs in pairs if said and theirs)


def _near(one: str, other: str) -> bool:
    inside = min(len(one), len(other)) >= 2 and (one in other or other in one)
    return inside or SequenceMatcher(None, one, other).ratio() >= LIKE
