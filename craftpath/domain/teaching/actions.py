"""Writing about teaching teams: formed, answered, planned; what was taught; peaks; when people can teach."""

from craftpath.domain.teaching.forming import (
    agree_to_team,
    change_team,
    decline_team,
    end_team,
    form_team,
    withdraw_team,
)
from craftpath.domain.teaching.hours import (
    confirm_taught,
    correct_taught,
    enter_taught,
    return_taught,
    take_over_session,
    take_over_sessions,
    withdraw_taught,
)
from craftpath.domain.teaching.peaks import note_peak, withdraw_peak
from craftpath.domain.teaching.planning import lay_hours, pin_weeks
from craftpath.domain.teaching.rules import Guest, Wanted
from craftpath.domain.teaching.times import set_availability, set_away, take_back_away

__all__ = [
    "Guest",
    "Wanted",
    "agree_to_team",
    "change_team",
    "confirm_taught",
    "correct_taught",
    "decline_team",
    "end_team",
    "enter_taught",
    "form_team",
    "lay_hours",
    "note_peak",
    "pin_weeks",
    "return_taught",
    "set_availability",
    "set_away",
    "take_back_away",
    "take_over_session",
    "take_over_sessions",
    "withdraw_peak",
    "withdraw_taught",
    "withdraw_team",
]
