"""What can have happened to shares and to records that were brought along; each is its owner's own business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class RecordShared(Fact):
    """Somebody made a link to the own record."""

    code: ClassVar[str] = "passport.record_shared"
    confidential: ClassVar[bool] = True
    name: str
    sections: list[str]
    until: str


@fact
@dataclass(frozen=True)
class ShareRevoked(Fact):
    """The link does not serve any more."""

    code: ClassVar[str] = "passport.share_revoked"
    confidential: ClassVar[bool] = True
    name: str


@fact
@dataclass(frozen=True)
class RecordCarried(Fact):
    """Somebody took the own record along as a signed file."""

    code: ClassVar[str] = "passport.record_carried"
    confidential: ClassVar[bool] = True
    form: str


@fact
@dataclass(frozen=True)
class RecordBrought(Fact):
    """A record of another site was brought along; `state` says whether it is kept or waits for an office."""

    code: ClassVar[str] = "passport.record_brought"
    confidential: ClassVar[bool] = True
    issuer: str
    verdict: str
    state: str


@fact
@dataclass(frozen=True)
class ArrivalSettled(Fact):
    """An office said whether a record that was brought along is this person's, or its owner took it out."""

    code: ClassVar[str] = "passport.arrival_settled"
    state: str
    because: str
