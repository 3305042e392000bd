"""Signing a review: by the three in any order, on screen or by a link, and without whoever has left."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.apprenticeships.queries import working_with
from craftpath.domain.reviews import rules
from craftpath.domain.reviews.facts import ReviewSigned, SignerExcused
from craftpath.domain.reviews.locking import locked
from craftpath.domain.reviews.models import Excuse, Review
from craftpath.domain.reviews.states import REVIEW
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.links import Handover, SignedLink
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.signing import (
    SigningParty,
    complete_document,
    hand_over,
    parties_of,
    sign_document,
)
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require


@action
def sign_review(
    party: SigningParty, *, seen: str, link: SignedLink | None = None, by: Actor, at: datetime
) -> bool:
    """Sign as one side, in any order; with the last one who still can it is done. Returns whether it is.

    A mentor who works with this apprentice no more cannot sign: what one signs today, one answers for today.
    """
    public_id = Ref.parse(party.document.subject).public_id
    row = (
        Review._base_manager.select_for_update(of=("self",))
        .select_related("enrolment")
        .get(public_id=public_id)
    )
    if party.role == "mentor" and party.person is not None and not _works_with(row, party):
        raise Refused(not_now("reviews.signer_has_left", name=party.name))
    sign_document(party, seen=seen, link=link, by=by, at=at)
    return _finish(locked_anyway(row), by=by, at=at)


@action
def hand_over_review(
    party: SigningParty, *, name: str, organisation: Organisation, by: Actor, at: datetime
) -> Handover:
    """Give the mentor a link by which to sign without an account; the college does, and for nobody else."""
    row = Review.objects.select_related("organisation", "enrolment").get(
        public_id=Ref.parse(party.document.subject).public_id
    )
    allowed = rules.may_hand_over(by, row, party.role)
    return hand_over(party, name=name, organisation=organisation, allowed=allowed, by=by, at=at)


@action
def excuse_signer(review: Review, *, role: str, because: str, by: Actor, at: datetime) -> bool:
    """Do without the signature of somebody who left; the reason stands in the record. Returns whether all is signed."""
    row = locked(review)
    require(rules.may_excuse(by, row))
    require(rules.can_give_reason(because))
    require(rules.can_be_excused(row))
    parties = {one.role: one for one in parties_of(row.document)} if row.document else {}
    if role not in parties or hasattr(parties[role], "signature"):
        raise Refused(not_now("reviews.signed_by_them"))
    values = {"because": because.strip(), "by": by.person, "at": at}
    _row, made = Excuse.objects.get_or_create(review=row, role=role, defaults=values)
    if made:
        _tell(SignerExcused(role, because.strip()), row, by=by, at=at)
    return _finish(row, by=by, at=at)


def locked_anyway(row: Review) -> Review:
    """The same row with what finishing needs, whoever looks: a link signs without seeing anything else."""
    rows = Review._base_manager.select_related("organisation", "document")
    return rows.get(pk=row.pk)


def _finish(row: Review, *, by: Actor, at: datetime) -> bool:
    """Signed once every side has signed or is excused; one side at least has to sign."""
    if row.state == "signed":
        return True
    if row.state != "written" or row.document is None:
        return False
    excused = set(Excuse.objects.filter(review=row).values_list("role", flat=True))
    parties = parties_of(row.document)
    signed = {one.role for one in parties if hasattr(one, "signature")}
    if not signed or any(one.role not in signed | excused for one in parties):
        return False
    row.state, row.signed_at, row.changed_at = REVIEW.after(row.state, "sign"), at, at
    row.save(update_fields=["state", "signed_at", "changed_at"])
    if excused - signed:
        complete_document(row.document, by=by, at=at)
    _tell(ReviewSigned(sorted(excused - signed)), row, by=by, at=at)
    return True


def _works_with(row: Review, party: SigningParty) -> bool:
    return party.person is not None and row.enrolment_id in working_with(party.person)


def _tell(fact: Fact, row: Review, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
