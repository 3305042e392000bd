"""A bulletin with its blocks, its voices and its versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.bulletins.places import PLACES
from craftpath.domain.bulletins.states import BULLETIN, LANGUAGES, THEMES, VOICE
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_NAME = 80
LONGEST_REASON = 300
PURPOSE = "bulletin_voice"


class Bulletin(Scoped):
    """A number of an organisation's bulletin, or of a pilot that it looks after, for a period (both days included)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is begun once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pilot = models.ForeignKey("pilots.Pilot", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(help_text="the last day that it tells of")
    language = models.CharField(max_length=4, choices=[(one, one) for one in LANGUAGES], default="both")
    theme = models.CharField(max_length=8, choices=[(one, one) for one in THEMES], default=THEMES[0])
    state = models.CharField(max_length=12, default=BULLETIN.start, choices=BULLETIN.choices)
    because = models.CharField(
        max_length=LONGEST_REASON, blank=True, help_text="why it was given back or withdrawn"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=~Q(state="discarded"),
                name="bulletin_number_once",
            ),
            models.CheckConstraint(condition=Q(state__in=BULLETIN.states), name="bulletin_state_known"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="bulletin_language_known"),
            models.CheckConstraint(condition=Q(theme__in=THEMES), name="bulletin_theme_known"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="bulletin_some_days"),
            models.CheckConstraint(
                condition=~Q(state__in=("published", "withdrawn")) | Q(published_at__isnull=False),
                name="bulletin_published_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(because="")),
                name="bulletin_withdrawn_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} no. {self.number}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("bulletins", "bulletin", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations; what is published is read by everybody at a door of its own."""
        return below(scope, "organisation")


class Block(models.Model):
    """What stands in one place; `revision` counts its changes, so that nobody writes over words that he has not read.

    Who wrote last is empty while it stands as it was composed: only that is composed anew.
    """

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="blocks")
    place = models.CharField(max_length=20, choices=[(place.key, place.key) for place in PLACES])
    content = models.JSONField(default=dict)
    picture = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Block]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "place"], name="bulletin_block_once"),
            models.CheckConstraint(
                condition=Q(place__in=[place.key for place in PLACES]), name="bulletin_place_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.place}"


class Voice(Scoped):
    """What somebody said, for one bulletin; shown only while that person agrees.

    With an account it is that person's own word and a consent to the purpose, too; anybody else answers by a link.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME, help_text="as it is shown")
    about = models.JSONField(default=dict, help_text="who that is, in both languages")
    words = models.JSONField(default=dict)
    placed = models.BooleanField(default=True, help_text="stands on the sheet, if agreed")
    state = models.CharField(max_length=12, default=VOICE.start, choices=VOICE.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VOICE.states), name="bulletin_voice_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(asked_at__isnull=False), name="bulletin_voice_asked_when"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "declined")) | Q(answered_at__isnull=False),
                name="bulletin_voice_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return f"voice {self.public_id}"

    @property
    def ref(self) -> Ref:
        """The pointer that duties keep."""
        return Ref("bulletins", "voice", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of the bulletins that one sees."""
        seen = Bulletin._base_manager.filter(Bulletin.seen_by(scope)).order_by()
        return Q(person=scope.person_id, person__isnull=False) | Q(bulletin__in=seen.values("pk"))


class BulletinVersion(models.Model):
    """The bulletin as it was handed in, with its figures as they stood then; never changed.

    Voices stand in it by their ids: what they say is read from their own rows.
    """

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, help_text="of the content in its canonical form")
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    objects: ClassVar[models.Manager[BulletinVersion]] = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "number"], name="bulletin_version_once")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} v{self.number}"
