"""What can become of a question or an answer, of a report, and of a hiding."""

from craftpath.values.flow import Flow


def post_of(noun: str) -> Flow:
    """What somebody wrote: its writer withdraws it, the office hides it and lets it be seen again."""
    moves = {"withdraw": {"open": "withdrawn"}, "hide": {"open": "hidden"}, "lift": {"hidden": "open"}}
    return Flow(key=f"{noun}.post", start="open", moves=moves)


def report_of(noun: str) -> Flow:
    """A report is right, and what it is about is hidden, or it is not."""
    moves = {"uphold": {"open": "upheld"}, "dismiss": {"open": "dismissed"}}
    return Flow(key=f"{noun}.report", start="open", moves=moves)


def hiding_of(noun: str) -> Flow:
    """Said to the writer, who may appeal once; then it is kept or lifted."""
    moves = {
        "appeal": {"said": "appealed"},
        "keep": {"appealed": "kept"},
        "lift": {"said": "lifted", "appealed": "lifted"},
    }
    return Flow(key=f"{noun}.hiding", start="said", moves=moves)


POST, REPORT, HIDING = post_of("questions"), report_of("questions"), hiding_of("questions")
