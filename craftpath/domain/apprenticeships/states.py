"""The lives of a cohort, an enrolment and a stage of one apprentice."""

from craftpath.values.flow import Flow

COHORT = Flow(
    key="apprenticeships.cohort",
    start="planned",
    moves={"start": {"planned": "running"}, "complete": {"running": "completed"}},
)

ENROLMENT = Flow(
    key="apprenticeships.enrolment",
    start="active",
    moves={"end": {"active": "ended"}},
)

STAGE = Flow(
    key="apprenticeships.stage",
    start="open",
    moves={"pass": {"open": "passed"}},
)
