"""The sides of a cooperation agreement and its last day: the one place that asks `partnership`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation
    from craftpath.kernel.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Basis:
    """What a venture stands on."""

    sides: tuple[Organisation, ...]
    last: date
    in_force: bool

    def side_of(self, organisation: Organisation) -> Organisation | None:
        """The side under which an organisation lies."""
        return next((side for side in self.sides if organisation.path.startswith(side.path)), None)


def basis_of(cooperation: Cooperation) -> Basis:
    """The agreement as a venture sees it."""
    sides = tuple(side.organisation for side in cooperation.sides.all())
    return Basis(sides, cooperation.ended_on or cooperation.ends_on, cooperation.state == "in_force")
