"""The people of the demo, made of the cast."""

from __future__ import annotations

import pytest

PLAYERS = (
    "apprentice",
    "mentor",
    "trainer",
    "coordinator",
    "hr",
    "officer",
    "assessor",
    "auditor",
    "administrator",
)


@pytest.fixture
def players(cast):
    """role → person, under the sign-in names of the demo."""
    for role in PLAYERS:
        cast.people[role].username = f"demo-{role}"
        cast.people[role].save()
    return {role: cast.people[role] for role in PLAYERS}
