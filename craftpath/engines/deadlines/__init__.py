"""When is something due, and how long has it been? Over a calendar whose holidays and swapped workdays are data.

`calendar` makes the calendar from rows or says which of them contradict each other; `due` counts terms from
anchors, a column at a time; `steps_reached` says how far an escalation has come. The day on which something
begins is not counted: one workday after Friday is Monday. Time is an argument, nothing here asks a clock.
"""

from craftpath.engines.deadlines.calendar import calendar
from craftpath.engines.deadlines.due import due, steps_reached
from craftpath.engines.deadlines.types import (
    CalendarFaulty,
    CalendarTooShort,
    DayRow,
    Due,
    Fault,
    Roll,
    Term,
    Unit,
    WorkCalendar,
)

__all__ = [
    "CalendarFaulty",
    "CalendarTooShort",
    "DayRow",
    "Due",
    "Fault",
    "Roll",
    "Term",
    "Unit",
    "WorkCalendar",
    "calendar",
    "due",
    "steps_reached",
]
