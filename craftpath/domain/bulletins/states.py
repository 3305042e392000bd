"""The lives of a bulletin and of a voice in it."""

from craftpath.values.flow import Flow

BULLETIN = Flow(
    key="bulletins.bulletin",
    start="draft",
    moves={
        "hand": {"draft": "review"},
        "take": {"review": "draft"},
        "return": {"review": "draft"},
        "publish": {"review": "published"},
        "withdraw": {"published": "withdrawn"},
        "discard": {"draft": "discarded"},
    },
)
"""What was published is withdrawn, and never written anew: a better one has a number of its own."""

VOICE = Flow(
    key="bulletins.voice",
    start="draft",
    moves={
        "ask": {"draft": "asked", "declined": "asked"},
        "agree": {"asked": "agreed", "declined": "agreed"},
        "decline": {"asked": "declined", "agreed": "declined"},
        "reword": {"asked": "draft", "agreed": "draft", "declined": "draft"},
    },
)
"""Whose words it is says yes or no, and may change it either way; other words are asked about anew."""

LANGUAGES = ("both", "zh", "en")
THEMES = ("indigo", "jade", "ochre")
