"""The rooms of the API."""

from __future__ import annotations

from craftpath.delivery.api import (
    agreements,
    allowances,
    certificates,
    cohorts,
    courses,
    directives,
    duties,
    figures,
    gates,
    help,  # noqa: A004 - a room, as its pages are called
    hooks,
    imports,
    judging,
    library,
    logs,
    me,
    office,
    packages,
    pairs,
    questions,
    results,
    review_planning,
    reviews,
    session_planning,
    studio,
    subsidies,
)
from craftpath.delivery.api.room import Room

ROOMS: tuple[tuple[str, Room], ...] = (
    ("", me.room),
    ("/log", logs.room),
    ("", duties.room),
    ("", courses.room),
    ("", questions.room),
    ("", session_planning.room),
    ("", judging.room),
    ("", reviews.room),
    ("", review_planning.room),
    ("", results.room),
    ("", cohorts.room),
    ("", pairs.room),
    ("", help.room),
    ("", gates.room),
    ("", agreements.room),
    ("", allowances.room),
    ("", subsidies.room),
    ("", imports.room),
    ("", packages.room),
    ("", library.room),
    ("", directives.room),
    ("", studio.room),
    ("", figures.room),
    ("", office.history),
    ("", hooks.room),
    ("", certificates.room),
    ("", certificates.public),
)
"""Beginning of the address, and room."""
