"""Whose paper it is: the verb that signs it, and the page it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate

from craftpath.domain.agreements.actions import sign_agreement
from craftpath.domain.agreements.queries import day_of_effect, guardian_of_paper
from craftpath.domain.agreements.texts import PARTIES
from craftpath.domain.partnership.actions import sign_cooperation
from craftpath.values.paper import day
from craftpath.values.ref import Ref
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.kernel.signing import Document, SigningParty

_VERBS: dict[str, Callable[..., bool]] = {"agreements": sign_agreement, "partnership": sign_cooperation}
_PAGES = {
    ("agreements", "agreement"): "agreements:agreement",
    ("agreements", "amendment"): "agreements:amendment",
    ("partnership", "cooperation"): "partnership:cooperation",
}


def signs(document: Document) -> Callable[..., bool]:
    """The action that signs this document."""
    return _VERBS[Ref.parse(document.subject).noun]


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


def role_name(role: str) -> Any:
    """As what somebody signs."""
    return PARTIES[role]


def mail_of(party: SigningParty) -> str:
    """The mail address under which a party is known, or ""."""
    if party.person is not None:
        return party.person.email or ""
    ref = Ref.parse(party.document.subject)
    known = guardian_of_paper(ref) if party.role == "guardian" and ref.noun == "agreements" else ""
    return known if "@" in known else ""
