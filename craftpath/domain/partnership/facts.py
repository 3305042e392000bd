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


@fact
@dataclass(frozen=True)
class DutyTaken(Fact):
    """A side took on a duty with a day."""

    code: ClassVar[str] = "partnership.duty_taken"
    duty: str


@fact
@dataclass(frozen=True)
class DutyEnded(Fact):
    """A duty was done for its day, or taken out of a draft."""

    code: ClassVar[str] = "partnership.duty_ended"
    duty: str
    due_on: str


@fact
@dataclass(frozen=True)
class RulesProposed(Fact):
    """A version of the valuation rule was proposed."""

    code: ClassVar[str] = "partnership.rules_proposed"
    book: str
    version: int


@fact
@dataclass(frozen=True)
class RulesAgreed(Fact):
    """A side agreed to a version of the valuation rule; `whole` says whether it holds now."""

    code: ClassVar[str] = "partnership.rules_agreed"
    book: str
    version: int
    whole: bool


@fact
@dataclass(frozen=True)
class PledgeMade(Fact):
    """A side pledged something for a year."""

    code: ClassVar[str] = "partnership.pledge_made"
    pledge: str
    year: int


@fact
@dataclass(frozen=True)
class PledgeWithdrawn(Fact):
    """A pledge was taken back."""

    code: ClassVar[str] = "partnership.pledge_withdrawn"
    pledge: str
    year: int


@fact
@dataclass(frozen=True)
class ContributionGiven(Fact):
    """A side entered what it gave, or a counter-line to it."""

    code: ClassVar[str] = "partnership.contribution_given"
    contribution: str
    kind: str
    minor: int
    currency: str


@fact
@dataclass(frozen=True)
class ContributionMoved(Fact):
    """A contribution was confirmed, questioned, explained or withdrawn."""

    code: ClassVar[str] = "partnership.contribution_moved"
    contribution: str
    state: str


@fact
@dataclass(frozen=True)
class CostsSaved(Fact):
    """An enterprise saved a version of its costs and benefits."""

    code: ClassVar[str] = "partnership.costs_saved"
    version: int


@fact
@dataclass(frozen=True)
class LetterIssued(Fact):
    """A yearly balance letter was issued."""

    code: ClassVar[str] = "partnership.letter_issued"
    year: int
    version: int
    sha256: str
