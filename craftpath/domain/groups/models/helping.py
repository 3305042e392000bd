"""What somebody can show others and what somebody wants to learn."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import classes_of
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below

KINDS = ("offers", "wants")
LONGEST_TOPIC = 40


class Topic(Scoped):
    """One thing that an apprentice offers or wants: a skill of a framework (`skill`) or words of one's own.

    `print` is what two must share to be about the same thing. The class sees it, so that people find one another.
    """

    whose: ClassVar[tuple[str, ...]] = ("person",)

    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=[(one, one) for one in KINDS])
    skill = models.SlugField(max_length=60, blank=True)
    words = models.CharField(max_length=LONGEST_TOPIC, blank=True)
    print = models.CharField(max_length=70)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind", "print"], name="study_topic_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="study_topic_kind_known"),
        ]

    def __str__(self) -> str:
        return self.skill or self.words

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, those of one's classes, those of one's organisation."""
        classes = Q(enrolment__cohort__in=classes_of(scope).values("pk"))
        return Q(person=scope.person_id) | classes | below(scope, "enrolment__cohort__organisation")
