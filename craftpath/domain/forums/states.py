"""What can become of a forum, a meeting, a topic, a post, a report and a hiding."""

from craftpath.domain.questions.states import hiding_of, post_of, report_of
from craftpath.values.flow import Flow

FORUM = Flow(
    key="forums.forum",
    start="open",
    moves={"close": {"open": "closed"}, "reopen": {"closed": "open"}},
)
"""A closed forum can be read; nobody meets or writes there."""

MEETING = Flow(
    key="forums.meeting",
    start="planned",
    moves={"hold": {"planned": "held"}, "cancel": {"planned": "cancelled"}},
)

TOPIC = Flow(
    key="forums.topic",
    start="suggested",
    moves={"take": {"suggested": "taken"}, "withdraw": {"suggested": "withdrawn"}},
)
"""Suggested for some meeting to come; the host takes it onto an agenda."""

POST, REPORT, HIDING = post_of("forums"), report_of("forums"), hiding_of("forums")
"""A thread goes with its first post."""
