"""What members say about a version."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.studio import rules
from craftpath.domain.studio.facts import CommentMade
from craftpath.domain.studio.holding import told
from craftpath.domain.studio.models import Comment, DraftVersion
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


@action
def comment(version: DraftVersion, *, made_id: uuid.UUID, words: str, by: Actor, at: datetime) -> Comment:
    """Say something; the same `made_id` again is the same comment. The caller has found it among what `by` sees."""
    require(rules.may_comment(by))
    require(rules.can_comment(words))
    said = {
        "version": version,
        "person": _person(by),
        "organisation": _place(by),
        "words": words.strip(),
        "at": at,
    }
    row, new = Comment.objects.get_or_create(made_id=made_id, defaults=said)
    if not new:
        if row.version_id != version.pk or row.person_id != _person(by).pk:
            raise Refused(not_now("studio.form_used"))
        return row
    told(CommentMade(version.number), version.draft, version.ref, by=by, at=at)
    return row


def _person(by: Actor) -> Person:
    assert by.person is not None  # noqa: S101  (`may_comment` has asked)
    return by.person


def _place(by: Actor) -> Organisation:
    assert by.organisation is not None  # noqa: S101  (whoever has a permission has it somewhere)
    return by.organisation
