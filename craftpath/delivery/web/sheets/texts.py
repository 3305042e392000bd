"""The words of the import pages: kinds, states, and what the buttons and outcomes say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from craftpath.delivery.exchange import texts
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.sheetwork import SheetWork

KINDS = {"roster": gettext_lazy("Roster"), "marks": gettext_lazy("Marks")}
STATES = {
    "uploaded": gettext_lazy("Not imported yet"),
    "committed": gettext_lazy("Imported"),
    "discarded": gettext_lazy("Discarded"),
    "undone": gettext_lazy("Undone"),
}
WORKING = {"check": gettext_lazy("Being checked"), "commit": gettext_lazy("Being imported")}
PHASES = {
    "": gettext_lazy("Waiting for its turn"),
    "reading": gettext_lazy("Reading the file"),
    "checking": gettext_lazy("Checking row by row"),
    "writing": gettext_lazy("Importing"),
}
STATE_TONES = {"uploaded": "attention", "committed": "good", "discarded": "plain", "undone": "plain"}
# Why somebody whom a roster brought cannot be taken away again.
BUILT_ON = {
    "marks": gettext_lazy("has marks"),
    "stage": gettext_lazy("has passed a stage"),
    "ended": gettext_lazy("has left the cohort"),
    "signed_in": gettext_lazy("has signed in"),
    "slip": gettext_lazy("has a sign-in slip"),
    "party": gettext_lazy("has got or lost a mentor, trainer or assessor since"),
    "elsewhere": gettext_lazy("is enrolled elsewhere too"),
    "role": gettext_lazy("has got another role"),
    "later": gettext_lazy("was changed by a later roster"),
}
FIELDS = {"name_latin": "name_en"}
"""Columns of the register under the names that sheets have for them."""


def ok_line(ok: int, errors: int) -> str:
    """`12 ok, 3 errors`."""
    wrong = ngettext("%(count)s error", "%(count)s errors", errors) % {"count": errors}
    return (
        _("%(ok)s ok, %(errors)s") % {"ok": ok, "errors": wrong}
        if errors
        else _("%(ok)s ok, no errors") % {"ok": ok}
    )


def outcome_line(counts: Mapping[str, int]) -> str:
    """`33 added, 2 changed, 5 already there`."""
    return _("%(added)s added, %(changed)s changed, %(unchanged)s already there") % {
        "added": counts.get("added", 0),
        "changed": counts.get("changed", 0),
        "unchanged": counts.get("unchanged", 0),
    }


def commit_label(kind: str, count: int) -> str:
    """The button that takes the sheet in, with what it takes in."""
    if kind == "roster":
        return ngettext("Import %(count)s person", "Import %(count)s people", count) % {"count": count}
    return ngettext("Import %(count)s mark", "Import %(count)s marks", count) % {"count": count}


def mark_text(status: str, score: Decimal | None, grade: str = "") -> str:
    """A mark in a list: its score or the name of its grade, else the word of its status."""
    return grade or (
        f"{score.normalize():f}" if status == "scored" and score is not None else texts.status_label(status)
    )


def undone_line(counts: Mapping[str, int]) -> str:
    """`12 people taken away, 3 values put back, 1 left as it is`, as far as there is something to say."""
    parts = []
    if counts.get("removed"):
        parts.append(
            ngettext("%(count)s person taken away", "%(count)s people taken away", counts["removed"])
            % {"count": counts["removed"]}
        )
    restored = counts.get("restored", 0)
    parts.append(
        ngettext("%(count)s value put back", "%(count)s values put back", restored) % {"count": restored}
    )
    if counts.get("left"):
        parts.append(
            ngettext("%(count)s left as it is now", "%(count)s left as they are now", counts["left"])
            % {"count": counts["left"]}
        )
    return listed(parts)


def counts_line(row: SheetImport) -> str:
    """What came of an import, in the list."""
    lines = {"committed": outcome_line, "undone": undone_line}
    return lines[row.state](row.outcome) if row.state in lines else ""


def work_state(row: SheetImport, work: SheetWork | None) -> str:
    """The state of an import, or what a worker does with it at the moment."""
    return str(WORKING[work.task] if work is not None and work.state == "asked" else STATES[row.state])


def time_left(seconds: int | None) -> str:
    """`about 2 minutes left`; nothing while nobody can tell."""
    if seconds is None:
        return ""
    if seconds < 90:
        tens = max(5, -(-seconds // 5) * 5)
        return ngettext("about %(count)s second left", "about %(count)s seconds left", tens) % {"count": tens}
    minutes = -(-seconds // 60)
    return ngettext("about %(count)s minute left", "about %(count)s minutes left", minutes) % {
        "count": minutes
    }
