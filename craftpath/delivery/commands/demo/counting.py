"""Figures of many in the demo: where everybody lies, what is public, a hand-over that was made, a nation's roll-up."""

from __future__ import annotations

import argparse
import json
import tempfile
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from craftpath.delivery.commands import rollup
from craftpath.delivery.commands.made_up.writing import write_nation
from craftpath.delivery.exchange.insight.handing import carry_out
from craftpath.delivery.exchange.insight.rollups import look
from craftpath.delivery.exchange.lake.writing import fresh_folder
from craftpath.domain.insight import actions
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

CITY = "330199"
COUNTIES = {
    "lanchuan-main": ("330171", "澜川主城区", "Lanchuan Central"),
    "lanchuan-east": ("330172", "东澜区", "East Lan District"),
    "lanchuan-harbour": ("330173", "澜港区", "Lan Harbour District"),
    "jinheng": ("330172", "东澜区", "East Lan District"),
    "qinghe": ("330174", "清河县", "Qinghe County"),
}
"""Codes that nobody has: the city is made up."""
PUBLIC = (
    "enrolled",
    "gate_first_try",
    "exam_all_tries",
    "mentor_load",
    "entries_in_time",
    "hours_on_confirmed",
)
PEOPLE, SEED = 2_000, 12
DAY = timedelta(days=1)


def count_everybody(city: Organisation, *, at: datetime) -> None:
    """The last thing that happens in the demo: whatever was done is counted."""
    person = Person.objects.get(username=f"{DEMO_PREFIX}{Role.OFFICER}")
    officer = Actor(city, person, frozenset({Role.OFFICER}))
    actions.set_county(city, CITY, {"zh": "澜川市", "en": "Lanchuan"}, by=officer, at=at - 90 * DAY)
    for key, (code, zh, en) in COUNTIES.items():
        place = Organisation.objects.get(key=key)
        actions.set_county(place, code, {"zh": zh, "en": en}, by=officer, at=at - 90 * DAY)
    for key in PUBLIC:
        actions.publish_indicator(city, key, by=officer, at=at - 60 * DAY)
    row = actions.ask_handover(
        city,
        made_id=uuid.uuid4(),
        receiver="省人力资源和社会保障厅",
        purpose="全省学徒制质量监测（季度）",
        later=False,
        by=officer,
        at=at - 3 * DAY,
    )
    carry_out(row, by=officer, at=at - 3 * DAY)
    _nation(city, officer, at)
    actions.keep_up(at, seconds=float("inf"))


def _nation(city: Organisation, officer: Actor, at: datetime) -> None:
    """A few made-up cities, rolled up as a province would do it, and taken in."""
    with tempfile.TemporaryDirectory() as folder:
        lake, out = Path(folder) / "lake", Path(folder) / "out"
        with fresh_folder(lake) as made:
            write_nation(made, PEOPLE, SEED, lambda _one: None)
        parser = argparse.ArgumentParser()
        rollup.add_to(parser.add_subparsers())
        rollup.run(parser.parse_args(["rollup", "--lake", str(lake), "--out", str(out)]))
        figures, told = (out / rollup.INDICATORS).read_bytes(), json.loads((out / rollup.REPORT).read_bytes())
    told["made_at"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # the demo has a clock of its own
    found = look(figures, json.dumps(told).encode(), source="江海省学徒制数据湖（示例）", at=at)
    if found.said is None:
        raise RuntimeError(f"the roll-up has faults: {found.faults[:3]}")
    actions.take_rollup(city, found.said, by=officer, at=at)
