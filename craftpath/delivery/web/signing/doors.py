"""Whose paper it is: the verb that signs it, and the page it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from craftpath.domain.agreements.actions import sign_agreement
from craftpath.domain.agreements.queries import guardian_of_paper
from craftpath.domain.agreements.texts import PARTIES
from craftpath.domain.partnership.actions import sign_cooperation
from craftpath.values.ref import Ref

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
