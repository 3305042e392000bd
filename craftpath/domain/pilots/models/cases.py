"""Country cases, and where one is kept at hand."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.pilots.models.going import RoundStep
from craftpath.domain.pilots.states import CASE
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

SURE = ("read", "memory", "own")
"""How sure a case is: read in the source named; written from memory, to be checked before it is quoted; one's own."""


class CountryCase(Scoped):
    """What somebody did about core skills, in two languages; without an organisation it came with the program."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=60, help_text="of a preset its name, of one's own the id of the form")
    place = models.CharField(max_length=2, help_text="ISO 3166 code, EU for the European Union")
    title = models.JSONField(default=dict)
    done = models.JSONField(default=dict, help_text="what was done")
    learnt = models.JSONField(default=dict, help_text="what can be learnt from it")
    steps = models.JSONField(default=list, help_text="keys of the steps of a cycle that it speaks of")
    source = models.CharField(max_length=300)
    sure = models.CharField(max_length=8, choices=[(one, one) for one in SURE])
    state = models.CharField(max_length=12, default=CASE.start, choices=CASE.choices)
    consent = models.CharField(max_length=300, blank=True, help_text="who agreed that it is told, and how")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], name="country_case_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(state__in=CASE.states), name="country_case_state_known"),
            models.CheckConstraint(condition=Q(sure__in=SURE), name="country_case_sure_known"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(organisation__isnull=True) | ~Q(consent=""),
                name="country_case_published_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.name.both()

    @property
    def name(self) -> Text:
        """The title in the languages that it has."""
        return Text.of(self.title)

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("pilots", "case", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Presets, those of one's organisations, and what one above has published."""
        public = above(scope, "organisation") & Q(state="published")
        return Q(organisation__isnull=True) | below(scope, "organisation") | public


class KeptCase(models.Model):
    """A case that is kept at hand for a step."""

    step = models.ForeignKey(RoundStep, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(CountryCase, on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    objects: ClassVar[models.Manager[KeptCase]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "case"], name="kept_case_once")]

    def __str__(self) -> str:
        return f"{self.case_id} at {self.step_id}"
