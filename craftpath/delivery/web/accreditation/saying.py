"""How the register is said: badges, days waiting, lines with what was found about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.accreditation import rules
from craftpath.domain.accreditation.states import WAITING
from craftpath.domain.accreditation.texts import (
    APPLICATION_STATES,
    OUTCOMES,
    PLACE_STATES,
    REGISTRATION_STATES,
)
from craftpath.domain.accreditation.texts import LINES as LINE_NAMES
from craftpath.domain.accreditation.wording import LINES

if TYPE_CHECKING:
    from craftpath.domain.accreditation.models import (
        Evidence,
        LineCheck,
        PlaceApplication,
        Registration,
        TrainingPlace,
    )

TONES = {
    "submitted": "attention",
    "returned": "info",
    "checked": "info",
    "registered": "good",
    "suspended": "wrong",
}


def badge(row: Registration) -> tuple[str, str]:
    """(words, tone) of where a registration stands."""
    return str(REGISTRATION_STATES[row.state]), TONES.get(row.state, "plain")


def waits(row: Registration, today: date) -> str:
    """For how long the city has had it, while it is the city's turn."""
    if row.state not in WAITING or row.submitted_at is None:
        return ""
    days = max(0, (today - timezone.localdate(row.submitted_at)).days)
    return ngettext("waits for %(days)s day", "waits for %(days)s days", days) % {"days": days}


def place_badge(row: TrainingPlace, today: date) -> tuple[str, str]:
    """(words, tone) of where a place stands; a valid one may be about to run out, or have done so."""
    if row.state != "valid":
        return str(PLACE_STATES[row.state]), "wrong" if row.state == "suspended" else "plain"
    if not rules.stands(row):
        return _("Enterprise not in the register"), "wrong"
    if row.valid_until < today:
        return _("Run out"), "wrong"
    if row.valid_from > today:
        return _("Begins on %(day)s") % {"day": day(row.valid_from)}, "info"
    if rules.runs_out(row, today):
        days = (row.valid_until - today).days
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}, "attention"
    return str(PLACE_STATES["valid"]), "good"


def application_badge(row: PlaceApplication) -> tuple[str, str]:
    """(words, tone) of where an application stands."""
    tones = {"asked": "attention", "granted": "good", "declined": "wrong"}
    return str(APPLICATION_STATES[row.state]), tones.get(row.state, "plain")


def told(row: Registration) -> dict[str, str]:
    """line → what the enterprise says of it."""
    trades = [
        _("%(occupation)s: %(places)s") % {"occupation": text(one["name"]), "places": one["places"]}
        for one in row.occupations
    ]
    if row.workers is not None:
        trades.append(_("skilled workers in all: %(count)s") % {"count": row.workers})
    names = [row.name.get("zh", ""), row.name.get("en", ""), row.credit_code, row.address]
    return {
        "identity": "\n".join(one for one in names if one),
        "contact": "\n".join(one for one in (row.contact_name, row.contact_phone, row.contact_mail) if one),
        "occupations": "\n".join(trades),
        "masters": "\n".join(f"{one['name']} · {one['qualification']}" for one in row.masters),
        "equipment": row.equipment,
        "safety": row.safety,
        "rooms": row.rooms,
        "pays": row.pays,
    }


def lines(
    row: Registration, checks: Mapping[str, LineCheck], files: Sequence[Evidence]
) -> list[dict[str, Any]]:
    """Every line with what is said, its files, what was found, and whether that was answered since."""
    said = told(row)
    return [_line(row, line, said[line], checks.get(line), files) for line in LINES]


def _line(
    row: Registration, line: str, said: str, check: LineCheck | None, files: Sequence[Evidence]
) -> dict[str, Any]:
    asked = check is not None and check.outcome == "asked"
    anew = bool(asked and check and row.submitted_at and row.submitted_at > check.checked_at)
    tone = "plain" if check is None else "info" if anew else "attention" if asked else "good"
    if check is None:
        state = pgettext("a line of a registration", "open")
    else:
        state = _("answered, look again") if anew else str(OUTCOMES[check.outcome])
    return {
        "key": line,
        "name": str(LINE_NAMES[line]),
        "said": said,
        "files": [one for one in files if one.line == line],
        "check": check,
        "asked": asked,
        "badge": (state, tone),
        "accepts": check is None or asked,
    }
