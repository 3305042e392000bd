"""Links for somebody without an account: a secret in the link, and a short code that is told by another way.

Only hashes of both are kept. Whoever has the link alone, as after it was forwarded, can do nothing with it and
reads nothing; five wrong codes end it. A link serves one purpose on one subject, for one person or named guest.

A party signs by one link, whoever made it. What confirms or consents reaches as far as the organisation that gave the
link, so links of two organisations for the same person live side by side.
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
from craftpath.kernel.roles import Permission
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
    """What a link is for; one that signs serves once, the others as often as they are needed."""

    SIGN = "sign"
    CONFIRM = "confirm"
    CONSENT = "consent"
    REGISTER = "register"
    REPLY = "reply"


# Who may make a link for a purpose, see what became of it, and send it once more.
MAKERS = {
    Purpose.SIGN: Permission.MANAGE_AGREEMENTS,
    Purpose.CONFIRM: Permission.MANAGE_COHORTS,
    Purpose.CONSENT: Permission.MANAGE_PEOPLE,
    Purpose.REGISTER: Permission.ACCREDIT_PLACES,
    Purpose.REPLY: Permission.USE_DESK,
}


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
    mail_to = models.EmailField(blank=True, help_text="where the link was sent, or shall be")
    mail_language = models.CharField(max_length=10, blank=True)
    mail_sealed = models.TextField(blank=True, help_text="the link under the site's key, until it is sent")
    mail_try = models.PositiveSmallIntegerField(
        default=0, help_text="which sending counts; 0 before the first"
    )
    mail_sent_at = models.DateTimeField(null=True)
    mail_failed_at = models.DateTimeField(null=True)

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
            models.CheckConstraint(
                condition=Q(mail_sealed="") | Q(state=LINK.start, mail_sent_at__isnull=True),
                name="link_sealed_until_sent",
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state=LINK.start, purpose=Purpose.SIGN),
                name="link_to_sign_open_once",
            ),
            models.UniqueConstraint(
                fields=["purpose", "subject", "organisation"],
                condition=Q(state=LINK.start),
                name="link_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Links that one's organisations handed out."""
        return below(scope, "organisation")

    @property
    def mail(self) -> str:
        """What became of its mail: "" for none, else waiting, sent or failed."""
        if not self.mail_try:
            return ""
        return "sent" if self.mail_sent_at else "failed" if self.mail_failed_at else "waiting"


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


def links_on(subjects: list[str], purpose: str = Purpose.SIGN) -> dict[str, SignedLink]:
    """subject → its newest link for a purpose that the reader sees; one query, none for nobody."""
    if not subjects:
        return {}
    rows = SignedLink.objects.filter(subject__in=subjects, purpose=purpose).order_by("pk")
    rows = rows.select_related("made_by", "person", "organisation")
    return {row.subject: row for row in rows}


def may_make(by: Actor, purpose: str, organisation: Organisation) -> Verdict:
    """Whether the actor may make links for a purpose there, and look after them."""
    return by.may_at(MAKERS[Purpose(purpose)], organisation)


def can_use(link: SignedLink, at: datetime) -> Verdict:
    """Whether the link is still good: open, in time, and for somebody who is still here."""
    if link.state != LINK.start:
        return not_now(f"kernel.link_{link.state}")
    if at >= link.expires_at:
        return not_now("kernel.link_expired")
    gone = link.person is not None and not link.person.is_active
    return not_now("kernel.link_person_left") if gone else YES


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
    earlier = SignedLink._base_manager.filter(purpose=purpose, subject=str(subject), state=LINK.start)
    if purpose != Purpose.SIGN:  # of a signature there is one link, whoever made it
        earlier = earlier.filter(organisation=organisation)
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
def revoke_links(
    subject: Ref, *, purpose: str = "", within: Organisation | None = None, by: Actor, at: datetime
) -> int:
    """End the links that still wait on a subject: all of them, or those for a purpose, given `within` an organisation
    or below it. The caller has asked who may.
    """
    found = SignedLink._base_manager.filter(subject=str(subject), state=LINK.start)
    if purpose:
        found = found.filter(purpose=purpose)
    if within is not None:
        found = found.filter(organisation__path__startswith=within.path)
    rows = list(found.select_for_update(of=("self",)).select_related("organisation").order_by("pk"))
    for row in rows:
        _end(row, "revoke", at)
        tell(LinkRevoked(row.public_id), by=by, at=at, organisation=row.organisation, subject=subject)
    return len(rows)


@action
def try_code(link: SignedLink, code: str, *, by: Actor, at: datetime) -> Verdict:
    """Whether this is the code of the link. A wrong one is counted, so this answers and does not refuse."""
    row = _locked(link)
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
    row.save(update_fields=["tries"])
    _end(row, "lock", at)
    told = LinkLocked(row.public_id)
    tell(told, by=by, at=at, organisation=link.organisation, subject=Ref.parse(row.subject))
    return not_now("kernel.link_locked")


@action
def use_link(link: SignedLink, *, by: Actor, at: datetime) -> SignedLink:
    """Use a link that serves once; the caller has seen the code. Refused if it is not good any more."""
    row = _locked(link)
    require(can_use(row, at))
    if row.purpose == Purpose.SIGN:
        _end(row, "use", at)
    return row


def _locked(link: SignedLink) -> SignedLink:
    rows = SignedLink.objects.select_for_update(of=("self",)).select_related("organisation", "person")
    return rows.get(pk=link.pk)


def _end(row: SignedLink, move: str, at: datetime) -> None:
    row.state, row.ended_at, row.mail_sealed = LINK.after(row.state, move), at, ""
    row.save(update_fields=["state", "ended_at", "mail_sealed"])
