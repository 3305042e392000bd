"""Guardians: asked by a link and a code for what a child may not agree to alone.

Such a link may be used again until it runs out, so that a guardian takes a yes back as easily as it was given.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.consents import ConsentEvent, needs_guardian
from craftpath.kernel.links import Handover, Purpose, SignedLink, make_link
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.purposes import Purpose as Use
from craftpath.kernel.roles import Permission
from craftpath.kernel.signin import people_of
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, may_not, not_now, require

LIFE = timedelta(days=90)
ELDEST = max((one.guardian_below for one in PURPOSES.values() if one.asks), default=0)


def spoken_for(person: Person, day: date) -> list[Use]:
    """The purposes for which a guardian speaks for this person on a day."""
    return [one for one in PURPOSES.values() if needs_guardian(person, one, day)]


def children_of(organisation: Organisation, day: date) -> QuerySet[Person]:
    """The people here and below who are spoken for by a guardian in something, by name."""
    try:
        born_after = day.replace(year=day.year - ELDEST)
    except ValueError:  # the 29th of February
        born_after = day.replace(year=day.year - ELDEST, day=28)
    return people_of(organisation, day).filter(birth_date__gt=born_after)


def child_of(link: SignedLink) -> Person | None:
    """For whom the guardian who holds this link speaks."""
    if link.purpose != Purpose.CONSENT:
        return None
    return Person.objects.filter(public_id=Ref.parse(link.subject).public_id, is_active=True).first()


def answered_by_guardian(child: Person, events: dict[str, ConsentEvent], day: date) -> list[Use]:
    """What the page of a link shows: what the guardian is asked for, and what a guardian agreed to before."""
    open_now = spoken_for(child, day)
    before = [
        PURPOSES[key]
        for key, event in events.items()
        if key in PURPOSES and event.given and event.guardian and PURPOSES[key] not in open_now
    ]
    return open_now + before


@action
def ask_guardian(
    child: Person, *, name: str, organisation: Organisation, by: Actor, at: datetime
) -> Handover:
    """Make a link by which a guardian says yes or no for a child; an earlier one given here ends."""
    require(by.may_at(Permission.MANAGE_PEOPLE, organisation))
    day = timezone.localtime(at).date()
    if not people_of(organisation, day).filter(pk=child.pk).exists():
        require(may_not("kernel.person_of_another"))
    require(YES if spoken_for(child, day) else not_now("kernel.consent_is_ones_own_now"))
    name = name.strip()[:120]
    require(YES if name else not_now("kernel.guardian_without_name"))
    return make_link(
        Ref("kernel", "person", child.public_id),
        purpose=Purpose.CONSENT,
        name=name,
        organisation=organisation,
        life=LIFE,
        by=by,
        at=at,
    )
