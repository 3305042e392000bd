"""Roles and what each may do."""

from __future__ import annotations

from craftpath.delivery.commands.reference import marking
from craftpath.kernel.roles import ALLOWED, ORGANISATION_WIDE, Permission, Role

WHAT = (
    "Two questions are asked apart. *Which rows exist for me?* is answered by the scope, in the last line: *all* rows\n"
    "of the organisation and below, or one's *own* and those to whom one is party. *What may I do with them?* is\n"
    "answered by the permissions. Somebody with several roles has what any of them gives; a role reaches the\n"
    "organisations below its own. The table stands in `craftpath/kernel/roles.py`."
)


def page() -> str:
    """The page."""
    rows = [
        [marking.code(permission), *("yes" if permission in ALLOWED[role] else "" for role in Role)]
        for permission in Permission
    ]
    wide = ["sees", *("all" if role in ORGANISATION_WIDE else "own" for role in Role)]
    head = ["", *(marking.code(role) for role in Role)]
    return marking.page("Roles and permissions", WHAT, marking.table(head, [*rows, wide]))
