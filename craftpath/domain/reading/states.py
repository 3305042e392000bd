"""The life of a list and of one person's reading; which licences let a text be copied."""

from craftpath.values.flow import Flow

LIST = Flow(
    key="reading.list",
    start="open",
    moves={"close": {"open": "closed"}, "reopen": {"closed": "open"}},
)

RECORD = Flow(
    key="reading.record",
    start="reading",
    moves={
        "keep": {"reading": "finished", "finished": "reading"},
        "confirm": {"finished": "confirmed"},
        "reopen": {"confirmed": "finished"},
    },
)
"""Its reader says that it is finished, or not after all; whoever leads the list confirms it, which makes it a fact."""

COPYABLE = ("public_domain", "cc0", "cc_by", "cc_by_sa", "cc_by_nc", "own", "permitted")
"""Licences with which the words may stand here."""

LICENCES = (*COPYABLE, "linked")
"""`linked`: no right to copy; the text is only pointed to."""
