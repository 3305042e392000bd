"""Tokens by which programs come in: somebody's own at one organisation, or an organisation's service token.

A personal token acts as its person, with the roles that the person has there today; a service token as itself, with
the roles that its maker named. Scopes narrow both. The secret is shown once; only its hash is kept.
"""

from __future__ import annotations

import binascii
import secrets
from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from craftpath.kernel.access import Actor, ActorKind, actor_by, memberships_on
from craftpath.kernel.action import action
from craftpath.kernel.asked import Asked
from craftpath.kernel.client_scopes import known, opens
from craftpath.kernel.factors import is_staff, lacks_second_factor
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import ORGANISATION_WIDE, Permission, Role, of_office
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.kernel.tokens import hash_of
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, Verdict, may_not, not_now, require

PREFIX = "craftpath_"  # so that whoever looks for secrets in a repository knows one
LETTERS = 32  # bytes of a secret
LONGEST_NAME = 80
LONGEST_HEADER = 1000  # characters that are looked at
LONGEST_LIFE = timedelta(days=366)
MOST_OWN = 20  # tokens of one person that serve
MOST_SERVICE = 50  # of one organisation
USED_EVERY = timedelta(minutes=1)  # how exactly the last use is noted


class Client(Scoped):
    """A token: of a person at an organisation, or of the organisation itself (`person` is empty)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    roles = models.JSONField(default=list, help_text="of a service token; a personal one has its person's")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "kernel"
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="client_by_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="client_expires_after_making"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of one's organisations."""
        return Q(person=scope.person_id) | below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "client", self.public_id)

    @property
    def is_service(self) -> bool:
        """Whether it is the organisation's own and acts for no person."""
        return self.person_id is None

    def serves(self, at: datetime) -> bool:
        """Whether it has neither expired nor been revoked; its person may still have left."""
        return self.revoked_at is None and at < self.expires_at


@dataclass(frozen=True)
class Admitted:
    """Who has come in by a token: the actor, and what the token may be used for."""

    client: Client
    actor: Actor

    def may(self, scope: str) -> Verdict:
        """A yes, or which scope is missing."""
        return YES if opens(self.client.scopes, scope) else may_not("kernel.client_scope_lacks", scope=scope)


@dataclass(frozen=True)
class NewClient:
    """A token that was made just now, with the secret, which is known only now."""

    client: Client
    secret: str

    @property
    def token(self) -> str:
        """What goes behind `Bearer`."""
        return f"{PREFIX}{self.client.public_id}_{self.secret}"


@fact
@dataclass(frozen=True)
class ClientMade(Fact):
    """Somebody made a token; `roles` are those of a service token."""

    code: ClassVar[str] = "kernel.client_made"
    name: str
    scopes: list[str]
    roles: list[str]
    until: str


@fact
@dataclass(frozen=True)
class ClientRevoked(Fact):
    """A token was revoked before its day."""

    code: ClassVar[str] = "kernel.client_revoked"
    name: str


@fact
@dataclass(frozen=True)
class ClientRenamed(Fact):
    """A token is called otherwise."""

    code: ClassVar[str] = "kernel.client_renamed"
    before: str
    name: str


def authenticate(header: str, at: datetime) -> Admitted | None:
    """Who comes with this `Authorization` header: `Bearer TOKEN`, or `Basic` of the token's id and secret.

    None for whatever does not open anything: a wrong secret, a token that expired or was revoked, a person who left.
    One question, for a person's own a second one, and once a minute the note of its use. Nothing is remembered from one
    request to the next, so that what is revoked opens nothing any more in any process.
    """
    public_id, secret = presented(header)
    if not public_id:
        return None
    client = _of(public_id)
    kept = client.secret_hash if client is not None else hash_of("")
    same = constant_time_compare(kept, hash_of(secret))
    if client is None or not same or not client.serves(at):
        return None
    actor = actor_of(client, at)
    if actor is None:
        return None
    _note_use(client, at)
    return Admitted(client, actor)


_PARTS = (("", Client), ("organisation__", Organisation), ("person__", Person))
_COLUMNS = {way: [field.attname for field in model._meta.concrete_fields] for way, model in _PARTS}
_ASKED = Asked(
    lambda public_id: Client._base_manager.filter(public_id=public_id).values_list(
        *(f"{way}{column}" for way, columns in _COLUMNS.items() for column in columns)
    ),
    models.CharField(),
)


def _of(public_id: str) -> Client | None:
    """The token of this id with its organisation and its person; one question."""
    for row in _ASKED.rows(public_id):
        cells, parts = iter(row), list[Any]()
        for way, model in _PARTS:
            names = _COLUMNS[way]
            values = list(islice(cells, len(names)))
            parts.append(model.from_db(connection.alias, names, values) if values[0] is not None else None)
        client: Client = parts[0]
        client.organisation, client.person = parts[1], parts[2]
        return client
    return None


def presented(header: str) -> tuple[str, str]:
    """The id and the secret in an `Authorization` header; two empty texts if there is none that could be one."""
    kind, _, rest = header[: LONGEST_HEADER + 1].strip().partition(" ")
    rest = rest.strip()
    if len(header) > LONGEST_HEADER or not rest.isascii():
        return "", ""
    if kind.lower() == "bearer" and rest.startswith(PREFIX):
        public_id, _, secret = rest.removeprefix(PREFIX).partition("_")
    elif kind.lower() == "basic":
        try:
            public_id, _, secret = b64decode(rest, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
    else:
        return "", ""
    plain = public_id.isascii() and public_id.isalnum() and len(public_id) <= 16
    return (public_id, secret) if plain and secret else ("", "")


def actor_of(client: Client, at: datetime) -> Actor | None:
    """As whom a token acts today; None once its person has left or has no role there any more.

    Nor does anybody act of whom a second factor is asked there and who has none.
    """
    place = client.organisation
    if client.is_service:
        roles = frozenset(Role(role) for role in client.roles)
        return Actor(organisation=place, roles=roles, kind=ActorKind.CLIENT, client=client.pk)
    person = client.person
    if person is None or not person.is_active or person.must_change_password:
        return None
    day = timezone.localtime(at).date()
    rows = memberships_on(day).filter(person=person).annotate(unsafe=lacks_second_factor(person, place))
    held = list(rows)
    actor = actor_by(held, person, place)
    if actor is None or (held[0].unsafe and is_staff(actor)):
        return None
    return replace(actor, client=client.pk)


def _note_use(client: Client, at: datetime) -> None:
    """Once a minute; a request that is a moment late moves nothing back."""
    before = at - USED_EVERY
    if client.last_used_at is None or client.last_used_at <= before:
        rows = Client._base_manager.filter(pk=client.pk).filter(
            Q(last_used_at=None) | Q(last_used_at__lte=before)
        )
        rows.update(last_used_at=at)


def own_clients(person: Person) -> models.QuerySet[Client]:
    """A person's own tokens wherever they are, those that serve first, then the newest."""
    rows = Client._base_manager.filter(person=person)
    return rows.select_related("organisation").order_by(
        models.F("revoked_at").asc(nulls_first=True), "-made_at", "-pk"
    )


def clients_at(organisation: Organisation) -> models.QuerySet[Client]:
    """All tokens of an organisation and of those below it that the open scope sees; service tokens first."""
    rows = Client.objects.filter(organisation__in=organisation.below())
    return rows.select_related("organisation", "person", "made_by").order_by(
        models.F("revoked_at").asc(nulls_first=True),
        models.F("person_id").asc(nulls_first=True),
        "-made_at",
        "-pk",
    )


def may_make_service(by: Actor, organisation: Organisation) -> Verdict:
    """Whoever runs the organisation, and no token: none makes another."""
    return _by_hand(by) and by.may_at(Permission.RUN_ORGANISATION, organisation)


def roles_to_give(by: Actor) -> list[Role]:
    """The roles that a service token of this maker may have: of offices, and none above the maker's own."""
    return [role for role in Role if role in ORGANISATION_WIDE and of_office(role) <= by.permissions]


def may_revoke(by: Actor, client: Client) -> Verdict:
    """Its person, or whoever runs the organisation."""
    own = by.person is not None and by.person.pk == client.person_id
    return YES if own else by.may_at(Permission.RUN_ORGANISATION, client.organisation)


@action
def make_own_client(
    organisation: Organisation,
    *,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> NewClient:
    """Make a token of one's own for an organisation where one has a role today."""
    require(_by_hand(by))
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.person.pk)  # type: ignore[union-attr]
    day = timezone.localtime(at).date()
    if actor_by(memberships_on(day).filter(person=person), person, organisation) is None:
        raise Refused(may_not("kernel.client_no_role"))
    serving = Client._base_manager.filter(person=person, revoked_at=None, expires_at__gt=at).count()
    if serving >= MOST_OWN:
        raise Refused(not_now("kernel.clients_too_many", most=MOST_OWN))
    return _make(organisation, person, name, scopes, [], expires_at, by=by, at=at)


@action
def make_service_client(
    organisation: Organisation,
    *,
    name: str,
    scopes: Iterable[str],
    roles: Iterable[str],
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> NewClient:
    """Make a token of the organisation's own, with roles that its maker could give."""
    require(may_make_service(by, organisation))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    wanted = set(roles)
    if not wanted or not wanted <= set(Role):
        raise Refused(not_now("kernel.client_without_role"))
    if not wanted <= {role.value for role in roles_to_give(by)}:
        raise Refused(may_not("kernel.client_role_above"))
    standing = Client._base_manager.filter(organisation=organisation, person=None, revoked_at=None)
    if standing.filter(expires_at__gt=at).count() >= MOST_SERVICE:
        raise Refused(not_now("kernel.clients_too_many", most=MOST_SERVICE))
    ordered = [role.value for role in Role if role in wanted]
    return _make(organisation, None, name, scopes, ordered, expires_at, by=by, at=at)


@action
def rename_client(client: Client, name: str, *, by: Actor, at: datetime) -> Client:
    """Call a token otherwise; the same name changes nothing."""
    row = _locked(client)
    require(_by_hand(by) and may_revoke(by, row))
    said = _name(name)
    if row.name == said:
        return row
    told = ClientRenamed(row.name, said)
    row.name = said
    row.save(update_fields=["name"])
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def revoke_client(client: Client, *, by: Actor, at: datetime) -> Client:
    """End a token at once. Twice is once."""
    row = _locked(client)
    require(may_revoke(by, row))
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = at, by.person
        row.save(update_fields=["revoked_at", "revoked_by"])
        tell(ClientRevoked(row.name), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def end_clients_of(people: Sequence[Person], at: datetime) -> int:
    """End all tokens of these people: their sign-in is not theirs alone any more. Whoever calls tells the fact."""
    rows = Client._base_manager.filter(person__in=[person.pk for person in people], revoked_at=None)
    return rows.update(revoked_at=at)


def _by_hand(by: Actor) -> Verdict:
    """Somebody at a page: no token makes or names another, or it would outlive its own end."""
    return YES if by.person is not None and by.client is None else may_not("kernel.client_makes_none")


def _locked(client: Client) -> Client:
    rows = Client._base_manager.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=client.pk)


def _name(name: str) -> str:
    said = " ".join(name.replace("\0", "").split())[:LONGEST_NAME]
    if not said:
        raise Refused(not_now("kernel.client_without_name"))
    return said


def _make(
    organisation: Organisation,
    person: Person | None,
    name: str,
    scopes: Iterable[str],
    roles: list[str],
    expires_at: datetime,
    *,
    by: Actor,
    at: datetime,
) -> NewClient:
    try:
        wanted = known(scopes)
    except KeyError:
        raise Refused(not_now("kernel.client_scope_unknown")) from None
    if not wanted:
        raise Refused(not_now("kernel.client_scope_unknown"))
    if not at < expires_at <= at + LONGEST_LIFE:
        raise Refused(not_now("kernel.client_life"))
    secret = secrets.token_urlsafe(LETTERS)
    client = Client(
        organisation=organisation,
        person=person,
        name=_name(name),
        secret_hash=hash_of(secret),
        scopes=wanted,
        roles=roles,
        made_by=by.person,
        made_at=at,
        expires_at=expires_at,
    )
    client.save()
    until = timezone.localtime(expires_at).date().isoformat()
    told = ClientMade(client.name, wanted, roles, until)
    tell(told, by=by, at=at, organisation=organisation, subject=client.ref)
    return NewClient(client, secret)
