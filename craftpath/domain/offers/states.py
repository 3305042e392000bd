"""The life of a request."""

from craftpath.values.flow import Flow

REQUEST = Flow(
    key="offers.request",
    start="open",
    moves={
        "send": {"open": "answered"},
        "agree": {"answered": "agreed"},
        "start": {"agreed": "running"},
        "finish": {"agreed": "done", "running": "done"},
        "decline": {"open": "declined", "answered": "declined"},
        "expire": {"open": "expired", "answered": "expired"},
        "withdraw": {"open": "withdrawn", "answered": "withdrawn", "agreed": "withdrawn"},
    },
)

SEEKING = ("open", "answered")
"""Somebody may still come along."""
GOING = ("open", "answered", "agreed", "running")
"""It has not ended."""
