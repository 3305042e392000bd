"""Agreements and what belongs to them: applications, waivers, amendments, pauses, absences, leaving, floors."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.agreements.states import ABSENCE, AGREEMENT, AMENDMENT, APPLICATION, UNDER_WAY
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref

REASONS_TO_LEAVE = (
    "other_work", "health", "family", "further_study", "not_suited", "conduct", "enterprise_closed",
    "breach_by_enterprise", "mutual", "transfer", "other",
)  # fmt: skip
INITIATORS = ("apprentice", "enterprise", "college", "both")
KINDS_OF_ABSENCE = ("annual_leave", "illness", "accident", "family", "examination", "unpaid", "other")
REASONS_TO_PAUSE = ("illness", "parental", "service", "production", "personal", "other")


class Application(Scoped):
    """Somebody would like a place in a cohort; whoever applies is nobody here until it is accepted."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    name_latin = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True)
    contact = models.CharField(max_length=254, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=20, default=APPLICATION.start, choices=APPLICATION.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=APPLICATION.states), name="application_state_known"),
            models.CheckConstraint(
                condition=Q(state="accepted", enrolment__isnull=False)
                | (~Q(state="accepted") & Q(enrolment__isnull=True)),
                name="application_accepted_with_place",
            ),
            models.UniqueConstraint(
                fields=["cohort", "name", "contact"],
                condition=Q(state__in=["applied", "offered"]),
                name="application_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The college that runs the cohort, and the enterprise that recruits."""
        return below(scope, "cohort__organisation") | below(scope, "enterprise")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("agreements", "application", self.public_id)


class Agreement(Scoped):
    """One agreement; `document` is what was signed first.

    Terms, last day, enterprise and mentor hold what stood when it was last settled, amendments in force included; what
    stands on a day is computed from the amendments whose day has come (`standing`).
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="agreements"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="the college of the cohort"
    )
    enterprise = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(max_length=20, default="training")
    state = models.CharField(max_length=20, default=AGREEMENT.start, choices=AGREEMENT.choices)
    jurisdiction = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_contact = models.CharField(max_length=254, blank=True)
    guardian_relation = models.CharField(max_length=40, blank=True)
    terms = models.JSONField(default=dict)
    document = models.ForeignKey("kernel.Document", on_delete=models.PROTECT, null=True, related_name="+")
    registration_no = models.CharField(max_length=60, blank=True)
    registered_on = models.DateField(null=True)
    active_on = models.DateField(null=True)
    ended_on = models.DateField(null=True, help_text="the last day as it came to be")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AGREEMENT.states), name="agreement_state_known"),
            models.UniqueConstraint(
                fields=["enrolment", "kind"], condition=Q(state="active"), name="agreement_active_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                condition=Q(state__in=UNDER_WAY),
                name="agreement_under_way_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["active", "completed", "terminated", "expired"])
                | Q(active_on__isnull=False, document__isnull=False),
                name="agreement_active_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(registration_no="") | Q(registered_on__isnull=False),
                name="agreement_registered_with_day",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of one's enterprise or college; a mentor has no business with somebody's pay."""
        own = Q(enrolment__person_id=scope.person_id)
        return own | below(scope, "enterprise") | below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("agreements", "agreement", self.public_id)


class Waiver(models.Model):
    """Somebody with a name took it upon himself that an item of the checklist is not met, and said why."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="waivers")
    item = models.CharField(max_length=40)
    reason = models.TextField(max_length=1000)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "item"], name="waiver_once_an_item")]

    def __str__(self) -> str:
        return f"{self.item} of {self.agreement_id}"


class Amendment(Scoped):
    """A change of a signed agreement, itself signed: what changed, from when, why; with another enterprise, which."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default=AMENDMENT.start, choices=AMENDMENT.choices)
    reason = models.TextField(max_length=1000)
    takes_effect_on = models.DateField()
    before = models.JSONField(help_text="parties, dates and terms as they stood")
    after = models.JSONField(help_text="the same as they will stand")
    changed = models.JSONField(default=list, help_text="the keys that differ")
    enterprise = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    former = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("kernel.Document", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AMENDMENT.states), name="amendment_state_known"),
            models.UniqueConstraint(fields=["agreement", "number"], name="amendment_number_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state=AMENDMENT.start), name="amendment_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} amendment {self.number}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the agreements that one sees, and of an enterprise that somebody shall come to."""
        seen = Agreement._base_manager.filter(Agreement.seen_by(scope))
        return Q(agreement__in=seen.values("pk")) | below(scope, "enterprise")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("agreements", "amendment", self.public_id)


class Pause(models.Model):
    """A time in which an apprenticeship rests; open while it lasts."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="pauses")
    starts_on = models.DateField()
    until = models.DateField(null=True, help_text="the day on which it is expected to go on")
    resumed_on = models.DateField(null=True)
    because = models.CharField(max_length=20, choices=[(one, one) for one in REASONS_TO_PAUSE])
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(resumed_on__isnull=True), name="pause_open_once"
            ),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True) | Q(resumed_on__gte=F("starts_on")),
                name="pause_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} from {self.starts_on}"


class Absence(Scoped):
    """Leave asked for, or an absence told. Kind and reason may say something about somebody's health."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=20, choices=[(one, one) for one in KINDS_OF_ABSENCE])
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day")
    reason = models.TextField(blank=True, max_length=1000)
    state = models.CharField(max_length=20, default=ABSENCE.start, choices=ABSENCE.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True, max_length=1000)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ABSENCE.states), name="absence_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the agreements that one sees."""
        seen = Agreement._base_manager.filter(Agreement.seen_by(scope))
        return Q(agreement__in=seen.values("pk"))

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("agreements", "absence", self.public_id)


class EarlyLeaving(models.Model):
    """An agreement that ends before its day: why, on whose wish, and what follows, as it was computed then.

    Until the last day is over it can be taken back, which stays in the record beside it; one at a time stands.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="leavings")
    because = models.CharField(max_length=30, choices=[(one, one) for one in REASONS_TO_LEAVE])
    initiator = models.CharField(max_length=20, choices=[(one, one) for one in INITIATORS])
    told_on = models.DateField()
    last_day = models.DateField()
    note = models.TextField(blank=True, max_length=1000)
    consequences = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.TextField(blank=True, max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(taken_back_at__isnull=True), name="leaving_open_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_because="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_because="")),
                name="leaving_taken_back_with_reason",
            ),
            models.CheckConstraint(condition=Q(because__in=REASONS_TO_LEAVE), name="leaving_reason_known"),
            models.CheckConstraint(condition=Q(initiator__in=INITIATORS), name="leaving_initiator_known"),
            models.CheckConstraint(condition=Q(last_day__gte=F("told_on")), name="leaving_after_told"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.because}"


class WageFloor(Scoped):
    """A local minimum wage that somebody entered: for an organisation and all below it, from a day on."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField(help_text="minor units")
    currency = models.CharField(max_length=3)
    per = models.CharField(max_length=5, choices=[("month", "month"), ("hour", "hour")])
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from", "currency", "per"], name="floor_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} from {self.valid_from}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations and of the ones above, which bind one's own too."""
        return below(scope, "organisation") | above(scope, "organisation")
