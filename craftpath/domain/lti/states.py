"""What can become of tools, platforms and keys; the words of the standard that rows hold."""

from craftpath.values.flow import Flow

TOOL = Flow(
    key="lti.tool",
    start="serving",
    moves={"stop": {"serving": "stopped"}, "resume": {"stopped": "serving"}},
)
"""A stopped one is launched no more and its services answer no more; what it said stays."""
PLATFORM = Flow(
    key="lti.platform",
    start="serving",
    moves={"stop": {"serving": "stopped"}, "resume": {"stopped": "serving"}},
)
KEY = Flow(
    key="lti.key",
    start="active",
    moves={"retire": {"active": "retired"}, "revoke": {"active": "revoked", "retired": "revoked"}},
)
"""A retired key stays in the published set, for what it signed a moment ago; a revoked one does not."""

TELLS = ("nothing", "number", "name", "mail")
"""What a tool hears of a person: nothing at all, a number that means nothing elsewhere, the name too, the mail too."""
SERVICES = ("grades", "members")
ACTIVITY = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")
RETURNS = ("came", "waiting", "sent", "failed")
"""Of a grade on its way back to the platform; the first: somebody came by the link, and there is none yet."""
