"""The life of a story."""

from craftpath.values.flow import Flow

STORY = Flow(
    key="stories.story",
    start="draft",
    moves={
        "hand": {"draft": "review"},
        "take": {"review": "draft"},
        "return": {"review": "draft"},
        "publish": {"review": "published"},
        "withdraw": {"review": "withdrawn", "published": "withdrawn"},
        "revise": {"withdrawn": "draft"},
    },
)
"""Nothing of a story changes while it is looked at or shown: whoever wants to change it takes it down first."""

FORMS = ("text", "audio", "video")
"""How a story is told; what is heard or seen has a transcript, too."""

REACHES = ("inside", "public")
"""How far the teller lets it be shown: to members of the organisation, or to everybody."""

CHECKS = ("names", "licence", "consent")
"""What the office has looked at before a story is shown."""
