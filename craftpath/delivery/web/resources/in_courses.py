"""Resources as activities of online courses: which can be chosen, and where one is opened."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.courses.joining import Joined, Room, joins
from craftpath.delivery.web.resources.newer import older_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.resources import queries
from craftpath.values.ref import Ref

MOST = 300
"""Resources among which an author chooses: those that changed last."""


def _choices(_request: Request) -> Sequence[tuple[str, str]]:
    rows = queries.shared()[:MOST]
    return [
        (str(row.current.ref), f"{text(row.title)} · {text(row.organisation.name)}")
        for row in rows
        if row.current
    ]


def _show(request: Request, ref: str, run: str | None) -> Joined | None:
    row = queries.version(plain_id(Ref.parse(ref).public_id))
    if row is None or row.resource.state not in ("shared", "retired", "merged"):
        return None
    names = [request.organisation.key, row.resource.public_id]
    url = reverse("resources:resource", args=names)
    older = row.pk != row.resource.current_id or row.resource.state == "merged"
    if older and row.file is not None:  # what was used stays what it was
        url = reverse("resources:file", args=[*names, row.public_id])
    title = text(row.resource.title)
    if run is not None:  # it is done once the learner says so, as of any text
        return Joined(title, True, url, "done")
    newer = row.pk != row.resource.current_id
    said = _("%(title)s (version %(number)s; a newer one is in the library)")
    return Joined(said % {"title": title, "number": row.number} if newer else title, True, url)


joins("resource", Room(_choices, _show, older_in))
