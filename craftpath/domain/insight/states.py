"""The life of a hand-over."""

from craftpath.values.flow import Flow

HANDOVER = Flow(
    key="insight.handover",
    start="asked",
    moves={"make": {"asked": "made"}, "refuse": {"asked": "refused"}},
)
