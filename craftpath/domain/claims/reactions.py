"""What claims hand down to `activity`, and, once all nouns are there, what they offer to requirements (`counting`)."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.claims import counting  # noqa: F401  (registers what claims offer)
from craftpath.domain.claims.facts import ClaimDecided
from craftpath.domain.claims.models import Claim
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref


@on(ClaimDecided)
def on_claim_decided(told: Told) -> None:
    """Whoever holds what was verified has passed it, where and when it was issued."""
    if told.fact.state != "verified":
        return
    rows = Claim._base_manager.select_related("person", "organisation")
    row = rows.filter(public_id=Ref.parse(told.entry.subject).public_id).first()
    if row is None:
        return
    statement = NewStatement(
        key=f"claim:{told.entry.pk}", person=row.person, verb="passed",
        object_id=f"{settings.ADDRESS}/claims/{row.public_id}", object_name={"zh-Hans": row.title},
        at=told.entry.at,
    )  # fmt: skip
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
