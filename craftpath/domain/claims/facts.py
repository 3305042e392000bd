"""What can have happened to claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class CertificateClaimed(Fact):
    """Somebody says to hold a certificate of elsewhere."""

    code: ClassVar[str] = "claims.claimed"
    scheme: str
    level: str


@fact
@dataclass(frozen=True)
class ClaimChanged(Fact):
    """The person changed it, or its evidence; it waits anew."""

    code: ClassVar[str] = "claims.changed"
    fields: list[str]
    before: str


@fact
@dataclass(frozen=True)
class ClaimDecided(Fact):
    """An officer verified, returned or refused it, or took the verification back."""

    code: ClassVar[str] = "claims.decided"
    state: str
    how: str
    phrase: str
    words: str


@fact
@dataclass(frozen=True)
class ClaimWithdrawn(Fact):
    """The person took it back; its evidence is forgotten."""

    code: ClassVar[str] = "claims.withdrawn"
    before: str


@fact
@dataclass(frozen=True)
class IssuerTrusted(Fact):
    """An office knows an issuer of digital credentials from now on, or no longer."""

    code: ClassVar[str] = "claims.issuer_trusted"
    did: str
    name: str
    trusted: bool
