"""Providers of an organisation: entered, changed, switched, and what their groups mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.admission import may_give
from craftpath.kernel.directory.settling import can_mean
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role
from craftpath.kernel.sign_on.facts import SignOnGroupsKept, SignOnKept
from craftpath.kernel.sign_on.settling import changes_of
from craftpath.kernel.sign_ons import (
    LONGEST_NAME,
    Kind,
    Match,
    SignOnGroup,
    SignOnLink,
    SignOnProvider,
    Unknown,
)
from craftpath.kernel.signin import memberships_of
from craftpath.kernel.tokens import sealed
from craftpath.values.verdict import Refused, Verdict, may_not, not_now, require

MOST = 10  # providers of one organisation
MOST_GROUPS = 200
MOST_LINKS = 500  # people whom a preview goes through


@dataclass(frozen=True)
class Settings:
    """What is entered of a provider; an empty secret leaves the one that is kept."""

    kind: str
    name: str
    client_id: str = ""
    issuer: str = ""
    address: str = ""
    certificate: str = ""
    agent_id: str = ""
    secret: str = ""
    match: str = Match.LINK
    number_claim: str = ""
    groups_claim: str = ""
    unknown: str = Unknown.REFUSE


@dataclass(frozen=True)
class GroupsPreview:
    """What would change for people who came by this provider before, if groups counted as they mean now."""

    changes: list[tuple[Person, list[Role], list[Role]]]  # person, roles that come, roles that go
    digest: str


def providers(organisation: Organisation) -> QuerySet[SignOnProvider]:
    """Those of an organisation that were not removed, in the order in which they were entered."""
    rows = SignOnProvider.objects.filter(organisation=organisation, removed_at=None)
    return rows.select_related("organisation", "made_by").order_by("pk")


def serving(words: str = "") -> QuerySet[SignOnProvider]:
    """All that are switched on: what they are called is for whoever wants to sign in, so for everybody."""
    rows = SignOnProvider._base_manager.filter(removed_at=None, on_at__isnull=False)
    if words:
        place = Q(organisation__name__zh__icontains=words) | Q(organisation__name__en__icontains=words)
        rows = rows.filter(place | Q(name__icontains=words))
    return rows.select_related("organisation").order_by("organisation__path", "pk")


def meanings(provider: SignOnProvider) -> dict[str, str]:
    """group → role."""
    rows = SignOnGroup._base_manager.filter(provider=provider).order_by("pk")
    return dict(rows.values_list("name", "role"))


def roles_of(provider: SignOnProvider, groups: Iterable[str]) -> dict[str, str]:
    """Of these groups those that mean something, with what."""
    known = meanings(provider)
    return {group: known[group] for group in groups if group in known}


def may_keep(by: Actor, organisation: Organisation) -> Verdict:
    """Whoever runs the organisation, at a page: no token opens another way in."""
    if by.person is None or by.client is not None:
        return may_not("kernel.sign_on_by_hand")
    return by.may_at(Permission.RUN_ORGANISATION, organisation)


@action
def add_provider(organisation: Organisation, said: Settings, *, by: Actor, at: datetime) -> SignOnProvider:
    """Enter a provider; it is off until somebody switches it on. The door has looked at where its address leads."""
    require(may_keep(by, organisation))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if SignOnProvider._base_manager.filter(organisation=organisation, removed_at=None).count() >= MOST:
        raise Refused(not_now("kernel.sign_ons_too_many", most=MOST))
    if not said.secret and said.kind != Kind.SAML:
        raise Refused(not_now("kernel.sign_on_without_secret"))
    row = SignOnProvider(organisation=organisation, made_by=by.person, made_at=at)
    _write(row, said)
    row.save()
    tell(SignOnKept(row.name, "new"), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def change_provider(provider: SignOnProvider, said: Settings, *, by: Actor, at: datetime) -> SignOnProvider:
    """Change it. Another issuer or client ends all links: the same subject there is somebody else.

    Another certificate may be anybody's, so it ends the links of those who have a role elsewhere too.
    """
    row = _locked(provider)
    require(may_keep(by, row.organisation))
    before, claim, certificate = (row.kind, row.issuer, row.client_id), row.groups_claim, row.certificate
    _write(row, said)
    other = before != (row.kind, row.issuer, row.client_id)
    if other or claim != row.groups_claim:  # what groups would change now, nobody has looked at
        row.groups_at, row.groups_by = None, None
    row.save()
    if other:
        SignOnLink._base_manager.filter(provider=row).delete()
    elif certificate != row.certificate:
        _end_elsewhere(row, at)
    tell(SignOnKept(row.name, "changed"), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def switch_provider(provider: SignOnProvider, state: str, *, by: Actor, at: datetime) -> SignOnProvider:
    """Switch it "on" or "off", or remove it ("removed"). Twice is once; passwords serve as before."""
    row = _locked(provider)
    require(may_keep(by, row.organisation))
    now = "removed" if row.removed_at else "on" if row.on_at else "off"
    if state == now or now == "removed" or state not in {"on", "off", "removed"}:
        return row
    row.on_at = at if state == "on" else None
    row.removed_at = at if state == "removed" else None
    row.save(update_fields=["on_at", "removed_at"])
    if state == "removed":
        SignOnLink._base_manager.filter(provider=row).delete()
    tell(SignOnKept(row.name, state), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def keep_meanings(provider: SignOnProvider, said: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Say what groups mean (group → role). They count no longer until somebody has looked at what would change."""
    row = _locked(provider)
    require(may_keep(by, row.organisation))
    if len(said) > MOST_GROUPS:
        raise Refused(not_now("kernel.sign_on_groups_too_many", most=MOST_GROUPS))
    wanted: dict[str, str] = {}
    for name, role in said.items():
        if not name.strip() or len(name) > LONGEST_NAME:
            raise Refused(not_now("kernel.directory_name_length", most=LONGEST_NAME))
        require(may_give(by, can_mean(role), row.organisation))
        wanted[name.strip()] = role
    if wanted == meanings(row):
        return
    SignOnGroup._base_manager.filter(provider=row).delete()
    SignOnGroup._base_manager.bulk_create(
        [SignOnGroup(provider=row, name=name, role=role) for name, role in wanted.items()]
    )
    row.groups_at, row.groups_by = None, None
    row.save(update_fields=["groups_at", "groups_by"])
    told = SignOnGroupsKept(row.name, wanted, "said")
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)


def groups_preview(provider: SignOnProvider, at: datetime) -> GroupsPreview:
    """What would change for whoever came before, by the groups that they had last. Nothing is changed."""
    known = meanings(provider)
    links = SignOnLink._base_manager.filter(provider=provider).select_related("person").order_by("-last_at")
    came = list(links[:MOST_LINKS])
    changes = [
        (link.person, comes, [Role(one.membership.role) for one in goes])
        for link, (comes, goes) in zip(
            came, changes_of(provider, came, known, timezone.localtime(at).date()), strict=True
        )
        if comes or goes
    ]
    parts = [f"{name}={role}" for name, role in sorted(known.items())]
    parts += [f"{person.public_id}:{comes}:{goes}" for person, comes, goes in changes]
    return GroupsPreview(changes, hashlib.sha256("|".join(parts).encode()).hexdigest()[:32])


@action
def let_groups_count(
    provider: SignOnProvider, *, on: bool, seen: str = "", by: Actor, at: datetime
) -> SignOnProvider:
    """From now on groups give and end roles at each sign-on, as it was looked at (`seen`), or do so no longer."""
    row = _locked(provider)
    require(may_keep(by, row.organisation))
    if on == (row.groups_at is not None):
        return row
    if on:
        for role in meanings(row).values():
            require(may_give(by, can_mean(role), row.organisation))
        if groups_preview(row, at).digest != seen:
            raise Refused(not_now("kernel.directory_not_as_seen"))
    row.groups_at, row.groups_by = (at, by.person) if on else (None, None)
    row.save(update_fields=["groups_at", "groups_by"])
    told = SignOnGroupsKept(row.name, meanings(row), "on" if on else "off")
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _locked(provider: SignOnProvider) -> SignOnProvider:
    rows = SignOnProvider._base_manager.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=provider.pk)


def _end_elsewhere(row: SignOnProvider, at: datetime) -> None:
    links = list(SignOnLink._base_manager.filter(provider=row).select_related("person"))
    held = memberships_of([link.person for link in links], timezone.localtime(at).date())
    path = row.organisation.path
    gone = [
        link.pk
        for link in links
        if any(not one.organisation.path.startswith(path) for one in held.get(link.person_id, []))
    ]
    SignOnLink._base_manager.filter(pk__in=gone).delete()


def _write(row: SignOnProvider, said: Settings) -> None:
    if said.kind not in Kind.values or said.match not in Match.values or said.unknown not in Unknown.values:
        raise Refused(not_now("kernel.sign_on_unclear"))
    asked = {
        Kind.OIDC: (said.client_id, said.issuer),
        Kind.SAML: (said.issuer, said.address, said.certificate),
    }.get(Kind(said.kind), (said.client_id,))
    if not all(one.strip() for one in (said.name, *asked)):
        raise Refused(not_now("kernel.sign_on_unclear"))
    if said.match == Match.NUMBER and not said.number_claim.strip():
        raise Refused(not_now("kernel.sign_on_without_claim"))
    row.kind, row.name, row.client_id = said.kind, said.name.strip()[:80], said.client_id.strip()
    row.issuer = said.issuer.rstrip("/") if said.kind == Kind.OIDC else said.issuer
    row.agent_id, row.address, row.certificate = said.agent_id.strip(), said.address, said.certificate
    row.match, row.number_claim = said.match, said.number_claim.strip()
    row.groups_claim, row.unknown = said.groups_claim.strip(), said.unknown
    if said.secret:
        row.secret = sealed(said.secret)
