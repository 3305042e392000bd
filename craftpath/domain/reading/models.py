"""Lists with their texts, steps and members; notes, and what each person has read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import classes_of
from craftpath.domain.questions.rules import AUDIENCES, places_seen
from craftpath.domain.reading.states import COPYABLE, LICENCES, LIST, RECORD
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_TITLE = 80
LONGEST_LINE = 200
LONGEST_ABOUT = 1000
LONGEST_BODY = 60_000
LONGEST_QUOTE = 600
LONGEST_NOTE = 2000
LONGEST_LINK = 300
MOST_PAGES = 5000
MOST_MINUTES = 60_000


class ReadingList(Scoped):
    """Texts to read together or alone, and what for; `keeper` leads it."""

    whose: ClassVar[tuple[str, ...]] = ("keeper",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is opened once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    about = models.TextField(max_length=LONGEST_ABOUT, blank=True, help_text="what it is read for")
    keeper = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=8, choices=[(one, one) for one in AUDIENCES])
    cohort = models.ForeignKey(
        "apprenticeships.Cohort", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, default=LIST.start, choices=LIST.choices)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LIST.states), name="reading_list_state_known"),
            models.CheckConstraint(condition=Q(audience__in=AUDIENCES), name="reading_list_audience_known"),
            models.CheckConstraint(
                condition=~Q(audience="cohort") | Q(cohort__isnull=False), name="reading_list_some_cohort"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that duties, lines of history and the forum of its club keep."""
        return Ref("reading", "list", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """What is for everybody of the college of a class or for the class, and the organisation's own."""
        seen = Q(audience="college", organisation__in=places_seen(scope).values("pk"))
        seen |= Q(audience="cohort", cohort__in=classes_of(scope).values("pk"))
        return seen | below(scope, "organisation")


class ReadingText(Scoped):
    """A text of a list, with its licence; `body` is there only where the licence lets it be copied.

    `step` and `until_on` say what of it is read until when.
    """

    whose: ClassVar[tuple[str, ...]] = ()

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    list = models.ForeignKey(ReadingList, on_delete=models.PROTECT, related_name="texts")
    title = models.CharField(max_length=LONGEST_TITLE)
    author = models.CharField(max_length=LONGEST_TITLE, blank=True)
    source = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="edition, where it is found")
    link = models.CharField(max_length=LONGEST_LINK, blank=True)
    body = models.TextField(max_length=LONGEST_BODY, blank=True, help_text="Markdown")
    licence = models.CharField(max_length=16, choices=[(one, one) for one in LICENCES])
    licence_words = models.CharField(max_length=LONGEST_LINE, blank=True)
    step = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="which part is read")
    until_on = models.DateField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["list", "until_on", "id"], name="reading_text_of_list")]
        constraints = [
            models.CheckConstraint(condition=Q(licence__in=LICENCES), name="reading_licence_known"),
            models.CheckConstraint(
                condition=Q(body="") | Q(licence__in=COPYABLE), name="reading_copied_by_right"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the lists that one sees."""
        return _of_lists(scope, "list")


class Member(models.Model):
    """Somebody reads along, and is invited when the club meets."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    objects: ClassVar[models.Manager[Member]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "person"], name="reading_member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} reads {self.list_id}"


class Note(models.Model):
    """What somebody thinks of a passage. It is read by nobody else; shared, it is a thread of the club as well."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    text = models.ForeignKey(ReadingText, on_delete=models.PROTECT, related_name="notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    quote = models.CharField(max_length=LONGEST_QUOTE, blank=True)
    words = models.TextField(max_length=LONGEST_NOTE)
    thread = models.ForeignKey("forums.Thread", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Note]] = models.Manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["text", "person"], name="reading_note_own")]

    def __str__(self) -> str:
        return f"note {self.public_id}"


class ReadingRecord(Scoped):
    """How far one person is with one text: pages, minutes and a sentence, by the person's own word until confirmed."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    text = models.ForeignKey(ReadingText, on_delete=models.PROTECT, related_name="records")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    sentence = models.CharField(max_length=LONGEST_LINE, blank=True)
    state = models.CharField(max_length=10, default=RECORD.start, choices=RECORD.choices)
    finished_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "person"], name="reading_record_once"),
            models.CheckConstraint(condition=Q(state__in=RECORD.states), name="reading_record_state_known"),
            models.CheckConstraint(
                condition=Q(state="reading") | Q(finished_at__isnull=False), name="reading_finished_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="reading_confirmed_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.text_id} {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, those of lists that one leads, and those of one's organisations."""
        return (
            Q(person=scope.person_id)
            | Q(text__list__keeper=scope.person_id, text__list__keeper__isnull=False)
            | below(scope, "text__list__organisation")
        )


def _of_lists(scope: Scope, field: str) -> Q:
    seen = ReadingList._base_manager.filter(ReadingList.seen_by(scope)).order_by()
    return Q(**{f"{field}__in": seen.values("pk")})
