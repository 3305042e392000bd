"""How a condition stands for one apprentice, and what all of them together say."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from craftpath.domain.progression.conditions import Condition
from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `have` and `want` are in `unit` (minutes, weeks, percent, reviews, months), None without a figure.

    `detail` is a code that says what is missing; `label` the name of a kind of hours or of a paper.
    """

    condition: Condition
    met: bool
    have: int | None = None
    want: int | None = None
    unit: str = ""
    detail: str = ""
    label: Text = field(default_factory=Text)
    key: str = ""
    waived: bool = False
    waived_because: str = ""
    noted: str = ""

    @property
    def done(self) -> bool:
        """Whether it does not hold anybody back: met, or waived."""
        return self.met or self.waived

    @property
    def name(self) -> str:
        """What tells it from the others of its gate."""
        return self.key or self.condition.key

    def as_json(self) -> dict[str, Any]:
        """The form that a passage keeps."""
        return {
            "key": self.name,
            "kind": self.condition.kind,
            "met": self.met,
            "have": self.have,
            "want": self.want,
            "unit": self.unit,
            "detail": self.detail,
            "label": self.label.as_json(),
            "waived": self.waived,
            "because": self.waived_because,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All conditions of a gate for one apprentice."""

    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether the gate may be opened."""
        return bool(self.findings) and all(one.done for one in self.findings)

    @property
    def missing(self) -> list[Finding]:
        """What still holds the apprentice back."""
        return [one for one in self.findings if not one.done]

    @property
    def done(self) -> int:
        """How many conditions hold nobody back."""
        return sum(one.done for one in self.findings)

    @property
    def fingerprint(self) -> str:
        """Of which conditions are met or waived: figures may grow meanwhile, an answer may not change unseen."""
        said = [(one.name, one.met, one.waived) for one in self.findings]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]
