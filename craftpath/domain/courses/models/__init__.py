"""Tables of courses."""

from craftpath.domain.courses.models.doing import HandIn, Progress, QuizQuestion, QuizTry, Tick
from craftpath.domain.courses.models.following import DueDay, Follower, LiveSession, Run
from craftpath.domain.courses.models.writing import (
    LONGEST_LINK,
    LONGEST_NAME,
    Activity,
    Arrival,
    Course,
    CourseFile,
    CourseVersion,
    Unit,
)

__all__ = [
    "LONGEST_LINK",
    "LONGEST_NAME",
    "Activity",
    "Arrival",
    "Course",
    "CourseFile",
    "CourseVersion",
    "DueDay",
    "Follower",
    "HandIn",
    "LiveSession",
    "Progress",
    "QuizQuestion",
    "QuizTry",
    "Run",
    "Tick",
    "Unit",
]
