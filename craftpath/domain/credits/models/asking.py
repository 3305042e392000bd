"""Requests to an institution: to take credits for a diploma, or to recognise prior learning."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.credits.models.earning import Area
from craftpath.domain.credits.models.goals import ConversionRule, Diploma
from craftpath.domain.credits.states import REQUEST
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

REQUEST_KINDS = ("conversion", "prior")
VERDICTS = ("open", "accepted", "refused")
LONGEST_WORDS, LONGEST_LINE = 1000, 200


class Request(Scoped):
    """Somebody asks an institution; the rules of the day on which it was asked (`asked_on`) hold until the end."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="names the sent form, so that it is sent once")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in REQUEST_KINDS])
    account = models.ForeignKey("credits.Account", on_delete=models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    diploma = models.ForeignKey(Diploma, on_delete=models.PROTECT, null=True, related_name="requests")
    state = models.CharField(max_length=9, default=REQUEST.start, choices=REQUEST.choices)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="of a rejection or reversal")
    posted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    posted_at = models.DateTimeField(null=True)
    reversed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state"], name="credit_request_desk")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=REQUEST.states), name="credit_request_state_known"),
            models.CheckConstraint(condition=Q(kind__in=REQUEST_KINDS), name="credit_request_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="prior") | Q(diploma__isnull=False), name="credit_request_has_a_goal"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("posted", "reversed")) | Q(posted_at__isnull=False),
                name="credit_request_posted_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("credits", "request", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those that were sent to one's organisations."""
        own = Q(account__person=scope.person_id) | Q(account__person__merged_into=scope.person_id)
        return below(scope, "organisation") | own


class RequestLine(models.Model):
    """One thing that is asked for. Of a conversion: a credit, with what the table gave for it when it was sent.

    Of prior learning: what was learned, the area, and how many points are asked for. `points` is what is asked,
    `proposed` what the table gives, `amount` what was accepted; hundredths.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="lines")
    credit = models.ForeignKey("credits.Entry", on_delete=models.PROTECT, null=True, related_name="asked_in")
    title = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="what was learned, and where")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    points = models.PositiveIntegerField()
    rule = models.ForeignKey(ConversionRule, on_delete=models.PROTECT, null=True, related_name="+")
    to_area = models.SlugField(max_length=40, blank=True)
    proposed = models.PositiveIntegerField(default=0)
    found = models.CharField(
        max_length=60, blank=True, help_text="why the table gives nothing: a reason code"
    )
    facts = models.JSONField(default=dict, help_text="what the reason's sentence names")
    verdict = models.CharField(max_length=8, default="open", choices=[(one, one) for one in VERDICTS])
    amount = models.PositiveIntegerField(default=0)
    because = models.CharField(max_length=LONGEST_LINE, blank=True)

    objects: ClassVar[models.Manager[RequestLine]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "credit"], name="credit_asked_once"),
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="credit_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict="accepted", amount__gt=0) | (~Q(verdict="accepted") & Q(amount=0)),
                name="credit_accepted_with_amount",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="refused") | ~Q(because=""), name="credit_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.points}"


class RequestFile(models.Model):
    """A file that proves what is asked for."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=120)
    title = models.CharField(max_length=120)

    objects: ClassVar[models.Manager[RequestFile]] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
