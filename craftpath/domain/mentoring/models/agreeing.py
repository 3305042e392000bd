"""The agreement of a pair in its versions, and the words that an organisation gives it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.mentoring.states import AGREEMENT
from craftpath.domain.pairing.seeing import pair_seen_by
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref

IN_FORCE = ("awaiting", "signed")


class PairAgreement(Scoped):
    """One version of what a pair agrees to. `terms` are the bonds and days that it was written from."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    pair = models.ForeignKey("pairing.Pair", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=AGREEMENT.start, choices=AGREEMENT.choices)
    terms = models.JSONField()
    document = models.ForeignKey("kernel.Document", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AGREEMENT.states), name="pair_agreement_state_known"
            ),
            models.UniqueConstraint(fields=["pair", "version"], name="pair_agreement_version_once"),
            models.UniqueConstraint(
                fields=["pair"], condition=Q(state__in=IN_FORCE), name="pair_agreement_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="pair_agreement_signed_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} v{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the pair; pages ask further who may read what is done in it."""
        return pair_seen_by(scope, "pair")

    @property
    def ref(self) -> Ref:
        """The pointer that its document and its lines of history keep."""
        return Ref("mentoring", "agreement", self.public_id)


class AgreementWording(Scoped):
    """The clauses that one organisation gives its agreements, whole; a change is the next version.

    `clauses` is {key: {"zh": …, "en": …}} with the keys of `presets/agreement.toml`.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    clauses = models.JSONField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="pair_wording_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} v{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisations below and above one's own."""
        return below(scope, "organisation") | above(scope, "organisation")
