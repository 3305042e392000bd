"""How requests about data are shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.domain.protection.texts import HOLDS, KINDS, STATES

if TYPE_CHECKING:
    from craftpath.domain.protection.models import DataRequest

TONES = {
    "asked": "attention", "answered": "good", "refused": "plain", "withdrawn": "plain", "locked": "plain",
    "erased": "good",
}  # fmt: skip


def line(row: DataRequest, today: date) -> dict[str, Any]:
    """A row of a list."""
    return {
        "row": row,
        "kind": KINDS[row.kind],
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "due": _due(row, today),
        "late": row.state == "asked" and row.due_on < today,
        "hold": HOLDS.get(row.hold, ""),
    }


def _due(row: DataRequest, today: date) -> str:
    """How long there is still, of what waits."""
    if row.state != "asked":
        return ""
    days = (row.due_on - today).days
    if days < 0:
        late = ngettext("%(days)s day late", "%(days)s days late", -days)
        return str(late % {"days": -days})
    if days == 0:
        return str(_("due today"))
    return str(ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days})
