"""What can have happened to sharing rules, and that somebody looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class RuleSaved(Fact):
    """A draft was written or changed."""

    code: ClassVar[str] = "sharing.rule_saved"
    rule: str


@fact
@dataclass(frozen=True)
class RuleMoved(Fact):
    """A rule was offered, taken back, accepted, declined, revoked, discarded, or replaced by its next version."""

    code: ClassVar[str] = "sharing.rule_moved"
    rule: str
    state: str
    because: str = ""


@fact
@dataclass(frozen=True)
class RuleFollowed(Fact):
    """A later version was accepted that begins on a day; until then the rule holds."""

    code: ClassVar[str] = "sharing.rule_followed"
    rule: str
    on: str


@fact
@dataclass(frozen=True)
class SharedDataSeen(Fact):
    """Somebody of the receiver looked at what is shared, or took it along as a file: how many lines."""

    code: ClassVar[str] = "sharing.seen"
    rule: str
    form: str
    lines: int
