"""How a pair that looks alike is settled, and what becomes of a merge."""

from craftpath.values.flow import Flow

TWINS = Flow(
    key="kernel.twins",
    start="open",
    moves={
        "part": {"open": "apart"},
        "merge": {"open": "merged", "apart": "merged"},
        "reopen": {"merged": "open", "apart": "open"},
    },
)
MERGE = Flow(key="kernel.merge", start="merged", moves={"undo": {"merged": "undone"}})
