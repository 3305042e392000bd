"""Records that look alike at the college: one pair that waits, and two that were merged."""

from __future__ import annotations

from craftpath.kernel.access import system
from craftpath.kernel.roles import Role
from craftpath.kernel.twins.finding import find_twins
from craftpath.kernel.twins.tables import Merge, Twins
from tests.cast import AT, Cast
from tests.kernel.twins import a_record, merged


def keep_doubles(cast: Cast) -> dict[str, str]:
    """Found and merged by the program itself; once."""
    row = Merge._base_manager.first()
    if row is None:
        for _ in range(2):
            a_record("韩雪", cast.college, Role.TRAINER, phone="13800138000")
        stays, goes = (a_record("曹阳", cast.college, Role.TRAINER) for _ in range(2))
        row = merged(stays, goes)
        find_twins(cast.college, by=system(), at=AT)
    pair = Twins.objects.get(first__name="韩雪", state="open")
    return {"pair": pair.public_id, "merge": row.public_id, "stays": pair.first.public_id}
