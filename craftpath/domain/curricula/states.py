"""The life of a version of a curriculum, of a card, and of a review."""

from craftpath.values.flow import Flow

VERSION = Flow(
    key="curricula.version",
    start="draft",
    moves={
        "open": {"draft": "in_review"},
        "return": {"in_review": "draft"},
        "approve": {"in_review": "approved"},
        "activate": {"approved": "active"},
        "retire": {"draft": "retired", "approved": "retired", "active": "retired"},
    },
)
"""Only a draft is edited: nobody changes what others are voting on, nor what was approved."""

CARD = Flow(
    key="curricula.card",
    start="offered",
    moves={"retire": {"offered": "retired"}, "offer": {"retired": "offered"}},
)

REVIEW = Flow(
    key="curricula.review", start="open", moves={"return": {"open": "closed"}, "approve": {"open": "closed"}}
)
"""A review ends with what becomes of its version."""

DRAFT = Flow(
    key="curricula.draft",
    start="asked",
    moves={
        "finish": {"asked": "done"},
        "blame": {"asked": "impossible"},
        "refuse": {"asked": "refused"},
        "cancel": {"asked": "cancelled"},
        "take": {"done": "taken", "taken": "taken"},
    },
)
"""A plan drafted from needs. One that was taken may be taken again, after another has been tried."""
