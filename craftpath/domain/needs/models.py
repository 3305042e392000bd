"""Analyses of surveys with their figures, and who signed the list of priorities."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.needs.states import ANALYSIS, PUBLIC
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import NOBODY, Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

CROSSHAIRS = ("means", "middle")
METHODS = ("mwds", "rds", "gap")
STANDING = ("computing", "computed", "published")
LONGEST_TITLE = 120


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Analysis(Scoped):
    """What some surveys come to, worked out once and kept as it was.

    `definition` is a digest of what was asked for: surveys, groups, cross-hair, method; the same is never worked out
    twice. `fingerprint` is one of the answers. `figures` are plain values as `figuring.py` writes them, `priorities`
    the keys of the skills on the published list, the most needed first, by `priority_method`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.JSONField(default=dict)
    surveys = models.ManyToManyField("surveys.Survey", related_name="+")
    groups = models.JSONField(default=list, help_text="by which columns figures are told apart")
    crosshair = models.CharField(max_length=8, choices=_known(CROSSHAIRS))
    least = models.PositiveSmallIntegerField(help_text="people whom a shown cell rests on at least")
    definition = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default=ANALYSIS.start, choices=ANALYSIS.choices)
    failed = models.CharField(max_length=60, blank=True, help_text="a reason code")
    failed_facts = models.JSONField(default=dict)
    version = models.CharField(max_length=12, blank=True, help_text="of the definitions of figures")
    fingerprint = models.CharField(max_length=64, blank=True)
    people = models.PositiveIntegerField(null=True)
    figures = models.JSONField(default=dict)
    priority_method = models.CharField(max_length=8, blank=True, choices=_known(METHODS))
    priorities = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ANALYSIS.states), name="analysis_state_known"),
            models.CheckConstraint(condition=Q(crosshair__in=CROSSHAIRS), name="analysis_crosshair_known"),
            models.CheckConstraint(
                condition=Q(priority_method__in=("", *METHODS)), name="analysis_method_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(*PUBLIC, "computed"))
                | Q(people__isnull=False, computed_at__isnull=False),
                name="analysis_computed_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLIC, published_at__isnull=False)
                | (~Q(state__in=PUBLIC) & Q(published_at__isnull=True)),
                name="analysis_published_when",
            ),
            models.UniqueConstraint(
                fields=["organisation", "definition"], condition=Q(state__in=STANDING), name="analysis_once"
            ),
        ]

    def __str__(self) -> str:
        return f"analysis {self.public_id}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("needs", "analysis", self.public_id)

    @property
    def name(self) -> Text:
        """The title in the languages that it has."""
        return Text.of(self.title)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, and published ones of surveys in which one was asked."""
        if scope.person_id == NOBODY:
            return below(scope, "organisation")
        through = cls.surveys.through._base_manager.filter(survey__asked__person=scope.person_id).order_by()
        mine = Q(state__in=PUBLIC, pk__in=through.values("analysis_id"))
        return below(scope, "organisation") | mine


class SignOff(models.Model):
    """Somebody stands by the list of priorities, as a member of an organisation."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[SignOff]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["analysis", "person"], name="signed_once")]

    def __str__(self) -> str:
        return f"{self.person_id} under {self.analysis_id}"
