"""What else these people have at that time: named before a sitting is planned or moved there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.learning import saying
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.exams.rules import can_begin_at
from craftpath.domain.learning.queries import sessions

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

NAMED = 3


class DespiteForm(forms.Form):
    """A form whose last tick says that one knows of what else is at that time."""

    despite = forms.BooleanField(
        label=gettext_lazy("It takes place all the same; I tell those concerned"), required=False
    )


def sessions_meanwhile(cohort: Cohort, starts_at: datetime, minutes: int) -> str:
    """The cohort's sessions at that time, in a sentence; empty if there are none. Two queries."""
    ends_at = starts_at + timedelta(minutes=minutes)
    rows = (
        sessions()
        .filter(cohorts__cohort=cohort, starts_at__lt=ends_at, ends_at__gt=starts_at)
        .exclude(state="cancelled")
    )
    found = [f"{text(row.title)} ({saying.hours(row)})" for row in rows[: NAMED + 1]]
    if not found:
        return ""
    said = " · ".join(found[:NAMED]) + (" …" if len(found) > NAMED else "")
    return _("The cohort has sessions at that time: %(sessions)s. Tick below if it stays so.") % {
        "sessions": said
    }


def warned(form: Any, cohort: Cohort, at: datetime) -> bool:
    """Whether the form stays because of sessions that nobody has said to know of; a wrong time says so elsewhere."""
    given = form.cleaned_data
    if given.get("despite") or not can_begin_at(given["starts_at"], at):
        return False
    said = sessions_meanwhile(cohort, given["starts_at"], given["minutes"])
    if said:
        form.add_error(None, said)
        form.warned = True
    return bool(said)
