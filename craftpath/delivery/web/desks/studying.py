"""Study on the desk of an apprentice: what is due, and a diagnosis that is half done."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import ngettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.study.places import own_enrolment
from craftpath.domain.study import queries
from craftpath.kernel.roles import Role


def study_card(request: Request) -> dict[str, Any] | None:
    """The card; three queries. None where there is nothing to practise with and nothing was begun."""
    row = own_enrolment(request) if Role.APPRENTICE in request.actor.roles else None
    if row is None:
        return None
    due = queries.due_count(row.pk, row.cohort.organisation, request.at)
    return {
        "enrolment": row,
        "due_said": ngettext("%(n)s question is due.", "%(n)s questions are due.", due) % {"n": due}
        if due
        else "",
        "half_done": queries.diagnoses().filter(enrolment=row.pk, state="open").first(),
        "made_id": uuid.uuid4(),
    }
