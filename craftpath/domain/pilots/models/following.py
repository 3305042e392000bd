"""What steps bring forth: deliverables, history, changes, reports."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.pilots.models.going import LONGEST_WORDS, PilotRound, RoundStep, of_pilots
from craftpath.domain.pilots.states import CHANGE, STEP
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

FORMS = ("file", "thing", "words")


class Deliverable(models.Model):
    """What a step delivers: a file, a thing of the record, or words.

    `key` is one of the cycle's deliverables of the step, "" for something besides. What is taken back stays, uncounted.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is given once")
    step = models.ForeignKey(RoundStep, on_delete=models.PROTECT, related_name="deliverables")
    key = models.SlugField(max_length=60, blank=True)
    form = models.CharField(max_length=5, choices=[(one, one) for one in FORMS])
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    thing = models.CharField(
        max_length=120, blank=True, help_text="a Ref; doors resolve it for who may see it"
    )
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    media_type = models.CharField(max_length=100, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Deliverable]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(form="file", kept__isnull=False, thing="")
                | Q(form="thing", kept__isnull=True) & ~Q(thing="")
                | Q(form="words", kept__isnull=True, thing="") & ~Q(words=""),
                name="deliverable_one_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.key} {self.form}"


class StepEvent(models.Model):
    """What was done to a step, by whom, and why."""

    step = models.ForeignKey(RoundStep, on_delete=models.PROTECT, related_name="events")
    move = models.CharField(max_length=12, choices=[(one, one) for one in STEP.moves])
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    because = models.CharField(max_length=LONGEST_WORDS, blank=True)
    lacked = models.JSONField(default=list)

    objects: ClassVar[models.Manager[StepEvent]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(move__in=list(STEP.moves)), name="step_event_move_known"),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.move}"


class PilotChange(Scoped):
    """Something to change: raised in a round, decided, owned, and taken into `into`, a step of the next round."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is raised once")
    round = models.ForeignKey(PilotRound, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=300)
    why = models.CharField(max_length=LONGEST_WORDS, help_text="from which evidence")
    source = models.CharField(max_length=60, blank=True, help_text="the key of a finding that it rests on")
    into = models.SlugField(max_length=60, help_text="the step that takes it up")
    state = models.CharField(max_length=12, default=CHANGE.start, choices=CHANGE.choices)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="why so decided")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CHANGE.states), name="pilot_change_state_known"),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_at__isnull=False), name="pilot_change_decided_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(finished_at__isnull=False),
                name="pilot_change_finished_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("postponed", "declined")) | ~Q(because=""),
                name="pilot_change_no_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def ref(self) -> Ref:
        """The pointer that duties and lines of history keep."""
        return Ref("pilots", "change", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the pilots that one sees."""
        return of_pilots(scope, "round__pilot")


class RoundReport(models.Model):
    """A round as it stood when the report was issued; `content` is never written again."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(PilotRound, on_delete=models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, help_text="of the content in its canonical form")
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()

    objects: ClassVar[models.Manager[RoundReport]] = models.Manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["round", "version"], name="round_report_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} report {self.version}"
