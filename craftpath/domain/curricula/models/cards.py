"""The library: units among which the versions of an organisation's curricula choose."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.curricula.states import CARD
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

PLACES = ("workplace", "college", "online")
TRAINERS = ("trainer", "skilled_master", "enterprise_mentor", "entrepreneur")
"""The kinds of people who teach, as teaching teams name them."""


class UnitCard(Scoped):
    """A unit of the library. It belongs to no version: those copy it, so that editing it changes none of them.

    `skills` is skill key → how strongly the unit practises it, in percent; `prerequisites` are keys of other cards;
    `stages` are keys of the stages that it suits, none for any; `resources` are `{"words", "link"}`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    minutes = models.PositiveIntegerField()
    place = models.CharField(max_length=12, choices=[(place, place) for place in PLACES])
    bucket = models.SlugField(max_length=40)
    stages = models.JSONField(default=list)
    area = models.SlugField(max_length=60, blank=True)
    skills = models.JSONField(default=dict, help_text="skill key → percent, 1 to 100")
    prerequisites = models.JSONField(default=list, help_text="keys of cards")
    trainer = models.CharField(max_length=20, blank=True, choices=[(kind, kind) for kind in TRAINERS])
    room = models.CharField(max_length=120, blank=True)
    hazardous = models.BooleanField(default=False)
    resources = models.JSONField(default=list, help_text='[{"words", "link"}, …]')
    state = models.CharField(max_length=12, default=CARD.start, choices=CARD.choices)
    revision = models.PositiveIntegerField(default=1, help_text="counts changes")
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="card_key_once"),
            models.CheckConstraint(condition=Q(place__in=PLACES), name="card_place_known"),
            models.CheckConstraint(condition=Q(trainer__in=("", *TRAINERS)), name="card_trainer_known"),
            models.CheckConstraint(condition=Q(state__in=CARD.states), name="card_state_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("curricula", "card", self.public_id)

    @property
    def strengths(self) -> dict[str, float]:
        """skill key → how strongly it is practised, 0 to 1."""
        return {key: percent / 100 for key, percent in self.skills.items()}

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The library of one's organisations, and of those above them."""
        return below(scope, "organisation") | above(scope, "organisation")


class CardOutcome(models.Model):
    """What somebody can do after the unit; `tasks` are pointers to tasks of an occupation, or words."""

    card = models.ForeignKey(UnitCard, on_delete=models.CASCADE, related_name="outcomes")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    skills = models.JSONField(default=list, help_text="keys of skills")
    area = models.SlugField(max_length=60, blank=True)
    tasks = models.JSONField(default=list, help_text='[{"ref", "words"}, …]')

    objects: ClassVar[models.Manager[CardOutcome]] = models.Manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["card", "key"], name="card_outcome_key_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)
