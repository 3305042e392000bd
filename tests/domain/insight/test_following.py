"""Cells follow facts: whatever an action changes, a worker's next look has added, and no more than that was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction

from craftpath.domain.apprenticeships import actions as apprenticeships
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.insight import keeping
from craftpath.domain.insight.dimensions import first_of, last_of, quarter_of, quarters
from craftpath.domain.insight.marking import TABLES, concerned, follow, mark, stale
from craftpath.domain.insight.models import Book, Cell, Heard, Slice
from craftpath.domain.insight.queries import figures, made_at
from craftpath.domain.insight.rebuilding import check, rebuild
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast
from tests.domain.insight.world import keep_up
from tests.house.furnishing import furnish
from tests.house.making import make_agreements, make_contest

pytestmark = pytest.mark.django_db
ROOMS = Path(__file__).resolve().parents[3] / "craftpath" / "domain"
STARRED = {
    path.parent.name: import_module(f"craftpath.domain.{path.parent.name}.starred")
    for path in ROOMS.glob("*/starred.py")
}
SOON = AT + timedelta(minutes=5)
Deed = Callable[[Cast], object]


def test_every_fact_that_is_listened_to_exists() -> None:
    heard = {code for room in STARRED.values() for code in getattr(room, "HEARD", ())}
    assert heard <= FACTS.keys()
    assert len(heard) > 70


def test_what_furnishes_every_room_is_followed_to_the_last_cell(cast: Cast) -> None:
    """Once kept up, everything that the rooms do is added slice by slice; reading all anew finds the same."""
    with everywhere("a test looks at everything"):
        keep_up(AT - timedelta(days=1))
        furnish(cast)
        make_agreements(cast)
        make_contest(cast)
    assert keep_up() > 10
    tables = set(Cell._base_manager.values_list("table", flat=True))
    assert tables >= {
        "apprenticeship",
        "risk",
        "exam",
        "hours",
        "entry",
        "mentor",
        "answer",
        "funnel",
        "curve",
        "layer",
    }
    with everywhere("a test looks at everything"):
        assert check(AT) == []


def _leave(cast: Cast) -> object:
    gone = cast.enrolments["26002"]
    office = cast.actor("coordinator")
    return apprenticeships.end_enrolments([gone], because="left", on=TODAY, by=office, at=SOON)


def _pass(cast: Cast) -> object:
    return apprenticeships.pass_stages(
        [cast.enrolments["26001"]],
        stage=cast.evaluation.stage,
        on=TODAY,
        by=cast.actor("coordinator"),
        at=SOON,
    )


def _mark(cast: Cast) -> object:
    given = [NewMark(cast.enrolments["26001"].pk, "final_exam", "scored", 30)]
    return record_marks(cast.evaluation, given, by=cast.actor("trainer"), at=SOON)


DEEDS: dict[str, tuple[Deed, set[str]]] = {
    "somebody leaves": (_leave, {"apprenticeship", "risk", "curve", "path"}),
    "somebody passes a stage": (_pass, {"apprenticeship", "risk", "funnel", "path"}),
    "a mark is changed": (_mark, {"exam"}),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_fact_changes_its_cells_and_no_others(cast: Cast, deed: str) -> None:
    def known() -> dict[str, list[str]]:
        rows = Cell._base_manager.order_by("pk").values_list(
            "table", "side", "place", "stage", "period", "parts"
        )
        return {table: sorted(repr(row) for row in rows if row[0] == table) for table in TABLES}

    keep_up()
    before = known()
    act, tables = DEEDS[deed]
    with everywhere("somebody acts"):
        act(cast)
    keep_up(SOON)
    after = known()
    assert {table for table in TABLES if before[table] != after[table]} == tables
    with everywhere("a test looks at everything"):
        assert check(SOON) == []


def test_a_mark_reads_one_slice(cast: Cast) -> None:
    keep_up()
    with everywhere("somebody acts"):
        _mark(cast)
        follow(SOON)
    assert set(stale().values_list("table", "cohort")) == {("exam", cast.cohort.pk)}


def test_an_entry_that_appears_late_is_heard(cast: Cast) -> None:
    """Another transaction may have had its number before: a missing one is looked for again."""
    keep_up()
    with everywhere("somebody acts"):
        _mark(cast)
    told = AuditEntry._base_manager.order_by("-pk")[0]
    gone, told.pk = told.pk, None
    AuditEntry._base_manager.filter(pk=gone).delete()
    told.public_id = "another"
    told.pk = gone + 1
    told.save_base(force_insert=True)
    keep_up(SOON)
    assert Heard.objects.get().beyond == [gone]
    Slice.objects.filter(table="exam").update(done=0, marks=0)
    with everywhere("somebody acts"):
        told.pk, told.public_id = gone, "late"
        told.save_base(force_insert=True)
        follow(SOON)
    assert Heard.objects.get().beyond == []
    assert [one.table for one in stale()] == ["exam"]


def test_a_new_quarter_adds_to_whatever_runs(cast: Cast) -> None:
    keep_up()
    later = AT + timedelta(days=100)
    assert keep_up(later) > 0
    with everywhere("a test looks at everything"):
        assert check(later) == []
        told = figures(["projected_completion"], by=("period",), of=cast.city)
    assert [row.dims["period"] for row in told][-1] == "2026-Q4"


def test_a_worker_killed_halfway_leaves_what_was_there(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_up()
    before = sorted(map(repr, Cell._base_manager.values_list("table", "parts", "hidden")))
    with everywhere("somebody acts"):
        _leave(cast)
        follow(SOON)
    waiting = stale().count()

    def killed(table: str, at: datetime) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(keeping, "decide", killed)
        with pytest.raises(KeyboardInterrupt), everywhere("a worker is killed"), transaction.atomic():
            keeping.refresh(SOON)
    assert sorted(map(repr, Cell._base_manager.values_list("table", "parts", "hidden"))) == before
    assert stale().count() == waiting
    keep_up(SOON)
    with everywhere("a test looks at everything"):
        assert check(SOON) == []


def test_while_more_is_read_nothing_that_has_changed_is_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with everywhere("a test looks at everything"):
        follow(AT)
        monkeypatch.setattr(
            keeping, "stale", lambda: Slice.objects.filter(marks__gt=0)
        )  # as if more were to come
        keeping.refresh(AT)
        (row,) = figures(["enrolled"], by=(), of=cast.city)
        assert (row.n, row.suppressed, row.why) == (None, True, "insight.being_decided")
        monkeypatch.undo()
        Slice.objects.update(marks=2)
        keep_up()
        (row,) = figures(["enrolled"], by=(), of=cast.city)
        assert (row.n, row.why) == (5, "")


def test_reading_anew_mends_what_somebody_broke(cast: Cast) -> None:
    keep_up()
    cell = Cell._base_manager.filter(table="apprenticeship").order_by("pk")[0]
    Cell._base_manager.filter(pk=cell.pk).update(parts={"apprenticeship_begun": 77})
    with everywhere("a test looks at everything"):
        wrong = check(AT)
        assert [(one.kept, one.found) for one in wrong] == [({"apprenticeship_begun": 77}, cell.parts)]
        rebuild(AT)
        assert check(AT) == []


def test_made_at_is_when_nothing_was_stale(cast: Cast) -> None:
    assert made_at(of=cast.city) is None
    keep_up()
    assert made_at(of=cast.city) == AT
    with everywhere("somebody acts"):
        _leave(cast)
        follow(SOON)
        keeping.settled(SOON)
    assert made_at(of=cast.city) == AT  # something is stale
    assert Book.objects.get(table="answer").made_at == SOON
    keep_up(SOON)
    assert made_at(of=cast.city) == SOON


def test_marking_what_is_gone_does_nothing(cast: Cast) -> None:
    mark({("exam", 10**9)})
    assert Slice.objects.count() == 0
    assert concerned([]) == set()


def test_quarters_follow_one_another() -> None:
    assert quarter_of(TODAY) == "2026-Q3"
    assert (first_of("2026-Q4").isoformat(), last_of("2026-Q4").isoformat()) == ("2026-10-01", "2026-12-31")
    assert quarters(first_of("2025-Q3"), first_of("2026-Q2")) == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert quarters(TODAY, TODAY - timedelta(days=1)) == []
