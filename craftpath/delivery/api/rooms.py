"""The rooms of the API."""

from __future__ import annotations

from craftpath.delivery.api import (
    agreements,
    certificates,
    cohorts,
    duties,
    figures,
    gates,
    hooks,
    judging,
    logs,
    me,
    office,
    packages,
    results,
    reviews,
    sessions,
)
from craftpath.delivery.api.room import Room

ROOMS: tuple[tuple[str, Room], ...] = (
    ("", me.room),
    ("/log", logs.room),
    ("", duties.room),
    ("", sessions.room),
    ("", judging.room),
    ("", reviews.room),
    ("", results.room),
    ("", cohorts.room),
    ("", gates.room),
    ("", agreements.room),
    ("", office.imports),
    ("", packages.room),
    ("", figures.room),
    ("", office.history),
    ("", hooks.room),
    ("", certificates.room),
    ("", certificates.public),
)
"""Beginning of the address, and room."""
