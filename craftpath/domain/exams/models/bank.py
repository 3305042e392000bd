"""Items, their versions, pictures, stimuli and tags."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.exams.scoping import bank_seen_by
from craftpath.domain.exams.states import ITEM
from craftpath.engines.scoring import Kind, Rule
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.text import Text

DIFFICULTIES = ("easy", "medium", "hard")


class Picture(Scoped):
    """A picture that items show, drawn anew from its pixels; kept once for each organisation."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="of the bytes that are kept")
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256"], name="picture_once")]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen."""
        return bank_seen_by(scope)


class Stimulus(Scoped):
    """A text or picture that several items refer to. Never altered: another wording is another stimulus."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=16)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "fingerprint"], name="stimulus_once")]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen."""
        return bank_seen_by(scope)


class Package(Scoped):
    """A file from outside that was looked at and may be taken in; its bytes are kept as evidence."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen."""
        return bank_seen_by(scope)


class Item(Scoped):
    """Something that is asked. What it says stands in its versions; here stands what it is for, and its state."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    state = models.CharField(max_length=12, default=ITEM.start, choices=ITEM.choices)
    newest = models.ForeignKey("exams.ItemVersion", on_delete=models.PROTECT, null=True, related_name="+")
    keyed = models.BooleanField(default=False, help_text="whether the newest version says what is right")
    words = models.TextField(
        blank=True, help_text="the newest stem without markup, small letters: for the search"
    )
    difficulty = models.CharField(max_length=8, blank=True, choices=[(one, one) for one in DIFFICULTIES])
    expected_p = models.DecimalField(
        max_digits=3, decimal_places=2, null=True, help_text="share of the points that is expected, 0–1"
    )
    seconds = models.PositiveIntegerField(null=True, help_text="time that it takes")
    exposure_limit = models.PositiveIntegerField(null=True, help_text="in how many papers it may stand")
    for_practice = models.BooleanField(
        default=False, help_text="apprentices practise with it, so no paper takes it"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ITEM.states), name="item_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="item_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(keyed=True), name="item_ready_only_with_key"
            ),
            models.CheckConstraint(
                condition=Q(difficulty__in=["", *DIFFICULTIES]), name="item_difficulty_known"
            ),
            models.CheckConstraint(
                condition=Q(expected_p__isnull=True) | Q(expected_p__gte=0, expected_p__lte=1),
                name="item_expected_p_is_a_share",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "-id"], name="item_of_bank"),
            models.Index(fields=["organisation", "kind", "-id"], name="item_of_kind"),
            models.Index(fields=["organisation"], condition=Q(for_practice=True), name="item_for_practice"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen."""
        return bank_seen_by(scope)


class ItemVersion(Scoped):
    """What an item says: never altered, only followed by the next. A paper refers to this row."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stem = models.JSONField(default=dict)
    details = models.JSONField(default=dict, help_text="by kind, see exams/content.py")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    rule = models.CharField(max_length=10, choices=[(rule.value, rule.value) for rule in Rule])
    explanation = models.JSONField(default=dict)
    stimulus = models.ForeignKey(Stimulus, on_delete=models.PROTECT, null=True, related_name="versions")
    fingerprint = models.CharField(max_length=16)
    source = models.CharField(max_length=120, blank=True, help_text="where it came from, such as a package")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="item_version_counted_from_one"),
            models.CheckConstraint(condition=Q(points__gt=0), name="item_version_has_points"),
        ]
        indexes = [models.Index(fields=["fingerprint"], name="item_version_by_content")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since a version never changes."""
        if self.pk is not None:
            raise TypeError("a version is never altered; write the next one")
        super().save(*args, **kwargs)

    @property
    def title(self) -> Text:
        """The stem in the languages that it has."""
        return Text.of(self.stem)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the items that one sees."""
        return bank_seen_by(scope, "item__")


class ItemOutcome(models.Model):
    """An item asks for an outcome of a programme."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.ForeignKey("programmes.Outcome", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "outcome"], name="item_outcome_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.outcome_id}"


class ItemSkill(models.Model):
    """An item asks for a core skill, by the key that it has in every version of its framework."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="skills")
    key = models.SlugField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="item_skill_once")]
        indexes = [models.Index(fields=["key"], name="item_skill_by_key")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.key}"


class Enemy(models.Model):
    """Two items that never stand in one paper; the smaller id first, so that a pair stands once."""

    first = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="enemy_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="enemy_smaller_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} × {self.second_id}"
