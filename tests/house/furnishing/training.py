"""A rotation with its plan."""

from __future__ import annotations

from craftpath.domain.training.models import RotationPattern
from tests.cast import Cast
from tests.domain.training.world import planned, publish


def plan_a_rotation(cast: Cast) -> RotationPattern:
    """A plan with departments, and a rotation from next week on, once."""
    standing = RotationPattern.objects.first()
    return standing or publish(cast, planned(cast))
