"""How requests are said: badges, the clock, why two fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.offers.texts import FITS, KINDS, LANGUAGES, STATES
from craftpath.domain.standards.queries import skills_by_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from craftpath.domain.offers.fit import Fit, Reason
    from craftpath.domain.offers.models import DeskRequest

TONES = {
    "open": "attention",
    "answered": "info",
    "agreed": "info",
    "running": "info",
    "done": "good",
}


def badge(row: DeskRequest, today: date) -> tuple[str, str]:
    """(words, tone) of where a request stands; an open one whose day has passed is overdue."""
    if row.state == "open" and row.promised_on < today:
        return _("Answer overdue"), "wrong"
    return str(STATES[row.state]), TONES.get(row.state, "plain")


def clock(row: DeskRequest) -> str:
    """By when it is to be answered, or how soon it was."""
    if row.answer_days == 0:
        return _("answered on the same day")
    if row.answer_days is not None:
        said = ngettext(
            "answered after %(days)s workday", "answered after %(days)s workdays", row.answer_days
        )
        return said % {"days": row.answer_days}
    if row.state != "open":
        return ""
    return _("answer promised by %(day)s") % {"day": day(row.promised_on)}


def kind(row: DeskRequest) -> str:
    """What it is about."""
    return str(KINDS[row.kind])


def when(row: DeskRequest) -> str:
    """From when until when, as far as it is said."""
    if row.starts_on and row.ends_on:
        return _("%(first)s to %(last)s") % {"first": day(row.starts_on), "last": day(row.ends_on)}
    if row.starts_on:
        return _("from %(day)s") % {"day": day(row.starts_on)}
    return _("until %(day)s") % {"day": day(row.ends_on)} if row.ends_on else ""


def note(row: DeskRequest) -> str:
    """Who, for which trade, how many: a line under the title."""
    people = ""
    if row.people:
        people = ngettext("%(people)s person", "%(people)s people", row.people) % {"people": row.people}
    return " · ".join(
        one for one in (text(row.organisation.name), text(row.occupation), people, when(row)) if one
    )


def languages(row: DeskRequest) -> str:
    """In which languages."""
    return listed(LANGUAGES[one] for one in row.languages)


def skill_names(keys: Iterable[str]) -> dict[str, str]:
    """key → the name of a skill; one query."""
    return {key: text(row.name) for key, row in skills_by_key(keys).items()}


def reasons(fit: Fit) -> list[str]:
    """Why it fits, as sentences."""
    return [_said(one) for one in fit.reasons]


def _said(reason: Reason) -> str:
    facts: Mapping[str, Any] = reason.facts
    if reason.code == "skills":
        facts = {"skills": len(facts["skills"]), "of": facts["of"]}
    return str(FITS[reason.code]) % facts
