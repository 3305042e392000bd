"""Surveys, who is asked, and what was answered; anonymous answers are tied to nothing but their survey."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.surveys.questions import ROLES, Question, read
from craftpath.domain.surveys.states import SURVEY
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

GROUPS = ("role", "occupation", "stage", "site", "organisation")
"""What can be kept of a respondent beside the answers, in the order in which it is kept rather than given up."""
OTHER = "other"
FEWEST = 5
"""People whom a combination of groups has at least, and answers below which nothing is shown."""
POINTS = (2, 10)
LONGEST_WORDS = 2000


def random_place() -> int:
    """A place among the rows that tells nothing of when a row was written."""
    return secrets.randbits(62) + 1


def new_door() -> str:
    """What stands in the address of an open link: 18 random bytes, kept readable since it is printed and shown."""
    return secrets.token_urlsafe(18)


class Survey(Scoped):
    """One wave of one questionnaire; once opened its questions, its groups and its promise never change.

    `series` is shared by all waves. `cells` are the combinations of groups that are kept, fixed at the opening:
    [{"at": [value of each group], "invited": n, "population": n}]; in a sample each answer of a combination stands for
    population / invited people.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=16, default=new_public_id)
    wave = models.PositiveSmallIntegerField(default=1)
    instrument = models.SlugField(max_length=40, blank=True, help_text="of the bank, if it came from there")
    months = models.PositiveSmallIntegerField(null=True, help_text="of a tracer: months since the end")
    title = models.JSONField(default=dict)
    intro = models.JSONField(default=dict)
    questions = models.JSONField(default=list, help_text="as `questions.py` reads them")
    points = models.PositiveSmallIntegerField(default=5, help_text="of every scale in it")
    anonymous = models.BooleanField(default=True)
    audience = models.JSONField(
        default=dict, help_text="{roles, cohorts, stages, outsiders}, as a door reads it"
    )
    groups = models.JSONField(default=list, help_text="of GROUPS, what is kept with an answer")
    sampling = models.JSONField(default=dict, help_text="{size or percent, least, seed}; empty: everybody")
    group_names = models.JSONField(default=dict, help_text="{group: {value: text}}")
    cells = models.JSONField(default=list)
    door = models.CharField(
        max_length=40, unique=True, null=True, help_text="of the open link, if there is one"
    )
    state = models.CharField(max_length=12, default=SURVEY.start, choices=SURVEY.choices)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True, help_text="the last day")
    summary = models.JSONField(default=dict, help_text="what those asked are told with the results")
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "wave"], condition=~Q(state="discarded"), name="survey_wave_once"
            ),
            models.CheckConstraint(condition=Q(state__in=SURVEY.states), name="survey_state_known"),
            models.CheckConstraint(condition=Q(points__range=POINTS), name="survey_points_in_range"),
            models.CheckConstraint(condition=Q(wave__gte=1), name="survey_wave_counted"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__gte=F("opens_on")), name="survey_some_days"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "discarded"))
                | Q(opened_at__isnull=False, closes_on__isnull=False),
                name="survey_opened_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name.both()} {self.wave}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("surveys", "survey", self.public_id)

    @property
    def name(self) -> Text:
        """The title in the languages that it has."""
        return Text.of(self.title)

    @property
    def asked_for(self) -> list[Question]:
        """Its questions as values."""
        return read(self.questions)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, and those in which one is asked."""
        mine = Asked._base_manager.filter(person=scope.person_id, person__isnull=False).order_by()
        return below(scope, "organisation") | Q(pk__in=mine.values("survey_id"))


class Asked(Scoped):
    """Somebody who is asked, by account or by a personal link; only *whether* there is an answer is kept, not when.

    `groups` are those kept with the answer, made coarse at the opening: what the respondent reads beforehand is
    what stands here.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="asked")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True, help_text="of somebody without an account")
    contact = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=12, choices=[(role, role) for role in ROLES])
    groups = models.JSONField(default=dict)
    answered = models.BooleanField(default=False)

    whose: ClassVar = ("person",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"], condition=Q(person__isnull=False), name="asked_once"
            ),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="asked_role_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
                name="asked_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or self.name} in {self.survey_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of one's organisations' surveys."""
        return Q(person=scope.person_id, person__isnull=False) | below(scope, "survey__organisation")


class Answer(models.Model):
    """What one respondent said, of an anonymous survey: no person, no invitation, no device, no moment.

    The id is drawn at random: in SQLite it is the row's place in the file (an automatic key alone is), and in both
    databases ascending ids would tell the order in which people came. `mixing.py` does the rest.
    """

    id = models.BigAutoField(primary_key=True, default=random_place)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    groups = models.JSONField(default=dict, help_text="{group: value}, as coarse as the respondent was told")
    said = models.JSONField(default=dict, help_text="{key of a question: as `questions.py` says}")

    objects: ClassVar[models.Manager[Answer]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["survey", "id"], name="answer_anywhere")]

    def __str__(self) -> str:
        return f"answer in {self.survey_id}"


class NamedAnswer(models.Model):
    """The same where the survey said beforehand that names are kept."""

    asked = models.OneToOneField(Asked, on_delete=models.PROTECT, related_name="answer")
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="named_answers")
    groups = models.JSONField(default=dict)
    said = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[NamedAnswer]] = models.Manager()

    def __str__(self) -> str:
        return f"named answer in {self.survey_id}"


class Ticket(models.Model):
    """That a device has answered by the open link: a hash of what the device was given, and no way to the answer."""

    id = models.BigAutoField(primary_key=True, default=random_place)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="tickets")
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Ticket]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "digest"], name="ticket_once")]

    def __str__(self) -> str:
        return f"ticket in {self.survey_id}"
