"""The lives of a cohort, an enrolment and a stage of one apprentice."""

from craftpath.values.flow import Flow

COHORT = Flow(
    key="apprenticeships.cohort",
    start="planned",
    moves={"start": {"planned": "running"}, "complete": {"running": "completed"}},
)

ENROLMENT = Flow(
    key="apprenticeships.enrolment",
    start="enrolled",
    moves={
        "activate": {"enrolled": "active"},
        "suspend": {"active": "suspended"},
        "resume": {"suspended": "active"},
        "end": {"enrolled": "ended", "active": "ended", "suspended": "ended"},
    },
)

STAGE = Flow(
    key="apprenticeships.stage",
    start="open",
    moves={"pass": {"open": "passed"}},
)
