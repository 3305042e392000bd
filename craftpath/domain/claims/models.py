"""Claims, their evidence, what officers decided, and issuers that an office trusts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.claims.states import CLAIM, OPEN
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref

LONGEST_NAME, LONGEST_NUMBER, LONGEST_WORDS = 120, 120, 400
HOW = ("register", "original", "issuer", "signature")
OUTCOMES = ("verified", "returned", "refused", "revoked")
MEDIA = ("image/jpeg", "application/pdf", "application/json", "application/jwt")


class Claim(Scoped):
    """What somebody says to hold: `organisation` is the office that looks at it.

    `revision` grows with every change, so that nobody decides on something else than was read. `issuer_key` and
    `number_key` are what is left of both without signs and spaces; verified, they are one person's. `verified_in` is
    the office that verified. `told_at` is when the person has read the last decision.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is claimed once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, default=CLAIM.start, choices=CLAIM.choices)
    revision = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=LONGEST_NAME, help_text="as it is printed")
    scheme = models.SlugField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    occupation = models.ForeignKey(
        "occupations.Occupation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    issuer = models.CharField(max_length=LONGEST_NAME)
    number = models.CharField(max_length=LONGEST_NUMBER)
    issuer_key = models.CharField(max_length=LONGEST_NAME)
    number_key = models.CharField(max_length=LONGEST_NUMBER)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True, help_text="the last day; none: it does not expire")
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(help_text="since when it waits, or waited last")
    decided_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    verified_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-claimed_at", "-pk"]
        indexes = [
            models.Index(fields=["person"], name="claim_of_person"),
            models.Index(fields=["number_key"], name="claim_number"),
            models.Index(fields=["organisation", "state", "claimed_at"], name="claim_waits"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CLAIM.states), name="claim_state_known"),
            models.CheckConstraint(
                condition=Q(scheme="", level="") | (~Q(scheme="") & ~Q(level="")),
                name="claim_level_with_scheme",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="claim_some_days",
            ),
            models.CheckConstraint(
                condition=Q(state="verified", verified_in__isnull=False)
                | (~Q(state="verified") & Q(verified_in__isnull=True)),
                name="claim_verified_somewhere",
            ),
            models.UniqueConstraint(
                fields=["person", "issuer_key", "number_key"],
                condition=Q(state__in=OPEN),
                name="claim_open_once",
            ),
            models.UniqueConstraint(
                fields=["issuer_key", "number_key"],
                condition=Q(state="verified"),
                name="claim_verified_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("claims", "claim", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The own ones, and those that one's organisations look at."""
        return below(scope, "organisation") | Q(person=scope.person_id)


class Evidence(models.Model):
    """A file that shows it. Of a digital credential its text is kept, also where it came within a picture."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=20, choices=[(one, one) for one in MEDIA])
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Evidence]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(media_type__in=MEDIA), name="claim_evidence_known")]

    def __str__(self) -> str:
        return self.kept.name


class Decision(models.Model):
    """What an officer decided about a revision of a claim; added, never changed."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="decisions")
    revision = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=[(one, one) for one in OUTCOMES])
    how = models.CharField(max_length=9, blank=True, choices=[(one, one) for one in HOW])
    phrase = models.CharField(max_length=20, blank=True, help_text="a key of the bank of phrases")
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Decision]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="claim_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="verified", how__in=HOW) | (~Q(outcome="verified") & Q(how="")),
                name="claim_verified_somehow",
            ),
            models.CheckConstraint(
                condition=Q(outcome="verified") | ~Q(phrase="", words=""), name="claim_decided_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.claim_id}"


class TrustedIssuer(Scoped):
    """Somebody who signs digital credentials and whom an office knows: for its own desk and those below.

    `public` is the key where the office has one; a did:key is its own.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    did = models.CharField(max_length=200)
    name = models.CharField(max_length=LONGEST_NAME)
    public = models.CharField(max_length=80, blank=True, help_text="multikey: z6Mk…")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the first day without")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "did"], condition=Q(ends_on__isnull=True), name="trusted_issuer_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("claims", "issuer", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, and of those above them."""
        return below(scope, "organisation") | above(scope, "organisation")
