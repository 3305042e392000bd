"""What taking a roster in wrote, row by row: enough to take it back, kept with its import for a day."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(slots=True)
class Trace:
    """Database ids of what was made, and each value that was changed with what stood there before.

    `changes` holds [enrolment, field, before, after]; `roles` [person, organisation, role] of people known before.
    """

    enrolments: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    mentors: list[int] = field(default_factory=list)
    parties: list[int] = field(default_factory=list)
    roles: list[list[Any]] = field(default_factory=list)
    changes: list[list[Any]] = field(default_factory=list)
    organisations: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The form that an import keeps; empty for a roster that changed nothing."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read `as_json` back."""
        return cls(**value)
