"""What a digital credential proves: who signed it, whether it is whole, and whether the office knows that issuer.

A signature alone proves only that its key signed. The officer sees what was found, and still decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.claims.models import Evidence, TrustedIssuer
from craftpath.domain.claims.rules import plain

if TYPE_CHECKING:
    from craftpath.engines.credentials import Report

SIGNED = ("application/json", "application/jwt")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Signed:
    """What one file proves. `holder` is the name that it gives in clear; `own` says whether it names whoever claims.

    None: it names nobody that could be compared, such as a mail address that only its issuer knows.
    """

    report: Report
    known: TrustedIssuer | None
    title: str
    holder: str
    own: bool | None

    @property
    def sure(self) -> bool:
        """Whether the signature holds and is of an issuer that the office knows."""
        return self.report.valid and self.known is not None


def look(evidence: Evidence, trusted: Sequence[TrustedIssuer], at: datetime) -> Signed:
    """Check one; `trusted` are the issuers that the office knows on this day. Nothing is fetched."""
    from craftpath.engines.credentials import check  # noqa: PLC0415  (vocabularies that other pages do without)

    by_did = {one.did: one for one in trusted}

    def keys(method: str) -> str | None:
        did, _hash, end = method.partition("#")
        own = [one.public for one in trusted if one.did == did and one.public]
        if end.startswith("z6Mk"):  # it says which key it is: another one of this issuer's says nothing of it
            return end if end in own else None
        return own[-1] if own else None

    report = check(evidence.kept.bytes().decode("utf-8", "replace"), at=at, keys=keys)
    document: dict[str, Any] = report.credential or {}
    subject = document.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    # Whom a document names as its issuer counts only where that issuer's key has signed it.
    proven = report["issuer"].ok is True and report["proof"].ok is True
    return Signed(
        report,
        by_did.get(_id(document.get("issuer"))) if proven else None,
        _words(document.get("name")) or _words(_part(subject, "achievement").get("name")),
        *_holder(subject, evidence.claim.person.name),
    )


def _holder(subject: dict[str, Any], name: str) -> tuple[str, bool | None]:
    """The name in clear, and whether one of the names, hashed or not, is that of whoever claims."""
    from craftpath.engines.credentials.documents.parts import hashed  # noqa: PLC0415

    clear, own = _words(subject.get("name")), None
    if clear:
        own = plain(clear) == plain(name)
    told = subject.get("identifier")
    for one in told if isinstance(told, list) else [told]:
        if not isinstance(one, dict) or one.get("identityType") != "name":
            continue
        said, salt = _words(one.get("identityHash")), _words(one.get("salt"))
        if one.get("hashed") is True:
            same = said == hashed(name, salt)
        else:
            clear, same = clear or said, plain(said) == plain(name)
        own = same or bool(own)
    return clear, own


def _part(document: dict[str, Any], name: str) -> dict[str, Any]:
    found = document.get(name)
    return found if isinstance(found, dict) else {}


def _id(issuer: Any) -> str:
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def _words(value: Any) -> str:
    """A name, also one in several languages (the first of them)."""
    if isinstance(value, dict):
        value = value.get("@value") or next(iter(value.values()), "")
    if isinstance(value, list):
        return _words(value[0]) if value else ""
    return value[:_LONGEST] if isinstance(value, str) else ""
