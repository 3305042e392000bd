"""The daily digest: what waits for one person, once a day, as codes and counts; and how far a day's round has come.

A row is the claim on a mail too: it is marked before the mail is handed over, so that no crash sends one twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.action import action
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not


class Mail(models.TextChoices):
    """What became of the mail: none was to go, it is due, it is (or was) being handed over, it went, it was refused."""

    NONE = "none"
    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


class Digest(models.Model):
    """What waited for somebody on a morning. `lines` as `digesting.Line.as_json` writes them: codes, counts, days."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    lines = models.JSONField()
    made_at = models.DateTimeField()
    mail = models.CharField(max_length=8, choices=Mail.choices, default=Mail.NONE)
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Digest]] = models.Manager()

    class Meta:
        app_label = "kernel"
        indexes = [
            models.Index(fields=["day", "person"], condition=Q(mail=Mail.DUE), name="digest_mail_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day"),
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="digest_mail_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class DigestRound(models.Model):
    """The round of one day in one time zone; `after` is the last person who was seen to."""

    zone = models.CharField(max_length=40)
    day = models.DateField()
    after = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[DigestRound]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["zone", "day"], name="digest_round_once")]

    def __str__(self) -> str:
        return f"{self.zone} {self.day}"


@action
def begin_round(
    zone: str, day: date, *, queue: bool = True, by: Actor, at: datetime
) -> tuple[DigestRound, bool]:
    """The round of a day, and whether it is new: two workers that wake at once begin one. A new one is queued."""
    _only_the_program(by)
    turn, new = DigestRound.objects.get_or_create(zone=zone, day=day, defaults={"begun_at": at})
    if new and queue:
        enqueue("digest", turn.pk)
    return turn, new


@action
def keep_digests(rows: Iterable[Digest], turn: DigestRound, after: int, *, by: Actor, at: datetime) -> None:
    """Write digests and how far the round has come, together; somebody who has one of that day gets no other."""
    _only_the_program(by)
    Digest.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    DigestRound.objects.filter(pk=turn.pk, after__lt=after).update(after=after)
    turn.after = max(turn.after, after)


@action
def end_round(turn: DigestRound, *, by: Actor, at: datetime) -> None:
    """Everybody was seen to."""
    _only_the_program(by)
    DigestRound.objects.filter(pk=turn.pk, done_at=None).update(done_at=at)


@action
def claim_mail(digest: Digest, *, by: Actor, at: datetime) -> bool:
    """Take the mail of a digest upon oneself; False if somebody has. What is claimed is never sent again."""
    _only_the_program(by)
    return bool(Digest.objects.filter(pk=digest.pk, mail=Mail.DUE).update(mail=Mail.CLAIMED))


@action
def note_mails(digests: Sequence[Digest], *, sent: bool, by: Actor, at: datetime) -> None:
    """Note what became of mails that were claimed."""
    _only_the_program(by)
    rows = Digest.objects.filter(pk__in=[row.pk for row in digests], mail=Mail.CLAIMED)
    rows.update(mail=Mail.SENT if sent else Mail.FAILED)


@action
def read_digests(person: Person, *, by: Actor, at: datetime) -> int:
    """Note that somebody has read the own digests; the first time counts."""
    if by.person is None or by.person.pk != person.pk:
        raise Refused(may_not("kernel.role_own"))
    return Digest.objects.filter(person=person, read_at=None).update(read_at=at)


def digests_of(person: Person) -> models.QuerySet[Digest]:
    """One's own, the newest first."""
    return Digest.objects.filter(person=person).order_by("-day")


def mails_due(day: date, after: int, until: int) -> Any:
    """Digests of a day whose mail is still to go, of people with ids in (after, until], in their order."""
    rows = Digest.objects.filter(day=day, mail=Mail.DUE, person__gt=after, person__lte=until)
    return rows.select_related("person").order_by("person")


def _only_the_program(by: Actor) -> None:
    if by.kind is not ActorKind.SYSTEM:
        raise Refused(may_not("kernel.role_own"))
