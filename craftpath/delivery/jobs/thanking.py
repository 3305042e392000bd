"""Letters of thanks after a workshop, over one connection; a slice at a time, so that no job runs for long."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.mail import get_connection
from django.utils import timezone
from django_tasks import task

from craftpath.delivery.jobs.bodies import LATER
from craftpath.delivery.jobs.letters import mails
from craftpath.delivery.jobs.workshop_letters import thanks_to
from craftpath.domain.workshops.actions import claim_thanks
from craftpath.domain.workshops.thanked import has_materials, to_thank, with_id
from craftpath.domain.workshops.thanking import THANKS
from craftpath.kernel.access import system
from craftpath.kernel.jobs import body, enqueue
from craftpath.kernel.tenancy import everywhere

SLICE = 100

_log = logging.getLogger(__name__)


@body(THANKS)
@task()
def workshop_thanks(workshop_id: int) -> None:
    """Write to a slice of those who came; the rest in the next job, at once or when the mail server answers again."""
    if not mails():
        return
    now = timezone.now()
    connection = get_connection()
    try:
        connection.open()
    except OSError:  # smtplib's faults are among these; nobody was claimed, so nobody is left out
        _log.exception("the mail server does not answer; the thanks of a workshop wait")
        workshop_thanks.using(run_after=now + LATER).enqueue(workshop_id)
        return
    try:
        with everywhere("letters go to whoever came"):
            more = _thank(workshop_id, connection, now)
    finally:
        connection.close()
    if more:
        enqueue(THANKS, workshop_id)


def _thank(workshop_id: int, connection: object, at: datetime) -> bool:
    """Whether somebody is left. A letter that the server refuses is logged, and the others go on."""
    workshop = with_id(workshop_id)
    materials = has_materials(workshop)
    rows = list(to_thank(workshop)[: SLICE + 1])
    for row in rows[:SLICE]:
        if claim_thanks(row, by=system(), at=at):
            try:
                connection.send_messages([thanks_to(row, materials=materials)])  # type: ignore[attr-defined]
            except (OSError, ValueError):  # among the latter: a header that holds a line break
                _log.exception("the thanks to registration %s were not taken", row.public_id)
    return len(rows) > SLICE
