"""Invitations: a link, good once and for two weeks, by which somebody takes a role that another may give.

Only the hash of the link's secret is kept. Whoever is invited is nobody yet: a person is made, and a password
hashed, when the invitation is accepted. Expired is no state but a question of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from craftpath.kernel.access import Actor, Membership, actor_in
from craftpath.kernel.action import action
from craftpath.kernel.admission import give_role, may_give
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, free_usernames
from craftpath.kernel.roles import OWN_ROWS_ONLY, Permission, Role
from craftpath.kernel.signin import may_reset, memberships_of, open_memberships
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.kernel.tokens import new_token, opened
from craftpath.values.flow import Flow
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, Verdict, may_not, not_now, require

INVITATION = Flow(
    key="kernel.invitation",
    start="sent",
    moves={"accept": {"sent": "accepted"}, "withdraw": {"sent": "withdrawn"}},
)
LIFE = timedelta(days=14)
_SALT = "craftpath.invitation"


class Invitation(Scoped):
    """Somebody is asked to take a role. `person` is set where it is meant for somebody known, and for nobody else."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=254, help_text="an e-mail address or a number")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the first day without the role")
    secret_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, default=INVITATION.start, choices=INVITATION.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=INVITATION.states), name="invitation_state_known"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="invitation_role_known"
            ),
            models.CheckConstraint(
                condition=Q(state=INVITATION.start, ended_at__isnull=True)
                | (~Q(state=INVITATION.start) & Q(ended_at__isnull=False)),
                name="invitation_ended_with_time",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_by__isnull=False)
                | (~Q(state="accepted") & Q(accepted_by__isnull=True)),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="invitation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["organisation", "role", "name", "contact"],
                condition=Q(state=INVITATION.start),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Invitations to one's organisations."""
        return below(scope, "organisation")


@fact
@dataclass(frozen=True)
class InvitationsSent(Fact):
    """People were invited to roles; the links themselves are kept nowhere."""

    code: ClassVar[str] = "kernel.invitations_sent"
    invitations: list[str]


@fact
@dataclass(frozen=True)
class InvitationsWithdrawn(Fact):
    """Invitations that nobody had accepted were taken back."""

    code: ClassVar[str] = "kernel.invitations_withdrawn"
    invitations: list[str]


@fact
@dataclass(frozen=True)
class InvitationAccepted(Fact):
    """Somebody accepted an invitation, and has the role from its day on."""

    code: ClassVar[str] = "kernel.invitation_accepted"
    invitation: str
    person: str
    role: str


@dataclass(frozen=True)
class Guest:
    """Whom to invite as what; `person` if it is somebody known."""

    name: str
    contact: str
    role: Role
    person: Person | None = None


@dataclass(frozen=True)
class Sent:
    """An invitation with its token, which is known only now."""

    invitation: Invitation
    token: str


def invitations() -> models.QuerySet[Invitation]:
    """The invitations of the open scope, newest first."""
    return Invitation.objects.select_related("organisation", "made_by", "accepted_by", "person").order_by(
        "-made_at", "-pk"
    )


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link leads to; a forged one is not even looked for."""
    secret_hash = opened(token, _SALT)
    return invitations().filter(secret_hash=secret_hash).first() if secret_hash else None


def may_invite(by: Actor, guest: Guest, organisation: Organisation, held: Sequence[Membership]) -> Verdict:
    """Whether the actor may invite this guest there; `held` are the open memberships of a known person.

    An invitation lets somebody without a password choose one, which opens all that the person may do: there
    it asks as much as a slip. Apprentices come with a roster.
    """
    verdict = may_give(by, guest.role, organisation)
    if not verdict:
        return verdict
    if guest.role in OWN_ROWS_ONLY:
        return not_now("kernel.role_by_roster")
    if guest.person is None:
        return YES
    if by.person is not None and guest.person.pk == by.person.pk:
        return may_not("kernel.role_own")
    return YES if guest.person.has_usable_password() else may_reset(by, guest.person, held)


def can_accept(invitation: Invitation, at: datetime) -> Verdict:
    """Whether the invitation is still good."""
    if invitation.state != INVITATION.start:
        return not_now(f"kernel.invitation_{invitation.state}")
    day = timezone.localtime(at).date()
    over = invitation.ends_on is not None and invitation.ends_on <= day
    if over or at >= invitation.expires_at:
        return not_now("kernel.invitation_expired")
    return _still_given(invitation, day)


def may_accept(invitation: Invitation, person: Person) -> Verdict:
    """Whether this person is the one who is meant."""
    if invitation.person_id not in {None, person.pk}:
        return may_not("kernel.invitation_for_another")
    return may_not("kernel.role_own") if invitation.made_by_id == person.pk else YES


def asks_for_sign_in(invitation: Invitation) -> bool:
    """Whether it is meant for somebody who has a password already, and so has to show it."""
    return invitation.person is not None and invitation.person.has_usable_password()


@action
def invite(
    guests: Sequence[Guest],
    organisation: Organisation,
    *,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> list[Sent]:
    """Invite people to roles at an organisation, all or none; whom the same invitation waits for gets a new link.

    So a second press does not double anything: the links of the last answer are the ones that serve.
    """
    day = timezone.localtime(at).date()
    require(not_now("kernel.end_in_the_past") if ends_on and ends_on <= max(day, starts_on) else YES)
    held = memberships_of([guest.person for guest in guests if guest.person is not None], day)
    for guest in guests:
        require(may_invite(by, guest, organisation, held.get(guest.person.pk, []) if guest.person else []))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    wanted = {(guest.role.value, guest.name, guest.contact): guest for guest in guests}
    waiting = Invitation.objects.filter(organisation=organisation, state=INVITATION.start)
    replaced = [
        row
        for row in waiting.filter(contact__in=[guest.contact for guest in guests])
        if (row.role, row.name, row.contact) in wanted
    ]
    _withdraw(replaced, at)
    sent = [_made(guest, organisation, starts_on, ends_on, by, at) for guest in wanted.values()]
    Invitation.objects.bulk_create([one.invitation for one in sent])
    told = InvitationsSent([one.invitation.public_id for one in sent])
    tell(told, by=by, at=at, organisation=organisation, subject=_ref(organisation))
    return sent


@action
def renew_invitations(rows: Iterable[Invitation], *, by: Actor, at: datetime) -> list[Sent]:
    """Make new links for invitations that nobody accepted; the old ones end. All or none."""
    groups: dict[tuple[int, date, date | None], list[Invitation]] = {}
    for row in rows:
        require(not_now("kernel.invitation_accepted") if row.state == "accepted" else YES)
        groups.setdefault((row.organisation_id, row.starts_on, row.ends_on), []).append(row)
    sent = []
    for (_, starts_on, ends_on), same in groups.items():
        guests = [Guest(row.name, row.contact, Role(row.role), row.person) for row in same]
        sent += invite(guests, same[0].organisation, starts_on=starts_on, ends_on=ends_on, by=by, at=at)
    return sent


@action
def withdraw_invitations(rows: Iterable[Invitation], *, by: Actor, at: datetime) -> int:
    """Take back invitations that wait; one that was withdrawn before stays so. Returns how many changed."""
    found = list(
        Invitation.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.pk for row in rows])
        .select_related("organisation")
        .order_by("pk")
    )
    for row in found:
        require(may_give(by, Role(row.role), row.organisation))
    going = [row for row in found if row.state != "withdrawn"]
    _withdraw(going, at)
    for place in {row.organisation_id: row.organisation for row in going}.values():
        told = InvitationsWithdrawn([row.public_id for row in going if row.organisation_id == place.pk])
        tell(told, by=by, at=at, organisation=place, subject=_ref(place))
    return len(going)


@action
def accept_invitation(
    invitation: Invitation, *, password: str = "", language: str = "", by: Actor, at: datetime
) -> Person:
    """Take the role: with the account of whoever is signed in, else with a new one or the invited person's own.

    The same person's second press finds it done and changes nothing. The role begins on its day, not before
    it was accepted.
    """
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=invitation.pk)
    )
    if by.person is not None and row.accepted_by_id == by.person.pk:
        return by.person
    require(can_accept(row, at))
    day = timezone.localtime(at).date()
    if by.person is not None:
        person = by.person
    elif row.person is not None:
        person = _first_password(row, row.person, password, day)
    else:
        person = _newcomer(row, password, language)
    require(may_accept(row, person))
    row.state, row.ended_at, row.accepted_by = INVITATION.after(row.state, "accept"), at, person
    row.save(update_fields=["state", "ended_at", "accepted_by"])
    giver = _giver(row, day)
    if giver is None:
        raise Refused(not_now("kernel.invitation_void"))
    begins = max(row.starts_on, day)
    give_role([person], row.organisation, Role(row.role), on=begins, until=row.ends_on, by=giver, at=at)
    told = InvitationAccepted(row.public_id, person.public_id, row.role)
    who = Actor(organisation=row.organisation, person=person)
    tell(told, by=who, at=at, organisation=row.organisation, subject=_ref(row.organisation))
    return person


def _still_given(invitation: Invitation, day: date) -> Verdict:
    """Whoever invited must still be the one to give the role: an invitation does not outlive its giver's."""
    giver = _giver(invitation, day)
    good = giver is not None and may_give(giver, Role(invitation.role), invitation.organisation)
    return YES if good else not_now("kernel.invitation_void")


def _giver(invitation: Invitation, day: date) -> Actor | None:
    """Whoever invited, as an actor of today."""
    return actor_in(invitation.made_by, invitation.organisation, day) if invitation.made_by else None


def _first_password(row: Invitation, person: Person, password: str, day: date) -> Person:
    """Somebody known who never had a password chooses one, if whoever invited may look after all of the person."""
    require(may_not("kernel.invitation_sign_in") if person.has_usable_password() else YES)
    require(YES if person.is_active else may_not("kernel.person_inactive"))
    for held in open_memberships(day).filter(person=person):
        giver = actor_in(row.made_by, held.organisation, day) if row.made_by else None
        inside = giver is not None and giver.may(Permission.MANAGE_PEOPLE)
        require(YES if inside else may_not("kernel.person_elsewhere"))
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    return person


def _newcomer(row: Invitation, password: str, language: str) -> Person:
    """A new person under the invited name. An address that somebody has already is left out, and nobody is told."""
    mail = row.contact if "@" in row.contact else ""
    wanted = row.contact.partition("@")[0][:60] or new_public_id()
    email = None if not mail or Person.objects.filter(email__iexact=mail).exists() else mail
    [username] = free_usernames([[wanted]])
    values = {"password": password, "name": row.name, "language": language}
    try:
        with transaction.atomic():
            return Person.objects.create_user(username, email, **values)
    except IntegrityError:  # somebody of the same name or address was quicker by a moment
        return Person.objects.create_user(f"{wanted}-{new_public_id()}", None, **values)


def _made(
    guest: Guest, organisation: Organisation, starts_on: date, ends_on: date | None, by: Actor, at: datetime
) -> Sent:
    token = new_token(_SALT)
    invitation = Invitation(
        organisation=organisation,
        role=guest.role.value,
        person=guest.person,
        name=guest.name,
        contact=guest.contact,
        starts_on=starts_on,
        ends_on=ends_on,
        secret_hash=token.secret_hash,
        made_by=by.person,
        made_at=at,
        expires_at=at + LIFE,
    )
    return Sent(invitation, token.text)


def _withdraw(rows: Sequence[Invitation], at: datetime) -> None:
    for row in rows:
        row.state, row.ended_at = INVITATION.after(row.state, "withdraw"), at
    Invitation.objects.bulk_update(rows, ["state", "ended_at"], batch_size=200)


def _ref(organisation: Organisation) -> Ref:
    return Ref("kernel", "organisation", organisation.public_id)
