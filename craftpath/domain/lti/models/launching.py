"""Tools that are launched from courses, and what they say of people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.lti.states import ACTIVITY, GRADING, TELLS, TOOL
from craftpath.kernel.access import around
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_NAME = 120
LONGEST_ADDRESS = 500
LONGEST_ID = 255  # of an id that somebody else gives, as the standard bounds it


class Tool(Scoped):
    """Somebody else's program that courses open; `public_id` is its client id, `deployment` this organisation's use.

    `keys` is its set of public keys where it has no address for them. `tells` is what it hears of a person.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    deployment = models.CharField(max_length=16, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    login_address = models.CharField(max_length=LONGEST_ADDRESS)
    launch_address = models.CharField(max_length=LONGEST_ADDRESS)
    redirects = models.JSONField(default=list, help_text="addresses to which messages may go, exactly")
    choose_address = models.CharField(max_length=LONGEST_ADDRESS, blank=True, help_text="deep linking")
    keys_address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    keys = models.JSONField(default=dict)
    services = models.JSONField(default=list)
    tells = models.CharField(max_length=8, default="number", choices=[(one, one) for one in TELLS])
    state = models.CharField(max_length=8, default=TOOL.start, choices=TOOL.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TOOL.states), name="lti_tool_state_known"),
            models.CheckConstraint(condition=Q(tells__in=TELLS), name="lti_tool_tells_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("lti", "tool", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the organisations around one's seat: what a college registers serves its campuses."""
        return around(scope, "organisation")


class Link(Scoped):
    """One thing in a tool that courses open. With a `maximum` the tool may say how people did in it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="links")
    title = models.CharField(max_length=LONGEST_NAME)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    custom = models.JSONField(default=dict)
    maximum = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gt=0), name="lti_link_maximum_positive"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that courses keep."""
        return Ref("lti", "link", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As its tool is."""
        return around(scope, "tool__organisation")


class Placement(Scoped):
    """A link where it stands: `context` is the public id of a run, `activity` the key there. The tool knows its id."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="placements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    context = models.CharField(max_length=16)
    activity = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "context", "activity"], name="lti_placement_once")
        ]
        indexes = [models.Index(fields=["context"], name="lti_placement_by_context")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("lti", "placement", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those in one's organisations; a learner meets it through the course."""
        return below(scope, "organisation")


class LineItem(Scoped):
    """A column of grades that a tool keeps in one context; with a placement it is that of a link."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="line_items")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    context = models.CharField(max_length=16)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, null=True, related_name="line_items")
    label = models.CharField(max_length=LONGEST_ID)
    maximum = models.DecimalField(max_digits=9, decimal_places=3)
    resource = models.CharField(max_length=LONGEST_ID, blank=True)
    tag = models.CharField(max_length=LONGEST_ID, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    coupled = models.BooleanField(default=False, help_text="made with the link; a tool may not take it away")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(maximum__gt=0), name="lti_item_maximum_positive"),
            models.UniqueConstraint(
                fields=["placement"], condition=Q(coupled=True), name="lti_item_coupled_once"
            ),
        ]
        indexes = [models.Index(fields=["tool", "context"], name="lti_item_by_context")]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those in one's organisations."""
        return below(scope, "organisation")


class Score(Scoped):
    """What a tool last said of somebody in a line item; `said_at` is the tool's clock and decides what is newer."""

    item = models.ForeignKey(LineItem, on_delete=models.CASCADE, related_name="scores")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    maximum = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    comment = models.CharField(max_length=1000, blank=True)
    activity = models.CharField(max_length=12, choices=[(one, one) for one in ACTIVITY])
    grading = models.CharField(max_length=14, choices=[(one, one) for one in GRADING])
    said_at = models.DateTimeField()
    kept_at = models.DateTimeField()

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="lti_score_once"),
            models.CheckConstraint(condition=Q(activity__in=ACTIVITY), name="lti_score_activity_known"),
            models.CheckConstraint(condition=Q(grading__in=GRADING), name="lti_score_grading_known"),
            models.CheckConstraint(
                condition=Q(given__isnull=True) | Q(given__gte=0, maximum__gt=0),
                name="lti_score_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.person_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those in one's organisations."""
        return Q(person=scope.person_id) | below(scope, "item__organisation")
