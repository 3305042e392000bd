"""Cooperation agreements: written by either side, signed by both, asked for by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from craftpath.domain.partnership import actions
from craftpath.domain.partnership.models import Cooperation
from craftpath.domain.partnership.queries import PARTS, in_force
from craftpath.domain.partnership.wording import MODEL
from craftpath.kernel.signing import parties_of
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
WORDS = {part: MODEL[part].as_json() for part in PARTS}


def write(cast: Cast, **instead: Any) -> Cooperation:
    values: dict[str, Any] = {
        "sides": [cast.jinheng, cast.college], "starts_on": date(2026, 1, 1),
        "ends_on": date(2028, 12, 31), "words": WORDS, "by": cast.actor("hr", cast.jinheng),
    }  # fmt: skip
    return actions.draft_cooperation(**values | instead, at=AT)


def signed(cast: Cast) -> Cooperation:
    row = actions.send_cooperation(write(cast), by=cast.actor("coordinator"), at=AT)
    assert row.document is not None
    enterprise, college = parties_of(row.document)
    seen = row.document.sha256
    assert not actions.sign_cooperation(college, seen=seen, by=cast.actor("coordinator"), at=AT)
    assert actions.sign_cooperation(enterprise, seen=seen, by=cast.actor("hr", cast.jinheng), at=AT)
    return Cooperation.objects.get(pk=row.pk)


def test_it_binds_both_and_their_campuses_between_its_days(cast: Cast) -> None:
    row = signed(cast)
    assert row.state == "in_force"
    assert in_force(cast.jinheng, cast.college, date(2026, 1, 1))
    assert in_force(cast.jinheng, cast.campus, date(2028, 12, 31))
    assert not in_force(cast.jinheng, cast.college, date(2029, 1, 1))
    assert not in_force(cast.qinghe, cast.college, date(2027, 1, 1))
    actions.file_cooperation(row, number="澜人社备 12", by=cast.actor("coordinator"), at=AT)
    actions.end_cooperation(row, on=date(2027, 1, 1), by=cast.actor("coordinator"), at=AT)
    assert not in_force(cast.jinheng, cast.college, date(2026, 6, 1))


def test_what_waits_is_taken_back_and_changed_and_what_binds_is_not(cast: Cast) -> None:
    by = cast.actor("coordinator")
    row = actions.send_cooperation(write(cast), by=by, at=AT)
    new = {"starts_on": date(2026, 2, 1), "ends_on": date(2027, 1, 1), "words": WORDS}
    with pytest.raises(Refused, match="flow.not_now"):
        actions.save_cooperation(row, **new, by=by, at=AT)
    row = actions.recall_cooperation(row, by=by, at=AT)
    assert actions.save_cooperation(row, **new, by=by, at=AT).starts_on == date(2026, 2, 1)
    assert actions.void_cooperation(row, by=by, at=AT).state == "void"
    with pytest.raises(Refused, match="flow.not_now"):
        actions.void_cooperation(signed(cast), by=by, at=AT)


def test_refusals(cast: Cast) -> None:
    with pytest.raises(Refused, match="partnership.of_others"):
        write(cast, sides=[cast.qinghe, cast.college], by=cast.actor("hr", cast.jinheng))
    with pytest.raises(Refused, match="partnership.same_side"):
        write(cast, sides=[cast.campus, cast.college], by=cast.actor("coordinator"))
    with pytest.raises(Refused, match="kernel.role_lacks"):
        write(cast, by=cast.actor("trainer"))
    row = write(cast, words=WORDS | {"cost": {}})
    with pytest.raises(Refused, match="partnership.unfinished"):
        actions.send_cooperation(row, by=cast.actor("coordinator"), at=AT)
