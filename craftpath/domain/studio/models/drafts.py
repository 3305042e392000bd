"""Draft occupations, who drafts along, their versions, and what members say about these."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from craftpath.domain.studio.states import VERSION
from craftpath.kernel.access import memberships_on
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

LONGEST_NAME = 120
LONGEST_WORDS = 2000


class Draft(Scoped):
    """A new occupation on its way: begun by an office, together with members.

    `origin` says in plain data what it grew from: kind, name, place, version and licence as they were then.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is begun once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.JSONField(default=dict)
    origin = models.JSONField(default=dict)
    taken_from = models.ForeignKey(
        "studio.Project", on_delete=models.PROTECT, null=True, related_name="taken"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("studio", "draft", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's office and below it, and those that one's organisations draft along."""
        mine = memberships_on(localdate()).filter(person=scope.person_id).order_by()
        along = DraftMember.objects.filter(
            below(scope, "organisation") | Q(organisation__in=mine.values("organisation_id"))
        )
        own = Q(organisation__in=mine.values("organisation_id"))
        return below(scope, "organisation") | own | Q(pk__in=along.order_by().values("draft_id"))


class DraftMember(models.Model):
    """An organisation that drafts along: its people read, comment, and may be asked to decide."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    objects: ClassVar[models.Manager[DraftMember]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "organisation"], name="draft_member_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.draft_id}"


def members_of(draft: Draft) -> list[Organisation]:
    """The organisations that draft along, in the order in which they joined; one query."""
    return [row.organisation for row in draft.members.select_related("organisation")]


class DraftVersion(models.Model):
    """What a draft occupation says: one version is written at a time, and a proposed one stays as it is.

    `content` as `content.Content`; `sha256` of it from the moment it is proposed. `decision` says in plain data who
    decided, on which day, with how many votes; `motion` is a Ref to what a committee votes on here.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=VERSION.start, choices=VERSION.choices)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0, help_text="counts what was written")
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="what is new, or why it was begun")
    decision = models.JSONField(default=dict)
    motion = models.CharField(max_length=80, blank=True, help_text="a ref")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[DraftVersion]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_version_number_once"),
            models.UniqueConstraint(
                fields=["draft"], condition=Q(state="writing"), name="draft_version_one_written"
            ),
            models.CheckConstraint(condition=Q(state__in=VERSION.states), name="draft_version_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=("proposed", "voting", "adopted", "rejected", "published"))
                | (~Q(sha256="") & Q(proposed_at__isnull=False)),
                name="draft_version_proposed_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("adopted", "rejected", "published")) | Q(decided_at__isnull=False),
                name="draft_version_decided_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} v{self.number}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("studio", "version", self.public_id)


class Comment(models.Model):
    """What somebody of the office or of a member says about a version."""

    made_id = models.UUIDField(unique=True)
    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST_WORDS)
    at = models.DateTimeField()

    whose: ClassVar[tuple[str, ...]] = ("person",)

    objects: ClassVar[models.Manager[Comment]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"comment {self.pk}"
