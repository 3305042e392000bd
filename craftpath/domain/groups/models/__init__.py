"""The tables of study groups."""

from craftpath.domain.groups.models.groups import (
    LONGEST,
    LONGEST_GOAL,
    REACHED,
    GroupRule,
    Member,
    StudyGroup,
    of_groups,
)
from craftpath.domain.groups.models.helping import KINDS, LONGEST_TOPIC, Topic
from craftpath.domain.groups.models.meeting import ROLES, SAYS, GroupSession, Presence, Swap
from craftpath.domain.groups.models.working import (
    CONTRIBUTIONS,
    LONGEST_NOTES,
    LONGEST_TASK,
    Contribution,
    NotesVersion,
    Task,
)

__all__ = [
    "CONTRIBUTIONS",
    "KINDS",
    "LONGEST",
    "LONGEST_GOAL",
    "LONGEST_NOTES",
    "LONGEST_TASK",
    "LONGEST_TOPIC",
    "REACHED",
    "ROLES",
    "SAYS",
    "Contribution",
    "GroupRule",
    "GroupSession",
    "Member",
    "NotesVersion",
    "Presence",
    "StudyGroup",
    "Swap",
    "Task",
    "Topic",
    "of_groups",
]
