"""The tables of pilots."""

from craftpath.domain.pilots.models.cases import SURE, CountryCase, KeptCase
from craftpath.domain.pilots.models.cycles import MOST_STEPS, Cycle
from craftpath.domain.pilots.models.following import Deliverable, PilotChange, RoundReport, StepEvent
from craftpath.domain.pilots.models.going import (
    KINDS,
    LONGEST_WORDS,
    Pilot,
    PilotMember,
    PilotRound,
    RoundStep,
)

__all__ = [
    "KINDS",
    "LONGEST_WORDS",
    "MOST_STEPS",
    "SURE",
    "CountryCase",
    "Cycle",
    "Deliverable",
    "KeptCase",
    "Pilot",
    "PilotChange",
    "PilotMember",
    "PilotRound",
    "RoundReport",
    "RoundStep",
    "StepEvent",
]
