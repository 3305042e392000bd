"""What counts of people and places when pairs are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.matching import rules
from craftpath.domain.matching.facts import ProfileWritten, TravelNoted
from craftpath.domain.matching.models import Profile, TravelTime
from craftpath.domain.matching.scoring import plain
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


@action
def write_profile(
    person: Person,
    *,
    organisation: Organisation,
    teaches: Sequence[str],
    wants: Sequence[str],
    shift: str = "",
    languages: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Profile:
    """Write down what somebody teaches and wants to learn; the same changes nothing.

    `organisation` is the place whose office may read and write it too.
    """
    hosts = hosts_below(by.organisation) if by.organisation is not None else set()
    require(rules.may_profile(by, person, organisation, hosts))
    teaches, wants = _once(teaches), _once(wants)
    require(rules.can_profile(teaches, wants, shift, languages))
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    row = Profile._base_manager.filter(person=person).first() or Profile(
        person=person, organisation=organisation
    )
    wanted = (teaches, wants, shift, list(languages))
    if row.pk is not None and (row.teaches, row.wants, row.shift, row.languages) == wanted:
        return row
    row.teaches, row.wants, row.shift, row.languages = wanted
    row.changed_at = at
    row.save()
    told = ProfileWritten(person=person.public_id)
    tell(told, by=by, at=at, organisation=row.organisation, subject=Ref("kernel", "person", person.public_id))
    return row


def _once(words: Sequence[str]) -> list[str]:
    """Each word once, as it was written first, without spaces around it."""
    found: dict[str, str] = {}
    for word in words:
        if word.strip():
            found.setdefault(plain(word), " ".join(word.split()))
    return list(found.values())


@action
def note_travel(
    one: Organisation,
    other: Organisation,
    *,
    organisation: Organisation,
    minutes: int,
    by: Actor,
    at: datetime,
) -> TravelTime:
    """Write down how long it takes between two places, for the rounds of an office; the same changes nothing."""
    require(rules.may_match(by, organisation))
    require(rules.can_note_travel(one, other, minutes))
    first, second = sorted((one, other), key=lambda row: row.pk)
    row, made = TravelTime._base_manager.get_or_create(
        organisation=organisation, one=first, other=second, defaults={"minutes": minutes}
    )
    if not made and row.minutes == minutes:
        return row
    row.minutes = minutes
    row.save()
    told = TravelNoted(one=first.key, other=second.key, minutes=minutes)
    subject = Ref("kernel", "organisation", organisation.key)
    tell(told, by=by, at=at, organisation=organisation, subject=subject)
    return row
