"""What a desk is made of: lines that are one tap from done, and figures with the template that shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftpath.kernel.roles import Role

MOST = 6  # lines of one kind before "and … more"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what, a remark, and the page on which it is done; `tone` as the badge component has it."""

    label: str
    note: str = ""
    url: str = ""
    badge: str = ""
    tone: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What one role finds: lines that wait for this person, people who need them, and where things stand."""

    role: Role
    template: str
    waiting: Sequence[Line] = ()
    needs: Sequence[Line] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
