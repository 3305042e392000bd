"""What was handed over to a lake, and the secret of its pseudonyms."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.insight.states import HANDOVER
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_PURPOSE, LONGEST_RECEIVER = 400, 120


class LakeKey(models.Model):
    """The keys of one city: the secret that makes pseudonyms and the one that signs, both sealed by the site.

    They never leave: the same person has the same pseudonym in every hand-over of this city, and in no other city.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    secret = models.TextField(help_text="of the pseudonyms, sealed with the key of this site")
    signs = models.TextField(help_text="Ed25519, private, sealed with the key of this site")
    public = models.CharField(max_length=64, help_text="Ed25519, public, in hexadecimal")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[LakeKey]] = models.Manager()

    def __str__(self) -> str:
        return self.public


class Handover(Scoped):
    """A city's star as it was handed over: by whom, to whom, for what, and the digest of its manifest."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is asked for once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    city = models.CharField(max_length=6, help_text="its code (GB/T 2260)")
    receiver = models.CharField(max_length=LONGEST_RECEIVER)
    purpose = models.CharField(max_length=LONGEST_PURPOSE)
    state = models.CharField(max_length=10, default=HANDOVER.start, choices=HANDOVER.choices)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the manifest")
    signer = models.CharField(max_length=64, blank=True, help_text="the public half of the key that signed")
    schema = models.PositiveSmallIntegerField(null=True)
    files = models.PositiveIntegerField(null=True)
    rows = models.PositiveBigIntegerField(null=True)
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=80, blank=True, help_text="why it was refused: a reason code")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HANDOVER.states), name="handover_state_known"),
            models.CheckConstraint(
                condition=~Q(state="made") | (Q(ended_at__isnull=False) & ~Q(digest="")),
                name="handover_made_with_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city} {self.digest[:8]}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("insight", "handover", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")
