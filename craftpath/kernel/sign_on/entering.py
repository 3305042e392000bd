"""Who somebody is whom a provider vouches for: by the link, else by what the administrator allows, else nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from craftpath.kernel.access import Actor, actor_in, system
from craftpath.kernel.action import action
from craftpath.kernel.directory.settling import can_mean
from craftpath.kernel.directory.tables import DirectoryEntry
from craftpath.kernel.facts import tell
from craftpath.kernel.invitations import Guest, invite
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.sign_on.facts import SignOnLinked
from craftpath.kernel.sign_on.keeping import meanings
from craftpath.kernel.sign_on.settling import settle
from craftpath.kernel.sign_ons import Match, SignOnLink, SignOnProvider, Unknown
from craftpath.kernel.signin import memberships_of, people_of
from craftpath.values.verdict import Refused, may_not, not_now

MOST_GROUPS = 500  # of one person


@dataclass(frozen=True)
class Vouched:
    """What a provider says of somebody; `email` only if it was verified there."""

    subject: str
    name: str = ""
    email: str = ""
    number: str = ""
    groups: list[str] | None = field(default_factory=list)  # None: it did not say, so nothing is taken away


@dataclass(frozen=True)
class Entered:
    """The person; or an invitation's token, for whoever is not known yet."""

    person: Person | None = None
    invitation: str = ""


@action
def enter(
    provider: SignOnProvider, said: Vouched, *, itself: Person | None = None, by: Actor, at: datetime
) -> Entered:
    """Find out who it is; link the account on the first time. `itself` is whoever is signed in and links it.

    Refused names why not: nobody known, closed, somebody of another organisation too, linked to somebody else.
    """
    row = (
        SignOnProvider._base_manager.select_for_update(of=("self",))
        .select_related("organisation", "groups_by")
        .get(pk=provider.pk)
    )
    if not row.serves or not said.subject:
        raise Refused(not_now("kernel.sign_on_is_off"))
    link = (
        SignOnLink._base_manager.filter(provider=row, subject=said.subject).select_related("person").first()
    )
    if link is None:
        if itself is not None:
            _one_of(row, itself, at)
        person = itself or _found(row, said, at)
        if person is None:
            return _asked(row, said, at)
        link = _link(row, person, said, itself is not None, at=at)
    elif itself is not None and link.person_id != itself.pk:
        raise Refused(may_not("kernel.sign_on_taken"))
    person = link.person
    if not person.is_active or person.merged_into_id is not None:
        raise Refused(may_not("kernel.sign_on_closed"))
    if link.by_self:
        _not_left(row, person, at)
    else:
        _inside(row, person, at)
    link.groups, link.last_at = (link.groups if said.groups is None else said.groups[:MOST_GROUPS]), at
    link.save(update_fields=["groups", "last_at"])
    if row.groups_at is not None and said.groups is not None:
        settle(row, link, meanings(row), at)
    return Entered(person)


def _found(provider: SignOnProvider, said: Vouched, at: datetime) -> Person | None:
    """Somebody with a role at the provider's organisation or below, by what the administrator allows."""
    inside = people_of(provider.organisation, timezone.localtime(at).date()).filter(merged_into=None)
    entries = DirectoryEntry._base_manager.filter(
        organisation=provider.organisation, removed_at=None, active=True
    )
    found: list[Person] = []
    if provider.match == Match.EMAIL and said.email:
        found = list(inside.filter(email__iexact=said.email)[:2])
    elif provider.match == Match.NUMBER and said.number:
        by_entry = entries.filter(Q(external_id=said.number) | Q(user_name__iexact=said.number))
        found = list(Person.objects.filter(pk__in=by_entry.values("person_id"), merged_into=None)[:2])
        found = found or list(inside.filter(username__iexact=said.number)[:2])
    return found[0] if len(found) == 1 else None


def _one_of(provider: SignOnProvider, person: Person, at: datetime) -> None:
    """Nobody links an account of a house where one has no role: its word would open all the other houses."""
    day = timezone.localtime(at).date()
    if not people_of(provider.organisation, day).filter(pk=person.pk).exists():
        raise Refused(may_not("kernel.sign_on_not_yours"))


def _not_left(provider: SignOnProvider, person: Person, at: datetime) -> None:
    """Whoever has left and works elsewhere now is opened by the old house no longer."""
    held = memberships_of([person], timezone.localtime(at).date()).get(person.pk, [])
    path = provider.organisation.path
    if held and not any(one.organisation.path.startswith(path) for one in held):
        raise Refused(may_not("kernel.sign_on_not_yours"))


def _inside(provider: SignOnProvider, person: Person, at: datetime) -> None:
    """A provider opens nothing of another organisation."""
    held = memberships_of([person], timezone.localtime(at).date()).get(person.pk, [])
    path = provider.organisation.path
    if any(not one.organisation.path.startswith(path) for one in held):
        raise Refused(may_not("kernel.sign_on_elsewhere"))


def _link(
    provider: SignOnProvider, person: Person, said: Vouched, by_self: bool, *, at: datetime
) -> SignOnLink:
    if not person.is_active:
        raise Refused(may_not("kernel.sign_on_closed"))
    if SignOnLink._base_manager.filter(provider=provider, person=person).exists():
        raise Refused(may_not("kernel.sign_on_taken"))
    if not by_self:
        _inside(provider, person, at)
    if person.must_change_password and not by_self:  # the slip in the drawer has served its turn
        person.set_unusable_password()
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
    link = SignOnLink(
        provider=provider, person=person, subject=said.subject[:255], by_self=by_self, made_at=at, last_at=at
    )
    link.save()
    told = SignOnLinked(provider.name, person.public_id)
    who = system(provider.organisation)
    tell(told, by=who, at=at, organisation=provider.organisation, subject=provider.ref)
    return link


def _asked(provider: SignOnProvider, said: Vouched, at: datetime) -> Entered:
    """An invitation to the role that a group means, in the name of whoever let the groups count; else nobody."""
    unknown = Refused(may_not("kernel.sign_on_unknown"))
    if provider.unknown != Unknown.INVITE or provider.groups_at is None or not said.email:
        raise unknown
    if Person.objects.filter(email__iexact=said.email).exists():
        raise unknown
    known = meanings(provider)
    order = {str(role.value): place for place, role in enumerate(Role)}
    roles = sorted(
        {known[group] for group in said.groups or [] if group in known}, key=lambda role: order[role]
    )
    day = timezone.localtime(at).date()
    giver = actor_in(provider.groups_by, provider.organisation, day) if provider.groups_by else None
    if not roles or giver is None:
        raise unknown
    guest = Guest((said.name or said.email)[:120], said.email, can_mean(roles[0]))
    [sent] = invite([guest], provider.organisation, starts_on=day, by=giver, at=at)
    return Entered(invitation=sent.token)
