"""Profiles, rounds, who takes part, what is marked and wished for, and what was proposed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.matching.states import ROUND
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

KINDS = ("master_apprentice", "college_tutor", "layered", "mutual", "red_white")
AMONG_EQUALS = frozenset({"mutual"})
METHODS = ("worth", "stated")
CRITERIA = ("occupation", "site", "shift", "language", "goals", "wishes", "results", "continuity")
FAIRNESS = "fairness"
HEAVIEST = 5
SIDES = ("teaches", "learns", "both")
MARKS = ("pin", "forbid")
SHIFTS = ("day", "early", "late", "night", "rotating")
LANGUAGES = (
    "zh",
    "yue",
    "wuu",
    "nan",
    "bo",
    "ug",
    "mn",
    "za",
    "ii",
    "en",
    "de",
    "fr",
    "ru",
    "ja",
    "ko",
    "vi",
)
MOST_WORDS = 8
LONGEST_WORD = 40
MOST_WISHES = 5
MOST_TEACHERS = 200
MOST_LEARNERS = 500
MOST_PROPOSALS = 12
MOST_LEVELS = 8
FARTHEST = 600
LONGEST_REASON = 300


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Profile(Scoped):
    """What counts of somebody when pairs are looked for; kept by whoever it is about, or by the office."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    teaches = models.JSONField(default=list, help_text="what somebody can teach, each in a few words")
    wants = models.JSONField(default=list, help_text="what somebody wants to learn, each in a few words")
    shift = models.CharField(max_length=12, blank=True, choices=_known(SHIFTS))
    languages = models.JSONField(default=list, help_text="codes, the one that is spoken best first")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(shift__in=("", *SHIFTS)), name="profile_shift_known")
        ]

    def __str__(self) -> str:
        return f"profile of {self.person_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of one's organisations."""
        return below(scope, "organisation") | Q(person=scope.person_id)


class TravelTime(Scoped):
    """Minutes between two places, the same there and back; kept by an office for its own rounds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "one", "other"], name="travel_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="travel_written_one_way"),
            models.CheckConstraint(condition=Q(minutes__lte=FARTHEST), name="travel_within_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}: {self.minutes}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")


class Round(Scoped):
    """People of whom an office makes pairs of one kind, for the same days, by what it holds important.

    `shares` are those of the teachers of each learner in thousandths, the responsible one first. With `keep`, pairs
    that stand are changed as little as may be. `leaving` is the teacher for whom the round looks for others.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=_known(KINDS))
    method = models.CharField(max_length=8, default="worth", choices=_known(METHODS))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the first day without the pairs")
    shares = models.JSONField(default=list)
    keep = models.BooleanField(default=False)
    leaving = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    weights = models.JSONField(default=dict, help_text="criterion → 0 to 5")
    seed = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, default=ROUND.start, choices=ROUND.choices)
    answers_until = models.DateField(null=True, help_text="the last day for preferences")
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    made_id = models.CharField(max_length=36, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="round_kind_known"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="round_method_known"),
            models.CheckConstraint(condition=Q(state__in=ROUND.states), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="round_some_days"
            ),
            models.CheckConstraint(
                condition=~Q(state="asking") | Q(answers_until__isnull=False), name="round_asks_until"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "asking"), ended_at__isnull=True)
                | Q(state__in=("published", "dropped"), ended_at__isnull=False),
                name="round_ended_with_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "made_id"], condition=~Q(made_id=""), name="round_made_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Its office; and, while it asks, whoever takes part."""
        mine = Seat._base_manager.filter(person=scope.person_id).order_by().values("round_id")
        return below(scope, "organisation") | Q(pk__in=mine, state="asking")

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("matching", "round", self.public_id)


class Seat(models.Model):
    """One person in a round, on one side. `most` limits how many a teacher gets in it, `level` orders a chain."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=_known(SIDES))
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    most = models.PositiveSmallIntegerField(null=True)
    level = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=SIDES), name="seat_side_known"),
            models.UniqueConstraint(fields=["round", "person", "side"], name="seat_once_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.side}"


class Mark(models.Model):
    """Two people whom the office pins to each other or keeps apart, whatever they are worth together."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="marks")
    teacher = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    learner = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=8, choices=_known(MARKS))
    because = models.CharField(max_length=LONGEST_REASON, blank=True)

    whose: ClassVar = ("learner__person", "teacher__person")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mark__in=MARKS), name="mark_known"),
            models.CheckConstraint(condition=~Q(teacher=F("learner")), name="mark_of_two"),
            models.UniqueConstraint(fields=["teacher", "learner"], name="mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.teacher_id} {self.learner_id}"


class Preference(Scoped):
    """Whom somebody in a round would like, the first with rank 1. The other side never hears of it."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="preferences")
    wanted = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    whose: ClassVar = ("seat__person",)  # and not who is wanted

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rank__range=(1, MOST_WISHES)), name="preference_rank_in_range"
            ),
            models.CheckConstraint(condition=~Q(seat=F("wanted")), name="preference_of_another"),
            models.UniqueConstraint(fields=["seat", "wanted"], name="preference_once"),
            models.UniqueConstraint(fields=["seat", "rank"], name="preference_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.rank}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and the round's office."""
        return below(scope, "seat__round__organisation") | Q(seat__person=scope.person_id)


class Proposal(models.Model):
    """What the engine found for a round as it was: `digest` names everything that it looked at.

    `total` is the sum of the worths of its pairs, `bound` what no plan with as many pairs exceeds; `most` is what all
    would be worth if each were perfect.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    weights = models.JSONField()
    keep = models.BooleanField()
    method = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    total = models.BigIntegerField()
    bound = models.BigIntegerField(null=True)
    most = models.BigIntegerField()
    without = models.PositiveIntegerField(help_text="needs that are not met")
    changed = models.PositiveIntegerField(help_text="pairs that stand and would not go on")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="proposal_number_once")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number}"


class ProposedPair(models.Model):
    """One arrow of a proposal: worth in units of weight, and the points of each criterion (None: not known).

    Arrows of one `group` become one pair.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="pairs")
    teacher = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    learner = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    group = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField()
    worth = models.PositiveIntegerField()
    points = models.JSONField()
    subject = models.CharField(max_length=120, blank=True)
    subject_back = models.CharField(
        max_length=120, blank=True, help_text="what the learner teaches in return"
    )

    whose: ClassVar = ("learner__person", "teacher__person")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "teacher", "learner"], name="proposed_once")
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} → {self.learner_id}"
