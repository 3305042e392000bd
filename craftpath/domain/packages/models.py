"""Packages, and how far somebody is in one of their parts."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from craftpath.domain.apprenticeships.rules import apprentices_seen_by, classes_of
from craftpath.domain.packages.states import ATTEMPTS, KINDS, MODES, PACKAGE
from craftpath.kernel.access import around
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_TITLE = 200
LONGEST_KEY = 8


class Package(Scoped):
    """A package as it was uploaded, and what was found in it.

    `entries` are the lines of its table of contents, in order: {"key", "title", "depth"}, and for a part that can be
    opened {"file", "tail", "reports", …}; a chapter has no key. Those of cmi5 hold what their makers wrote: {"id",
    "move_on", "mastery", …}, and a chapter of it {"id", "block"}. `notes` are its faults and remarks, each (place, what
    stands there, code, facts). `refusal` is why it was not taken: {"reason", "facts"}.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, blank=True, choices=[(one, one) for one in KINDS])
    version = models.CharField(max_length=20, blank=True, help_text="of the standard, as the package says")
    title = models.JSONField(default=dict)
    course_id = models.TextField(
        blank=True, default="", help_text="the IRI that its makers gave a cmi5 course"
    )
    entries = models.JSONField(default=list)
    notes = models.JSONField(default=dict)
    plays = models.BooleanField(default=False, help_text="whether it can be played here")
    files = models.PositiveIntegerField(default=0)
    unpacked = models.PositiveBigIntegerField(default=0, help_text="bytes")
    skills = models.JSONField(default=list, help_text="keys of skills")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=PACKAGE.start, choices=PACKAGE.choices)
    refusal = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="package_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("", *KINDS)), name="package_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=("reading", "refused")) | (~Q(kind="") & Q(file__isnull=False)),
                name="package_ready_with_file",
            ),
        ]

    def __str__(self) -> str:
        return f"package {self.public_id}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("packages", "package", self.public_id)

    @property
    def parts(self) -> dict[str, dict[str, Any]]:
        """The entries that can be opened, by key."""
        return {one["key"]: one for one in self.entries if one.get("key")}

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those around one's seat, and those that serve the classes in which one learns or works with somebody."""
        classes = classes_of(scope).filter(organisation__path__startswith=OuterRef("organisation__path"))
        return around(scope, "organisation") | Q(Exists(classes))


class Attempt(Scoped):
    """Somebody in one part of a package: what the package says, and what it keeps to go on from.

    `launch` names the page that saved last, `revision` counts what was saved: a page that saves by an older count than
    the row has is behind, and is told so. `score` is from -1 to 1. `ended_at` is when the package was done with it.
    """

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="attempts", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.CharField(max_length=LONGEST_KEY)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=ATTEMPTS[0], choices=[(one, one) for one in ATTEMPTS])
    score = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    seconds = models.PositiveIntegerField(default=0, help_text="as the package counts them")
    data = models.JSONField(default=dict)
    launch = models.UUIDField()
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["package", "person", "entry", "number"], name="attempt_once"),
            models.CheckConstraint(condition=Q(state__in=ATTEMPTS), name="attempt_state_known"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=-1, score__lte=1), name="attempt_score_scaled"
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, those in packages of organisations below one's seat, and those of apprentices whom one sees."""
        own = Q(person=scope.person_id) | below(scope, "package__organisation")
        return own | apprentices_seen_by(scope, "person")


class Registration(Scoped):
    """Somebody in a whole cmi5 course: what was said of its units there, and what is satisfied by that.

    `said` are the verbs by the key of a unit; `satisfied` the keys of blocks, "" for the course itself.
    """

    whose: ClassVar[tuple[str, ...]] = ("person",)

    registration = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField(default=dict)
    satisfied = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["package", "person"], name="registration_once")]

    def __str__(self) -> str:
        return f"registration {self.registration}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As attempts are: one's own, those in one's packages, those of apprentices whom one sees."""
        own = Q(person=scope.person_id) | below(scope, "package__organisation")
        return own | apprentices_seen_by(scope, "person")


class UnitSession(Scoped):
    """One launch of a unit. Its token is given out once, serves until the session ends, and only hashes are kept.

    `address` is where the unit begins, without what is put behind it for the launch; `said` are the verbs of this
    session. `seconds` are counted by the unit.
    """

    whose: ClassVar[tuple[str, ...]] = ("registration__person",)

    session = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="sessions")
    entry = models.CharField(max_length=LONGEST_KEY)
    mode = models.CharField(max_length=6, choices=[(one, one) for one in MODES])
    address = models.TextField()
    fetch_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, blank=True)
    said = models.JSONField(default=list)
    seconds = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    data_read_at = models.DateTimeField(null=True)
    preferences_read_at = models.DateTimeField(null=True)
    initialized_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    abandoned = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["begun_at"], name="unit_session_open", condition=Q(ended_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=MODES), name="unit_session_mode_known"),
            models.CheckConstraint(
                condition=Q(abandoned=False) | Q(ended_at__isnull=False),
                name="unit_session_abandoned_is_over",
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.session}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the registrations that one sees."""
        own = Q(registration__person=scope.person_id) | below(scope, "registration__package__organisation")
        return own | apprentices_seen_by(scope, "registration__person")
