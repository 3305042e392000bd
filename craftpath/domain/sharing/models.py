"""Sharing rules, looks, and whose lines each look showed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.sharing.states import OWN, RULE
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

BASES = ("agreement", "law", "consent", "public_interest")
WHOM = ("cohort", "both", "everybody", "figures")
FORMS = ("page", "xlsx", "csv")
LONGEST = 300  # characters of a reason, or of what a law says


class SharingRule(Scoped):
    """One version of one rule. `named` is what the kind of data and its columns were called when it was written.

    `number` is the giver's own count and stays the same from version to version; `text` and `sha256` are fixed with
    the offer. `ends_on` is the last day; the rule ends earlier where its agreement does, and before `followed_on`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    number = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    data_class = models.SlugField(max_length=40)
    named = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    purpose = models.SlugField(max_length=40)
    basis = models.CharField(max_length=20, choices=[(one, one) for one in BASES])
    basis_ref = models.CharField(max_length=120, blank=True, help_text="a Ref as text: the agreement")
    basis_words = models.CharField(
        max_length=LONGEST, blank=True, help_text="which law, which public interest"
    )
    whom = models.CharField(max_length=10, choices=[(one, one) for one in WHOM])
    cohort_ref = models.CharField(max_length=120, blank=True, help_text="a Ref as text: the cohort")
    cohort_name = models.JSONField(default=dict)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day")
    followed_on = models.DateField(null=True, help_text="the first day of a later version that was accepted")
    state = models.CharField(max_length=10, default=RULE.start, choices=RULE.choices)
    text = models.JSONField(default=dict, help_text="the paper that both sides see")
    sha256 = models.CharField(max_length=64, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=LONGEST, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["giver", "state"], name="sharing_by_giver"),
            models.Index(fields=["receiver", "state"], name="sharing_by_receiver"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["giver", "number", "version"], name="sharing_version_once"),
            models.CheckConstraint(condition=Q(state__in=RULE.states), name="sharing_state_known"),
            models.CheckConstraint(condition=Q(basis__in=BASES), name="sharing_basis_known"),
            models.CheckConstraint(condition=Q(whom__in=WHOM), name="sharing_whom_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="sharing_ends_after_start"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="sharing_of_two"),
            models.CheckConstraint(
                condition=Q(state__in=OWN) | (~Q(sha256="") & Q(offered_at__isnull=False)),
                name="sharing_offered_with_text",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("in_force", "revoked", "replaced")) | Q(accepted_at__isnull=False),
                name="sharing_in_force_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("revoked", "declined"))
                | (~Q(ended_because="") & Q(ended_at__isnull=False)),
                name="sharing_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id}/{self.number}.{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The giver; from the offer on the receiver too; and whoever is above them."""
        return below(scope, "giver") | (below(scope, "receiver") & ~Q(state__in=OWN))

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("sharing", "rule", self.public_id)

    @property
    def title(self) -> Text:
        """The kind of data, as it was called when the rule was written."""
        return Text.of(self.named.get("title"))

    @property
    def label(self) -> str:
        """The number with the version, as papers and files name the rule."""
        return f"{self.giver.key}-{self.number}.{self.version}"

    @property
    def agreement(self) -> str:
        """The public id of the agreement on which it stands, if it does."""
        return Ref.parse(self.basis_ref).public_id if self.basis == "agreement" and self.basis_ref else ""

    @property
    def cohort(self) -> str:
        """The public id of the cohort that it is about, if it is about one."""
        return Ref.parse(self.cohort_ref).public_id if self.cohort_ref else ""


class Look(Scoped):
    """Somebody of the receiver looked at all lines, or took them along as a file; never altered."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    rule = models.ForeignKey(SharingRule, on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    form = models.CharField(max_length=4, choices=[(one, one) for one in FORMS])
    lines = models.PositiveIntegerField()
    what = models.CharField(
        max_length=300, help_text="receiver and kind of data, as a person's own record says it"
    )

    class Meta:
        indexes = [models.Index(fields=["rule", "-at"], name="look_by_rule")]
        constraints = [models.CheckConstraint(condition=Q(form__in=FORMS), name="look_form_known")]

    def __str__(self) -> str:
        return f"{self.what} · {self.at:%Y-%m-%d}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Both sides, and whoever is above them."""
        return below(scope, "rule__giver") | below(scope, "rule__receiver")


class LookedAt(Scoped):
    """That a look showed a line about somebody."""

    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["look", "person"], name="looked_at_once")]

    def __str__(self) -> str:
        return f"{self.look_id} {self.person_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own; pages of organisations show how many lines, and never whose."""
        return Q(person_id=scope.person_id)
