"""What can have happened to subsidy files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class SchemeCopied(Fact):
    """An office made its own version of a scheme."""

    code: ClassVar[str] = "subsidies.scheme_copied"
    key: str
    version: int
    valid_from: date


@fact
@dataclass(frozen=True)
class FileOpened(Fact):
    """A file was opened for a class."""

    code: ClassVar[str] = "subsidies.file_opened"
    scheme: str
    people: list[str]


@fact
@dataclass(frozen=True)
class FileMoved(Fact):
    """A file took a step, forward or back."""

    code: ClassVar[str] = "subsidies.file_moved"
    state: str
    because: str


@fact
@dataclass(frozen=True)
class MoneyDecided(Fact):
    """An advance, a balance, a refund was decided, paid or came back; the amount in minor units."""

    code: ClassVar[str] = "subsidies.money_decided"
    what: str
    amount: int
    currency: str


@fact
@dataclass(frozen=True)
class PersonExcluded(Fact):
    """Somebody of a file does not count, for a reason; an empty one: counts again."""

    code: ClassVar[str] = "subsidies.person_excluded"
    person: str
    reason: str


@fact
@dataclass(frozen=True)
class PaperHandedIn(Fact):
    """A paper of a file was uploaded."""

    code: ClassVar[str] = "subsidies.paper_handed_in"
    paper: str
    version: int
    sha256: str


@fact
@dataclass(frozen=True)
class PaperAsked(Fact):
    """People were asked for a paper."""

    code: ClassVar[str] = "subsidies.paper_asked"
    paper: str
    people: list[str]


@fact
@dataclass(frozen=True)
class YearsClaimed(Fact):
    """Person-years were claimed, so that nobody claims them again."""

    code: ClassVar[str] = "subsidies.years_claimed"
    years: int


@fact
@dataclass(frozen=True)
class YearsFreed(Fact):
    """The claim was withdrawn and its person-years can be claimed again."""

    code: ClassVar[str] = "subsidies.years_freed"
    years: int


@fact
@dataclass(frozen=True)
class ElsewhereTaken(Fact):
    """Years that were claimed elsewhere were taken from a sheet."""

    code: ClassVar[str] = "subsidies.elsewhere_taken"
    years: int
    source: str


@fact
@dataclass(frozen=True)
class IdentitiesKept(Fact):
    """By what people are recognised in claims made elsewhere was kept, as keyed hashes."""

    code: ClassVar[str] = "subsidies.identities_kept"
    people: int


@fact
@dataclass(frozen=True)
class AuditOpened(Fact):
    """An auditor was invited to a file until a day; the sample was drawn with a seed."""

    code: ClassVar[str] = "subsidies.audit_opened"
    person: str
    until: date
    seed: str
    drawn: int
    listed: int


@fact
@dataclass(frozen=True)
class AuditEnded(Fact):
    """An auditor's access ends earlier."""

    code: ClassVar[str] = "subsidies.audit_ended"
    until: date


@fact
@dataclass(frozen=True)
class FindingMoved(Fact):
    """A finding was written, answered, sent back or closed."""

    code: ClassVar[str] = "subsidies.finding_moved"
    state: str
    severity: str


@fact
@dataclass(frozen=True)
class PackAsked(Fact):
    """The whole file was asked for as an archive."""

    code: ClassVar[str] = "subsidies.pack_asked"


@fact
@dataclass(frozen=True)
class PackFetched(Fact):
    """The archive left the house."""

    code: ClassVar[str] = "subsidies.pack_fetched"
    sha256: str
