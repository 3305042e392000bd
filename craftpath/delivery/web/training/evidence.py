"""What stands behind a line of hours, and why one was taken back: words, and the page where it can be read."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from craftpath.values.ref import Ref

# (noun, kind) → what it is called, and the page that shows it by its id.
KINDS: dict[tuple[str, str], tuple[Any, str]] = {
    ("logbook", "entry"): (_("Log entry"), "logbook:entry"),
    ("learning", "attendance"): (_("Attendance"), "learning:attendance"),
}
REASONS: dict[str, Any] = {"logbook.corrected": _("the entry was corrected")}


def evidence(source: str, organisation: str) -> tuple[str, str]:
    """(words, address) of a source; the address is empty where there is no page for it."""
    try:
        ref = Ref.parse(source)
    except ValueError:
        return source, ""
    label, page = KINDS.get((ref.noun, ref.kind), (_("Record"), ""))
    try:
        return str(label), reverse(page, args=[organisation, ref.public_id]) if page else ""
    except NoReverseMatch:
        return str(label), ""


def why(code: str) -> str:
    """A reason code in words."""
    return str(REASONS.get(code, code))
