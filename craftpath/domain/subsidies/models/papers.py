"""Papers of a file, whom they are asked of, and the archive of all of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.subsidies.models.filing import FilePerson, SubsidyFile, with_file
from craftpath.domain.subsidies.states import PACK
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped


class FilePaper(Scoped):
    """An uploaded paper of a file, one version of one copy; replaced, never deleted."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    file = models.ForeignKey(SubsidyFile, on_delete=models.PROTECT, related_name="papers")
    paper = models.CharField(max_length=40, help_text="as the scheme names it")
    member = models.ForeignKey(FilePerson, on_delete=models.PROTECT, null=True, related_name="+")
    copy = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField(default=1)
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=120)
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    made_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "paper", "member", "copy", "version"],
                name="subsidy_paper_version_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(fields=["file", "made_id"], name="subsidy_paper_made_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the file, and whoever handed it in."""
        return Q(handed_by=scope.person_id) | with_file(scope)


class PaperAsk(Scoped):
    """Somebody is asked for a paper; open until it is there."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    file = models.ForeignKey(SubsidyFile, on_delete=models.PROTECT, related_name="asks")
    paper = models.CharField(max_length=40)
    member = models.ForeignKey(FilePerson, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="who is asked")
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="where the person has a role"
    )
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "paper", "member", "person"],
                condition=Q(settled_at__isnull=True),
                name="subsidy_asked_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Who is asked, and whoever sees the file."""
        return Q(person=scope.person_id) | with_file(scope)


class Pack(Scoped):
    """The whole file as one archive that a worker puts together, for whoever asked."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    file = models.ForeignKey(SubsidyFile, on_delete=models.PROTECT, related_name="packs")
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    language = models.CharField(max_length=10, default="zh-hans")
    state = models.CharField(max_length=10, default=PACK.start, choices=PACK.choices)
    reason = models.CharField(max_length=80, blank=True)
    entries = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    archive = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PACK.states), name="subsidy_pack_state_known"),
            models.UniqueConstraint(
                fields=["file", "asked_by"], condition=Q(state="asked"), name="subsidy_pack_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, while one sees the file."""
        return Q(asked_by=scope.person_id) & with_file(scope)
