"""Kinds of certificates: what the office has drawn up once."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.certificates.states import KIND
from craftpath.kernel.access import around
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref
from craftpath.values.text import Text

FOR = ("stage", "skill", "course", "workshop", "service", "qualification", "diploma")


class Kind(Scoped):
    """One kind: what it is for, what it asks, what it says, how it looks.

    `scheme` and `level` are keys of the schemes of levels (`levels.py`); a level without its scheme says nothing.
    `ground` says in which of the record's facts it stands, `requirements` what else must be true of whoever holds it.
    An active kind is not edited: a changed one is a new version (`replaces`).
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, default=KIND.start, choices=KIND.choices)
    purpose = models.CharField(max_length=14, choices=[(one, one) for one in FOR])
    title = models.JSONField(default=dict, help_text="language → what stands large on the paper")
    criteria = models.JSONField(default=dict, help_text="language → what the holder has shown")
    scheme = models.SlugField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    occupation = models.ForeignKey(
        "occupations.Occupation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ground = models.JSONField(
        default=dict, help_text="in which facts of the record it stands, see grounds.py"
    )
    requirements = models.JSONField(default=list, help_text="rows, see holding.py")
    skills = models.JSONField(default=list, help_text="keys of skills that it is aligned to")
    valid_months = models.PositiveSmallIntegerField(null=True, help_text="none: it does not expire")
    design = models.JSONField(default=dict, help_text="colour, border, signatory, see design.py")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation_id", "key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key", "version"], name="certificate_kind_once"),
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=Q(state="active"),
                name="certificate_kind_one_active",
            ),
            models.CheckConstraint(condition=Q(state__in=KIND.states), name="certificate_kind_state_known"),
            models.CheckConstraint(condition=Q(purpose__in=FOR), name="certificate_kind_purpose_known"),
        ]

    def __str__(self) -> str:
        return Text.of(self.title).both()

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("certificates", "kind", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the organisations around the reader: what could be earned is no secret."""
        return around(scope, "organisation")
