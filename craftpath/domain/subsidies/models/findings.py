"""What an auditor found in a file, and what was answered."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.subsidies.models.filing import (
    LONGEST_WORDS,
    SEVERITIES,
    Audit,
    FilePerson,
    known,
    with_file,
)
from craftpath.domain.subsidies.states import FINDING
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped


class Finding(Scoped):
    """What an auditor found: about a person or a paper of the file, or about the whole."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="findings")
    member = models.ForeignKey(FilePerson, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=40, blank=True)
    severity = models.CharField(max_length=10, choices=known(SEVERITIES))
    words = models.TextField(max_length=LONGEST_WORDS)
    state = models.CharField(max_length=10, default=FINDING.start, choices=FINDING.choices)
    found_at = models.DateTimeField()
    answer = models.TextField(max_length=LONGEST_WORDS, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    made_id = models.CharField(max_length=36, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FINDING.states), name="subsidy_finding_state_known"),
            models.CheckConstraint(condition=Q(severity__in=SEVERITIES), name="subsidy_severity_known"),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answer=""), name="subsidy_finding_answered_with_words"
            ),
            models.UniqueConstraint(
                fields=["audit", "made_id"], condition=~Q(made_id=""), name="subsidy_finding_made_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the file."""
        return with_file(scope, "audit__file")
