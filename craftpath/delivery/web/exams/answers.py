"""What was answered, and what it was worth, in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.templatetags.say import points
from craftpath.engines.rating import half_up
from craftpath.engines.scoring import Kind

if TYPE_CHECKING:
    from craftpath.domain.exams.content import Content


def worth(value: str | Fraction) -> str:
    """Points as people say them; exact thirds with two places."""
    return points(half_up(Fraction(value), 2))


def answer_in_words(content: Content, given: Any) -> str:
    """What was answered, in one line of plain text; a dash where nothing was."""
    details, kind = content.details, content.kind
    if kind is Kind.ESSAY:
        said = str(given.get("text", "") if isinstance(given, Mapping) else given or "")
        return said.strip() or "–"
    rows = [
        row
        for name in ("options", "regions", "left", "right_side", "entries")
        for row in details.get(name, ())
    ]
    names = {row["key"]: plain(row.get("text") or row.get("name"), 80) for row in rows}
    names |= {"true": _("true"), "false": _("false")}
    if isinstance(given, Mapping):
        parts = [
            f"{names.get(key, key)} – {names.get(value, value)}" if kind is Kind.MATCHING else str(value)
            for key, value in given.items()
            if value
        ]
        return " / ".join(parts) or "–"
    if isinstance(given, list):
        return " · ".join(str(names.get(key, key)) for key in given) or "–"
    return str(given or "").strip() or "–"
