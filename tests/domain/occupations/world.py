"""An occupation with a chart of two duties, its panel and what workers answered, for the tests of charts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.occupations import actions
from craftpath.domain.occupations.answering import mark_of
from craftpath.domain.occupations.models import Chart, Task
from craftpath.domain.occupations.pad import id_of
from craftpath.domain.occupations.queries import board_of
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

DAY = timedelta(days=1)
DUTIES = {
    "准备工件": ["识读零件图", "选择刀具", "安装三爪卡盘"],
    "车削零件": ["对刀", "车削外圆", "车削螺纹"],
}


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def office(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("coordinator"), "at": AT}


def begun(cast: Cast, **more: Any) -> Chart:
    """An empty chart of the college."""
    row = actions.keep_occupation(
        cast.college, name={"zh": "数控车工", "en": "CNC turner"}, codes={"code_isco": "7223"}, **office(cast)
    )
    return actions.begin_chart(row, cast.college, **more, **office(cast))


def drawn(cast: Cast) -> Chart:
    """Two duties with three cards each, the mentor on the panel."""
    chart = begun(cast)
    for duty, tasks in DUTIES.items():
        actions.add_duty(chart, {"zh": duty}, new=f"d{duty[0]}", **office(cast))
        under = id_of(chart, f"d{duty[0]}")
        for task in tasks:
            actions.add_task(chart, under, {"zh": task}, **office(cast))
    actions.seat_panellist(
        chart, name="", person=cast.people["mentor"], employer="金恒机械", years=12, told=True, on=TODAY,
        **office(cast),
    )  # fmt: skip
    chart.refresh_from_db()
    return chart


def asked(cast: Cast, **more: Any) -> Chart:
    """The same, put before the mentors of both enterprises and the trainers."""
    more.setdefault("places", [cast.college, cast.jinheng, cast.qinghe])
    more.setdefault("closes_on", TODAY + 14 * DAY)
    return actions.verify_chart(drawn(cast), today=TODAY, **more, **office(cast))


def cards(chart: Chart) -> list[list[str]]:
    """The words on the board, duty by duty."""
    return [[task.statement.zh for task in duty.tasks] for duty in board_of(chart)]


def card(chart: Chart, words: str) -> str:
    return Task.objects.get(chart=chart, statement__zh=words).public_id


def answered(chart: Chart, who: str, rating: list[int | None], **more: Any) -> None:
    """Somebody with the link says the same of every task."""
    tasks = Task.objects.filter(chart=chart).values_list("public_id", flat=True)
    actions.keep_answer(
        chart, mark=mark_of(chart, who), ratings=dict.fromkeys(tasks, rating), today=TODAY, done=True,
        invited=True, by=Actor(organisation=None), at=AT, **more,
    )  # fmt: skip
