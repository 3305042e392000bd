"""A study that sets a standard."""

from __future__ import annotations

from craftpath.domain.exams import actions as exams
from craftpath.domain.exams.models import (
    Paper,
    Study,
)
from craftpath.domain.exams.panel import computed, panel_of
from tests.cast import AT, TODAY, Cast
from tests.domain.exams import panels
from tests.house.furnishing.exams import sit_together


def set_a_standard(cast: Cast) -> dict[str, str]:
    """A study whose first round is closed and adopted, and one that is open, of the paper that was sat. Once."""
    paper = Paper.objects.get(public_id=sit_together(cast)["paper"])
    row = Study.objects.filter(state="open").first()
    if row is None:
        done = panels.study(cast, used=paper)
        panels.closed(cast, done, dict.fromkeys(panels.JUDGES, 60))
        by = {"by": cast.actor("coordinator"), "at": AT}
        done = exams.propose_cut(done, **by)
        cut = computed(panel_of(done))
        exams.adopt_cut(done, body="考试委员会", adopted_on=TODAY, cut=cut, **by)
        row = panels.study(cast, used=paper)
        panels.opened(cast, row)
        panels.estimate(cast, row, "mentor", {1: 60})
    judge = row.judges.get(person=cast.people["mentor"]).public_id
    return {"study": row.public_id, "judge": judge, "paper": paper.public_id}
