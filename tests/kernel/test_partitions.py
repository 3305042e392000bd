"""The history in months on PostgreSQL: nothing is lost on any way, and what has no month stops nobody."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from craftpath.kernel import partitions
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.tenancy import everywhere

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
only_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps one table")


def _told(*moments: datetime) -> list[str]:
    """One entry at each moment; their keys."""
    keys = []
    with transaction.atomic():
        for at in moments:
            entry = AuditEntry(
                public_id=new_public_id(), at=at, actor_kind=system().kind.value, fact="tests.told"
            )
            entry.payload = {"text": '学徒 \\ " \n é', "at": at.isoformat()}
            entry.save()
            keys.append(entry.public_id)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the end of a transaction
    return keys


def _kept() -> dict[str, tuple[Any, ...]]:
    with everywhere("a test looks at everything"):
        rows = AuditEntry.objects.filter(fact="tests.told")
        return {row[0]: row for row in rows.values_list("public_id", "pk", "at", "payload", "subject")}


def _in(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608
        return int(cursor.fetchone()[0])


def test_months_are_counted_in_utc() -> None:
    assert partitions.month_of(AT) == datetime(2026, 3, 1, tzinfo=UTC)
    assert partitions.months_on(partitions.month_of(AT), 10) == datetime(2027, 1, 1, tzinfo=UTC)
    assert partitions.months_on(partitions.month_of(AT), -3) == datetime(2025, 12, 1, tzinfo=UTC)
    assert partitions.month_named(partitions.name_of(AT)) == datetime(2026, 3, 1, tzinfo=UTC)
    for name in (
        "kernel_auditentry",
        "kernel_auditentry_other",
        "kernel_auditentry_2026m13",
        "x; DROP TABLE y",
    ):
        with pytest.raises(partitions.NoSuchPart):
            partitions.month_named(name)


def test_on_a_file_there_is_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("this is a server")
    assert (partitions.make(AT), partitions.parts(), partitions.is_parted()) == ([], [], False)
    call_command("partitions", "archive", keep=1)
    assert "one table" in capsys.readouterr().out


@only_postgres
def test_what_has_no_month_waits_and_moves_in() -> None:
    keys = _told(
        AT, AT + timedelta(days=1), datetime(2019, 5, 5, tzinfo=UTC), datetime(2091, 1, 1, tzinfo=UTC)
    )
    before = _kept()
    assert (set(before), _in(partitions.OTHER)) == (set(keys), 4)
    made = partitions.make(AT + timedelta(days=40), ahead=2)
    wanted = {partitions.name_of(AT.replace(month=month, day=1)) for month in (3, 4, 5, 6, 7)}
    assert set(made) == wanted | {"kernel_auditentry_2019m05"}
    assert (_in(partitions.name_of(AT)), _in("kernel_auditentry_2026m04")) == (
        1,
        1,
    )  # by UTC, not by Shanghai
    assert _in(partitions.OTHER) == 1  # a clock that was years off makes no months
    assert _kept() == before
    assert partitions.make(AT + timedelta(days=40), ahead=2) == []


@only_postgres
def test_from_one_table_to_months_and_back_nothing_is_lost() -> None:
    keys = _told(*(AT - timedelta(days=20 * n) for n in range(40)))
    before = _kept()
    with connection.schema_editor() as editor:
        partitions.unite(editor)
    assert (partitions.is_parted(), _kept()) == (False, before)
    more = _told(AT)
    with connection.schema_editor() as editor:
        partitions.part(editor)
        partitions.part(editor)  # a second time there is nothing to do
    assert partitions.is_parted()
    assert _in(partitions.OTHER) == 0
    after = _kept()
    assert {key: after[key] for key in keys} == before
    newest = _told(AT)
    assert _kept()[newest[0]][1] > after[more[0]][1]  # numbers go on


@only_postgres
def test_a_question_with_a_day_opens_few_months() -> None:
    _told(*(AT - timedelta(days=30 * n) for n in range(24)))
    partitions.make(AT)
    with everywhere("a test looks at everything"):
        rows = AuditEntry.objects.filter(at__gte=AT - timedelta(days=45), at__lte=AT).order_by("-at", "-pk")
        plan = rows.explain()
        one = AuditEntry.objects.filter(at=AT, pk=rows[0].pk).explain()
    assert plan.count("Scan") <= 3 * 2  # at most two indexes of each
    assert "2026m03" in plan
    assert "2025m" not in plan
    assert one.count("kernel_auditentry_20") == 1


@only_postgres
def test_a_month_is_taken_out_put_back_kept_as_a_file_and_brought_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = _told(datetime(2019, 5, 5, tzinfo=UTC), datetime(2019, 5, 6, tzinfo=UTC), AT)
    partitions.make(AT)
    before, name = _kept(), "kernel_auditentry_2019m05"
    call_command("partitions", "detach", name)
    assert set(_kept()) == {keys[2]}
    with pytest.raises(CommandError, match="no month"):
        call_command("partitions", "detach", name)
    late = _told(
        datetime(2019, 5, 7, tzinfo=UTC)
    )  # told while its month was out: it waits, and comes in with it
    assert partitions.make(AT) == []
    before |= {key: row for key, row in _kept().items() if key in late}
    call_command("partitions", "attach", name)
    assert (_kept(), _in(name), _in(partitions.OTHER)) == (before, 3, 0)

    call_command("partitions", "archive", keep=24, to=tmp_path)
    assert set(_kept()) == {keys[2]}
    assert name not in {part.name for part in partitions.parts()}
    file = tmp_path / f"{name}.jsonl.gz"
    assert "Wrote 3 rows" in capsys.readouterr().out
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    with pytest.raises(CommandError, match="damaged"):
        call_command("partitions", "restore", str(file))
    file.write_bytes(whole)
    call_command("partitions", "restore", str(file))
    assert _kept() == before
    assert len(gzip.decompress(whole).splitlines()) == 3


@only_postgres
@pytest.mark.parametrize(
    "name", ["kernel_auditentry_other", "kernel_person", "kernel_auditentry_1999m01", "x'; --"]
)
@pytest.mark.parametrize("what", ["detach", "attach", "archive"])
def test_nothing_else_is_taken_out(name: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no month"):
        call_command("partitions", what, name, to=tmp_path)


@only_postgres
def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    _told(datetime(2019, 5, 5, tzinfo=UTC))
    partitions.make(AT)
    (tmp_path / "kernel_auditentry_2019m05.jsonl.gz").write_bytes(b"somebody's")
    with pytest.raises(CommandError, match="already"):
        call_command("partitions", "archive", "kernel_auditentry_2019m05", to=tmp_path)
    assert "kernel_auditentry_2019m05" in {part.name for part in partitions.parts() if part.attached}
