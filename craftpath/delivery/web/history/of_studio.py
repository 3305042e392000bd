"""What happened to drafts of new occupations, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.studio import texts as studio

SENTENCES = {
    "studio.draft_begun": _(
        "began to draft the occupation %(subject)s, %(grown_from)s (members: %(members)s)"
    ),
    "studio.members_set": _("said anew who drafts %(subject)s along (members: %(members)s)"),
    "studio.version_begun": _("began version %(version)s of %(subject)s"),
    "studio.version_written": _("wrote to version %(version)s of %(subject)s: %(part)s"),
    "studio.version_moved": _("version %(version)s of %(subject)s: %(state)s"),
    "studio.trial_changed": _("let a class try version %(version)s of %(subject)s (ended: %(ended)s)"),
    "studio.evidence_kept": _(
        "wrote down what the trial of version %(version)s of %(subject)s came to (sheet %(sheet)s)"
    ),
    "studio.comment_made": _("commented on version %(version)s of %(subject)s"),
    "studio.project_moved": _("the training project %(subject)s (shown: %(shown)s)"),
}

STATES: dict[str, Mapping[str, Any]] = {"studio.version_moved": studio.STATES}

LABELS = {
    "studio.draft_begun": _("New occupation begun"),
    "studio.members_set": _("Members of a draft occupation"),
    "studio.version_begun": _("Next version of a new occupation"),
    "studio.version_written": _("New occupation written to"),
    "studio.version_moved": _("New occupation a step further"),
    "studio.trial_changed": _("Trial of a new occupation"),
    "studio.evidence_kept": _("Evidence of a trial written down"),
    "studio.comment_made": _("Comment on a new occupation"),
    "studio.project_moved": _("Training project published or taken down"),
}


def named(values: Mapping[str, str]) -> dict[str, str]:
    """Where a draft grew from, and which part was written, in words."""
    found = {}
    if "grown_from" in values:
        found["grown_from"] = str(studio.ORIGINS.get(values["grown_from"].removeprefix("–"), "–"))
    if "part" in values:
        found["part"] = str(studio.PARTS.get(values["part"], "–"))
    return found
