"""Opening a file for a class, and who in it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.subsidies import queries, rules
from craftpath.domain.subsidies.facts import FileOpened, PersonExcluded
from craftpath.domain.subsidies.models import (
    ClaimedYear,
    FileEvent,
    FilePerson,
    SubsidyFile,
    SubsidyScheme,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment


@action
def open_file(
    scheme: SubsidyScheme,
    cohort: Cohort,
    people: Sequence[Enrolment],
    *,
    organisation: Organisation,
    authority: Organisation,
    level: str,
    starts_on: date,
    months: int,
    kind: str = "",
    made_id: str = "",
    by: Actor,
    at: datetime,
) -> SubsidyFile:
    """Open the file of a class for its enterprise. Who cannot be counted, as far as is known here, is marked with why.

    The same `made_id` again gives the file that is there.
    """
    require(rules.may_open(by, organisation))
    valid = scheme.valid_from <= starts_on and (scheme.valid_to is None or starts_on < scheme.valid_to)
    above = organisation.path.startswith(authority.path) and organisation.pk != authority.pk
    require(rules.can_open(valid, level, months, len(people), below=above))
    if any(row.enterprise_id != organisation.pk for row in people):
        raise Refused(may_not("kernel.belongs_to_another"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if made_id:
        before = SubsidyFile._base_manager.filter(organisation=organisation, made_id=made_id).first()
        if before is not None:
            return before
    today = localdate(at)
    file = SubsidyFile.objects.create(
        organisation=organisation,
        authority=authority,
        scheme=scheme,
        cohort=cohort,
        name=cohort.name,
        occupation=cohort.occupation,
        level=level,
        kind=kind,
        starts_on=starts_on,
        months=months,
        since=today,
        made_id=made_id,
    )
    _put_in(file, people)
    FileEvent.objects.create(file=file, move="open", person=by.person, on=today)
    told = FileOpened(scheme=scheme.public_id, people=[row.person.public_id for row in people])
    tell(told, by=by, at=at, organisation=organisation, subject=file.ref)
    return file


def _put_in(file: SubsidyFile, people: Iterable[Enrolment]) -> None:
    rows = {row.person_id: row for row in people}
    known = queries.barred(rows, occupation_of(file), file.level, but=file.pk)
    asked = set(file.scheme.excludes)
    FilePerson.objects.bulk_create(
        FilePerson(
            file=file,
            person=row.person,
            enrolment=row,
            excluded=why if (why := known.get(pk, "")) in asked else "",
        )
        for pk, row in rows.items()
    )


def occupation_of(file: SubsidyFile) -> str:
    """The occupation as claimed years keep it: its Chinese name, else what there is."""
    names = file.occupation or file.name
    return str(names.get("zh") or names.get("en") or "")[:120]


@action
def exclude_person(row: FilePerson, *, reason: str, words: str = "", by: Actor, at: datetime) -> FilePerson:
    """Say that somebody does not count, and why; an empty reason counts the person again.

    The claimant while the plan is put together, the authority while it checks. The same again changes nothing.
    """
    file = held(row.file)
    office = bool(rules.may_decide(by, file))
    if not office:
        require(rules.may_file(by, file))
    else:
        require(rules.decides_apart(by, queries.filers(file)))
    row = FilePerson.objects.select_related("person").get(pk=row.pk)
    words = " ".join(words.split())
    if (row.excluded, row.words) == (reason, words):
        return row
    require(rules.can_exclude(file, reason, words, office=office))
    row.excluded, row.words = reason, words
    row.save(update_fields=["excluded", "words"])
    if reason:  # years of whoever is not paid for are free again
        years = ClaimedYear._base_manager.filter(file=file, person=row.person, freed_at__isnull=True)
        years.update(freed_at=at)
    told = PersonExcluded(person=row.person.public_id, reason=reason)
    tell(told, by=by, at=at, organisation=file.organisation, subject=file.ref)
    return row


def held(file: SubsidyFile) -> SubsidyFile:
    """The file as it is now, kept from others until the open transaction ends."""
    rows = SubsidyFile._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "authority", "scheme", "cohort").get(pk=file.pk)
