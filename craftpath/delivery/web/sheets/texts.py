"""The words of the import pages: kinds, states, and what the buttons and outcomes say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from craftpath.delivery.exchange import texts

KINDS = {"roster": gettext_lazy("Roster"), "marks": gettext_lazy("Marks")}
STATES = {
    "uploaded": gettext_lazy("Not imported yet"),
    "committed": gettext_lazy("Imported"),
    "discarded": gettext_lazy("Discarded"),
}
STATE_TONES = {"uploaded": "attention", "committed": "good", "discarded": "plain"}


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
