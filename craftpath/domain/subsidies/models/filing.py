"""Schemes, files, their people and steps; and the audits that open a file to somebody."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from craftpath.domain.subsidies.states import FILE
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

LEVELS = {"l4": 1, "l3": 2, "l2": 3, "l1": 4}
"""Skill levels of the national scale with their rank: intermediate, advanced, technician, senior technician."""
OUTCOMES = ("training", "certified", "uncertified", "left")
EXCLUSIONS = ("already_subsidised", "on_another_plan", "full_time_student", "no_contract", "other")
SEVERITIES = ("minor", "major", "critical")
LONGEST_REASON = 300
LONGEST_WORDS = 1000


def known(values: Any) -> list[tuple[str, str]]:
    """Choices of a column whose labels stand in the texts."""
    return [(value, value) for value in values]


class SubsidyScheme(Scoped):
    """One version of a region's rule; written once and never changed. `organisation` None: it came with the program."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.JSONField(default=dict)
    document = models.CharField(max_length=200, blank=True, help_text="number of the document that sets it")
    read = models.CharField(max_length=20, help_text="official, secondary, or house: changed by an office")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="the first day without it")
    definition = models.JSONField(help_text="rates, papers, bounds … as `engines.allowances` reads them")
    excludes = models.JSONField(default=list, help_text="codes of EXCLUSIONS: who may not be counted")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"],
                name="subsidy_scheme_version_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="subsidy_scheme_some_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}/{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Presets, those of one's organisations and those of the bodies above them."""
        return (
            Q(organisation__isnull=True)
            | below(scope, "organisation")
            | above(scope, "organisation")
            | Q(pk__in=audited(scope).values("file__scheme_id"))
        )

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("subsidies", "scheme", self.public_id)


class SubsidyFile(Scoped):
    """One class of one enterprise under one scheme. Amounts are minor units; None: not decided yet.

    `heads` are the people who were counted when the authority registered the plan. `balance` below zero is a refund.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(SubsidyScheme, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")
    name = models.JSONField(default=dict, help_text="of the class, as it was called when the file was opened")
    occupation = models.JSONField(default=dict)
    level = models.CharField(max_length=4, choices=known(LEVELS))
    kind = models.CharField(max_length=30, blank=True, help_text="kind of learner, where the scheme asks")
    starts_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default=FILE.start, choices=FILE.choices)
    since = models.DateField(help_text="the day of the last step")
    heads = models.PositiveIntegerField(null=True)
    advance = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    balance = models.BigIntegerField(null=True)
    refund = models.BigIntegerField(null=True, help_text="what is to be given back")
    notice_ends_on = models.DateField(null=True, help_text="the last day of the public notice")
    refund_by = models.DateField(null=True)
    made_id = models.CharField(max_length=36, blank=True, help_text="one press of a button")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FILE.states), name="subsidy_file_state_known"),
            models.CheckConstraint(condition=Q(months__range=(1, 60)), name="subsidy_file_some_months"),
            models.CheckConstraint(
                condition=~Q(state="refund_due") | Q(refund__gt=0, refund_by__isnull=False),
                name="subsidy_refund_with_day",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due=F("advance") + F("balance")),
                name="subsidy_due_is_advance_and_balance",
            ),
            models.UniqueConstraint(
                fields=["organisation", "made_id"], condition=~Q(made_id=""), name="subsidy_file_made_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The claimant; the authority from the day of filing on; an auditor while the audit is open."""
        own = below(scope, "organisation") & (~Q(state="draft") | ~below(scope, "authority"))
        return (
            own | (below(scope, "authority") & ~Q(state="draft")) | Q(pk__in=audited(scope).values("file_id"))
        )

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("subsidies", "file", self.public_id)


def audited(scope: Scope) -> models.QuerySet[Audit]:
    """Audits to which the reader is invited today."""
    today = localdate()
    return Audit._base_manager.filter(
        auditor=scope.person_id, opens_on__lte=today, closes_on__gt=today
    ).order_by()


def with_file(scope: Scope, name: str = "file") -> Q:
    """Whoever sees the file."""
    return Q(**{f"{name}__in": SubsidyFile._base_manager.filter(SubsidyFile.seen_by(scope)).values("pk")})


class FilePerson(models.Model):
    """Somebody of a file: what became of the training, or why the person does not count."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    file = models.ForeignKey(SubsidyFile, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, default="training", choices=known(OUTCOMES))
    months = models.PositiveSmallIntegerField(default=0, help_text="full months until somebody left")
    excluded = models.CharField(max_length=24, blank=True, choices=known(EXCLUSIONS))
    words = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="what the reason rests on")

    whose: ClassVar = ("person",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "person"], name="subsidy_person_once_a_file"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="subsidy_outcome_known"),
            models.CheckConstraint(
                condition=Q(excluded__in=("", *EXCLUSIONS)), name="subsidy_exclusion_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class FileEvent(models.Model):
    """One step of a file: who did it, on which day, why, with which figures, and what was handed in by then."""

    file = models.ForeignKey(SubsidyFile, on_delete=models.PROTECT, related_name="events")
    move = models.CharField(max_length=12)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    words = models.CharField(max_length=LONGEST_REASON, blank=True)
    figures = models.JSONField(default=dict, help_text="lines of arithmetic as they were frozen")
    handed = models.JSONField(default=list, help_text="[paper, whose, version, sha256] of each upload")

    def __str__(self) -> str:
        return f"{self.file_id} {self.move}"


class Audit(Scoped):
    """An auditor looks at one file until a day. `drawn` are public ids of its people, in the order of their rank.

    `listed` holds the whole list that was drawn from, so that anybody can draw again.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    file = models.ForeignKey(SubsidyFile, on_delete=models.PROTECT, related_name="audits")
    auditor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="the first day without access")
    because = models.CharField(max_length=LONGEST_REASON)
    seed = models.CharField(max_length=40)
    listed = models.JSONField()
    drawn = models.JSONField()
    made_id = models.CharField(max_length=36, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="subsidy_audit_not_before"
            ),
            models.UniqueConstraint(
                fields=["file", "made_id"], condition=~Q(made_id=""), name="subsidy_audit_made_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the file."""
        return with_file(scope)
