"""What can have happened to kinds, certificates, batches and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class KindSaved(Fact):
    """A draft was written or changed; `before` names the version that it is to follow."""

    code: ClassVar[str] = "certificates.kind_saved"
    key: str
    version: int


@fact
@dataclass(frozen=True)
class KindMoved(Fact):
    """A kind is issued from now on, or no longer."""

    code: ClassVar[str] = "certificates.kind_moved"
    key: str
    version: int
    state: str


@fact
@dataclass(frozen=True)
class BatchMoved(Fact):
    """Many certificates were planned, are being issued, are all there, or will not be issued after all."""

    code: ClassVar[str] = "certificates.batch_moved"
    state: str
    people: int


@fact
@dataclass(frozen=True)
class CertificatesIssued(Fact):
    """Certificates of one kind were issued, by their public ids; some of a batch, or one."""

    code: ClassVar[str] = "certificates.issued"
    kind: str
    first: str
    last: str
    certificates: list[str]


@fact
@dataclass(frozen=True)
class CertificateRevoked(Fact):
    """A certificate does not hold any more, and why."""

    code: ClassVar[str] = "certificates.revoked"
    number: str
    because: str


@fact
@dataclass(frozen=True)
class CertificateReplaced(Fact):
    """Another certificate took the place of this one, and why."""

    code: ClassVar[str] = "certificates.replaced"
    number: str
    by: str
    because: str


@fact
@dataclass(frozen=True)
class CertificateIssuedAgain(Fact):
    """A certificate that was revoked stays so, and another one has its ground from now on, and why."""

    code: ClassVar[str] = "certificates.issued_again"
    number: str
    by: str
    because: str


@fact
@dataclass(frozen=True)
class KeyMade(Fact):
    """An organisation has a key to sign with; of a rotation `before` is the public half of the retired one."""

    code: ClassVar[str] = "certificates.key_made"
    public: str
    before: str


@fact
@dataclass(frozen=True)
class KeyRevoked(Fact):
    """What a key signed holds no more, and why."""

    code: ClassVar[str] = "certificates.key_revoked"
    public: str
    because: str
    certificates: int
