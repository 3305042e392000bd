"""What can become of a forum, a meeting, a topic, a post, a report and a hiding."""

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

POST = Flow(
    key="forums.post",
    start="open",
    moves={
        "withdraw": {"open": "withdrawn"},
        "hide": {"open": "hidden"},
        "lift": {"hidden": "open"},
    },
)
"""Its writer withdraws it, the office hides it and lets it be seen again. A thread goes with its first post."""

REPORT = Flow(
    key="forums.report",
    start="open",
    moves={"uphold": {"open": "upheld"}, "dismiss": {"open": "dismissed"}},
)

HIDING = Flow(
    key="forums.hiding",
    start="said",
    moves={
        "appeal": {"said": "appealed"},
        "keep": {"appealed": "kept"},
        "lift": {"said": "lifted", "appealed": "lifted"},
    },
)
"""Said to the writer, who may appeal once; then it is kept or lifted."""
