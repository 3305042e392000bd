"""The history in parts, one for each month, where PostgreSQL keeps it; SQLite keeps one table.

A part is a table of its own: a question that says when looks into few of them, and a month that nobody asks for any
more can be taken out whole. What falls into no month that was made waits in the part `other`, so that no clock and no
forgotten housekeeping can stop anybody's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

TABLE = "kernel_auditentry"
OTHER = f"{TABLE}_other"
AHEAD = 3  # months that are always there
_BEFORE = f"{TABLE}_before"
_MONTH = f"{TABLE}_%sm%s"
_LIKE = "varchar_pattern_ops"
_LOCK = 7_500_217  # of the making of parts; any number that nothing else uses


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its table, from when to when (UTC), about how many rows and how many bytes with its indexes."""

    name: str
    since: datetime | None
    until: datetime | None
    rows: int
    size: int
    attached: bool = True


class NoSuchPart(LookupError):
    """A name that is no part's, or of one that is not as it would have to be."""


def is_parted(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether this database keeps the history in parts."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    return bool(
        _rows(connection, "SELECT 1 FROM pg_class WHERE oid = to_regclass(%s) AND relkind = 'p'", TABLE)
    )


def month_of(at: datetime) -> datetime:
    """The first moment of its month, in UTC."""
    return at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def months_on(month: datetime, many: int) -> datetime:
    """The month so many later, or earlier."""
    years, number = divmod(month.month - 1 + many, 12)
    return month.replace(year=month.year + years, month=number + 1)


def name_of(month: datetime) -> str:
    """The table of a month."""
    return _MONTH % (f"{month.year:04}", f"{month.month:02}")


def parts(using: str = DEFAULT_DB_ALIAS) -> list[Part]:
    """All parts, the oldest first, those that were taken out too; the rows are those of the last count (ANALYZE)."""
    if not is_parted(using):
        return []
    sql = """
        SELECT c.relname, c.relispartition, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid)
        FROM pg_class c
        WHERE c.relkind = 'r' AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass(%s))
          AND (c.relname = %s OR c.relname ~ %s)
        ORDER BY c.relname = %s, c.relname
    """
    month = rf"^{TABLE}_\d{{4}}m\d{{2}}$"
    found = []
    for name, attached, rows, size in _rows(connections[using], sql, TABLE, OTHER, month, OTHER):
        since = None if name == OTHER else month_named(name)
        found.append(Part(name, since, since and months_on(since, 1), rows, size, attached))
    return found


def month_named(name: str) -> datetime:
    """The month of a part's table; `NoSuchPart` for any other name."""
    year, parted, month = name.removeprefix(f"{TABLE}_").partition("m")
    if not (name.startswith(f"{TABLE}_") and parted and year.isdecimal() and month.isdecimal()):
        raise NoSuchPart(name)
    try:
        found = datetime(int(year), int(month), 1, tzinfo=UTC)
    except ValueError as fault:
        raise NoSuchPart(name) from fault
    if name_of(found) != name:
        raise NoSuchPart(name)
    return found


def make(at: datetime, *, ahead: int = AHEAD, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Make the part of this month, of `ahead` more, and of each earlier one whose rows wait in `other`."""
    if not is_parted(using):
        return []
    month = month_of(at)
    wanted = {months_on(month, n) for n in range(ahead + 1)}
    return make_months(sorted(wanted | {one for one in _months_of(OTHER, using) if one < month}), using=using)


def make_months(wanted: list[datetime], *, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Make the parts of these months that are not there; returns the names of those made."""
    connection = connections[using]
    made = []
    with transaction.atomic(using=using):
        if not _missing(wanted, using):
            return []
        _rows(connection, "SELECT 1 FROM pg_advisory_xact_lock(%s)", _LOCK)
        # No table is altered while rows of this transaction still wait for a look at their keys.
        _run(connection, "SET CONSTRAINTS ALL IMMEDIATE")
        for month in _missing(wanted, using):
            name = name_of(month)
            _run(connection, f"CREATE TABLE {name} (LIKE {TABLE} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
            _attach(connection, name)
            made.append(name)
    if made:
        analyse(using)
    return made


def _missing(wanted: list[datetime], using: str) -> list[datetime]:
    """A month that was taken out has its table too, and is not made again."""
    asked = [name_of(month) for month in wanted]
    there = {
        row[0]
        for row in _rows(connections[using], "SELECT relname FROM pg_class WHERE relname = ANY(%s)", asked)
    }
    return [month for month in wanted if name_of(month) not in there]


def _months_of(table: str, using: str) -> set[datetime]:
    sql = f"SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') FROM {table}"  # noqa: S608
    return {row[0].replace(tzinfo=UTC) for row in _rows(connections[using], sql)}


def detach(name: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Take a month out of the history: its table stays by its name, and no question looks into it any more."""
    _known(name, using, attached=True)
    with transaction.atomic(using=using):
        _run(connections[using], f"ALTER TABLE {TABLE} DETACH PARTITION {name}")


def attach(name: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Put a month that was taken out back into the history."""
    _known(name, using, attached=False)
    with transaction.atomic(using=using):
        _attach(connections[using], name)


def drop(name: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Throw a month away that was taken out before; one that is part of the history is refused."""
    _known(name, using, attached=False)
    _run(connections[using], f"DROP TABLE {name}")


def lines_of(name: str, using: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """The rows of a part, each a line of JSON with its columns by name, the oldest first."""
    _known(name, using)
    connection = connections[using]
    with transaction.atomic(using=using), connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(part)::text FROM {name} AS part ORDER BY at, id")  # noqa: S608
        while some := cursor.fetchmany(2_000):
            yield from (line for (line,) in some)


def bring_back(name: str, lines: Iterable[str], *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Make a month's table of such lines again and put it into the history; returns how many rows it has."""
    month_named(name)
    if any(one.name == name for one in parts(using)):
        raise NoSuchPart(name)
    connection, count = connections[using], 0
    with transaction.atomic(using=using):
        _run(connection, f"CREATE TABLE {name} (LIKE {TABLE} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        sql = f"INSERT INTO {name} SELECT * FROM jsonb_populate_record(NULL::{TABLE}, %s::jsonb)"  # noqa: S608
        with connection.cursor() as cursor:
            for line in lines:
                cursor.execute(sql, [line])
                count += 1
        _attach(connection, name)
    analyse(using)
    return count


def analyse(using: str = DEFAULT_DB_ALIAS) -> None:
    """Count anew what the planner knows of the whole, which PostgreSQL never does by itself."""
    _run(connections[using], f"ANALYZE {TABLE}")


def _known(name: str, using: str, *, attached: bool | None = None) -> Part:
    for part in parts(using):
        if part.name == name and name != OTHER and attached in (None, part.attached):
            return part
    raise NoSuchPart(name)


def _attach(connection: Any, name: str) -> None:
    """As a month of the history, with what waited for it; it gets the keys and the indexes of the whole."""
    month = month_named(name)
    since, until = month.isoformat(), months_on(month, 1).isoformat()
    _run(connection, f"LOCK TABLE {OTHER} IN ACCESS EXCLUSIVE MODE")
    moved = f"WITH moved AS (DELETE FROM {OTHER} WHERE at >= %s AND at < %s RETURNING *)"  # noqa: S608
    _run(connection, f"{moved} INSERT INTO {name} SELECT * FROM moved", since, until)  # noqa: S608
    # What a month that was taken out still holds to its own keys for is looked at before the table is altered.
    _run(connection, "SET CONSTRAINTS ALL IMMEDIATE")
    _run(
        connection, f"ALTER TABLE {TABLE} ATTACH PARTITION {name} FOR VALUES FROM ('{since}') TO ('{until}')"
    )


# ---- From one table to parts and back -------------------------------------------------------------


def part(editor: Any) -> None:
    """Make parts of the table, with all its rows, in the transaction of a migration; nothing to do on SQLite.

    Keys and indexes are those that were there, but the moment stands in what is unique, since PostgreSQL holds that
    in each part by itself.
    """
    connection = editor.connection
    if connection.vendor != "postgresql" or is_parted(connection.alias):
        return
    _finish_deferred(editor)
    count, number, indexes, keys = _set_aside(connection)
    _run(connection, f"CREATE TABLE {TABLE} (LIKE {_BEFORE} INCLUDING DEFAULTS) PARTITION BY RANGE (at)")
    _run(connection, f"CREATE TABLE {OTHER} PARTITION OF {TABLE} DEFAULT")
    for month in _months_wanted(connection):
        since, until = month.isoformat(), months_on(month, 1).isoformat()
        bounds = f"FROM ('{since}') TO ('{until}')"
        _run(connection, f"CREATE TABLE {name_of(month)} PARTITION OF {TABLE} FOR VALUES {bounds}")
    _move_over(connection, count)
    _run(connection, f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_pkey PRIMARY KEY (id, at)")
    _run(connection, f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_public_id_at UNIQUE (public_id, at)")
    # The index for beginnings of public ids serves nobody, and each index is there once for each month.
    _put_back(connection, [one for one in indexes if _LIKE not in one], keys)
    _run(connection, f"CREATE SEQUENCE {TABLE}_id_seq OWNED BY {TABLE}.id")
    _run(connection, f"ALTER TABLE {TABLE} ALTER id SET DEFAULT nextval('{TABLE}_id_seq')")
    _rows(connection, f"SELECT setval('{TABLE}_id_seq', %s, false)", number)
    _run(connection, f"ANALYZE {TABLE}")


def unite(editor: Any) -> None:
    """The way back: one table with all rows of the parts. Months that were taken out stay by themselves."""
    connection = editor.connection
    if not is_parted(connection.alias):
        return
    count, number, indexes, keys = _set_aside(connection)
    _run(connection, f"CREATE TABLE {TABLE} (LIKE {_BEFORE})")
    _run(connection, f"ALTER TABLE {_BEFORE} ALTER id DROP DEFAULT")
    _move_over(connection, count)
    _run(connection, f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_pkey PRIMARY KEY (id)")
    _run(connection, f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_public_id_key UNIQUE (public_id)")
    like = f"CREATE INDEX {TABLE}_public_id_c48ae783_like ON {TABLE} (public_id {_LIKE})"
    _put_back(connection, [*indexes, like], keys)
    _run(connection, f"ALTER TABLE {TABLE} ALTER id ADD GENERATED BY DEFAULT AS IDENTITY (START {number})")


def _finish_deferred(editor: Any) -> None:
    """What the editor would do to the table at its end is done now: then all of it is seen."""
    for statement in list(editor.deferred_sql):
        if not isinstance(statement, str) and statement.references_table(TABLE):
            editor.deferred_sql.remove(statement)
            editor.execute(statement)


def _set_aside(connection: Any) -> tuple[int, int, list[str], list[tuple[str, str]]]:
    """Rename the table; its rows, its next number, its indexes that are not unique, its foreign keys."""
    _run(connection, f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE")
    count = _rows(connection, f"SELECT count(*) FROM {TABLE}")[0][0]  # noqa: S608
    sequence = _rows(connection, "SELECT pg_get_serial_sequence(%s, 'id')", TABLE)[0][0]
    number = _rows(connection, f"SELECT last_value + is_called::int FROM {sequence}")[0][0]  # noqa: S608
    indexes = "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = to_regclass(%s) AND NOT indisunique"
    keys = """
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = to_regclass(%s) AND contype = 'f' AND conparentid = 0
    """
    found = (
        count,
        number,
        # Of a table of its own the definition says ON, of one in parts ON ONLY.
        [row[0].replace(" ON ONLY ", " ON ") for row in _rows(connection, indexes, TABLE)],
        [(row[0], row[1]) for row in _rows(connection, keys, TABLE)],
    )
    _run(connection, f"ALTER TABLE {TABLE} RENAME TO {_BEFORE}")
    return found


def _months_wanted(connection: Any) -> list[datetime]:
    """Those with rows, this one and some ahead; what a clock has put further into the future waits in `other`."""
    now = _rows(connection, "SELECT now()")[0][0]
    ahead = [months_on(month_of(now), n) for n in range(AHEAD + 1)]
    with_rows = _months_of(_BEFORE, connection.alias)
    return sorted({month for month in with_rows if month < ahead[0]} | set(ahead))


def _move_over(connection: Any, count: int) -> None:
    _run(connection, f"INSERT INTO {TABLE} SELECT * FROM {_BEFORE}")  # noqa: S608
    moved = _rows(connection, f"SELECT count(*) FROM {TABLE}")[0][0]  # noqa: S608
    if moved != count:
        raise RuntimeError(f"{TABLE}: {moved} of {count} rows were moved; nothing is changed")
    _run(connection, f"DROP TABLE {_BEFORE}")


def _put_back(connection: Any, indexes: list[str], keys: list[tuple[str, str]]) -> None:
    for statement in indexes:
        _run(connection, statement)
    for name, definition in keys:
        _run(connection, f'ALTER TABLE {TABLE} ADD CONSTRAINT "{name}" {definition}')


def _run(connection: Any, sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def _rows(connection: Any, sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        found: list[Any] = cursor.fetchall()
    return found
