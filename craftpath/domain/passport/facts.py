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
