"""Rules between the college and an enterprise that has no apprentice of it: what tests of sharing begin with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from craftpath.delivery.exchange.sharing.registry import CLASSES
from craftpath.domain.partnership.models import Cooperation
from craftpath.domain.sharing import actions
from craftpath.domain.sharing.models import SharingRule
from craftpath.domain.sharing.rules import Terms
from craftpath.kernel.access import Actor, actor_in, join
from craftpath.kernel.organisations import Organisation, plant
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast
from tests.domain.partnership.world import binds

YEAR = timedelta(days=364)


def partner(cast: Cast) -> Organisation:
    """An enterprise with an office and no apprentice, once."""
    found = Organisation.objects.filter(key="hengtai").first()
    if found is not None:
        return found
    made = plant(key="hengtai", kind="enterprise", name={"zh": "恒泰重工", "en": "Hengtai Heavy Industry"})
    for role in Role:
        person = Person.objects.create_user(
            f"ht-{role.value}", password="let-me-in", name=f"恒泰{role.value}"
        )
        join([person], made, role, on=date(2026, 1, 1))
    return made


def office(cast: Cast, role: Role = Role.HR) -> Actor:
    """Somebody of the partner, as an actor there."""
    place = partner(cast)
    found = actor_in(Person.objects.get(username=f"ht-{role.value}"), place, TODAY)
    assert found is not None
    return found


def agreement(cast: Cast, *, last: date = date(2028, 12, 31)) -> Cooperation:
    """The signed agreement of partner and college, once."""
    place = partner(cast)
    found = Cooperation._base_manager.filter(sides__organisation=place).first()
    return found or binds(place, cast.college, until=last)


def terms(cast: Cast, kind: str = "roster", **instead: Any) -> Terms:
    """A rule about one cohort, on the agreement, for a year."""
    values: dict[str, Any] = {
        "receiver": instead.get("receiver") or partner(cast),
        "data": CLASSES[kind].offered,
        "columns": tuple(one.key for one in CLASSES[kind].columns),
        "whom": CLASSES[kind].whom[0],
        "purpose": "training_record",
        "basis": "agreement",
        "starts_on": TODAY,
        "ends_on": TODAY + YEAR,
        "agreement": "" if "agreement" in instead else str(agreement(cast).ref),
        "cohort": str(Ref("apprenticeships", "cohort", cast.cohort.public_id)),
        "cohort_name": cast.cohort.title,
    }
    return Terms(**values | instead)


def drafted(cast: Cast, kind: str = "roster", **instead: Any) -> SharingRule:
    """A draft of the college."""
    by = cast.actor("coordinator")
    return actions.draft_rule(terms(cast, kind, **instead), giver=cast.college, by=by, at=AT)


def offered(cast: Cast, kind: str = "roster", **instead: Any) -> SharingRule:
    """The same, put before the partner."""
    return actions.offer_rule(drafted(cast, kind, **instead), by=cast.actor("coordinator"), at=AT)


def in_force(cast: Cast, kind: str = "roster", **instead: Any) -> SharingRule:
    """The same, accepted."""
    with everywhere("a test makes a rule"):
        row = offered(cast, kind, **instead)
        return actions.accept_rule(row, seen=row.sha256, by=office(cast), at=AT)
