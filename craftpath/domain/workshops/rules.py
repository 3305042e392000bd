"""Who runs workshops and touches registrations, and what can be done when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import available_timezones

from craftpath.domain.workshops.models import (
    GENDERS,
    ITEM_KINDS,
    KINDS,
    LICENCES,
    POLL_KINDS,
    SHELVES,
    WAYS,
    Day,
    Item,
    Poll,
    Registration,
    Site,
    Speaker,
    Workshop,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = ["GENDERS", "ITEM_KINDS", "KINDS", "LICENCES", "POLL_KINDS", "SHELVES", "WAYS"]

LONGEST_TITLE, LONGEST_WORDS = 120, 2000
FLOOR = 5
"""People below which nothing is shown of what somebody might not want to be known for."""
SCALE = 5
MOST_AT_ONCE = 200
MOST_QUESTIONS = 10
MOST_OPTIONS = 10
LONGEST_WORD = 12
TRIES = 10
HOUR = timedelta(hours=1)
HELD = timedelta(days=2)
"""How long a seat is held for a guest who has not opened the link."""


def may_run(actor: Actor, workshop: Workshop) -> Verdict:
    """Whoever runs workshops at one of the organisations that hold it."""
    verdict = actor.may(Permission.RUN_WORKSHOPS)
    if not verdict or actor.may_at(Permission.RUN_WORKSHOPS, workshop.organisation):
        return verdict
    others = (row.organisation for row in workshop.organisers.all())
    if any(actor.may_at(Permission.RUN_WORKSHOPS, one) for one in others):
        return YES
    return may_not("workshops.not_yours")


def may_touch(actor: Actor, row: Registration) -> Verdict:
    """Oneself, a guest whose link and code the door has seen, or whoever runs the workshop."""
    if actor.person is None or actor.person.pk == row.person_id:
        return YES
    return YES if may_run(actor, row.workshop) else may_not("workshops.not_your_registration")


def can_be_called(title: Text, *more: Text) -> Verdict:
    """A title in one language, words of bearable length."""
    if title == Text():
        return not_now("workshops.no_title")
    if any(len(words) > LONGEST_TITLE for words in (title.zh, title.en)):
        return not_now("workshops.words_too_long", most=LONGEST_TITLE)
    if any(len(words) > LONGEST_WORDS for text in more for words in (text.zh, text.en)):
        return not_now("workshops.words_too_long", most=LONGEST_WORDS)
    return YES


def can_lie_in(zone: str) -> Verdict:
    """A time zone that there is."""
    return YES if zone in available_timezones() else not_now("workshops.zone_unknown", zone=zone[:40])


def can_change(workshop: Workshop) -> Verdict:
    """Until it is over."""
    return not_now("workshops.over") if workshop.state in ("finished", "cancelled") else YES


def can_publish(workshop: Workshop) -> Verdict:
    """It has days, and somewhere to be."""
    if not workshop.days.exists():
        return not_now("workshops.no_days")
    if not workshop.link and not workshop.sites.exists():
        return not_now("workshops.nowhere")
    return YES


def can_last(starts: time, ends: time) -> Verdict:
    """It ends after it begins."""
    return YES if ends > starts else not_now("workshops.ends_before_start")


def can_stand(
    day: Day, starts: time, ends: time, room: str, speakers: Iterable[Speaker], others: Iterable[Item]
) -> Verdict:
    """Within its day; nobody speaks twice at once, nothing else is in the room. `others` have their speakers."""
    verdict = can_last(starts, ends)
    if not verdict:
        return verdict
    if starts < day.starts or ends > day.ends:
        facts = {"starts": f"{day.starts:%H:%M}", "ends": f"{day.ends:%H:%M}"}
        return not_now("workshops.outside_day", **facts)
    known = {one.pk for one in speakers}
    for other in others:
        if other.day_id != day.pk or other.ends <= starts or other.starts >= ends:
            continue
        if other.room.strip().casefold() == room.strip().casefold() or not (room and other.room):
            return not_now("workshops.room_taken", other=other.name.both())
        twice = next((one for one in other.speakers.all() if one.pk in known), None)
        if twice is not None:
            return not_now("workshops.speaker_taken", name=twice.name, other=other.name.both())
    return YES


def can_seat(site: Site, seats: int) -> Verdict:
    """Not fewer than are taken."""
    return YES if seats >= site.taken else not_now("workshops.seats_taken", count=site.taken)


def is_open(workshop: Workshop) -> Verdict:
    """Whether it takes registrations at all."""
    return YES if workshop.state == "open" else not_now("workshops.not_open")


def can_register(workshop: Workshop, today: date) -> Verdict:
    """While it is open, to the last day; nobody registers for what is past."""
    verdict = is_open(workshop)
    if not verdict:
        return verdict
    if workshop.closes_on is not None and today > workshop.closes_on:
        return not_now("workshops.closed_on", on=workshop.closes_on)
    return YES if workshop.days.filter(on__gte=today).exists() else not_now("workshops.past")


def can_come(workshop: Workshop, way: str, site: Site | None) -> Verdict:
    """On line where there is a link, on site where there is the site."""
    if way == "online":
        return YES if workshop.link else not_now("workshops.not_on_line")
    if site is None or site.workshop_id != workshop.pk:
        return not_now("workshops.site_unknown")
    return YES


def is_registered(row: Registration) -> Verdict:
    """Whoever withdrew reads nothing any more of what is for those who come."""
    return not_now("workshops.withdrawn") if row.state == "withdrawn" else YES


def can_use(row: Registration) -> Verdict:
    """What one does in the hall asks for a place."""
    verdict = is_registered(row)
    if not verdict:
        return verdict
    return YES if row.state == "placed" else not_now("workshops.not_placed", name=row.name)


def can_check_in(row: Registration, day: Day, today: date) -> Verdict:
    """Whoever has a place, not before the day."""
    verdict = can_use(row)
    if not verdict:
        return verdict
    if row.workshop.state == "cancelled":
        return not_now("workshops.over")
    if day.workshop_id != row.workshop_id:
        return not_now("workshops.day_unknown")
    return YES if today >= day.on else not_now("workshops.not_today")


def can_join(row: Registration, day: Day, at: datetime) -> Verdict:
    """On line from an hour before a day begins until it ends."""
    verdict = can_use(row)
    if not verdict:
        return verdict
    if row.workshop.state == "cancelled":
        return not_now("workshops.over")
    if not row.workshop.link:
        return not_now("workshops.not_on_line")
    if not day.starts_at() - HOUR <= at <= day.ends_at():
        return not_now("workshops.join_not_yet")
    return YES


def can_take_part(workshop: Workshop) -> Verdict:
    """Questions and polls are for a workshop that people may come to."""
    return YES if workshop.state in ("open", "closed") else not_now("workshops.not_under_way")


def can_send_case(workshop: Workshop, today: date) -> Verdict:
    """While cases are asked for."""
    asked = Text.of(workshop.call) != Text() and workshop.state in ("open", "closed", "finished")
    late = workshop.call_until is not None and today > workshop.call_until
    return YES if asked and not late else not_now("workshops.no_call")


def shows_results(poll: Poll) -> bool:
    """Whether the counts may be seen: of a sensitive poll not before five have answered."""
    return not poll.sensitive or poll.votes >= FLOOR
