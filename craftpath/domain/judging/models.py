"""Rubrics, practical assessments, who rates whose work, ratings, exhibits, and what the ratings came to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from craftpath.domain.apprenticeships.rules import cohorts_seen_by, enrolment_seen_by
from craftpath.domain.judging.states import PRACTICAL, RUBRIC
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

KINDS = ("task", "project", "contest", "job")
RATERS = ("mentor", "trainer", "master", "assessor", "peer", "self")
EXHIBITS = ("photo", "video", "drawing", "file")
LONGEST_TITLE, LONGEST_BRIEF, LONGEST_WORDS, LONGEST_REASON = 120, 2000, 500, 300


def rates(scope: Scope, prefix: str = "") -> Q:
    """The condition that the reader is the rater reached through `prefix`; a link counts at its giver's only."""
    own = Q(**{f"{prefix}person": scope.person_id})
    if not scope.within:
        return own
    near = Q(pk__in=[])
    for path in scope.within:
        near |= Q(**{f"{prefix}practical__organisation__path__startswith": path})
    return own & near


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Rubric(Scoped):
    """One version of a rubric, written whole; immutable from the moment it is used."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=16, default=new_public_id, help_text="the same for all its versions")
    version = models.PositiveSmallIntegerField(default=1)
    name = models.JSONField(default=dict)
    definition = models.JSONField()
    fingerprint = models.CharField(max_length=16)
    state = models.CharField(max_length=20, default=RUBRIC.start, choices=RUBRIC.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key", "version"], name="rubric_version_once"),
            models.CheckConstraint(condition=Q(state__in=RUBRIC.states), name="rubric_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} v{self.version}"

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("judging", "rubric", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """What one's organisation, one below or one above it keeps."""
        return below(scope, "organisation") | above(scope, "organisation")


class Practical(Scoped):
    """A piece of practical work that a cohort is judged at, for one item of the scheme that judges its stage.

    `rule` is the scheme's rule for this item at the time of planning: how several marks become one.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is planned once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(
        "evaluation.Evaluation", on_delete=models.PROTECT, related_name="practicals"
    )
    item = models.CharField(max_length=80, help_text="the item's key in the scheme")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="practicals")
    kind = models.CharField(max_length=10, choices=_known(KINDS))
    title = models.CharField(max_length=LONGEST_TITLE)
    brief = models.TextField(max_length=LONGEST_BRIEF, blank=True)
    due_on = models.DateField(help_text="the last day for ratings")
    rule = models.JSONField()
    state = models.CharField(max_length=20, default=PRACTICAL.start, choices=PRACTICAL.choices)
    because = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was cancelled")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PRACTICAL.states), name="practical_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="practical_kind_known"),
            models.UniqueConstraint(
                fields=["evaluation", "item"],
                condition=~Q(state="cancelled"),
                name="practical_once_an_item",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that marks keep."""
        return Ref("judging", "practical", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the cohorts that one sees, and those at which one rates."""
        mine = Rater._base_manager.filter(rates(scope), excused_at__isnull=True).order_by()
        return cohorts_seen_by(scope, "evaluation__cohort") | Q(pk__in=mine.values("practical_id"))


class Rater(Scoped):
    """Somebody who is asked to rate one apprentice's work; the first asked are the ordinary ones, later ones thirds.

    A `self` rating is kept apart: it is never in the mark.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    practical = models.ForeignKey(Practical, on_delete=models.PROTECT, related_name="raters")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=_known(RATERS))
    is_chair = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    excused_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    excused_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    excused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practical", "enrolment", "person"], name="rater_once"),
            models.UniqueConstraint(
                fields=["practical", "enrolment"],
                condition=Q(is_chair=True, excused_at__isnull=True),
                name="rater_one_chair",
            ),
            models.CheckConstraint(condition=Q(kind__in=RATERS), name="rater_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="self") | Q(is_chair=False), name="rater_self_never_chair"
            ),
            models.CheckConstraint(
                condition=Q(excused_at__isnull=True, excused_because="")
                | (Q(excused_at__isnull=False) & ~Q(excused_because="")),
                name="rater_excused_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["person", "practical"], name="rater_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.enrolment_id} at {self.practical_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of the apprentices whom one sees."""
        return rates(scope) | enrolment_seen_by(scope, "enrolment__")


class Rating(Scoped):
    """What one rater saw: a level for each criterion, or that it was not observed. Never altered, only superseded.

    `score` is of 100; none while nothing at all was observed, or where the rubric waits for what was not.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    rater = models.ForeignKey(Rater, on_delete=models.PROTECT, related_name="ratings")
    made_id = models.UUIDField()
    levels = models.JSONField()
    score = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    is_current = models.BooleanField(default=True)
    written_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rater", "made_id"], name="rating_made_once"),
            models.UniqueConstraint(
                fields=["rater"], condition=Q(is_current=True), name="rating_current_once"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100), name="rating_of_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rater_id} {self.score}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own; those of the apprentices whom one sees, but of oneself only once they are published."""
        published = Judgement._base_manager.filter(
            practical=OuterRef("rater__practical"), enrolment=OuterRef("rater__enrolment")
        )
        others = enrolment_seen_by(scope, "rater__enrolment__")
        of_me = Q(rater__enrolment__person=scope.person_id)
        return rates(scope, "rater__") | (others & (~of_me | Q(Exists(published))))


class Exhibit(Scoped):
    """A photo, video, drawing or file of the work, put there by the apprentice or by a rater."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    practical = models.ForeignKey(Practical, on_delete=models.PROTECT, related_name="exhibits")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    made_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=_known(EXHIBITS))
    media_type = models.CharField(max_length=80)
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST_TITLE, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practical", "enrolment", "made_id"], name="exhibit_made_once"),
            models.CheckConstraint(condition=Q(kind__in=EXHIBITS), name="exhibit_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees, and of those whom one rates."""
        mine = Rater._base_manager.filter(
            rates(scope),
            practical=OuterRef("practical"),
            enrolment=OuterRef("enrolment"),
            excused_at__isnull=True,
        )
        return enrolment_seen_by(scope, "enrolment__") | Q(Exists(mine))


class Judgement(Scoped):
    """What the ratings of one apprentice's work came to when it was published. Never altered, only followed.

    `ratings` holds all of them as they were: `[{"rating", "rater", "kind", "chair", "mark", "counted"}]`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    practical = models.ForeignKey(Practical, on_delete=models.PROTECT, related_name="judgements")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    mark = models.DecimalField(max_digits=7, decimal_places=4, help_text="of 100")
    score = models.DecimalField(max_digits=12, decimal_places=4, help_text="in the item's own points")
    gap = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    method = models.CharField(max_length=20)
    ratings = models.JSONField()
    reopened_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    reopened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practical", "enrolment", "number"], name="judgement_number_once"
            ),
            models.UniqueConstraint(
                fields=["practical", "enrolment"],
                condition=Q(reopened_at__isnull=True),
                name="judgement_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_because="")
                | (Q(reopened_at__gte=F("made_at")) & ~Q(reopened_because="")),
                name="judgement_reopened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.mark}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "enrolment__")
