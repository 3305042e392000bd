"""The tables of forums."""

from craftpath.domain.forums.models.forums import AUDIENCES, Follow, Forum, of_forums
from craftpath.domain.forums.models.meetings import Attendance, Meeting, Support, Takeaway, Topic
from craftpath.domain.forums.models.minding import Hiding, Report
from craftpath.domain.forums.models.threads import Photo, Post, Thread, Visit, Wording

__all__ = [
    "AUDIENCES",
    "Attendance",
    "Follow",
    "Forum",
    "Hiding",
    "Meeting",
    "Photo",
    "Post",
    "Report",
    "Support",
    "Takeaway",
    "Thread",
    "Topic",
    "Visit",
    "Wording",
    "of_forums",
]
