"""Links for somebody without an account: a secret in the link, and a short code that is told by another way.

Only hashes of both are kept. Whoever has the link alone, as after it was forwarded, can do nothing with it and
reads nothing; five wrong codes end it. A link serves one purpose on one subject, for one person or named guest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.kernel.tokens import code_hash, new_code, new_token, opened
from craftpath.values.flow import Flow
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Verdict, not_now, require

LINK = Flow(
    key="kernel.link",
    start="open",
    moves={"use": {"open": "used"}, "revoke": {"open": "revoked"}, "lock": {"open": "locked"}},
)
LIFE = timedelta(days=14)
TRIES = 5  # wrong codes, after which the link is dead
_SALT = "craftpath.link"


class Purpose(models.TextChoices):
    """What a link is for; one that confirms regularly may be used again, one that signs serves once."""

    SIGN = "sign"
    CONFIRM = "confirm"


class SignedLink(Scoped):
    """One link. `subject` is what may be done something to; `person` is empty for a guest who is nobody here."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    subject = models.CharField(max_length=120, help_text="a Ref as text: noun/kind/public id")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    secret_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0, help_text="wrong codes so far")
    state = models.CharField(max_length=20, default=LINK.start, choices=LINK.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LINK.states), name="link_state_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="link_purpose_known"),
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="link_tries_bounded"),
            models.CheckConstraint(
                condition=Q(state=LINK.start, ended_at__isnull=True)
                | (~Q(state=LINK.start) & Q(ended_at__isnull=False)),
                name="link_ended_with_time",
            ),
            models.UniqueConstraint(
                fields=["purpose", "subject"], condition=Q(state=LINK.start), name="link_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Links that one's organisations handed out."""
        return below(scope, "organisation")


@fact
@dataclass(frozen=True)
class LinkMade(Fact):
    """A link was made for somebody; link and code themselves are kept nowhere."""

    code: ClassVar[str] = "kernel.link_made"
    link: str
    purpose: str
    name: str


@fact
@dataclass(frozen=True)
class LinkRevoked(Fact):
    """A link that nobody had used ends."""

    code: ClassVar[str] = "kernel.link_revoked"
    link: str


@fact
@dataclass(frozen=True)
class LinkLocked(Fact):
    """A link ended by too many wrong codes."""

    code: ClassVar[str] = "kernel.link_locked"
    link: str


@dataclass(frozen=True)
class Handover:
    """A new link with its token and code, which are known only now."""

    link: SignedLink
    token: str
    code: str


def link_of(token: str) -> SignedLink | None:
    """The link that an address leads to; a forged one is not even looked for."""
    secret_hash = opened(token, _SALT)
    if not secret_hash:
        return None
    rows = SignedLink.objects.select_related("organisation", "person", "made_by")
    return rows.filter(secret_hash=secret_hash).first()


def links_on(subjects: list[str]) -> dict[str, SignedLink]:
    """subject → its newest link; one query."""
    rows = SignedLink.objects.filter(subject__in=subjects).select_related("made_by").order_by("pk")
    return {row.subject: row for row in rows}


def can_use(link: SignedLink, at: datetime) -> Verdict:
    """Whether the link is still good."""
    if link.state != LINK.start:
        return not_now(f"kernel.link_{link.state}")
    return not_now("kernel.link_expired") if at >= link.expires_at else YES


@action
def make_link(
    subject: Ref,
    *,
    purpose: str,
    name: str,
    organisation: Organisation,
    person: Person | None = None,
    life: timedelta = LIFE,
    by: Actor,
    at: datetime,
) -> Handover:
    """Make a link and its code; an earlier one for the same ends. The caller has asked who may."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    # Someone else's earlier link for the same subject ends too, whoever may see it.
    earlier = SignedLink._base_manager.filter(purpose=purpose, subject=str(subject), state=LINK.start)
    for row in earlier.select_for_update():
        _end(row, "revoke", at)
    token, code = new_token(_SALT), new_code()
    link = SignedLink(
        organisation=organisation,
        purpose=Purpose(purpose),
        subject=str(subject),
        person=person,
        name=name,
        secret_hash=token.secret_hash,
        code_hash=code_hash(code, token.secret_hash),
        made_by=by.person,
        made_at=at,
        expires_at=at + life,
    )
    link.save()
    told = LinkMade(link.public_id, purpose, name)
    tell(told, by=by, at=at, organisation=organisation, subject=subject)
    return Handover(link, token.text, code)


@action
def revoke_links(subject: Ref, *, by: Actor, at: datetime) -> int:
    """End the links that still wait on a subject. The caller has asked who may."""
    rows = list(
        SignedLink._base_manager.select_for_update(of=("self",))
        .filter(subject=str(subject), state=LINK.start)
        .select_related("organisation")
    )
    for row in rows:
        _end(row, "revoke", at)
        tell(LinkRevoked(row.public_id), by=by, at=at, organisation=row.organisation, subject=subject)
    return len(rows)


@action
def try_code(link: SignedLink, code: str, *, by: Actor, at: datetime) -> Verdict:
    """Whether this is the code of the link. A wrong one is counted, so this answers and does not refuse."""
    row = SignedLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    verdict = can_use(row, at)
    if not verdict:
        return verdict
    typed = "".join(digit for digit in code if digit.isdigit())[:12]
    if constant_time_compare(code_hash(typed, row.secret_hash), row.code_hash):
        return YES
    row.tries += 1
    if row.tries < TRIES:
        row.save(update_fields=["tries"])
        return not_now("kernel.link_code_wrong", left=TRIES - row.tries)
    row.state, row.ended_at = LINK.after(row.state, "lock"), at
    row.save(update_fields=["tries", "state", "ended_at"])
    told = LinkLocked(row.public_id)
    tell(told, by=by, at=at, organisation=link.organisation, subject=Ref.parse(row.subject))
    return not_now("kernel.link_locked")


@action
def use_link(link: SignedLink, *, by: Actor, at: datetime) -> SignedLink:
    """Use a link that serves once; the caller has seen the code. Refused if it is not good any more."""
    row = SignedLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    require(can_use(row, at))
    if row.purpose == Purpose.SIGN:
        _end(row, "use", at)
    return row


def _end(row: SignedLink, move: str, at: datetime) -> None:
    row.state, row.ended_at = LINK.after(row.state, move), at
    row.save(update_fields=["state", "ended_at"])
