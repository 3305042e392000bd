"""A resource, its versions, what people say of it, where it is used, and what it looks like."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.rules import classes_of
from craftpath.domain.partnership.queries import partner_places
from craftpath.domain.resources.states import (
    ALIKE_BY,
    KINDS,
    LANGUAGES,
    LICENCES,
    PAIR,
    REACHES,
    RESOURCE,
    VERSION,
    WIDE,
)
from craftpath.kernel.access import around
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

LONGEST_TITLE = 200
LONGEST_ABSTRACT = 2000
LONGEST_LINE = 200
LONGEST_LINK = 500
LONGEST_REASON = 500


class Resource(Scoped):
    """Something to teach or to learn with. `current` is the version that is offered.

    `guesses` hold what was read out of the file: field → {"value", "sure"}; they are gone once it is shared.
    `facets` are words by which the index tells it apart. `changed_at` is what catalogues are told; `listed_at` says
    since when it may be read by everybody, and stays when it may no longer, so that they are told that, too.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.JSONField(default=dict)
    abstract = models.JSONField(default=dict)
    kind = models.CharField(max_length=10, default=KINDS[0], choices=[(one, one) for one in KINDS])
    licence = models.CharField(max_length=10, blank=True, choices=[(one, one) for one in LICENCES])
    licence_words = models.CharField(
        max_length=LONGEST_LINE, blank=True, help_text="who gave leave, and for what"
    )
    authors = models.CharField(max_length=LONGEST_LINE, blank=True)
    occupation = models.ForeignKey(
        "occupations.Occupation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    skills = models.JSONField(default=list, help_text="keys of skills")
    outcomes = models.JSONField(default=list, help_text="Refs as text")
    stage = models.CharField(max_length=60, blank=True)
    area = models.CharField(max_length=60, blank=True, help_text="key of a learning area")
    language = models.CharField(max_length=5, default="zh", choices=[(one, one) for one in LANGUAGES])
    audience = models.CharField(max_length=LONGEST_LINE, blank=True)
    keywords = models.CharField(max_length=LONGEST_LINE, blank=True)
    reach = models.CharField(max_length=8, default="own", choices=[(one, one) for one in REACHES])
    state = models.CharField(max_length=9, default=RESOURCE.start, choices=RESOURCE.choices)
    current = models.OneToOneField(
        "resources.Version", on_delete=models.PROTECT, null=True, related_name="offered_by"
    )
    into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    origin = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="what it came in with")
    guesses = models.JSONField(default=dict)
    facets = models.JSONField(default=list)
    recommended_at = models.DateTimeField(null=True)
    recommended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-changed_at", "-id"], name="resource_newest_of"),
            models.Index(
                fields=["changed_at", "id"], condition=Q(listed_at__isnull=False), name="resource_listed"
            ),
            models.Index(fields=["-changed_at"], condition=Q(state="shared"), name="resource_shared"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RESOURCE.states), name="resource_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="resource_kind_known"),
            models.CheckConstraint(condition=Q(reach__in=REACHES), name="resource_reach_known"),
            models.CheckConstraint(condition=Q(licence__in=("", *LICENCES)), name="resource_licence_known"),
            models.CheckConstraint(
                condition=~Q(state="shared") | (~Q(licence="") & Q(current__isnull=False)),
                name="resource_shared_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", into__isnull=False) | (~Q(state="merged") & Q(into__isnull=True)),
                name="resource_merged_into",
            ),
            models.CheckConstraint(
                condition=~Q(reach="public") | ~Q(licence__in=("permitted", "reserved")),
                name="resource_public_by_right",
            ),
        ]

    def __str__(self) -> str:
        return f"resource {self.public_id}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("resources", "resource", self.public_id)

    @property
    def open_to_all(self) -> bool:
        """Whether everybody may read of it now, without an account."""
        return self.state == "shared" and self.reach == "public"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those around one's seat and of one's classes; those of partners and of others as far as they are shared."""
        classes = classes_of(scope).filter(organisation__path__startswith=OuterRef("organisation__path"))
        partners = Q(reach="partners", organisation__in=partner_places(scope, localdate()).values("pk"))
        # What was merged leads whoever used it to what was kept.
        shared = Q(state__in=("shared", "retired", "merged")) & (Q(reach__in=WIDE) | partners)
        return around(scope, "organisation") | Q(Exists(classes)) | shared


class Version(Scoped):
    """One file, or one address, of a resource, and what a worker read in it.

    `pages` is its text as far as it is looked through, a page each; `sketch` says how like another text it is.
    `refusal` is why it could not be read: {"reason", "facts"}.
    """

    whose: ClassVar[tuple[str, ...]] = ()

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    link = models.CharField(max_length=LONGEST_LINK, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    form = models.CharField(max_length=10, blank=True, help_text="pdf, docx, md …")
    length = models.PositiveIntegerField(default=0, help_text="pages, slides or sheets")
    seconds = models.PositiveIntegerField(default=0, help_text="of a recording")
    pages = models.JSONField(default=list)
    without_text = models.BooleanField(
        default=False, help_text="pictures of pages only, as a scanner makes them"
    )
    sketch = models.JSONField(default=list)
    link_key = models.CharField(max_length=64, blank=True, help_text="the same for all spellings of a link")
    words = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="what is new in it")
    state = models.CharField(max_length=8, default=VERSION.start, choices=VERSION.choices)
    refusal = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["link_key"], condition=~Q(link_key=""), name="resource_version_link"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="resource_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=VERSION.states), name="resource_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(link="") | Q(state="refused"),
                name="resource_version_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} v{self.number}"

    @property
    def ref(self) -> Ref:
        """The pointer that courses and lists keep: what was used stays what it was."""
        return Ref("resources", "version", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of resources that one sees."""
        return of_resources(scope)


class Band(models.Model):
    """A part of a version's sketch: versions that share some of them are worth comparing."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="bands", db_index=False)
    value = models.BigIntegerField()

    objects: ClassVar[models.Manager[Band]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["value"], name="resource_band_value"),
            models.Index(fields=["version"], name="resource_band_version"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.value}"


class TitleBand(models.Model):
    """A part of the sketch of a title: resources that share one are worth comparing."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+", db_index=False)
    value = models.BigIntegerField()

    objects: ClassVar[models.Manager[TitleBand]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["value"], name="resource_title_band_value"),
            models.Index(fields=["resource"], name="resource_title_band"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.value}"


class Pair(Scoped):
    """Two resources that look alike: `why`, and how much of their text or title is the same, in percent."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    first = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=5, default="text", choices=[(one, one) for one in ALIKE_BY])
    state = models.CharField(max_length=9, default=PAIR.start, choices=PAIR.choices)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-share"], condition=Q(state="open"), name="resource_pair_open")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="resource_pair_once"),
            models.CheckConstraint(condition=Q(state__in=PAIR.states), name="resource_pair_state_known"),
            models.CheckConstraint(condition=Q(why__in=ALIKE_BY), name="resource_pair_why_known"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="resource_pair_in_order"),
            models.CheckConstraint(condition=Q(share__lte=100), name="resource_pair_share"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of which one sees both."""
        return of_resources(scope, "first") & of_resources(scope, "second")


class Review(models.Model):
    """A second person has looked at a version: what of `CRITERIA` holds, and some words."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    holds = models.JSONField(default=list)
    words = models.CharField(max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Review]] = models.Manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="resource_review_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.version_id}"


class Star(models.Model):
    """How useful somebody found a resource, from one to five."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="stars")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Star]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "person"], name="resource_star_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="resource_star_of_five"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} of {self.person_id}"


class Use(Scoped):
    """Something of a noun above points at a version. `name` is what that was called when it was told."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="uses")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="uses")
    subject = models.CharField(max_length=120, db_index=True, help_text="a Ref as text: noun/kind/public id")
    name = models.JSONField(default=dict)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    seen = models.PositiveSmallIntegerField(
        default=0, help_text="the newest version of which somebody there said that the older one stays"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="resource_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} uses {self.version_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of resources that one sees; what uses them is named only to whoever sees that, too."""
        return of_resources(scope, "resource")


def of_resources(scope: Scope, field: str = "resource") -> Q:
    """The condition that the resource in `field` is one that the reader sees."""
    seen = Resource._base_manager.filter(Resource.seen_by(scope)).order_by()
    return Q(**{f"{field}__in": seen.values("pk")})
