"""The agenda: who speaks when and where about what, and the files that belong to it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from craftpath.domain.workshops.models.events import Day, OfWorkshop, Workshop
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.values.text import Text

ITEM_KINDS = ("talk", "case", "panel", "group", "break")


class Speaker(OfWorkshop):
    """Somebody who speaks: a person of this site, or a guest by name."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120, blank=True)
    bio = models.CharField(max_length=400, blank=True)
    pictures = models.BooleanField(default=False, help_text="agreed to be seen in pictures of the event")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "name", "organisation_name"], name="workshop_speaker_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Item(OfWorkshop):
    """One line of the agenda."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="items")
    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="items")
    starts = models.TimeField()
    ends = models.TimeField()
    room = models.CharField(max_length=80, blank=True, help_text="or track; empty: for everybody")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in ITEM_KINDS])
    title = models.JSONField(default=dict)
    chair = models.CharField(max_length=80, blank=True)
    speakers = models.ManyToManyField(Speaker, related_name="items", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="workshop_item_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=ITEM_KINDS), name="workshop_item_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name.both()

    @property
    def name(self) -> Text:
        """The title in the languages that it has."""
        return Text.of(self.title)

    def starts_at(self) -> datetime:
        """When it begins."""
        return datetime.combine(self.day.on, self.starts, self.workshop.zone)

    def ends_at(self) -> datetime:
        """When it ends."""
        return datetime.combine(self.day.on, self.ends, self.workshop.zone)


class Material(OfWorkshop):
    """A file of an agenda item, for those who are registered."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="materials")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=120)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.title
