"""Stories and the versions that were handed in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.lookups import Exact
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import other_sides
from craftpath.domain.stories.states import FORMS, REACHES, STORY
from craftpath.kernel.access import around, memberships_on
from craftpath.kernel.consents import ConsentEvent
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

PURPOSE = "story"
"""For what the kernel asks the teller's consent."""
LANGUAGES = ("zh", "en")
LONGEST_NAME = 120
LONGEST_ABOUT = 160
LONGEST_REASON = 500


def shown() -> Q:
    """Stories that somebody besides those who make them may see: published, with a consent that still holds.

    Asked of the database each time, so that what a teller takes back is gone with the next page.
    """
    said = ConsentEvent.objects.filter(person=OuterRef("teller"), purpose=PURPOSE).order_by("-at", "-pk")
    holds = Q(Exact(Subquery(said.values("given")[:1]), Value(True))) & Q(
        Exact(Subquery(said.values("purpose_version")[:1]), Value(PURPOSES[PURPOSE].version))
    )
    return Q(state="published") & ~Q(reach="") & (Q(teller__isnull=True) | holds)


class Story(Scoped):
    """What a master tells, in one language; `answers` are what is written, prompt → words.

    `reach` is how far the teller lets it be shown, and empty until somebody agreed or once it was taken back;
    `agreed_how` says how somebody without an account agreed. `thing` is a page of this site that the story leads to.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    teller = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME, help_text="of the teller, as it is shown")
    about = models.CharField(max_length=LONGEST_ABOUT, blank=True, help_text="trade and years")
    title = models.CharField(max_length=LONGEST_NAME)
    language = models.CharField(max_length=2, choices=[(one, one) for one in LANGUAGES], default="zh")
    form = models.CharField(max_length=8, choices=[(one, one) for one in FORMS], default=FORMS[0])
    answers = models.JSONField(default=dict)
    transcript = models.TextField(blank=True)
    recording = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    media_type = models.CharField(max_length=40, blank=True)
    picture = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    picture_words = models.CharField(max_length=LONGEST_ABOUT, blank=True, help_text="what the picture shows")
    occupation = models.ForeignKey(
        "occupations.Occupation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    skills = models.JSONField(default=list, help_text="keys of skills")
    thing = models.CharField(max_length=80, blank=True, help_text="an exercise, a unit …: a ref")
    state = models.CharField(max_length=12, default=STORY.start, choices=STORY.choices)
    reach = models.CharField(max_length=8, blank=True, choices=[(one, one) for one in REACHES])
    agreed_how = models.CharField(max_length=LONGEST_REASON, blank=True)
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    comments_open = models.BooleanField(default=True)
    because = models.CharField(
        max_length=LONGEST_REASON, blank=True, help_text="why it was given back or taken down"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    whose: ClassVar[tuple[str, ...]] = ("teller",)
    is_shown: bool
    """Whether others see it, as `queries.stories` has asked."""

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state", "-published_at"], name="story_on_the_wall")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STORY.states), name="story_state_known"),
            models.CheckConstraint(condition=Q(form__in=FORMS), name="story_form_known"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="story_language_known"),
            models.CheckConstraint(condition=Q(reach__in=("", *REACHES)), name="story_reach_known"),
            models.CheckConstraint(
                condition=~Q(state="published") | (~Q(reach="") & Q(published_at__isnull=False)),
                name="story_shown_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(picture__isnull=True) | ~Q(picture_words=""), name="story_picture_in_words"
            ),
            models.CheckConstraint(
                condition=Q(reach="") | Q(agreed_at__isnull=False), name="story_agreed_when"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("stories", "story", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """What is shown in one's organisations, one's own, and what an office sees below its seat.

        Whoever sees a row that is not shown has still to be asked whether they may read it (`rules.may_read`).
        """
        own = Q(teller=scope.person_id, teller__isnull=False) | Q(
            made_by=scope.person_id, made_by__isnull=False
        )
        return (
            own | below(scope, "organisation") | ((around(scope, "organisation") | _beside(scope)) & shown())
        )


def _beside(scope: Scope) -> Q:
    """Stories from the other side: of enterprises where a college's apprentices learn, and of that college for them."""
    mine = memberships_on(localdate()).filter(person=scope.person_id).order_by()
    hosts, colleges = other_sides(mine.values("organisation_id"))
    return Q(organisation__in=hosts) | Q(organisation__in=colleges)


class StoryVersion(models.Model):
    """How a story was when it was handed in; never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    objects: ClassVar[models.Manager[StoryVersion]] = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="story_version_once")]

    def __str__(self) -> str:
        return f"{self.story_id} v{self.number}"
