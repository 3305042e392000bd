"""Where somebody is among the pages of questions: tabs, crumbs, the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.questions import queries
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.questions.models import Answer, Attachment, Question


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another, as far as they are somebody's."""
    own = request.actor.sees_only_own
    places = [
        ("questions:list", pgettext("of questions", "All"), True),
        ("questions:mine", pgettext("of questions", "Mine"), True),
        ("questions:queue", _("To answer"), not own),
        ("questions:minding", _("Reports and promises"), tends(request)),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label, shown in places
        if shown
    ]


def tends(request: Request) -> bool:
    """Whether somebody looks after questions here."""
    return Permission.TEND_TALK in request.actor.permissions


def to_question(request: Request, row: Question, *further: str) -> list[Crumb]:
    """Crumbs from the list over a question."""
    way = [step(request, pgettext("in the rail", "Questions"), "questions:list")]
    if further:
        way.append(step(request, row.title or _("Photo"), "questions:question", row.public_id))
    return [*way, *(here(one) for one in further)]


def found(public_id: str) -> Question:
    """A question that the reader sees."""
    return get_object_or_404(queries.questions(), public_id=plain_id(public_id))


def found_answer(public_id: str) -> Answer:
    """An answer to a question that the reader sees."""
    return get_object_or_404(queries.answer(plain_id(public_id)))


def found_file(public_id: str) -> Attachment:
    """A file of a question that the reader sees."""
    return get_object_or_404(queries.file(plain_id(public_id)))


def own_class(request: Request) -> Enrolment | None:
    """The reader's apprenticeship here that has not ended, the newest of several."""
    rows = enrolments_of(request.user).exclude(state="ended")
    return rows.filter(cohort__organisation__path__startswith=request.organisation.path).first()
