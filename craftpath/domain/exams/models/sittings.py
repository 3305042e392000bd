"""Sittings, candidates, what they answered and what markers gave."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import cohorts_seen_by, enrolment_seen_by
from craftpath.domain.exams.models.papers import LONGEST_TITLE, Paper, PaperLine
from craftpath.domain.exams.states import SITTING
from craftpath.domain.exams.terms import COUNTS, SITS_AGAIN
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

LONGEST_REASON, LONGEST_WORDS = 300, 500
HANDED_IN = ("candidate", "bell", "paper")
GAP_IN = ("percent", "points")
THIRDS = ("nearer", "alone", "median")


def new_seed() -> str:
    """What the essays of a sitting are drawn and named by; shown to nobody who marks."""
    return secrets.token_hex(16)


class Sitting(Scoped):
    """A cohort answers a paper, or parallel forms of it, in a room at a time, on the server's clock.

    Nobody begins later than `late_minutes` after its start. `essay_raters` is how many mark each essay; where it is
    one, a second marks `essay_sample` percent of them. Two marks further apart than `essay_gap` (none: any) ask for
    a third marker, and `essay_third` says what the third mark does. A re-sit
    names the first sitting as `again_of`, and the terms of that one hold: how many re-sits, for whom, what counts.
    `published_in` and `published_item` say where its marks went: an evaluation's public id, an item's key.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is planned once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="sittings")
    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, related_name="sittings", help_text="the first of its forms"
    )
    place = models.CharField(max_length=LONGEST_TITLE, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    late_minutes = models.PositiveSmallIntegerField()
    essay_raters = models.PositiveSmallIntegerField(default=1)
    essay_sample = models.PositiveSmallIntegerField(default=0)
    essay_gap = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    essay_gap_in = models.CharField(
        max_length=8,
        default="percent",
        choices=[(one, one) for one in GAP_IN],
        help_text="of the essay's points",
    )
    essay_third = models.CharField(max_length=8, default="nearer", choices=[(one, one) for one in THIRDS])
    essay_seed = models.CharField(max_length=32, default=new_seed, editable=False)
    shuffled = models.BooleanField(default=False, help_text="each candidate has an own order of questions")
    on_paper = models.BooleanField(
        default=False, help_text="answered on printed sheets, which are keyed afterwards"
    )
    same_keyer = models.BooleanField(
        default=False, help_text="one person may key the second time too, once everything was keyed once"
    )
    state = models.CharField(max_length=12, default=SITTING.start, choices=SITTING.choices)
    because = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was cancelled")
    closed_at = models.DateTimeField(null=True)
    moved_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    changed_at = models.DateTimeField(null=True, help_text="when its plan changed last")
    sequence = models.PositiveSmallIntegerField(default=0, help_text="how often its plan has changed")
    again_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="resits")
    pass_percent = models.DecimalField(max_digits=5, decimal_places=2, default=60, help_text="of all points")
    most_resits = models.PositiveSmallIntegerField(default=1, help_text="of one candidate")
    resit_for = models.CharField(max_length=8, default="excused", choices=[(one, one) for one in SITS_AGAIN])
    resit_counts = models.CharField(max_length=8, default="best", choices=[(one, one) for one in COUNTS])
    appeal_days = models.PositiveSmallIntegerField(default=14, help_text="0: there is no appeal")
    show_answers = models.BooleanField(
        default=False, help_text="candidates see the own answers and what is right"
    )
    published_at = models.DateTimeField(null=True, help_text="when its marks were first recorded")
    published_in = models.CharField(max_length=16, blank=True)
    published_item = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SITTING.states), name="sitting_state_known"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="sitting_minutes"),
            models.CheckConstraint(
                condition=Q(essay_raters__gte=1, essay_raters__lte=2), name="sitting_essay_raters"
            ),
            models.CheckConstraint(
                condition=Q(essay_sample=0) | Q(essay_sample__lte=99, essay_raters=1),
                name="sitting_essay_sample",
            ),
            models.CheckConstraint(
                condition=Q(essay_gap__isnull=True) | Q(essay_gap__gte=0), name="sitting_essay_gap"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="sitting_closed_with_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    pass_percent__gte=0, pass_percent__lte=100, most_resits__lte=9, appeal_days__lte=365
                )
                & Q(resit_for__in=SITS_AGAIN, resit_counts__in=COUNTS),
                name="sitting_terms_known",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_in="", published_item="")
                | (
                    Q(published_at__isnull=False, state="closed")
                    & ~Q(published_in="")
                    & ~Q(published_item="")
                ),
                name="sitting_published_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "-starts_at"], name="sitting_of_cohort")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that marks keep."""
        return Ref("exams", "sitting", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the cohorts that one sees."""
        return cohorts_seen_by(scope, "cohort")


class Candidate(Scoped):
    """One apprentice at a sitting: which form, seat, code (its digest), extra time, when begun and handed in.

    `grip` counts from which device it is answered: a code that is given again takes it over. `on_paper` says that
    the answers stand on a printed sheet: from the beginning, or since a device failed. At a re-sit, `first`
    is the first sitting and `attempt` the number of this candidate's re-sit; at that one itself it is 0.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="candidates")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=12, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    large_print = models.BooleanField(default=False)
    on_paper = models.BooleanField(default=False)
    code_digest = models.CharField(max_length=64, unique=True, null=True)
    grip = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.CharField(max_length=10, blank=True, choices=[(one, one) for one in HANDED_IN])
    first = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=0)
    excused_because = models.CharField(
        max_length=LONGEST_REASON, blank=True, help_text="why absent with reason"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "enrolment"], name="candidate_once"),
            models.UniqueConstraint(
                fields=["first", "enrolment", "attempt"],
                condition=Q(first__isnull=False),
                name="candidate_attempt_once",
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True, attempt=0) | Q(first__isnull=False, attempt__gte=1),
                name="candidate_attempt_counted",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, ends_at__isnull=True)
                | Q(started_at__isnull=False, ends_at__gt=F("started_at")),
                name="candidate_has_time",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True, handed_in_by="")
                | (Q(handed_in_at__isnull=False, started_at__isnull=False) & ~Q(handed_in_by="")),
                name="candidate_handed_in_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} at {self.sitting_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "enrolment__")


class Answer(Scoped):
    """What a candidate has given to one line: the newest that the device said, by its count."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="answers")
    line = models.ForeignKey(PaperLine, on_delete=models.PROTECT, related_name="+")
    given = models.JSONField(null=True)
    count = models.PositiveIntegerField(help_text="the device's own count: a later one never gives way")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "line"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.line_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "candidate__enrolment__")


class EssayMark(Scoped):
    """What one marker gave to one essay, without knowing whose it is or what another gave. Superseded, never altered.

    `place` is 1 for the first mark, 2 for the second and 3 for that of a third marker; `returned` names the word by
    which it was sent back.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="essay_marks")
    line = models.ForeignKey(PaperLine, on_delete=models.PROTECT, related_name="+")
    marker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=1)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    marked_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    returned = models.ForeignKey(
        "exams.EssayReturn", on_delete=models.PROTECT, null=True, related_name="marks"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "line", "marker"],
                condition=Q(superseded_at__isnull=True),
                name="essay_marker_once",
            ),
            models.UniqueConstraint(
                fields=["candidate", "line", "place"],
                condition=Q(superseded_at__isnull=True),
                name="essay_place_once",
            ),
            models.CheckConstraint(condition=Q(points__gte=0), name="essay_mark_not_negative"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=3), name="essay_mark_place"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.line_id} {self.points}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "candidate__enrolment__")
