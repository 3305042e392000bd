"""Topics of notices, and which of them somebody does not want to hear about.

Signing, safety and exams always stay on one's pages: whoever mutes them loses the mail, never the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not, not_now


class Topic(models.TextChoices):
    """What a notice is about; the labels are translated in the doors."""

    SIGNING = "signing"
    SAFETY = "safety"
    EXAMS = "exams"
    LOG = "log"
    ATTENDANCE = "attendance"
    REVIEWS = "reviews"
    AGREEMENTS = "agreements"
    RESULTS = "results"
    PEOPLE = "people"
    TALK = "talk"


ALWAYS_SHOWN = frozenset({Topic.SIGNING, Topic.SAFETY, Topic.EXAMS})


class Mute(models.Model):
    """A topic of which somebody wants no notices."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20, choices=Topic.choices)

    objects: ClassVar[models.Manager[Mute]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="mute_once"),
            models.CheckConstraint(condition=models.Q(topic__in=Topic.values), name="mute_topic_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.topic}"


@fact
@dataclass(frozen=True)
class TopicsMuted(Fact):
    """Somebody chose of which topics notices come; `topics` are those that do not."""

    code: ClassVar[str] = "kernel.topics_muted"
    topics: list[str]


@action
def mute_topics(topics: Iterable[str], *, by: Actor, at: datetime) -> list[str]:
    """Mute these topics for oneself, and no others."""
    if by.person is None:
        raise Refused(may_not("kernel.role_own"))
    wanted = sorted(set(topics))
    if not set(wanted) <= set(Topic.values):
        raise Refused(not_now("kernel.topic_unknown"))
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.person.pk)
    held = muted_by([by.person.pk])[by.person.pk]
    if held != set(wanted):
        Mute.objects.filter(person=by.person).exclude(topic__in=wanted).delete()
        Mute.objects.bulk_create(Mute(person=by.person, topic=one) for one in wanted if one not in held)
        tell(TopicsMuted(wanted), by=by, at=at, subject=Ref("kernel", "person", by.person.public_id))
    return wanted


def muted_by(person_ids: Iterable[int]) -> dict[int, set[str]]:
    """person id → the topics that this person muted; one query."""
    found: dict[int, set[str]] = defaultdict(set)
    for person, topic in Mute.objects.filter(person__in=list(person_ids)).values_list("person_id", "topic"):
        found[person].add(topic)
    return found
