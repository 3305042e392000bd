"""What the site itself finds in the record for a step: providers, each registered under the key of a finding.

A provider gets who is looked at and answers with plain facts, or None where there is nothing to say yet. It looks in
the scope of the pilot's office, so that everybody in the pilot reads the same figures and nobody a name. Cycles ask
for findings by their keys; a key without a provider is passed over, so that a cycle may ask for what comes later.
Sentences for the facts stand in `texts.py`: every provider has its own there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Pilot, PilotRound


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which round, for which classes (`programmes`: class id → programme id) and members (paths), on which day."""

    pilot: Pilot
    round: PilotRound
    programmes: Mapping[int, int]
    members: tuple[str, ...]
    today: date
    at: datetime

    @property
    def classes(self) -> tuple[int, ...]:
        """The ids of the classes."""
        return tuple(self.programmes)


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: whether it is as it should be, and the facts (plain JSON) that its sentence names."""

    key: str
    met: bool
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The form that is frozen with a step and in a report."""
        return {"key": self.key, "met": self.met, "facts": self.facts}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Found:
        """What was frozen."""
        return cls(kept["key"], kept["met"], dict(kept["facts"]))


Provider = Callable[[Asked], "Found | None"]
PROVIDERS: dict[str, Provider] = {}


def provides(key: str) -> Callable[[Provider], Provider]:
    """Register who finds something; a key has one provider."""

    def register(provider: Provider) -> Provider:
        if PROVIDERS.setdefault(key, provider) is not provider:
            raise TypeError(f"two providers find {key}")
        return provider

    return register


def counted(key: str, done: int, of: int, **more: Any) -> Found:
    """So many of so many; as it should be once there are some and all are done."""
    return Found(key, bool(of) and done >= of, {"done": done, "of": of, **more})
