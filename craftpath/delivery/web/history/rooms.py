"""The rooms whose facts have their words in a file each: SENTENCES, and where it has them LABELS and STATES."""

from __future__ import annotations

from typing import Any

from craftpath.delivery.web.history import (
    of_accreditation,
    of_bookings,
    of_bulletins,
    of_certificates,
    of_claims,
    of_courses,
    of_credits,
    of_curricula,
    of_directives,
    of_forums,
    of_groups,
    of_growth,
    of_insight,
    of_lti,
    of_offers,
    of_outside,
    of_packages,
    of_participation,
    of_partnership,
    of_passport,
    of_pilots,
    of_places,
    of_protection,
    of_questions,
    of_reading,
    of_resources,
    of_sharing,
    of_stories,
    of_studio,
    of_study,
    of_subsidies,
    of_support,
    of_ventures,
    of_workshops,
)

_ROOMS = (
    of_bookings,
    of_bulletins,
    of_claims,
    of_insight,
    of_certificates,
    of_accreditation,
    of_courses,
    of_credits,
    of_curricula,
    of_directives,
    of_forums,
    of_groups,
    of_growth,
    of_lti,
    of_offers,
    of_outside,
    of_packages,
    of_protection,
    of_participation,
    of_partnership,
    of_passport,
    of_pilots,
    of_places,
    of_questions,
    of_reading,
    of_sharing,
    of_resources,
    of_stories,
    of_studio,
    of_study,
    of_subsidies,
    of_support,
    of_ventures,
    of_workshops,
)


def told(what: str) -> dict[str, Any]:
    """fact → its words of a kind, of all rooms that have them."""
    return {fact: words for room in _ROOMS for fact, words in getattr(room, what, {}).items()}
