"""Signing: an immutable text, who has to sign it, and who has, in whatever order.

A document is written once and never altered; its hash covers what was meant (the content) and what was read (the
text in each language). Who still has to sign is a query. A change is another document, signed anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.links import Handover, Purpose, SignedLink, make_link, revoke_links, use_link
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing_facts import DocumentCompleted, DocumentMade, DocumentSigned, DocumentWithdrawn
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, Verdict, may_not, not_now, require


class Method(models.TextChoices):
    """How a signature was given."""

    SCREEN = "screen"
    LINK = "link"


BINDS = {"cooperation": Permission.RUN_PARTNERSHIPS}
"""kind of document → what whoever signs it for an organisation may do there; MANAGE_AGREEMENTS for all others."""


class Document(Scoped):
    """A text as it is signed. `content` is what the text was made of, `text` what each language reads."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=120, help_text="a Ref as text: noun/kind/public id")
    kind = models.SlugField(max_length=40)
    content = models.JSONField()
    text = models.JSONField(help_text="language → the whole text")
    sha256 = models.CharField(max_length=64, help_text="of content and text, in canonical form")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(completed_at__isnull=True, withdrawn_at__isnull=True),
                name="document_open_once",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="document_completed_stays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever has to sign it, in person or for an organisation, and the organisation that keeps it."""
        party = Q(person_id=scope.person_id) | below(scope, "organisation")
        return below(scope, "organisation") | Q(
            pk__in=SigningParty.objects.filter(party).values("document_id")
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since what was signed is not rewritten."""
        if self.pk is not None:
            raise TypeError("a document is never altered")
        super().save(*args, **kwargs)

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "document", self.public_id)

    @property
    def is_intact(self) -> bool:
        """Whether content and text still have the hash that was signed."""
        return self.sha256 == fingerprint(self.content, self.text)

    @property
    def is_open(self) -> bool:
        """Whether it can still be signed."""
        return self.completed_at is None and self.withdrawn_at is None


class SigningParty(models.Model):
    """Who has to sign a document as what: a person, an organisation by whoever may, or a named guest."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="parties")
    order = models.PositiveSmallIntegerField(help_text="in which they are named, not in which they sign")
    role = models.SlugField(max_length=30)
    name = models.CharField(max_length=160)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "kernel"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "role"], name="party_role_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(organisation__isnull=True), name="party_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"

    @property
    def ref(self) -> Ref:
        """What a link to sign points at."""
        return Ref("kernel", "party", self.public_id)


class Signature(models.Model):
    """One party's signature: who, when, how, and the hash of the text that was read. Never altered."""

    party = models.OneToOneField(SigningParty, on_delete=models.PROTECT, related_name="signature")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, help_text="of whoever signed, as it was then")
    method = models.CharField(max_length=10, choices=Method.choices)
    link = models.ForeignKey(SignedLink, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(method__in=Method.values), name="signature_method_known"),
            models.CheckConstraint(
                condition=Q(method=Method.LINK, link__isnull=False)
                | Q(method=Method.SCREEN, link__isnull=True, person__isnull=False),
                name="signature_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if self.pk is not None:
            raise TypeError("a signature is never altered")
        super().save(*args, **kwargs)


@dataclass(frozen=True)
class Party:
    """Who shall sign as what; with neither person nor organisation it is a guest, who signs by link."""

    role: str
    name: str
    person: Person | None = None
    organisation: Organisation | None = None


def canonical(value: Any) -> str:
    """JSON in one form: the same value always gives the same text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(content: Any, text: Mapping[str, str]) -> str:
    """The SHA-256 of both, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical({"content": content, "text": dict(text)}).encode()).hexdigest()


def documents() -> models.QuerySet[Document]:
    """The documents of the open scope with their parties and signatures, newest first."""
    return (
        Document.objects.select_related("organisation", "made_by")
        .prefetch_related("parties__signature", "parties__organisation", "parties__person")
        .order_by("-made_at", "-pk")
    )


def parties_of(document: Document) -> list[SigningParty]:
    """Everybody who has to sign, in the order of the text, each with `signature` if there is one."""
    rows = document.parties.select_related("person", "organisation", "signature", "document")
    return list(rows.order_by("order"))


def parties_by_document(document_ids: Iterable[int]) -> dict[int, list[SigningParty]]:
    """document id → the same; one query however many."""
    rows = SigningParty.objects.filter(document__in=list(document_ids))
    found: dict[int, list[SigningParty]] = {}
    for row in rows.select_related("person", "organisation", "signature").order_by("document_id", "order"):
        found.setdefault(row.document_id, []).append(row)
    return found


def waiting_for(actor: Actor) -> models.QuerySet[SigningParty]:
    """What this actor can sign now on screen, oldest first: in person, or for an organisation."""
    mine = Q(person=actor.person) if actor.person is not None else Q(pk__in=[])
    if actor.organisation is not None:
        own = Q(organisation__in=actor.organisation.below().order_by().values("pk"))
        if actor.may(Permission.MANAGE_AGREEMENTS):
            mine |= own & ~Q(document__kind__in=BINDS)
        mine |= own & Q(document__kind__in=[kind for kind, needed in BINDS.items() if actor.may(needed)])
    return (
        SigningParty.objects.filter(
            mine,
            signature__isnull=True,
            document__completed_at__isnull=True,
            document__withdrawn_at__isnull=True,
        )
        .select_related("document", "organisation", "person")
        .order_by("document__made_at", "pk")
    )


def binds(kind: str) -> Permission:
    """What somebody may do who signs this kind of document for an organisation."""
    return BINDS.get(kind, Permission.MANAGE_AGREEMENTS)


def may_sign(actor: Actor, party: SigningParty) -> Verdict:
    """A person signs in person; an organisation by whoever may bind it; a guest by link only."""
    if party.organisation is not None:
        return actor.may_at(binds(party.document.kind), party.organisation)
    own = party.person_id is not None and actor.person is not None and party.person_id == actor.person.pk
    return YES if own else may_not("kernel.signing_for_another", name=party.name)


def may_hand_over(actor: Actor, party: SigningParty) -> Verdict:
    """Who may make a link for a party: the organisations of the document for persons and guests, else its own."""
    if party.organisation is not None:
        return actor.may_at(binds(party.document.kind), party.organisation)
    return actor.may(binds(party.document.kind))


def can_sign(party: SigningParty) -> Verdict:
    """Whether the text still waits for this party."""
    if hasattr(party, "signature"):
        return not_now("kernel.signed_already", name=party.name)
    return YES if party.document.is_open else not_now("kernel.document_not_open")


def roles_signed(document_ids: Iterable[int]) -> dict[int, tuple[tuple[str, ...], frozenset[str]]]:
    """document id → as what somebody has to sign it, and which of them have; one query."""
    rows = SigningParty.objects.filter(document__in=set(document_ids)).order_by("document_id", "order")
    found: dict[int, list[tuple[str, bool]]] = {}
    for document, role, signature in rows.values_list("document_id", "role", "signature__pk"):
        found.setdefault(document, []).append((role, signature is not None))
    return {
        pk: (tuple(role for role, _ in known), frozenset(role for role, done in known if done))
        for pk, known in found.items()
    }


@action
def make_document(
    subject: Ref,
    *,
    kind: str,
    content: Any,
    text: Mapping[str, str],
    parties: Sequence[Party],
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> Document:
    """Fix a text and say who has to sign it. The caller has asked who may."""
    document = Document(
        organisation=organisation,
        subject=str(subject),
        kind=kind,
        content=content,
        text=dict(text),
        sha256=fingerprint(content, text),
        made_by=by.person,
        made_at=at,
    )
    document.save()
    SigningParty.objects.bulk_create(
        SigningParty(
            document=document,
            order=order,
            role=party.role,
            name=party.name,
            person=party.person,
            organisation=party.organisation,
        )
        for order, party in enumerate(parties, start=1)
    )
    told = DocumentMade(document.public_id, kind, document.sha256)
    tell(told, by=by, at=at, organisation=organisation, subject=subject)
    return document


@action
def sign_document(
    party: SigningParty, *, seen: str, link: SignedLink | None = None, by: Actor, at: datetime
) -> bool:
    """Sign what was read: `seen` is its hash. On screen as the actor, or by a link whose code was right.

    Returns whether everybody has signed now. The same person's second press changes nothing.
    """
    document = Document._base_manager.select_for_update().get(pk=party.document_id)
    row = SigningParty.objects.select_related("document", "person", "organisation", "signature").get(
        pk=party.pk
    )
    if link is None:
        require(may_sign(by, row))
    elif link.purpose != Purpose.SIGN or link.subject != str(row.ref):
        raise Refused(may_not("kernel.link_unknown"))
    if link is None and hasattr(row, "signature") and by.person and row.signature.person_id == by.person.pk:
        return document.completed_at is not None
    require(can_sign(row))
    if seen != document.sha256 or not document.is_intact:
        raise Refused(not_now("kernel.document_differs"))
    if link is not None:
        use_link(link, by=by, at=at)
        who, name, method = link.person, link.name, Method.LINK
    else:
        if by.person is None or by.kind is ActorKind.SYSTEM:
            raise Refused(may_not("kernel.signing_for_another", name=row.name))
        who, name, method = by.person, by.person.name, Method.SCREEN
        revoke_links(row.ref, by=by, at=at)
    Signature(
        party=row, person=who, name=name, method=method, link=link, at=at, sha256=document.sha256
    ).save()
    complete = not SigningParty.objects.filter(document=document, signature__isnull=True).exists()
    if complete:
        Document._base_manager.filter(pk=document.pk).update(completed_at=at)
    told = DocumentSigned(document.public_id, row.role, name, method, document.sha256, complete)
    tell(told, by=by, at=at, organisation=document.organisation, subject=Ref.parse(document.subject))
    return complete


@action
def complete_document(document: Document, *, by: Actor, at: datetime) -> None:
    """Close a text that somebody does not sign any more; links to it end. The caller has asked who may, and why."""
    row = Document._base_manager.select_for_update().get(pk=document.pk)
    if row.completed_at is not None:
        return
    require(YES if row.is_open else not_now("kernel.document_not_open"))
    Document._base_manager.filter(pk=row.pk).update(completed_at=at)
    for party in SigningParty.objects.filter(document=row, signature__isnull=True):
        revoke_links(party.ref, by=by, at=at)
    told = DocumentCompleted(row.public_id)
    tell(told, by=by, at=at, organisation=row.organisation, subject=Ref.parse(row.subject))


@action
def withdraw_document(document: Document, *, by: Actor, at: datetime) -> None:
    """Take a text back that not everybody has signed; links to it end. The caller has asked who may."""
    row = Document._base_manager.select_for_update().get(pk=document.pk)
    require(YES if row.is_open else not_now("kernel.document_not_open"))
    Document._base_manager.filter(pk=row.pk).update(withdrawn_at=at)
    for party in SigningParty.objects.filter(document=row):
        revoke_links(party.ref, by=by, at=at)
    told = DocumentWithdrawn(row.public_id)
    tell(told, by=by, at=at, organisation=row.organisation, subject=Ref.parse(row.subject))


@action
def hand_over(
    party: SigningParty,
    *,
    name: str,
    organisation: Organisation,
    allowed: Verdict | None = None,
    by: Actor,
    at: datetime,
) -> Handover:
    """Make a link by which this party signs without an account; an earlier link for the same party ends.

    `allowed` is the verdict of a noun that has its own rule for who hands its texts over.
    """
    row = SigningParty.objects.select_related("document", "person", "organisation", "signature").get(
        pk=party.pk
    )
    require(may_hand_over(by, row) if allowed is None else allowed)
    require(can_sign(row))
    return make_link(
        row.ref, purpose=Purpose.SIGN, name=name, organisation=organisation, person=row.person, by=by, at=at
    )


def party_of(link: SignedLink) -> SigningParty | None:
    """The party for whom a link to sign was made."""
    if link.purpose != Purpose.SIGN:
        return None
    rows = SigningParty.objects.select_related("document", "person", "organisation", "signature")
    return rows.filter(public_id=Ref.parse(link.subject).public_id).first()
