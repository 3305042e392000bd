"""Committees with sides and seats; meetings with agendas; motions with votes; decisions."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate

from craftpath.domain.committees.states import DECISION, MEETING, MOTION
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

SEATS = ("chair", "vote", "advice")
VOTING = ("chair", "vote")
RULES = ("simple", "two_thirds", "unanimous", "each_side")
VOICES = ("yes", "no", "abstain")
OUTCOMES = ("carried", "lost", "undecided")


def _key() -> models.CharField[str, str]:
    return models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)


def held_on(day: date) -> Q:
    """Seats that have not ended by a day; those of later members are held already."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=day)


def _seen_through(way: str, scope: Scope) -> Any:
    """Rows of the committees that somebody sees, by the look-up that leads to the committee."""
    return Q(
        **{f"{way}__in": Committee._base_manager.filter(Committee.seen_by(scope)).order_by().values("pk")}
    )


class Committee(Scoped):
    """A body that decides together; `owner` is what it belongs to, `organisation` keeps its papers."""

    public_id = _key()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=120, help_text="a Ref as text: noun/kind/public id")
    name = models.JSONField(default=dict)
    quorum = models.PositiveSmallIntegerField(default=50, help_text="percent of the seats that vote")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner"], name="committee_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum__gte=1, quorum__lte=100), name="committee_quorum_percent"
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The offices of its sides and whoever is above them; who sits in it or deputises, to the seat's last day."""
        sides = CommitteeSide.objects.filter(below(scope, "organisation"), committee=OuterRef("pk"))
        seats = Seat._base_manager.filter(
            held_on(localdate()),
            Q(person_id=scope.person_id) | Q(deputy_id=scope.person_id),
            committee=OuterRef("pk"),
        )
        return Exists(sides) | Exists(seats)

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("committees", "committee", self.public_id)


class CommitteeSide(models.Model):
    """An organisation that names people for a committee."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "organisation"], name="committee_side_once")
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.organisation_id}"


class Seat(Scoped):
    """Somebody who sits for a side: in the chair, with a vote or to advise; from one day to the last one."""

    public_id = _key()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    side = models.ForeignKey(CommitteeSide, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in SEATS])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the last day")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["side", "person"], condition=Q(ends_on__isnull=True), name="committee_seat_open_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=SEATS), name="committee_seat_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="committee_seat_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("person")), name="committee_seat_deputy_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the committee."""
        return _seen_through("committee", scope)

    def holds(self, day: date) -> bool:
        """Whether the seat is held on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def votes(self) -> bool:
        """Whether it has a vote."""
        return self.kind in VOTING


class Meeting(Scoped):
    """A meeting; `words` are its minutes in Chinese and English, `document` the text that was fixed and signed."""

    public_id = _key()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)
    link = models.URLField(max_length=400, blank=True)
    state = models.CharField(max_length=20, default=MEETING.start, choices=MEETING.choices)
    words = models.JSONField(default=dict)
    document = models.ForeignKey("kernel.Document", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="committee_meeting_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=MEETING.states), name="committee_meeting_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the committee."""
        return _seen_through("committee", scope)

    @property
    def ref(self) -> Ref:
        """What its minutes are signed for."""
        return Ref("committees", "meeting", self.public_id)


class Present(models.Model):
    """A seat that was there, by its member or the deputy."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="present")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    by_deputy = models.BooleanField(default=False)
    whose: ClassVar = ("seat__person",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="committee_present_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.seat_id}"


class AgendaItem(Scoped):
    """One thing that a meeting talks about: who brings it, and its paper."""

    public_id = _key()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    media_type = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="committee_item_order_once")]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the committee."""
        return _seen_through("meeting__committee", scope)


class Motion(Scoped):
    """What is voted on. `tally` holds the figures once it is closed; of a secret one, no side's."""

    public_id = _key()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="motions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="motions")
    about = models.CharField(max_length=120, blank=True, help_text="a Ref as text, if it is about a thing")
    text = models.JSONField(default=dict)
    rule = models.CharField(max_length=12, choices=[(one, one) for one in RULES])
    quorum = models.PositiveSmallIntegerField(help_text="percent of the seats that vote")
    secret = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default=MOTION.start, choices=MOTION.choices)
    outcome = models.CharField(max_length=12, blank=True, choices=[(one, one) for one in OUTCOMES])
    tally = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MOTION.states), name="motion_state_known"),
            models.CheckConstraint(condition=Q(rule__in=RULES), name="motion_rule_known"),
            models.CheckConstraint(condition=Q(quorum__gte=1, quorum__lte=100), name="motion_quorum_percent"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, outcome__in=OUTCOMES)
                | (~Q(state="closed") & Q(closed_at__isnull=True, outcome="")),
                name="motion_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the committee."""
        return _seen_through("committee", scope)


class Ballot(models.Model):
    """How a seat voted. Once a secret motion is closed its voice is blank: that it was cast stays, how does not."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    voice = models.CharField(max_length=8, blank=True, choices=[(one, one) for one in VOICES])
    cast_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField()
    whose: ClassVar = ("cast_by",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion", "seat"], name="ballot_one_a_seat"),
            models.CheckConstraint(condition=Q(voice__in=("", *VOICES)), name="ballot_voice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.motion_id} {self.seat_id}"


class Decision(Scoped):
    """What was decided and who does it until when."""

    public_id = _key()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="decisions")
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.JSONField(default=dict)
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=DECISION.start, choices=DECISION.choices)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=400, blank=True)
    whose: ClassVar = ("owner__person",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DECISION.states), name="decision_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="decision_ended_with_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the committee; an open one also whoever owns it, whose seat may have ended meanwhile."""
        return _seen_through("committee", scope) | Q(owner__person_id=scope.person_id, state="open")
