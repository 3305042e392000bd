"""Catalogues elsewhere, and what they suggest: nothing of it is a resource before somebody here takes it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.resources.models.library import LONGEST_LINE, LONGEST_LINK, Resource
from craftpath.domain.resources.states import SOURCE, SUGGESTION
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class Source(Scoped):
    """An OAI-PMH address, and how far it has been read: until `until`, and in a list that goes on at `token`.

    `because` and `facts` say why the last reading failed; after some failures in a row it stops by itself.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_LINE)
    address = models.CharField(max_length=LONGEST_LINK)
    only = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="a set of that catalogue")
    until = models.CharField(max_length=30, blank=True, help_text="as that catalogue writes moments")
    begun = models.CharField(max_length=30, blank=True, help_text="its moment when this reading began")
    token = models.TextField(blank=True)
    parts = models.PositiveIntegerField(default=0, help_text="of the list that is being read")
    read_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="in a row")
    because = models.CharField(max_length=60, blank=True, help_text="a reason code")
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=7, default=SOURCE.start, choices=SOURCE.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=Q(state="on"), name="resource_source_due")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "address", "only"], name="resource_source_once"),
            models.CheckConstraint(condition=Q(state__in=SOURCE.states), name="resource_source_state_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("resources", "source", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")


class Suggestion(Scoped):
    """A record of a catalogue elsewhere; `record` is what it says: title, abstract, creators, address, rights …

    `gone` is set when that catalogue takes the record back; what was taken here stays.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="suggestions")
    identifier = models.CharField(max_length=LONGEST_LINK)
    stamp = models.CharField(max_length=30, help_text="as that catalogue writes moments")
    record = models.JSONField(default=dict)
    gone = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=SUGGESTION.start, choices=SUGGESTION.choices)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, related_name="+")
    came_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "identifier"], name="resource_suggestion_once"),
            models.CheckConstraint(
                condition=Q(state__in=SUGGESTION.states), name="resource_suggestion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="taken", resource__isnull=False)
                | (~Q(state="taken") & Q(resource__isnull=True)),
                name="resource_suggestion_taken",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "source__organisation")
