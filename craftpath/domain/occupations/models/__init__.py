"""The tables of occupations."""

from craftpath.domain.occupations.models.charts import (
    LISTS,
    LONGEST_NAME,
    LONGEST_WORDS,
    Chart,
    Duty,
    Occupation,
    Panellist,
    Step,
    Task,
)
from craftpath.domain.occupations.models.verifying import GROUPS, Answer, Asked, Verification

__all__ = [
    "GROUPS",
    "LISTS",
    "LONGEST_NAME",
    "LONGEST_WORDS",
    "Answer",
    "Asked",
    "Chart",
    "Duty",
    "Occupation",
    "Panellist",
    "Step",
    "Task",
    "Verification",
]
