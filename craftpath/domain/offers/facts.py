"""What can have happened to requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class RequestOpened(Fact):
    """An organisation asked for something, or offered it."""

    code: ClassVar[str] = "offers.opened"
    kind: str
    promised_on: str


@fact
@dataclass(frozen=True)
class RequestChanged(Fact):
    """A request was written anew."""

    code: ClassVar[str] = "offers.changed"


@fact
@dataclass(frozen=True)
class MessageSent(Fact):
    """One side said something about a request."""

    code: ClassVar[str] = "offers.message_sent"
    message: str
    part: str


@fact
@dataclass(frozen=True)
class RequestMoved(Fact):
    """A request is a step further."""

    code: ClassVar[str] = "offers.moved"
    state: str
    because: str


@fact
@dataclass(frozen=True)
class OutcomeJudged(Fact):
    """Whoever asked said whether it was good: so many of five stars."""

    code: ClassVar[str] = "offers.outcome_judged"
    stars: int


@fact
@dataclass(frozen=True)
class OfferRuleSet(Fact):
    """A city said by when requests are answered, and when it asks whether it was good."""

    code: ClassVar[str] = "offers.rule_set"
    promise_days: int
    ask_after_days: int
