"""Web hooks: a group chat's bot hears counts, never names of people. What was sent, and what became of it, stays.

Whoever runs an organisation adds a hook; a job delivers. After `MOST_FAILURES` in a row it is switched off, with the
reason, until somebody switches it on again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.kernel.topics import Topic
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

MOST_HOOKS = 20  # of one organisation
LONGEST = 500  # characters of an address
TRIES = 4  # of one delivery
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
MOST_FAILURES = 5  # deliveries in a row that failed, after which a hook is off
CLAIM = timedelta(minutes=2)  # for so long nobody else tries a delivery that somebody tries


class Shape(models.TextChoices):
    """How a bot wants to be spoken to."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    PLAIN = "plain"  # {"text": …}, as many others take


class Outcome(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Hook(Scoped):
    """A bot's address. The address is a secret: whoever knows it can write into the group."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    shape = models.CharField(max_length=10, choices=Shape.choices)
    address = models.CharField(max_length=LONGEST)
    topics = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0, help_text="deliveries in a row that failed")
    off_at = models.DateTimeField(null=True)
    off_because = models.CharField(max_length=60, blank=True, help_text="a reason code")
    removed_at = models.DateTimeField(null=True)
    secret_sealed = models.TextField(blank=True, default="", help_text="what its messages are signed with")
    secret_made_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "address"], condition=Q(removed_at__isnull=True), name="hook_once"
            ),
            models.CheckConstraint(condition=Q(shape__in=Shape.values), name="hook_shape_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Hooks of one's organisations."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "hook", self.public_id)

    @property
    def host(self) -> str:
        """The part of the address that is no secret."""
        return self.address.split("/")[2] if self.address.count("/") > 2 else self.address


class HookDelivery(Scoped):
    """One message to one hook. `content` is codes and counts; `key` keeps a day's message from going twice."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, related_name="deliveries")
    key = models.CharField(max_length=60)
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=60, blank=True, help_text="a reason code")
    facts = models.JSONField(default=dict, help_text="what the reason's sentence needs")
    replays = models.PositiveSmallIntegerField(default=0, help_text="how often somebody let it go once more")

    class Meta:
        app_label = "kernel"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="hook_delivery_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["hook", "key"], name="hook_delivery_once"),
            models.CheckConstraint(condition=Q(state__in=Outcome.values), name="hook_delivery_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.hook_id} {self.key}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "hook__organisation")


@fact
@dataclass(frozen=True)
class HookAdded(Fact):
    """A web hook was added; `host` is the part of its address that is no secret."""

    code: ClassVar[str] = "kernel.hook_added"
    name: str
    host: str


@fact
@dataclass(frozen=True)
class HookSwitched(Fact):
    """A web hook was switched on or off, or removed; the program switches off one that keeps failing."""

    code: ClassVar[str] = "kernel.hook_switched"
    name: str
    state: str


def hooks() -> models.QuerySet[Hook]:
    """The hooks of the open scope that were not removed."""
    rows = Hook.objects.filter(removed_at=None).select_related("organisation", "made_by")
    return rows.order_by("organisation__path", "pk")


def deliveries_of(hook: Hook) -> models.QuerySet[HookDelivery]:
    """What was sent to a hook, the newest first."""
    return HookDelivery.objects.filter(hook=hook).order_by("-made_at", "-pk")


@action
def add_hook(
    organisation: Organisation,
    *,
    name: str,
    shape: str,
    address: str,
    topics: Iterable[str],
    by: Actor,
    at: datetime,
) -> Hook:
    """Add a hook. The door has looked at where its address leads; the job does so again before each message."""
    require(by.may_at(Permission.RUN_ORGANISATION, organisation))
    wanted = sorted(set(topics))
    if not wanted or not set(wanted) <= set(Topic.values):
        raise Refused(not_now("kernel.topic_unknown"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    standing = Hook._base_manager.filter(organisation=organisation, removed_at=None)
    if standing.filter(address=address).exists():
        raise Refused(not_now("kernel.hook_twice"))
    if standing.count() >= MOST_HOOKS:
        raise Refused(not_now("kernel.hooks_too_many", most=MOST_HOOKS))
    hook = Hook(
        organisation=organisation,
        name=name.strip()[:80],
        shape=Shape(shape),
        address=address,
        topics=wanted,
        made_by=by.person,
        made_at=at,
    )
    hook.save()
    tell(HookAdded(hook.name, hook.host), by=by, at=at, organisation=organisation, subject=hook.ref)
    return hook


@action
def switch_hook(hook: Hook, state: str, *, by: Actor, at: datetime) -> Hook:
    """Switch a hook "on", "off", or remove it ("removed"); what it sent stays to be read. Twice is once."""
    require(by.may_at(Permission.RUN_ORGANISATION, hook.organisation))
    row = Hook._base_manager.select_for_update(of=("self",)).get(pk=hook.pk)
    now = "removed" if row.removed_at else "off" if row.off_at else "on"
    if state == now or now == "removed":
        return row
    if state == "removed":
        row.removed_at = at
    row.off_at, row.failures = (None, 0) if state == "on" else (row.off_at or at, row.failures)
    row.off_because = "" if state == "on" else row.off_because
    row.save(update_fields=["off_at", "off_because", "failures", "removed_at"])
    told = HookSwitched(row.name, state)
    tell(told, by=by, at=at, organisation=hook.organisation, subject=row.ref)
    return row


@action
def test_hook(hook: Hook, *, by: Actor, at: datetime) -> HookDelivery | None:
    """Send a short message that says who asked for it to be sent; one a minute, so that two presses are one."""
    require(by.may_at(Permission.RUN_ORGANISATION, hook.organisation))
    return _queue(hook, f"test {at:%Y-%m-%d %H:%M}", {"code": "test"}, at)


@action
def send_to_hooks(
    organisations: Iterable[int], key: str, content: dict[str, Any], topic: str, *, by: Actor, at: datetime
) -> int:
    """Queue a message of a topic to the hooks of these organisations (ids); one of the same key goes once."""
    rows = Hook._base_manager.filter(organisation__in=list(organisations), removed_at=None, off_at=None)
    new = [_queue(row, key, content, at) for row in rows if topic in row.topics]
    return sum(1 for row in new if row is not None)


@action
def send_counts(
    hook: Hook, day: date, counts: list[tuple[str, int, int]], *, by: Actor, at: datetime
) -> HookDelivery | None:
    """Queue the counts of a day, (kind of duty, open, overdue) each; a day's go once, and no counts nowhere."""
    return _queue(hook, f"day {day}", {"code": "day", "counts": counts}, at) if counts else None


def _queue(hook: Hook, key: str, content: dict[str, Any], at: datetime) -> HookDelivery | None:
    values = {"content": content, "made_at": at, "next_at": at}
    row, made = HookDelivery._base_manager.get_or_create(hook=hook, key=key, defaults=values)
    if made:
        enqueue("hook", row.pk)
    return row if made else None


def send_again(delivery: HookDelivery, at: datetime) -> None:
    """Let a message wait for its first try once more; whoever calls has asked who may, and tells it."""
    again = {"state": Outcome.WAITING, "tries": 0, "next_at": at, "ended_at": None, "answer": "", "facts": {}}
    HookDelivery._base_manager.filter(pk=delivery.pk).update(**again, replays=F("replays") + 1)
    enqueue("hook", delivery.pk)


def waiting(at: datetime) -> list[int]:
    """Ids of deliveries whose time has come."""
    rows = HookDelivery._base_manager.filter(state=Outcome.WAITING, next_at__lte=at)
    return list(rows.order_by("next_at").values_list("pk", flat=True)[:200])


@action
def take_delivery(pk: int, *, by: Actor, at: datetime) -> HookDelivery | None:
    """Take a delivery upon oneself for a moment; None if somebody else has, or it is not its time."""
    rows = HookDelivery._base_manager.filter(pk=pk, state=Outcome.WAITING, next_at__lte=at)
    if not rows.update(next_at=at + CLAIM, tries=F("tries") + 1):
        return None
    return HookDelivery._base_manager.select_related("hook__organisation").get(pk=pk)


@action
def end_delivery(row: HookDelivery, answer: str, *, facts: dict[str, Any], by: Actor, at: datetime) -> None:
    """Note what came of a try: "" is delivered; a reason is tried again later, or is the end of it."""
    hook = Hook._base_manager.select_for_update(of=("self",)).get(pk=row.hook_id)
    row.answer, row.facts = answer, facts
    again = bool(answer) and row.tries < TRIES and hook.off_at is None and hook.removed_at is None
    if again:
        row.next_at = at + BACK_OFF[min(row.tries, len(BACK_OFF)) - 1]
    else:
        row.state, row.ended_at = (Outcome.FAILED if answer else Outcome.DELIVERED), at
        _count(hook, answer, by=by, at=at)
    row.save(update_fields=["answer", "facts", "next_at", "state", "ended_at"])


def _count(hook: Hook, answer: str, *, by: Actor, at: datetime) -> None:
    hook.failures = hook.failures + 1 if answer else 0
    if hook.failures >= MOST_FAILURES and hook.off_at is None:
        hook.off_at, hook.off_because = at, answer
        told = HookSwitched(hook.name, "failed")
        tell(told, by=by, at=at, organisation=hook.organisation, subject=hook.ref)
    hook.save(update_fields=["failures", "off_at", "off_because"])
