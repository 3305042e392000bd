"""What a site knows of itself, of the sites it exchanges with, and of each row that travels."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class Site(models.Model):
    """This site, once. `instance` names it in versions and is a new one after a restored backup; `written` counts."""

    instance = models.CharField(max_length=16, default=new_public_id)
    written = models.PositiveBigIntegerField(default=0, help_text="how often rows were found changed")
    latest = models.PositiveBigIntegerField(default=0, help_text="the latest stamp seen, milliseconds")

    objects: ClassVar[models.Manager[Site]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="site_once")]

    def __str__(self) -> str:
        return self.instance


class Point(Scoped):
    """The other side of an exchange: a point as the hub knows it, or the hub as a point knows it (`is_hub`)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_hub = models.BooleanField(default=False)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=300, blank=True, help_text="where the hub is reached, if it is")
    their_keys = models.JSONField(
        default=dict, help_text="public: to encrypt for them, to check what they sign"
    )
    our_keys = models.TextField(help_text="private, sealed with the key of this site")
    instance = models.CharField(max_length=16, blank=True, help_text="how they call themselves in versions")
    sent = models.PositiveIntegerField(default=0, help_text="number of our last bundle")
    heard = models.PositiveIntegerField(default=0, help_text="our last bundle that they have taken")
    taken = models.PositiveIntegerField(default=0, help_text="their last bundle that we have taken")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, help_text="when their last bundle was taken here")
    tried_at = models.DateTimeField(null=True, help_text="when this site last knocked over the network")
    failed = models.CharField(max_length=60, blank=True, help_text="why that came to nothing: a reason code")
    failed_facts = models.JSONField(default=dict, help_text="what its sentence names")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_because = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(revoked_at__isnull=True), name="point_open_once"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revoked_because=""), name="point_reason_with_end"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Points of one's organisations."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "point", self.public_id)


class CarriedRow(models.Model):
    """What this site knows of one row that travels.

    `name` is what bundles of this site call it, `local` its key here. `digest` is of the whole row as it was last
    looked at and `marks` of each column, so that what was written since is found by comparing. `stamps` holds the
    version of the row and of each group of columns that was written later than the rest.
    """

    label = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    local = models.CharField(max_length=40)
    digest = models.CharField(max_length=24, blank=True)
    marks = models.TextField(blank=True)
    stamps = models.JSONField(default=dict)
    version = models.CharField(max_length=16, help_text="a digest of the stamps")
    gone = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[CarriedRow]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["label", "local"], name="carried_local_once"),
            models.UniqueConstraint(fields=["label", "name"], name="carried_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"


class CarriedName(models.Model):
    """Another site's name for the same thing: both had written it before they heard of each other."""

    label = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    row = models.ForeignKey(CarriedRow, on_delete=models.CASCADE, related_name="names")

    objects: ClassVar[models.Manager[CarriedName]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["label", "name"], name="carried_other_name_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"


class PointRow(models.Model):
    """Which version of a row the other side has, or was sent in bundle `number` (0: it came from there)."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="rows")
    row = models.ForeignKey(CarriedRow, on_delete=models.CASCADE, related_name="+")
    version = models.CharField(max_length=16)
    number = models.PositiveIntegerField(default=0)
    masked = models.BooleanField(default=False, help_text="a person of whom they were told the name only")

    objects: ClassVar[models.Manager[PointRow]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["point", "row"], name="point_row_once")]

    def __str__(self) -> str:
        return f"{self.point_id} {self.row_id} {self.version}"


class HeldRow(models.Model):
    """A row of a bundle that could not be written here; nothing of it is lost, and it is tried again with the next."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="held")
    label = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    content = models.JSONField()
    reason = models.CharField(max_length=60, help_text="a reason code")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[HeldRow]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["point", "label", "name"], name="held_row_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.name} {self.reason}"


class Clash(Scoped):
    """Two values of one thing, written without knowing of each other: `kept` stands, `other` can still be taken.

    `mark` names the pair of writes alike at every site, so a clash that two sites find is one.
    """

    mark = models.CharField(max_length=32, unique=True)
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=60)
    name = models.CharField(max_length=40, help_text="of the row, as some site calls it")
    kept = models.JSONField(help_text="column → value")
    other = models.JSONField()
    kept_site = models.CharField(max_length=16)
    other_site = models.CharField(max_length=16)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken = models.CharField(max_length=5, blank=True, choices=[("kept", "kept"), ("other", "other")])

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, taken="")
                | Q(settled_at__isnull=False) & ~Q(taken=""),
                name="clash_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    @property
    def differing(self) -> dict[str, tuple[Any, Any]]:
        """column → (what stands, the other), of those that differ; nothing of what a site has spelled otherwise."""
        if not isinstance(self.kept, dict) or not isinstance(self.other, dict):
            return {}
        pairs = {column: (value, self.other.get(column)) for column, value in self.kept.items()}
        return {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Clashes of one's organisations."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "clash", self.public_id)


class Exchange(Scoped):
    """One bundle, made or taken: what it held and what came of it."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="exchanges")
    way = models.CharField(max_length=3, choices=[("out", "out"), ("in", "in")])
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    size = models.PositiveBigIntegerField(help_text="bytes")
    rows = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0, help_text="rows that were new or otherwise than here")
    clashes = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    mark = models.CharField(
        max_length=40, blank=True, help_text="of a bundle taken: who made it, the beginning of its signature"
    )

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["point", "-at"], name="exchange_by_point")]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=["out", "in"]), name="exchange_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.number}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Of the points of one's organisations."""
        return below(scope, "point__organisation")
