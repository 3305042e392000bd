"""Instant notices: what somebody hears at once, about signing, safety and exams only.

A reaction to a fact calls `alert`. The fact's row makes it idempotent: nobody hears one fact twice, however often
the reaction runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.action import action
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.digests import Mail
from craftpath.kernel.instant_kinds import INSTANTS
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.topics import muted_by
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not

AT_ONCE = 500  # people of one statement


class Alert(models.Model):
    """One instant notice of one person. `about` is the name of the thing in zh and en, as it was then."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # PostgreSQL parts the history by month, and no key of another table can lead into parts by a number alone.
    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    code = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=120, help_text="a Ref as text: noun/kind/public id")
    about = models.JSONField(default=dict)
    at = models.DateTimeField()
    mail = models.CharField(max_length=8, choices=Mail.choices, default=Mail.NONE)
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Alert]] = models.Manager()

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["person", "-at"], name="alert_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["person", "entry", "code", "subject"], name="alert_once_a_fact"),
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="alert_mail_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} to {self.person_id}"


@action
def alert(
    people: Iterable[Person],
    code: str,
    *,
    subject: Ref,
    about: dict[str, str],
    entry: AuditEntry,
    by: Actor,
    at: datetime,
) -> int:
    """Tell these people at once what a fact means for them, but not whoever brought it about; returns how many."""
    kind = INSTANTS[code]
    told = list({one.pk: one for one in people if one.is_active and one.pk != entry.person_id}.values())
    before = Alert.objects.filter(entry=entry, code=code, subject=str(subject)).count()
    for start in range(0, len(told), AT_ONCE):
        some = told[start : start + AT_ONCE]
        muted = muted_by([one.pk for one in some])
        Alert.objects.bulk_create(
            [
                Alert(
                    person=one,
                    entry=entry,
                    code=code,
                    organisation_id=entry.organisation_id,
                    subject=str(subject),
                    about=about,
                    at=at,
                    mail=Mail.DUE if one.email and kind.topic not in muted[one.pk] else Mail.NONE,
                )
                for one in some
            ],
            ignore_conflicts=True,
        )
    new = Alert.objects.filter(entry=entry, code=code, subject=str(subject)).count() - before
    if new:
        enqueue("alert_mails", entry.pk)
    return new


@action
def claim_alert(row: Alert, *, by: Actor, at: datetime) -> bool:
    """Take its mail upon oneself; False if somebody has."""
    return bool(Alert.objects.filter(pk=row.pk, mail=Mail.DUE).update(mail=Mail.CLAIMED))


@action
def note_alerts(rows: Iterable[Alert], *, sent: bool, by: Actor, at: datetime) -> None:
    """Note what became of mails that were claimed."""
    if by.kind is not ActorKind.SYSTEM:
        raise Refused(may_not("kernel.role_own"))
    held = Alert.objects.filter(pk__in=[row.pk for row in rows], mail=Mail.CLAIMED)
    held.update(mail=Mail.SENT if sent else Mail.FAILED)


@action
def read_alerts(person: Person, *, by: Actor, at: datetime) -> int:
    """Note that somebody has read the own instant notices; the first time counts."""
    if by.person is None or by.person.pk != person.pk:
        raise Refused(may_not("kernel.role_own"))
    return Alert.objects.filter(person=person, read_at=None).update(read_at=at)


def alerts_of(person: Person) -> Any:
    """One's own, the newest first."""
    return Alert.objects.filter(person=person).select_related("organisation").order_by("-at", "-pk")
