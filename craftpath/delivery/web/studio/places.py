"""Where somebody is among the pages of the studio: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.studio import queries, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.studio.models import Draft, DraftVersion, Project, Trial

TONES = {
    "writing": "attention", "proposed": "info", "voting": "info", "adopted": "good", "rejected": "wrong",
    "published": "good", "set_aside": "plain",
}  # fmt: skip


def found_draft(request: Request, public_id: str) -> Draft:
    """A draft that the reader sees, and may read."""
    row = get_object_or_404(queries.drafts(), public_id=plain_id(public_id))
    require(rules.may_read(request.actor))
    return row


def found_version(request: Request, public_id: str) -> DraftVersion:
    """A version of such a draft."""
    row = get_object_or_404(queries.versions(), public_id=plain_id(public_id))
    require(rules.may_read(request.actor))
    return row


def found_trial(request: Request, public_id: str) -> Trial:
    """A pilot of such a version."""
    row = get_object_or_404(queries.trials(), public_id=plain_id(public_id))
    require(rules.may_read(request.actor))
    return row


def found_project(public_id: str) -> Project:
    """A training project that is shown to the reader."""
    return get_object_or_404(queries.projects(), public_id=plain_id(public_id))


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of drafts."""
    return [step(request, _("New occupations"), "studio:list"), *further]


def to_draft(request: Request, draft: Draft, *further: Crumb) -> list[Crumb]:
    """Crumbs through a draft."""
    return to_list(request, step(request, text(draft.name), "studio:draft", draft.public_id), *further)


def to_version(request: Request, row: DraftVersion, *further: Crumb) -> list[Crumb]:
    """Crumbs through a version."""
    return to_draft(
        request, row.draft, step(request, numbered(row), "studio:version", row.public_id), *further
    )


def numbered(row: DraftVersion) -> str:
    """What a version is called."""
    return _("Version %(number)s") % {"number": row.number}


def version_tabs(request: Request, row: DraftVersion, current: str) -> list[dict[str, Any]]:
    """The pages of a version."""
    shown = [("studio:version", pgettext("of a version", "What it says")), ("studio:beside", _("Compare"))]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key, row.public_id]),
         "current": name == current}
        for name, label in shown
    ]  # fmt: skip
