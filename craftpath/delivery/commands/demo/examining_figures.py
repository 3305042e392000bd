"""What the mid-term's questions did is kept with them in the demo; and an aim that so few candidates cannot carry."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.domain.exams import actions
from craftpath.domain.exams.analysis import sheets_of
from craftpath.domain.exams.calibrating import drawn
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.wishes import Named, Row, Wish

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Item, Sitting
    from craftpath.kernel.access import Actor
    from craftpath.kernel.organisations import Organisation

NAMESPACE = uuid.UUID("3b8f1c52-7a0e-4d0d-8d3b-5c1a9e64f207")


def keep_figures(sitting: Sitting, *, by: Actor, at: datetime) -> None:
    """Shares and discrimination of one class, kept yesterday; for a scale it is too small, and nothing is made up."""
    [sheet, *_others] = sheets_of(scored(sitting)).values()
    found = drawn(sheet, [sitting], by=by)
    actions.keep_calibration(sitting, found, seen=found.digest, by=by, at=at - timedelta(days=1))


def aim_at_information(college: Organisation, safety: Item, *, by: Actor, at: datetime) -> None:
    """Two forms that are sharp where the pass mark lies; the page says why there are none yet."""
    wish = Wish(
        rows=(Row(4, 6, kind="single"), Row(2, 4, kind="true_false")),
        questions=(10, 10),
        minutes=45,
        forms=2,
        goal="information",
        thetas=(Decimal("-0.5"), Decimal(0)),
        named=(Named(safety.public_id, "every"),),
    )
    row = actions.make_blueprint(
        wish,
        organisation=college,
        made_id=uuid.uuid5(NAMESPACE, "sharp"),
        title="数控车工资格考试（合格线附近更准）",
        by=by,
        at=at - timedelta(hours=20),
    )
    asked = actions.ask_forms(row, made_id=uuid.uuid5(NAMESPACE, "sharp"), by=by, at=at - timedelta(hours=19))
    actions.carry_out(asked, by=by, at=at - timedelta(hours=19))
