"""The lives of a diagnosis, of a set of practice, of an override and of an objection."""

from craftpath.values.flow import Flow

DIAGNOSIS = Flow(
    key="study.diagnosis",
    start="open",
    moves={"answer": {"open": "finished"}, "stop": {"open": "stopped"}},
)
"""Finished by an answer, after which enough is known, the limit is reached or the bank has no more; else stopped."""

SET = Flow(
    key="study.set",
    start="open",
    moves={"answer": {"open": "finished"}, "begin": {"open": "left"}},
)
"""Finished by its last answer, left where another one is begun on another day."""

OVERRIDE = Flow(
    key="study.override",
    start="open",
    moves={"lift": {"open": "lifted"}},
)
"""What is set holds until its last day, or until it is lifted: by whoever may set it, or by another one."""

OBJECTION = Flow(
    key="study.objection",
    start="open",
    moves={
        "agree": {"open": "agreed"},
        "reject": {"open": "rejected"},
        "withdraw": {"open": "withdrawn"},
    },
)
"""To an override once; to what answers say, one at a time. Agreed, the override is lifted."""
