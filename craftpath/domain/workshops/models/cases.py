"""Cases that pilots send in, and that stand on the shelf once they were reviewed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.workshops.models.agenda import Item
from craftpath.domain.workshops.models.events import KINDS, Registration, Workshop
from craftpath.domain.workshops.states import CASE
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

LICENCES = ("CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "event")
SHELVES = ("case", "toolkit", "practice")


class Case(Scoped):
    """What an organisation did and what came of it; `shelf` says as what it stands on the shelf."""

    whose: ClassVar[tuple[str, ...]] = ("registration",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="cases")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=14, choices=[(one, one) for one in KINDS])
    city = models.CharField(max_length=60)
    country = models.CharField(max_length=2, default="CN")
    skill = models.CharField(max_length=60, blank=True, help_text="key of a core skill")
    step = models.CharField(max_length=40, blank=True, help_text="key of a step of the circle")
    situation = models.TextField(max_length=2000)
    done = models.TextField(max_length=2000)
    result = models.TextField(max_length=2000, help_text="with figures")
    lessons = models.TextField(max_length=2000)
    for_whom = models.CharField(max_length=200)
    licence = models.CharField(max_length=16, choices=[(one, one) for one in LICENCES])
    consent = models.BooleanField(default=False, help_text="those who are shown or named agreed")
    shelf = models.CharField(max_length=8, default="case", choices=[(one, one) for one in SHELVES])
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="cases")
    state = models.CharField(max_length=10, default=CASE.start, choices=CASE.choices)
    remark = models.CharField(max_length=400, blank=True)
    sent_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "-sent_at"], name="workshop_case_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CASE.states), name="workshop_case_state_known"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(consent=True), name="workshop_case_published_with_consent"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(remark=""), name="workshop_case_returned_because"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Who sent them, and whoever holds the workshop; what is on the shelf has a door of its own."""
        rows = Registration._base_manager.filter(Registration.seen_by(scope)).order_by()
        return Q(registration__in=rows.values("pk"))


class CaseFile(models.Model):
    """A file that came with a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=80)

    objects: ClassVar[models.Manager[CaseFile]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.file_id} of {self.case_id}"
