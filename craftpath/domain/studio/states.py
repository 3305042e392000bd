"""The life of a version of a draft occupation."""

from craftpath.values.flow import Flow

VERSION = Flow(
    key="studio.version",
    start="writing",
    moves={
        "propose": {"writing": "proposed"},
        "vote": {"proposed": "voting"},
        "recall": {"voting": "proposed"},
        "adopt": {"proposed": "adopted", "voting": "adopted"},
        "reject": {"proposed": "rejected", "voting": "rejected"},
        "publish": {"adopted": "published"},
        "shelve": {"writing": "set_aside", "proposed": "set_aside"},
    },
)
"""From `proposed` on nothing of a version changes; what the pilot teaches goes into the next one."""

TRIED = ("proposed", "voting", "adopted", "published")
"""States in which a class may try a version: its words stand."""
