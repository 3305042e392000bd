"""What the outbox may bring to questions: one that was asked without a network, and its further photos."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from craftpath.delivery.web.questions.asking import asked, promised
from craftpath.delivery.web.questions.forms import AskForm, Files
from craftpath.delivery.web.questions.places import own_class
from craftpath.delivery.web.shell.telling import Told
from craftpath.delivery.web.sync.taking import NotYet, Unreadable, Write, takes
from craftpath.domain.questions import actions, queries
from craftpath.domain.standards.queries import skills


def _said(outcome: Mapping[str, Any]) -> list[Told]:
    return [Told("good", promised(date.fromisoformat(outcome["due_on"])))]


@takes("questions.ask", says=_said)
def ask(write: Write) -> dict[str, Any]:
    """A question as a device kept it: `question` is the device's name for it; its first photo may come with it."""
    data, request = write.data, write.request
    enrolment = own_class(request)
    typed = {name: str(data.get(name) or "") for name in ("text", "name_to", "audience", "skill")}
    form = AskForm(
        typed | {"made_id": str(data["question"])}, {}, skills=skills(), classes=enrolment is not None
    )
    if not form.is_valid():
        raise Unreadable("question")
    made = asked(request, form, _photo(write), enrolment)
    url = reverse("questions:question", args=[request.organisation.key, made.public_id])
    return {"question": made.public_id, "due_on": made.due_on.isoformat(), "url": url}


@takes("questions.photo")
def photo(write: Write) -> dict[str, Any]:
    """A further photo of an own question that is here already."""
    row = queries.own_made(write.request.user, uuid.UUID(str(write.data["question"])))
    if row is None:
        raise NotYet
    if write.file is None:
        raise Unreadable("photo")
    [(name, kind, content)] = _photo(write)
    request = write.request
    actions.attach_file(row, made_id=name, kind=kind, content=content, by=request.actor, at=request.at)
    return {"question": row.public_id}


def _photo(write: Write) -> Files:
    """The photo that came with a write, under the name that the device gave it."""
    if write.file is None:
        return []
    return [(uuid.UUID(str(write.data["photo"])), "photo", write.file.read())]
