"""People by a directory: they come, are described, are switched off and on, and leave. No record is ever deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.directory.facts import DirectoryPersonCame, DirectoryPersonMoved
from craftpath.kernel.directory.settling import BECAUSE, end_all, settle
from craftpath.kernel.directory.tables import LONGEST_NAME, DirectoryEntry, DirectoryGroup, DirectoryMember
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, free_usernames
from craftpath.kernel.roles import Permission, Role, of_office
from craftpath.kernel.signin import memberships_of, people_of
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True)
class Described:
    """Somebody as a directory describes them; `content` is kept for it as it came."""

    user_name: str
    external_id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    active: bool | None = None  # not said: on for whoever comes, else as before
    content: dict[str, Any] = field(default_factory=dict)


def entries(organisation: Organisation) -> QuerySet[DirectoryEntry]:
    """Who is in the directory of an organisation, in the order in which they came."""
    rows = DirectoryEntry.objects.filter(organisation=organisation, removed_at=None)
    return rows.select_related("person").order_by("pk")


@contextmanager
def held(organisation: Organisation) -> Iterator[None]:
    """Nobody else changes this directory meanwhile: for whoever reads a thing, changes it and writes it back."""
    with transaction.atomic():
        _hold(organisation)
        yield


def groups_of(found: list[DirectoryEntry]) -> dict[int, list[DirectoryGroup]]:
    """entry id → the groups that it is in; one question."""
    rows = DirectoryMember.objects.filter(
        entry__in=[entry.pk for entry in found], group__removed_at=None
    ).select_related("group")
    named: dict[int, list[DirectoryGroup]] = {}
    for row in rows.order_by("group_id"):
        named.setdefault(row.entry_id, []).append(row.group)
    return named


@action
def add_entry(organisation: Organisation, said: Described, *, by: Actor, at: datetime) -> DirectoryEntry:
    """Take somebody in: whoever is known here under that name or address, else a new person without a password."""
    require(by.may_at(Permission.MANAGE_PEOPLE, organisation))
    _hold(organisation)
    _check(organisation, said, None)
    person = _known(organisation, said, timezone.localtime(at).date())
    entry = DirectoryEntry(
        organisation=organisation,
        person=person or _newcomer(said),
        made_person=person is None,
        made_at=at,
    )
    _describe(entry, said, by=by, at=at)
    entry.save()
    told = DirectoryPersonCame(entry.person.public_id, person is not None)
    tell(told, by=by, at=at, organisation=organisation, subject=_ref(entry))
    if not entry.active:
        _off(entry, by=by, at=at)
    return entry


@action
def change_entry(entry: DirectoryEntry, said: Described, *, by: Actor, at: datetime) -> DirectoryEntry:
    """Describe somebody anew. Whoever is switched off loses every role there, and gets those of the groups back."""
    organisation = entry.organisation
    require(by.may_at(Permission.MANAGE_PEOPLE, organisation))
    _hold(organisation)
    row = _locked(entry)
    _check(organisation, said, row)
    before = row.active
    _describe(row, said, by=by, at=at)
    row.save()
    if before != row.active:
        state = "on" if row.active else "off"
        told = DirectoryPersonMoved(row.person.public_id, state)
        tell(told, by=by, at=at, organisation=organisation, subject=_ref(row))
        if row.active:
            settle(organisation, [row], by=by, at=at)
        else:
            _off(row, by=by, at=at)
    return row


@action
def remove_entry(entry: DirectoryEntry, *, by: Actor, at: datetime) -> None:
    """Take somebody out: their roles there end, the person and everything that was recorded stays."""
    organisation = entry.organisation
    require(by.may_at(Permission.MANAGE_PEOPLE, organisation))
    _hold(organisation)
    row = _locked(entry)
    row.active, row.removed_at, row.changed_at = False, at, at
    row.save(update_fields=["active", "removed_at", "changed_at"])
    _off(row, by=by, at=at)
    DirectoryMember._base_manager.filter(entry=row).delete()
    told = DirectoryPersonMoved(row.person.public_id, "out")
    tell(told, by=by, at=at, organisation=organisation, subject=_ref(row))


def _off(row: DirectoryEntry, *, by: Actor, at: datetime) -> None:
    """Roles end, unless the directory knows the same person by another entry that is on."""
    settle(row.organisation, [row], by=by, at=at)
    others = DirectoryEntry._base_manager.filter(
        organisation=row.organisation, person=row.person, active=True, removed_at=None
    )
    if not others.exclude(pk=row.pk).exists():
        end_all(row.organisation, [row.person], because=BECAUSE, by=by, at=at)


def _hold(organisation: Organisation) -> None:
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _locked(entry: DirectoryEntry) -> DirectoryEntry:
    rows = DirectoryEntry._base_manager.select_for_update(of=("self",)).select_related(
        "person", "organisation"
    )
    row = rows.filter(pk=entry.pk, removed_at=None).first()
    if row is None:
        raise Refused(not_now("kernel.directory_gone"))
    return row


def _check(organisation: Organisation, said: Described, row: DirectoryEntry | None) -> None:
    if not said.user_name.strip() or len(said.user_name) > LONGEST_NAME:
        raise Refused(not_now("kernel.directory_name_length", most=LONGEST_NAME))
    if len(said.external_id) > LONGEST_NAME:
        raise Refused(not_now("kernel.directory_name_length", most=LONGEST_NAME))
    same = DirectoryEntry._base_manager.filter(
        organisation=organisation, removed_at=None, user_name__iexact=said.user_name
    )
    if row is not None and row.pk is not None:
        same = same.exclude(pk=row.pk)
    if same.exists():
        raise Refused(not_now("kernel.directory_name_taken", name=said.user_name[:80]))


def _known(organisation: Organisation, said: Described, day: date) -> Person | None:
    """Who this is, if somebody of the organisation: whom the directory knew before, or who has that name or address."""
    before = DirectoryEntry._base_manager.filter(
        organisation=organisation, user_name__iexact=said.user_name, person__merged_into=None
    ).select_related("person")
    row = before.order_by("-pk").first()
    other = (
        row is not None and bool(row.external_id and said.external_id) and row.external_id != said.external_id
    )
    if row is not None and not other:
        return row.person
    taken = DirectoryEntry._base_manager.filter(organisation=organisation, removed_at=None)
    inside = people_of(organisation, day).exclude(pk__in=taken.values("person_id"))
    if (
        row is not None
    ):  # a name is given to somebody new in time; the directory's own number says that it was
        inside = inside.exclude(pk=row.person_id)
    found = inside.filter(username__iexact=said.user_name).first()
    if found is None and _mail(said):
        found = inside.filter(email__iexact=_mail(said)).first()
    return found


def _newcomer(said: Described) -> Person:
    """A new person; an address that somebody has already is left out, and nobody is told."""
    [username] = free_usernames([[said.user_name.strip()[:60]]])
    mail = _mail(said)
    email = None if not mail or Person.objects.filter(email__iexact=mail).exists() else mail
    return Person.objects.create_user(username, email, None, name=_name(said), phone=said.phone.strip()[:30])


def _describe(row: DirectoryEntry, said: Described, *, by: Actor, at: datetime) -> None:
    """Keep what the directory says, and let the person be called so where nobody else has a say in it."""
    row.user_name, row.external_id = said.user_name, said.external_id
    row.active = row.active if said.active is None else said.active
    row.content, row.changed_at = said.content, at
    if not _may_describe(row, by=by, at=at):
        return
    person = row.person
    mail = _mail(said)
    person.name = _name(said) if said.name.strip() else person.name
    person.phone = said.phone.strip()[:30] or person.phone
    if mail and not Person.objects.filter(email__iexact=mail).exclude(pk=person.pk).exists():
        person.email = mail
    person.save(update_fields=["name", "phone", "email"])


def _may_describe(row: DirectoryEntry, *, by: Actor, at: datetime) -> bool:
    """Whether all that the person is lies at this organisation or below, and within what the token's office may give.

    An address opens sign-on, so it is changed only by those who could give all that it opens.
    """
    person = row.person
    if not row.made_person and row.pk is None:
        return False  # somebody known is linked first, and described by a later word at the earliest
    elsewhere = DirectoryEntry._base_manager.filter(person=person, removed_at=None)
    if elsewhere.exclude(organisation=row.organisation).exists():
        return False
    held = memberships_of([person], timezone.localtime(at).date()).get(person.pk, [])
    inside = all(one.organisation.path.startswith(row.organisation.path) for one in held)
    within = all(of_office(Role(one.role)) <= by.permissions for one in held)
    return inside and within and bool(held or row.made_person)


def _mail(said: Described) -> str:
    try:
        validate_email(said.email)
    except ValidationError:
        return ""
    return said.email


def _name(said: Described) -> str:
    return " ".join((said.name or said.user_name).split())[:120] or said.user_name[:120]


def _ref(row: DirectoryEntry) -> Ref:
    return Ref("kernel", "person", row.person.public_id)
