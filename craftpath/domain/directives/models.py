"""Notices, plans and quotas, whom they are addressed to, who has read them, what was answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from craftpath.domain.directives.states import ANSWERS, DIRECTIVE, KINDS
from craftpath.kernel.access import memberships_on
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

LONGEST_TITLE = 120
LONGEST_WORDS = 8000
LONGEST_REASON = 300


class Directive(Scoped):
    """One notice, plan or quota as it reads now; `number` counts its versions, `asks` those that must be read.

    Nobody whom it is addressed to sees it before `shown_from`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="one press of a button")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in KINDS])
    title = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=DIRECTIVE.start, choices=DIRECTIVE.choices)
    number = models.PositiveSmallIntegerField(default=1)
    asks = models.PositiveSmallIntegerField(default=1, help_text="the oldest version that counts as read")
    understood = models.BooleanField(default=False, help_text="readers say that they have understood it")
    answer = models.CharField(max_length=10, default="none", choices=[(one, one) for one in ANSWERS])
    ask = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="what is asked for in return")
    answer_by = models.DateField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    shown_from = models.DateField(null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DIRECTIVE.states), name="directive_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="directive_kind_known"),
            models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="directive_answer_known"),
            models.CheckConstraint(
                condition=Q(answer="none", answer_by__isnull=True)
                | ~Q(answer="none") & Q(answer_by__isnull=False),
                name="directive_answer_with_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded"])
                | Q(published_at__isnull=False, shown_from__isnull=False),
                name="directive_published_with_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-made_at"], name="directive_of_office")]

    def __str__(self) -> str:
        return Text.of(self.title).both()

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's offices; and what was published for one's own roles, from its day on."""
        today = localdate()
        mine = memberships_on(today).filter(person=scope.person_id).order_by()
        meant = Addressee.objects.filter(directive=OuterRef(OuterRef("directive"))).values("role")
        here = mine.filter(role__in=meant)
        reached = Target.objects.filter(directive=OuterRef("pk")).filter(
            Q(below=False) & Exists(here.filter(organisation=OuterRef("organisation")))
            | Q(below=True)
            & Exists(here.filter(organisation__path__startswith=OuterRef("organisation__path")))
        )
        out = Q(state__in=["published", "withdrawn"], shown_from__lte=today)
        return below(scope, "organisation") | (out & Exists(reached))

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("directives", "directive", self.public_id)


class Target(models.Model):
    """An organisation that a directive is addressed to, alone or with all below it."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="targets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    below = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[Target]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "organisation"], name="directive_target_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}{'+' if self.below else ''}"


class Addressee(models.Model):
    """A role whose holders read it."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="addressees")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])

    objects: ClassVar[models.Manager[Addressee]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "role"], name="directive_role_once"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="directive_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.role


class QuotaLine(models.Model):
    """How many of an occupation begin in a year at an organisation and below; `stage` is a key, or "" for all."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="quotas")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    occupation = models.JSONField(default=dict)
    stage = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[QuotaLine]] = models.Manager()

    def __str__(self) -> str:
        return f"{Text.of(self.occupation).both()} {self.year}: {self.count}"


class DirectiveFile(models.Model):
    """A file that goes with it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=100)

    objects: ClassVar[models.Manager[DirectiveFile]] = models.Manager()

    def __str__(self) -> str:
        return self.public_id


class DirectiveVersion(models.Model):
    """What it said before a correction, and why that came."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    because = models.CharField(max_length=LONGEST_REASON)
    corrected_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField()

    objects: ClassVar[models.Manager[DirectiveVersion]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "number"], name="directive_version_once")]

    def __str__(self) -> str:
        return f"{self.directive_id} v{self.number}"


class Reading(models.Model):
    """Somebody opened it: when first, which version last, and when it was said to be understood."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    understood_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Reading]] = models.Manager()
    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "person"], name="directive_read_once")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.directive_id}"


class Answer(models.Model):
    """What an organisation answers; it may be put right until the last day."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    figure = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    media_type = models.CharField(max_length=100, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Answer]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "organisation"], name="directive_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.directive_id}"
