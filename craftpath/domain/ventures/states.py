"""What can become of a venture."""

from craftpath.values.flow import Flow

VENTURE = Flow(
    key="ventures.venture",
    start="planned",
    moves={
        "start": {"planned": "running"},
        "finish": {"running": "finished"},
        "stop": {"planned": "stopped", "running": "stopped"},
        "resume": {"stopped": "running", "finished": "running"},
    },
)
