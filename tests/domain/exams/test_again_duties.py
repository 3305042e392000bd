"""What waits of examinations, and who hears of them at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.domain.exams.actions import (
    assess_appeal,
    cancel_sitting,
    lodge_appeal,
    mark_essay,
    move_sitting,
    remove_candidate,
)
from craftpath.domain.exams.marking import essays_to_mark
from craftpath.domain.exams.models import Appeal, Sitting
from craftpath.kernel.alerts import Alert
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, OPENS, answer, begin, candidate, opened, planned
from tests.domain.exams.world_again import LATER, closed, lines, publish, published, whole
from tests.domain.hearing import rows, who_hears
from tests.jobs.filling import work_off

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)
