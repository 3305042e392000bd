"""Forums, and who follows them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import classes_of
from craftpath.domain.forums.owners import seen_with_owner
from craftpath.domain.forums.states import FORUM
from craftpath.domain.questions.rules import AUDIENCES, places_seen
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

__all__ = ["AUDIENCES", "LONGEST_ABOUT", "LONGEST_LINK", "LONGEST_PLACE", "LONGEST_TITLE", "MOST_WEEKS"]

LONGEST_TITLE = 80
LONGEST_ABOUT = 2000
LONGEST_PLACE = 120
LONGEST_LINK = 300
MOST_WEEKS = 26
MOST_MINUTES = 480


class Forum(Scoped):
    """A place where people meet in a rhythm and write in between.

    It is everybody's of a college or of a class, or it belongs to a thing (`of_kind`, `of_id`) which then says who sees
    it. `every` are the weeks between two meetings, 0 for no rhythm; `weekday` and `at` say when, `minutes` how long,
    `place` and `link` where. `threads`, `posts` and `last_at` are kept, so that no list counts.
    """

    whose: ClassVar[tuple[str, ...]] = ("host",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is opened once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    about = models.TextField(max_length=LONGEST_ABOUT, blank=True)
    host = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=8, choices=[(one, one) for one in AUDIENCES])
    cohort = models.ForeignKey(
        "apprenticeships.Cohort", on_delete=models.PROTECT, null=True, related_name="+"
    )
    of_kind = models.CharField(max_length=40, blank=True)
    of_id = models.CharField(max_length=40, blank=True)
    every = models.PositiveSmallIntegerField(default=0, help_text="weeks from one meeting to the next")
    weekday = models.PositiveSmallIntegerField(default=3, validators=[MaxValueValidator(6)])
    at = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    link = models.CharField(max_length=LONGEST_LINK, blank=True)
    state = models.CharField(max_length=10, default=FORUM.start, choices=FORUM.choices)
    made_at = models.DateTimeField()
    threads = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, help_text="when somebody last wrote")

    class Meta:
        indexes = [models.Index(fields=["of_kind", "of_id"], name="forum_of")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FORUM.states), name="forum_state_known"),
            models.CheckConstraint(condition=Q(audience__in=AUDIENCES), name="forum_audience_known"),
            models.CheckConstraint(
                condition=~Q(audience="cohort") | Q(cohort__isnull=False), name="forum_for_some_cohort"
            ),
            models.CheckConstraint(
                condition=Q(of_kind="", of_id="") | (~Q(of_kind="") & ~Q(of_id="")), name="forum_of_whole"
            ),
            models.CheckConstraint(
                condition=Q(every=0) | Q(every__lte=MOST_WEEKS, at__isnull=False), name="forum_rhythm_whole"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="forum_weekday_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that duties and lines of history keep."""
        return Ref("forums", "forum", self.public_id)

    @property
    def of(self) -> Ref | None:
        """What it belongs to, if it does."""
        return Ref.parse(f"{self.of_kind}/{self.of_id}") if self.of_kind else None

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """What is for everybody of the college of a class or for the class; the organisation's own; and by the owner.

        A forum of a thing is seen by those alone whom the thing lets see it.
        """
        seen = Q(audience="college", organisation__in=places_seen(scope).values("pk"))
        seen |= Q(audience="cohort", cohort__in=classes_of(scope).values("pk"))
        return Q(of_kind="") & (seen | below(scope, "organisation")) | seen_with_owner(scope)


def of_forums(scope: Scope, field: str) -> Q:
    """The condition that the forum in `field` is seen."""
    seen = Forum._base_manager.filter(Forum.seen_by(scope)).order_by()
    return Q(**{f"{field}__in": seen.values("pk")})


class Follow(models.Model):
    """Somebody wants to hear of a forum; `muted`: not in the morning. `seen_at` is when it was last looked at."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    muted = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Follow]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forum", "person"], name="forum_follow_once")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.forum_id}"
