"""Cycles: one version of the steps, written whole; a round keeps the version on which it began."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

MOST_STEPS = 12


class Cycle(Scoped):
    """Steps in their order; without an organisation it is a preset that everybody may use.

    `steps` holds, for each, `key`, `name`, `purpose`, `done_when` as texts, `inputs` as a list of texts, `deliverables`
    as a list of `{"key", "name"}`, and `checks`, the keys of what the site looks for in the record.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.JSONField(default=dict)
    origin = models.JSONField(default=dict, help_text="where the labels come from and how sure they are")
    steps = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"], name="cycle_version_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("pilots", "cycle", self.public_id)

    def step(self, key: str) -> dict[str, Any]:
        """A step's own row; every round has only steps of its cycle."""
        return next(one for one in self.steps if one["key"] == key)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Presets, and what one's organisation, one below or one above it wrote."""
        preset = models.Q(organisation__isnull=True)
        return preset | below(scope, "organisation") | above(scope, "organisation")
