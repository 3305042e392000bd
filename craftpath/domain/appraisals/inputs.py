"""What a round is computed from, as one value with one canonical text: ids and figures, and no name of a person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

LONGEST_WAIT = 30
"""Days that one entry counts as waiting at most: a holiday must not decide over a year."""
Shares = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One apprentice's decided result in one stage: with the start before it, and who taught for which share."""

    enrolment: str
    evaluation: str
    stage: str
    stage_name: Mapping[str, str]
    programme: str
    start: float | None
    result: float
    shares: Shares

    @property
    def key(self) -> str:
        """How a contest names the line."""
        return f"{self.enrolment}.{self.evaluation}"


@dataclass(slots=True)
class Own:
    """What is counted of one trainer beside results. `answered`: days → entries, `voices`: question → step → voices."""

    planned: int = 0
    away: int = 0
    confirmed: int = 0
    looked: int = 0
    checks: int = 0
    agreed: float = 0.0
    answered: dict[int, int] = field(default_factory=dict)
    voices: dict[str, dict[int, int]] = field(default_factory=dict)

    def answer(self, days: int) -> None:
        """Count one entry by the days that it waited."""
        days = min(max(days, 0), LONGEST_WAIT)
        self.answered[days] = self.answered.get(days, 0) + 1

    def share_looked(self) -> float:
        """Percent of the confirmed entries that were sent back or remarked on; a check that held counts beside."""
        share = self.looked / self.confirmed
        return 100 * (share * self.confirmed + self.agreed) / (self.confirmed + self.checks)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an upheld contest changes: of one trainer a part, or of everybody a case."""

    trainer: str
    part: str
    line: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """All of it. `appraised` are the trainers of the period; others only share cases with them.

    `left_out` is (trainer, enrolment, evaluation or nothing, why).
    """

    definition: Mapping[str, Any]
    starts_on: str
    ends_on: str
    appraised: Sequence[str]
    cases: Sequence[Case]
    left_out: Sequence[tuple[str, str, str, str]]
    own: Mapping[str, Own]
    corrected: Sequence[Corrected]

    def as_text(self) -> str:
        """The canonical text: the same inputs give the same bytes."""
        return canonical(asdict(self))


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Inputs:
    """Inputs from their canonical text."""
    kept = json.loads(text)
    return Inputs(
        kept["definition"],
        kept["starts_on"],
        kept["ends_on"],
        tuple(kept["appraised"]),
        tuple(_case(one) for one in kept["cases"]),
        tuple((one[0], one[1], one[2], one[3]) for one in kept["left_out"]),
        {key: _own(one) for key, one in kept["own"].items()},
        tuple(Corrected(**one) for one in kept["corrected"]),
    )


def _case(one: dict[str, Any]) -> Case:
    return Case(**{**one, "shares": tuple((who, share) for who, share in one["shares"])})


def _own(one: dict[str, Any]) -> Own:
    answered = {int(days): count for days, count in one["answered"].items()}
    voices = {
        question: {int(step): count for step, count in steps.items()}
        for question, steps in one["voices"].items()
    }
    return Own(**{**one, "answered": answered, "voices": voices})
