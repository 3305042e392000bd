"""What somebody has to answer about core skills: objections of apprentices to a proof."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.growth.queries import objections
from craftpath.domain.study.queries import objections as study_objections


def objections_to_answer(request: Request) -> list[Line]:
    """One line for all that wait, of the apprentices whom this person helps; one query."""
    rows = objections().filter(state="open").exclude(enrolment__person=request.user)
    count = rows.count()
    if not count:
        return []
    note = ngettext("%(count)s waits for an answer", "%(count)s wait for an answer", count) % {"count": count}
    url = reverse("growth:entry", args=[request.organisation.key])
    return [Line(_("Objections to proofs of core skills"), note, url, icon="ask")]


def study_objections_to_answer(request: Request) -> list[Line]:
    """The same of what is said of skills in study; one query."""
    count = study_objections().filter(state="open").exclude(enrolment__person=request.user).count()
    if not count:
        return []
    note = ngettext("%(count)s waits for an answer", "%(count)s wait for an answer", count) % {"count": count}
    url = reverse("study:entry", args=[request.organisation.key])
    return [Line(_("Objections in study"), note, url, icon="ask")]
