"""Claims made elsewhere, from a sheet, and by what people are recognised in it: hashes, never identity numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from craftpath.domain.subsidies import queries, rules
from craftpath.domain.subsidies.facts import ElsewhereTaken, IdentitiesKept
from craftpath.domain.subsidies.models import ClaimedYear, IdentityKey, SubsidyFile
from craftpath.domain.subsidies.opening import held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.period import later
from craftpath.values.verdict import Refused, not_now, require

SALT = "craftpath.subsidies.identity"
MOST = 5000
"""Rows of one sheet."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One row of a sheet: `row` is its number in the sheet, `number` the identity number."""

    row: int
    number: str
    name: str
    occupation: str
    level: str
    starts_on: date
    source: str


def key_of(number: str) -> str:
    """The keyed hash under which somebody is recognised; needs the site's secret key."""
    return salted_hmac(SALT, number, algorithm="sha256").hexdigest()


@action
def keep_identities(
    file: SubsidyFile, rows: Sequence[tuple[int, str, str]], *, by: Actor, at: datetime
) -> int:
    """Note by what the people of a file are recognised: (row of the sheet, student number, identity number).

    All rows or none; how many are new or changed. What a claim made elsewhere is known by follows its person.
    """
    file = held(file)
    require(rules.may_file(by, file))
    _require_some(len(rows))
    people = {row.enrolment.number: row for row in queries.people_of(file)}
    known = dict(
        IdentityKey._base_manager.filter(person__in=[row.person_id for row in people.values()]).values_list(
            "person_id", "key"
        )
    )
    wanted: dict[int, str] = {}
    for line, number, given in rows:
        identity = rules.identity(given)
        if not identity:
            raise Refused(not_now("subsidies.identity_invalid", row=line))
        if number not in people:
            raise Refused(not_now("subsidies.identity_of_nobody", row=line, number=number[:40]))
        key = key_of(identity)
        person = people[number].person_id
        if (
            key in wanted.values()
            or IdentityKey._base_manager.filter(key=key).exclude(person=person).exists()
        ):
            raise Refused(not_now("subsidies.identity_twice", row=line))
        wanted[person] = key
    new = {person: key for person, key in wanted.items() if known.get(person) != key}
    lines = {key_of(rules.identity(given)): line for line, _number, given in rows}
    for person, key in new.items():
        try:
            with transaction.atomic():
                IdentityKey._base_manager.update_or_create(
                    person_id=person, defaults={"key": key, "organisation": file.organisation}
                )
        except IntegrityError:  # another office has noted the same number for somebody else at this moment
            raise Refused(not_now("subsidies.identity_twice", row=lines[key])) from None
    if new:
        tell(IdentitiesKept(people=len(new)), by=by, at=at, organisation=file.organisation, subject=file.ref)
    return len(new)


@action
def take_elsewhere(organisation: Organisation, rows: Sequence[Elsewhere], *, by: Actor, at: datetime) -> int:
    """Take in years that were claimed elsewhere; all rows or none, and a row that is there already is passed over."""
    if not by.may_at(Permission.FILE_SUBSIDIES, organisation):
        require(by.may_at(Permission.DECIDE_SUBSIDIES, organisation))
    _require_some(len(rows))
    made = [_row(organisation, one, at) for one in rows]
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    standing = set(
        ClaimedYear._base_manager.filter(
            key__in={row.key for row in made}, subsidy=queries.SUBSIDY, freed_at__isnull=True
        ).values_list("key", "year")
    )
    new = {(row.key, row.year): row for row in made if (row.key, row.year) not in standing}
    ClaimedYear.objects.bulk_create(new.values(), ignore_conflicts=True)
    if new:
        told = ElsewhereTaken(years=len(new), source=_sources(new.values()))
        tell(told, by=by, at=at, organisation=organisation, subject=None)
    return len(new)


def _sources(rows: Iterable[ClaimedYear]) -> str:
    return "; ".join(sorted({row.source for row in rows}))[:200]


def _row(organisation: Organisation, one: Elsewhere, at: datetime) -> ClaimedYear:
    number = rules.identity(one.number)
    if not number:
        raise Refused(not_now("subsidies.identity_invalid", row=one.row))
    return ClaimedYear(
        organisation=organisation,
        key=key_of(number),
        name=one.name[:120],
        subsidy=queries.SUBSIDY,
        occupation=one.occupation[:120],
        level=one.level,
        year=one.starts_on.year,
        starts_on=one.starts_on,
        ends_on=later(one.starts_on, 12),
        source=one.source[:120],
        claimed_at=at,
    )


def _require_some(count: int) -> None:
    if not count:
        raise Refused(not_now("subsidies.sheet_empty"))
    if count > MOST:
        raise Refused(not_now("subsidies.sheet_too_long", most=MOST))
