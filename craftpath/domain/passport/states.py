"""The lives of a share and of a record that was brought along."""

from craftpath.values.flow import Flow

SHARE = Flow(key="passport.share", start="open", moves={"revoke": {"open": "revoked"}})
ARRIVAL = Flow(
    key="passport.arrival",
    start="waiting",
    moves={
        "accept": {"waiting": "kept"},
        "refuse": {"waiting": "refused"},
        "replace": {"kept": "replaced"},
        "remove": {"waiting": "removed", "kept": "removed"},
    },
)
