"""Whose paper it is: the verb that signs it, who reads it, who hands it over, and the page it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate

from craftpath.domain.agreements.actions import sign_agreement
from craftpath.domain.agreements.queries import day_of_effect, guardian_of_paper
from craftpath.domain.agreements.texts import PARTIES
from craftpath.domain.committees.actions import sign_minutes
from craftpath.domain.committees.queries import meetings
from craftpath.domain.committees.texts import PARTIES as OF_COMMITTEES
from craftpath.domain.mentoring.actions import sign_agreement as sign_pair_agreement
from craftpath.domain.mentoring.texts import PARTIES as OF_PAIRS
from craftpath.domain.partnership.actions import sign_cooperation
from craftpath.domain.partnership.texts import PARTIES as OF_PARTNERSHIPS
from craftpath.domain.reviews.actions import hand_over_review, sign_review
from craftpath.domain.reviews.queries import document_read
from craftpath.domain.reviews.texts import ROLES
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import documents, hand_over
from craftpath.values.paper import day
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.kernel.access import Actor
    from craftpath.kernel.links import Handover
    from craftpath.kernel.people import Person
    from craftpath.kernel.signing import Document, SigningParty

_VERBS: dict[str, Callable[..., bool]] = {
    "agreements": sign_agreement,
    "committees": sign_minutes,
    "mentoring": sign_pair_agreement,
    "partnership": sign_cooperation,
    "reviews": sign_review,
}
_HANDS: dict[str, Callable[..., Handover]] = {"reviews": hand_over_review}
_PAGES = {
    ("agreements", "agreement"): "agreements:agreement",
    ("agreements", "amendment"): "agreements:amendment",
    ("committees", "meeting"): "committees:meeting",
    ("mentoring", "agreement"): "mentoring:signed",
    ("partnership", "cooperation"): "partnership:cooperation",
    ("reviews", "review"): "reviews:review",
}
_ROLES = {**OF_PARTNERSHIPS, **OF_COMMITTEES, **ROLES, **PARTIES, **OF_PAIRS}


def signs(document: Document) -> Callable[..., bool]:
    """The action that signs this document."""
    return _VERBS[Ref.parse(document.subject).noun]


def hands_over(document: Document) -> Callable[..., Handover]:
    """The action that makes a link to sign it."""
    return _HANDS.get(Ref.parse(document.subject).noun, hand_over)


def read_by(actor: Actor, person: Person, public_id: str) -> Document | None:
    """A text that somebody is party to, or may read by the rule of its noun; None where it does not exist for them.

    An agreement is read by whoever looks after agreements, a review by whoever sees the review.
    """
    found = documents().filter(public_id=public_id).first()
    if found is not None and found.parties.filter(person=person).exists():
        return found
    if found is None or Ref.parse(found.subject).noun == "reviews":
        return document_read(public_id) if actor.may(Permission.SEE_RESULTS) else None
    ref = Ref.parse(found.subject)
    if ref.noun == "committees":  # minutes are read by whoever sees the meeting
        return found if meetings().filter(public_id=ref.public_id).exists() else None
    # What a pair agreed on is read by whoever looks after pairs.
    if ref.noun == "partnership" and actor.may(Permission.RUN_PARTNERSHIPS):
        return found
    require(actor.may(Permission.FORM_PAIRS if ref.noun == "mentoring" else Permission.SEE_AGREEMENTS))
    return found


def page_of(document: Document, organisation: str) -> str:
    """The page of what the document belongs to."""
    ref = Ref.parse(document.subject)
    return reverse(_PAGES[ref.noun, ref.kind], args=[organisation, ref.public_id])


def effect_of(document: Document) -> Text:
    """What a paper says of itself once everybody has signed: an amendment, from which day it holds."""
    ref, at = Ref.parse(document.subject), document.completed_at
    on = day_of_effect(ref.public_id) if ref.kind == "amendment" else None
    if at is None or on is None:
        return Text()
    signed, holds = day(localdate(at)), day(on)
    return Text(
        f"各方已于{signed.zh}全部签署，自{holds.zh}起生效。",
        f"Agreed: everybody had signed by {signed.en}. In force from {holds.en}.",
    )


def sign_page(document: Document, organisation: str) -> str:
    """Where it is read and signed: a review on its own page, everything else on the page of its text."""
    if Ref.parse(document.subject).noun == "reviews":
        return page_of(document, organisation)
    return reverse("signing:sign", args=[organisation, document.public_id])


def role_name(role: str) -> Any:
    """As what somebody signs."""
    return _ROLES[role]


def mail_of(party: SigningParty) -> str:
    """The mail address under which a party is known, or ""."""
    if party.person is not None:
        return party.person.email or ""
    ref = Ref.parse(party.document.subject)
    known = guardian_of_paper(ref) if party.role == "guardian" and ref.noun == "agreements" else ""
    return known if "@" in known else ""
