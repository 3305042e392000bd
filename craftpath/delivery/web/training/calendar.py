"""The rotation in somebody's own calendar: the own stays, and those of apprentices for whom one answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.training.rotation import stays_for
from craftpath.kernel.people import Person

if TYPE_CHECKING:
    from craftpath.domain.training.models import Stay


@source
def rotation(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event a stay; a stay that was cancelled stays in the calendar as such."""
    for stay in stays_for(person, first, last):
        own = stay.enrolment.person_id == person.pk
        where = text(stay.department.name) if stay.department is not None else text(stay.host.name)
        what = f"{where} · {text(stay.unit.name)}"
        who = "" if own else f"{stay.enrolment.person.name} · "
        lead = [_("with %(name)s") % {"name": stay.responsible.name}] if own and stay.responsible else []
        yield Event(
            name=f"stay-{stay.public_id}",
            title=f"{_state(stay)}{who}{what}",
            first=stay.starts_on,
            last=stay.ends_on,
            changed_at=max(stay.changed_at, stay.unit.plan.changed_at),  # a unit may be called anew
            place=text(stay.host.name),
            words="\n".join([*lead, *([stay.because] if stay.because else [])]),
            cancelled=stay.state == "cancelled",
        )


def _state(stay: Stay) -> str:
    if stay.state == "cancelled":
        return _("[cancelled] ")
    if stay.state == "ended":
        return _("[ended early] ")
    return _("[changed] ") if stay.moved else ""
