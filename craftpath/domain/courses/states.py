"""The lives of a course, of a run, and of one activity of one person."""

from craftpath.values.flow import Flow

COURSE = Flow(
    key="courses.course",
    start="draft",
    moves={
        "publish": {"draft": "published", "published": "published"},
        "archive": {"draft": "archived", "published": "archived"},
        "restore": {"archived": "draft"},
    },
)
"""Runs of an archived course go on; only nothing new begins."""

RUN = Flow(
    key="courses.run", start="running", moves={"end": {"running": "ended"}, "reopen": {"ended": "running"}}
)

PROGRESS = ("begun", "waiting", "again", "failed", "done")
"""Of an activity: waiting for a person who looks at it, to be done again, not passed yet, done."""
SETTLED = ("waiting", "done")
"""What the learner has nothing more to do about."""

KINDS = (
    "page", "video", "audio", "file", "quiz", "assignment", "live", "checklist", "discussion", "package", "resource",
    "tool",
)  # fmt: skip
BY_WORD = ("page", "video", "audio", "file", "live")
"""Done when the learner says so at its end."""
JOINED = ("discussion", "package", "resource", "tool")
"""Kept and shown by another room; see `delivery/web/courses/joining.py`."""

HAND_INS = ("waiting", "done", "again")
MEDIA = ("picture", "video", "audio", "file")
