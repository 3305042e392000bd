"""The full-text tables, which Django knows nothing of: beside SQLite's table a virtual one, in PostgreSQL's a column.

Both follow the table of entries by themselves. A migration that alters that table on SQLite makes it anew without its
triggers, and so lays these again.
"""

from __future__ import annotations

from typing import Any

ENTRIES, TEXT = "kernel_searchentry", "kernel_searchtext"
COLUMNS = ("title", "names", "body", "marks")
_NAMES = ", ".join(COLUMNS)
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("old", "new"))
_ADD = f"INSERT INTO {TEXT}(rowid, {_NAMES}) VALUES (new.id, {_NEW});"  # noqa: S608  (names of this very file)
_TAKE = f"INSERT INTO {TEXT}({TEXT}, rowid, {_NAMES}) VALUES ('delete', old.id, {_OLD});"  # noqa: S608
# Words come cut and folded already: here they are only parted at spaces, whatever script they are in.
_CUT = "unicode61 remove_diacritics 0 categories ''L* N* M* Co Cn''"
_WEIGHTED = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {name} || ' zqz'), '{weight}')"
    for name, weight in zip(COLUMNS, "ABCD", strict=True)
)

LAY: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {TEXT} USING fts5({_NAMES}, content='{ENTRIES}', content_rowid='id', "
        f"tokenize='{_CUT}', prefix='2 3', columnsize=0)",
        f"CREATE TRIGGER {TEXT}_added AFTER INSERT ON {ENTRIES} BEGIN {_ADD} END",
        f"CREATE TRIGGER {TEXT}_taken AFTER DELETE ON {ENTRIES} BEGIN {_TAKE} END",
        f"CREATE TRIGGER {TEXT}_changed AFTER UPDATE ON {ENTRIES} BEGIN {_TAKE} {_ADD} END",
    ),
    "postgresql": (
        f"ALTER TABLE {ENTRIES} ADD COLUMN words tsvector GENERATED ALWAYS AS ({_WEIGHTED}) STORED",
        f"CREATE INDEX {TEXT} ON {ENTRIES} USING gin (words)",
    ),
}
_LIFT: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(f"DROP TRIGGER {TEXT}_{name}" for name in ("added", "taken", "changed"))
    + (f"DROP TABLE {TEXT}",),
    "postgresql": (f"ALTER TABLE {ENTRIES} DROP COLUMN words",),
}


def lay(editor: Any) -> None:
    """Lay them, after the table of entries."""
    for statement in LAY[editor.connection.vendor]:
        editor.execute(statement)


def lift(editor: Any) -> None:
    """Take them away again."""
    for statement in _LIFT[editor.connection.vendor]:
        editor.execute(statement)
