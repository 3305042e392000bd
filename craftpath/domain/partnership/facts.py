"""What can have happened to cooperation agreements; that they were signed the kernel tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class CooperationSaved(Fact):
    """A draft was written or changed."""

    code: ClassVar[str] = "partnership.cooperation_saved"
    cooperation: str


@fact
@dataclass(frozen=True)
class CooperationMoved(Fact):
    """A cooperation agreement came into force, ended, or was made void."""

    code: ClassVar[str] = "partnership.cooperation_moved"
    cooperation: str
    state: str


@fact
@dataclass(frozen=True)
class CooperationFiled(Fact):
    """The authority's filing number was noted."""

    code: ClassVar[str] = "partnership.cooperation_filed"
    cooperation: str
    number: str
