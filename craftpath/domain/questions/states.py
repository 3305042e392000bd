"""What can become of a question or an answer, of a report, and of a hiding."""

from craftpath.values.flow import Flow

POST = Flow(
    key="questions.post",
    start="open",
    moves={
        "withdraw": {"open": "withdrawn"},
        "hide": {"open": "hidden"},
        "lift": {"hidden": "open"},
    },
)
"""A question or an answer: its writer withdraws it, the office hides it and lets it be seen again."""

REPORT = Flow(
    key="questions.report",
    start="open",
    moves={"uphold": {"open": "upheld"}, "dismiss": {"open": "dismissed"}},
)

HIDING = Flow(
    key="questions.hiding",
    start="said",
    moves={
        "appeal": {"said": "appealed"},
        "keep": {"appealed": "kept"},
        "lift": {"said": "lifted", "appealed": "lifted"},
    },
)
"""Said to the writer, who may appeal once; then it is kept or lifted."""
