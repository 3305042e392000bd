"""The own planned hours in somebody's calendar: one entry for each week and unit, over its workdays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.domain.teaching.queries import planned_between
from craftpath.kernel.people import Person

WORKDAYS = timedelta(days=4)  # from Monday to Friday


@source
def planned(person: Person, first: date, last: date) -> Iterator[Event]:
    """Whoever teaches in a team sees how many hours of which unit lie in a week."""
    for row in planned_between(person, first, last):
        team = row.member.team
        facts = {"unit": text(team.unit.name), "hours": hours(row.minutes)}
        yield Event(
            name=f"teaching-{team.public_id}-{row.week.isoformat()}",
            title=_("%(hours)s to teach: %(unit)s") % facts,
            first=row.week,
            last=row.week + WORKDAYS,
            changed_at=team.planned_at or team.made_at,
            words=text(team.cohort.name),
        )
