"""What can have happened to credits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class CreditsEarned(Fact):
    """Credits were put into an account for what its owner had reached (public ids of the entries)."""

    code: ClassVar[str] = "credits.earned"
    entries: list[str]
    points: int


@fact
@dataclass(frozen=True)
class CreditTakenBack(Fact):
    """A credit was reversed, since what it stood on does not stand."""

    code: ClassVar[str] = "credits.taken_back"
    entry: str
    because: str


@fact
@dataclass(frozen=True)
class CreditUnfounded(Fact):
    """What a credit stood on does not stand any more, and a diploma has got it already: somebody must look at it."""

    code: ClassVar[str] = "credits.unfounded"
    entry: str
    because: str


@fact
@dataclass(frozen=True)
class CreditsAskedFor(Fact):
    """Somebody asked an institution to take credits for a diploma, or to recognise prior learning."""

    code: ClassVar[str] = "credits.asked"
    kind: str
    lines: int


@fact
@dataclass(frozen=True)
class RequestMoved(Fact):
    """A request was withdrawn, checked, decided, posted or reversed; points are those of the diploma or account."""

    code: ClassVar[str] = "credits.request_moved"
    state: str
    points: int
    because: str


@fact
@dataclass(frozen=True)
class DiplomaKept(Fact):
    """A diploma was drafted, changed, opened or retired, or taken over from a preset."""

    code: ClassVar[str] = "credits.diploma_kept"
    state: str
    preset: str = ""


@fact
@dataclass(frozen=True)
class CreditRuleKept(Fact):
    """A dated row began or ended: what an outcome is worth (earning), or how a table takes it (conversion)."""

    code: ClassVar[str] = "credits.rule_kept"
    kind: str
    key: str
    valid_from: str
    valid_to: str
