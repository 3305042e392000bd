"""Frameworks, the skills in them as a tree, and which skills of two frameworks say the same."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from craftpath.domain.standards.states import FRAMEWORK
from craftpath.kernel.access import Membership
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import NOBODY, STEP, Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

AUDIENCES = ("site", "own")
"""Who reads a published framework: everybody on this site, or the organisation that keeps it and those around it."""
WORDINGS = ("own", "source")
"""Whose words the definitions are: ours, or the publisher's."""
LEVELS_BY = ("", "own", "source")
"""Whose scale of levels it is; empty: there is none."""
KINDS = ("domain", "skill")
FIRST = "1".zfill(STEP)
"""The place of the organisation with which the site was opened: it looks after what is shared. Others may stand beside
it in the tree without anybody above them."""
MATCHES = ("exact", "broader", "narrower", "related")
STRENGTHS = (1, 2, 3)


def known(values: Any) -> list[tuple[Any, str]]:
    """Choices of a column whose labels stand in the texts."""
    return [(value, str(value)) for value in values]


def around(scope: Scope) -> Q:
    """Rows of the organisations of a reader: below, above, and where the reader is a member or the body above it."""
    today = localdate()
    near = below(scope, "organisation") | above(scope, "organisation")
    if scope.person_id == NOBODY:
        return near
    held = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        person_id=scope.person_id,
        organisation__path__startswith=OuterRef("organisation__path"),
    )
    return near | (Q(Exists(held)) & Q(organisation__isnull=False))


class Framework(Scoped):
    """A published list of skills, in one version. `organisation` None: it serves everybody."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.SlugField(max_length=60, help_text="the same in every version")
    version = models.PositiveSmallIntegerField(default=1)
    prefix = models.CharField(
        max_length=20, blank=True, help_text="what keys of its skills begin with, before a hyphen"
    )
    state = models.CharField(max_length=12, default=FRAMEWORK.start, choices=FRAMEWORK.choices)
    audience = models.CharField(max_length=6, default="site", choices=known(AUDIENCES))
    name = models.JSONField(default=dict)
    about = models.JSONField(default=dict)
    publisher = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True, help_text="document, page, how sure its names are")
    licence = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True, help_text="where it is published")
    wording = models.CharField(max_length=6, default="own", choices=known(WORDINGS))
    levels = models.JSONField(default=list, help_text="lowest first: key, name, meaning")
    levels_by = models.CharField(max_length=6, blank=True, default="", choices=known(LEVELS_BY))
    identifier = models.CharField(max_length=36, unique=True, help_text="UUID by which it is exchanged")
    uri = models.CharField(max_length=500, blank=True, help_text="as it came; empty: of this site")
    stamp = models.CharField(max_length=40, help_text="last change, ISO 8601, as it is exchanged")
    carried = models.JSONField(default=dict, help_text="fields of an exchange that nobody here reads")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="framework_version_once"),
            models.UniqueConstraint(fields=["prefix", "version"], name="framework_prefix_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(state="draft"), name="framework_one_draft"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="published"), name="framework_one_published"
            ),
            models.CheckConstraint(condition=Q(state__in=FRAMEWORK.states), name="framework_state_known"),
            models.CheckConstraint(condition=Q(audience__in=AUDIENCES), name="framework_audience_known"),
            models.CheckConstraint(condition=Q(wording__in=WORDINGS), name="framework_wording_known"),
            models.CheckConstraint(condition=Q(levels_by__in=LEVELS_BY), name="framework_levels_by_known"),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Drafts: whoever looks after the organisation. Else everybody whom the audience names."""
        out = Q(state__in=("published", "retired"))
        top = Q(organisation__isnull=True) if scope.path == FIRST else Q(pk__in=[])
        read = out & (Q(organisation__isnull=True) | Q(audience="site") | around(scope))
        return read | below(scope, "organisation") | top

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("standards", "framework", self.public_id)


class Skill(models.Model):
    """One node of a framework: a domain, or a skill at any depth; `key` is what other rows keep.

    A key says one skill on this site, and is the same in every version. `order` counts down the whole tree, a parent
    before its children. `domain` and `domain_name` repeat the topmost node above, so that one query lists them.
    """

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="skills")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    kind = models.CharField(max_length=6, default="skill", choices=known(KINDS))
    order = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0, help_text="0 at the top")
    key = models.SlugField(max_length=60)
    domain = models.SlugField(max_length=60, blank=True)
    domain_name = models.JSONField(default=dict)
    name = models.JSONField(default=dict)
    meaning = models.JSONField(default=dict)
    indicators = models.JSONField(default=list, help_text="what one sees on the shop floor, a text each")
    levels = models.JSONField(default=dict, help_text="key of a level → what it looks like there")
    hints = models.JSONField(default=dict, help_text="language → words that speak of it")
    code = models.CharField(max_length=60, blank=True, help_text="the publisher's own number")
    identifier = models.CharField(max_length=36, help_text="UUID by which it is exchanged")
    uri = models.CharField(max_length=500, blank=True, help_text="as it came; empty: of this site")
    stamp = models.CharField(max_length=40, help_text="last change, ISO 8601, as it is exchanged")
    carried = models.JSONField(default=dict, help_text="fields of an exchange that nobody here reads")

    objects: ClassVar[models.Manager[Skill]] = models.Manager()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "key"], name="skill_key_once"),
            models.UniqueConstraint(fields=["framework", "identifier"], name="skill_identifier_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="skill_kind_known"),
        ]
        indexes = [models.Index(fields=["key"], name="skill_by_key")]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class Crosswalk(Scoped):
    """Two skills of two frameworks held against each other. `kind` reads: `one` is … than `other`.

    It is kept once, with the smaller key first; the other direction is read by turning broader and narrower round.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    one = models.SlugField(max_length=60)
    other = models.SlugField(max_length=60)
    one_framework = models.SlugField(max_length=60)
    other_framework = models.SlugField(max_length=60)
    kind = models.CharField(max_length=8, choices=known(MATCHES))
    strength = models.PositiveSmallIntegerField(default=3, choices=known(STRENGTHS))
    identifier = models.CharField(max_length=36, help_text="UUID by which it is exchanged")
    stamp = models.CharField(max_length=40, help_text="last change, ISO 8601, as it is exchanged")
    carried = models.JSONField(default=dict, help_text="fields of an exchange that nobody here reads")

    class Meta:
        ordering = ["one", "other", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "one", "other"], name="crosswalk_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(kind__in=MATCHES), name="crosswalk_kind_known"),
            models.CheckConstraint(condition=Q(strength__in=STRENGTHS), name="crosswalk_strength_known"),
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="crosswalk_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one} {self.kind} {self.other}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Shared ones, those of the reader's organisations, and those that come with a list for the whole site."""
        ends = Q(key=OuterRef("one_framework")) | Q(key=OuterRef("other_framework"))
        lists = Framework._base_manager.filter(
            ends, state="published", audience="site", organisation=OuterRef("organisation")
        )
        return Q(organisation__isnull=True) | around(scope) | Q(Exists(lists))
