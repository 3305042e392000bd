"""Plans that were drafted from needs: what was asked, what came of it, and why."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.curricula.models.versions import CurriculumVersion
from craftpath.domain.curricula.states import DRAFT
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref


class Draft(Scoped):
    """A plan that somebody asked for. The job may be run twice; this row says what came.

    `wanted` is a wish (`drafting_wishes`), `inputs` the units as they were then and `fingerprint` what they come to.
    `found`, once done, is what `drafting_answers` writes; once impossible, `conflict` and `way`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is asked for once")
    version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField(help_text="within its version, from 1")
    wanted = models.JSONField()
    inputs = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=DRAFT.start, choices=DRAFT.choices)
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)
    reason = models.CharField(max_length=80, blank=True, help_text="why it was refused: a reason code")
    facts = models.JSONField(default=dict, help_text="what the reason's sentence names")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="curriculum_draft_number_once"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(state="asked"), name="curriculum_draft_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=DRAFT.states), name="curriculum_draft_state_known"),
            models.CheckConstraint(
                condition=Q(state="asked", ended_at__isnull=True)
                | (~Q(state="asked") & Q(ended_at__isnull=False)),
                name="curriculum_draft_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} draft {self.number}"

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("curricula", "draft", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations and of those above them: it tells of the whole library.

        Whoever is only asked to review the version does not see it.
        """
        own = "version__curriculum__organisation"
        return below(scope, own) | above(scope, own)
