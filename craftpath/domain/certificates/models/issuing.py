"""Certificates themselves, the batches in which they are issued, and the counters of their numbers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.everybody import enrolments_everywhere
from craftpath.domain.certificates.models.keys import IssuerKey, StatusList
from craftpath.domain.certificates.models.kinds import Kind
from craftpath.domain.certificates.states import BATCH, CERTIFICATE
from craftpath.kernel.access import memberships_on
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class Counter(models.Model):
    """The last number that an organisation gave in a year; its row is locked while numbers are taken."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[Counter]] = models.Manager()

    class Meta:
        ordering = ["organisation_id", "year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="certificate_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}: {self.last}"


class Batch(Scoped):
    """Many at once: looked at before, then issued by a worker some at a time; killed, it goes on where it was."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=BATCH.start, choices=BATCH.choices)
    issued_on = models.DateField(help_text="the day that stands on the paper")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_id = models.UUIDField(unique=True, help_text="one press of a button")
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=BATCH.states), name="batch_state_known")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("certificates", "batch", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")


class Certificate(Scoped):
    """One certificate. What it says was fixed when it was issued: `content` and the signed `credential`.

    `ground` is the fact on which it stands (a Ref as text): one certificate in force for each holder, kind and ground.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(
        max_length=40, unique=True, help_text="CP-<code of the organisation>-<year>-<number>"
    )
    state = models.CharField(max_length=8, default=CERTIFICATE.start, choices=CERTIFICATE.choices)
    content = models.JSONField(help_text="what the paper says, in every language, as it was issued")
    ground = models.CharField(max_length=120, help_text="a Ref as text: noun/kind/public id")
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    valid_until = models.DateField(null=True, help_text="the last day; none: it does not expire")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="certificates")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=200, blank=True)
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="certificates")
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="+")
    status_place = models.PositiveIntegerField()
    credential = models.JSONField(help_text="Open Badges 3.0, with a Data Integrity proof")
    token = models.TextField(help_text="the same as a VC-JWT")

    class Meta:
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["person"], name="certificate_of_person"),
            models.Index(fields=["organisation", "-issued_on"], name="certificate_of_house"),
            models.Index(fields=["valid_until"], name="certificate_expires"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_place"], name="certificate_place_once"),
            models.UniqueConstraint(
                fields=["person", "kind", "ground"],
                condition=Q(state="issued"),
                name="certificate_ground_once",
            ),
            models.CheckConstraint(condition=Q(state__in=CERTIFICATE.states), name="certificate_state_known"),
            models.CheckConstraint(
                condition=Q(state="issued", ended_at__isnull=True)
                | (~Q(state="issued") & Q(ended_at__isnull=False)),
                name="certificate_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("certificates", "certificate", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The own ones, those that one's organisations issued, and what those issued who train one's apprentices.

        Of people who teach at one's enterprise the certificates of their service are seen too: they run out.
        """
        own = Q(person=scope.person_id) | below(scope, "organisation")
        if not scope.path:
            return own
        trained = enrolments_everywhere().filter(
            below(scope, "enterprise"),
            person=OuterRef("person"),
            cohort__organisation__path__startswith=OuterRef("organisation__path"),
        )
        teaches = memberships_on(localdate()).filter(
            below(scope, "organisation"), person=OuterRef("person"), role=Role.MENTOR
        )
        return own | Q(Exists(trained)) | (Q(Exists(teaches)) & Q(kind__purpose="service"))


class Planned(models.Model):
    """Somebody of a batch: who, on which ground; with the certificate once it is there, or why there is none."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="planned")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=120)
    lines = models.JSONField(default=list, help_text="what this one's paper says besides: label and value")
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, null=True, related_name="+")
    refused = models.CharField(max_length=80, blank=True, help_text="a reason code")
    facts = models.JSONField(default=dict, help_text="what the reason's sentence names")

    objects: ClassVar[models.Manager[Planned]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "person", "ground"], name="planned_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.batch_id}"
