"""The tables of workshops."""

from craftpath.domain.workshops.models.agenda import ITEM_KINDS, Item, Material, Speaker
from craftpath.domain.workshops.models.cases import LICENCES, SHELVES, Case, CaseFile
from craftpath.domain.workshops.models.coming import Certificate, Presence
from craftpath.domain.workshops.models.events import (
    GENDERS,
    KINDS,
    WAYS,
    Day,
    Invited,
    Organiser,
    Registration,
    Site,
    Workshop,
)
from craftpath.domain.workshops.models.live import POLL_KINDS, LiveQuestion, Poll, Support, Tally, Voter

__all__ = [
    "GENDERS",
    "ITEM_KINDS",
    "KINDS",
    "LICENCES",
    "POLL_KINDS",
    "SHELVES",
    "WAYS",
    "Case",
    "CaseFile",
    "Certificate",
    "Day",
    "Invited",
    "Item",
    "LiveQuestion",
    "Material",
    "Organiser",
    "Poll",
    "Presence",
    "Registration",
    "Site",
    "Speaker",
    "Support",
    "Tally",
    "Voter",
    "Workshop",
]
