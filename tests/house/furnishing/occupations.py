"""Charts of occupations."""

from __future__ import annotations

from craftpath.domain.occupations import actions as trades
from craftpath.domain.occupations.models import Chart
from craftpath.domain.occupations.pad import id_of
from craftpath.kernel.tokens import unsealed
from tests.cast import AT, TODAY, Cast
from tests.domain.occupations import world as charting


def chart_a_trade(cast: Cast) -> dict[str, str]:
    """A chart that more workers are asked about, with an answer; a draft with the mentor on its panel. Once."""
    if not Chart.objects.exists():
        asked = charting.asked(cast)
        charting.answered(asked, "somebody", [1, 4, 3, 2, 1])
        by = {"by": cast.actor("coordinator"), "at": AT}
        other = trades.keep_occupation(cast.college, name={"zh": "焊工"}, codes={}, **by)
        draft = trades.begin_chart(other, cast.college, **by)
        trades.add_duty(draft, {"zh": "焊接"}, new="d1", **by)
        trades.add_task(draft, id_of(draft, "d1"), {"zh": "焊接平板"}, **by)
        told = {"told": True, "on": TODAY, "name": ""}
        trades.seat_panellist(draft, person=cast.people["mentor"], **told, **by)
    asked, draft = Chart.objects.order_by("pk")[:2]
    return {
        "occupation": draft.occupation.public_id,
        "chart": draft.public_id,
        "asked": asked.public_id,
        "task": draft.tasks.get().public_id,
        "other": draft.public_id,
        "form": "xlsx",
        "token": unsealed(asked.verification.sealed),
    }
