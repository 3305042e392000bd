"""A yes, or a reason code with its facts: who may, and whether now, answered once for button, page and action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """True, or false with a stable reason code (`noun.reason`) and the values that its sentence names.

    `who` tells the two questions apart: a refusal of the person (403) or of the moment (409).
    """

    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    who: bool = False

    def __bool__(self) -> bool:
        return not self.reason


YES = Verdict()


def may_not(reason: str, **facts: Any) -> Verdict:
    """Refuse the person: this role, or this relation, does not allow it."""
    return Verdict(reason, facts, who=True)


def not_now(reason: str, **facts: Any) -> Verdict:
    """Refuse the moment: the state of things does not allow it."""
    return Verdict(reason, facts)


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """Carries a false `Verdict` to the door, which says it in the reader's language."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


def require(verdict: Verdict) -> None:
    """Raise `Refused` unless the verdict is a yes."""
    if not verdict:
        raise Refused(verdict)
