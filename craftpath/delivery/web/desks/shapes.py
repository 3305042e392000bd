"""What a desk is made of: lines that are one tap from done, and figures with the template that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from craftpath.kernel.roles import Role

MOST = 6  # lines of one kind before "and … more"
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what, a remark, and the page on which it is done; `tone` as the badge component has it.

    `on` is the day by which it is to be done, or on which it came where nobody set one. `act` and `act_url` are the
    next act where it is done elsewhere than on the page of the line. `rest` only leads to more of the same.
    """

    label: str
    note: str = ""
    url: str = ""
    badge: str = ""
    tone: str = "plain"
    icon: str = ""
    on: date | None = None
    act: str = ""
    act_url: str = ""
    rest: bool = False
    safety: bool = False

    def urgency(self, today: date) -> tuple[int, date]:
        """What is overdue first, of it what concerns safety; then of today or before, singled out, due soon."""
        on = self.on or today
        if self.rest:
            return 9, on
        if self.badge and self.tone == "wrong":
            return -1 if self.safety else 0, on
        if self.on is not None and on <= today:
            return 1, on
        if self.badge and self.tone == "attention":
            return 2, on
        if self.on is not None and on <= today + SOON:
            return 3, on
        return (4, today) if self.on is None else (5, on)


def by_urgency(lines: Iterable[Line], today: date) -> list[Line]:
    """Each line once, the most urgent and of these the oldest first; what is alike keeps its order."""
    return sorted(dict.fromkeys(lines), key=lambda line: line.urgency(today))


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure of the line on top with its words, and the part of the page that says more."""

    figure: str
    words: str
    to: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Desk:
    """What one role finds: lines that wait for this person, who needs them, and where things stand.

    `sums` say how many need them, and where things stand, in a figure or two.
    """

    role: Role
    template: str
    waiting: Sequence[Line] = ()
    needs: Sequence[Line] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    sums: Sequence[Sum] = ()
