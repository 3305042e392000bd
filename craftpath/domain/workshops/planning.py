"""Planning a workshop: its words, days, sites, agenda and speakers; whom it invites; its way from draft to held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F

from craftpath.domain.workshops import rules
from craftpath.domain.workshops.facts import OrganisationsInvited, WorkshopMoved, WorkshopSaved
from craftpath.domain.workshops.models import (
    Day,
    Invited,
    Item,
    Material,
    Organiser,
    Presence,
    Registration,
    Site,
    Speaker,
    Workshop,
)
from craftpath.domain.workshops.seats import move_up
from craftpath.domain.workshops.states import WORKSHOP
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a workshop."""

    title: Text
    aims: Text = Text()
    spoken: Text = Text()
    time_zone: str = "Asia/Shanghai"
    link: str = ""
    public: bool = True
    asks_gender: bool = False
    closes_on: date | None = None
    share: int = 80
    call: Text = Text()
    call_until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the agenda as it shall stand."""

    day: Day
    starts: time
    ends: time
    kind: str
    title: Text
    room: str = ""
    chair: str = ""
    speakers: Sequence[Speaker] = ()


@action
def plan_workshop(
    organisation: Organisation,
    words: Words,
    *,
    organisers: Iterable[Organisation] = (),
    by: Actor,
    at: datetime,
) -> Workshop:
    """Begin one; others may hold it together with the first organisation."""
    require(by.may_at(Permission.RUN_WORKSHOPS, organisation))
    row = Workshop(organisation=organisation, made_by=by.person, made_at=at, changed_at=at)
    _put(row, words)
    row.save()
    others = {one.pk: one for one in organisers if one.pk != organisation.pk}
    Organiser._base_manager.bulk_create(Organiser(workshop=row, organisation=one) for one in others.values())
    _told(row, "words", by=by, at=at)
    return row


@action
def change_workshop(workshop: Workshop, words: Words, *, by: Actor, at: datetime) -> Workshop:
    """Say it otherwise."""
    row = locked(workshop, by)
    _put(row, words)
    _touch(row, "words", by=by, at=at)
    return row


@action
def add_organiser(workshop: Workshop, organisation: Organisation, *, by: Actor, at: datetime) -> None:
    """Hold it together with another organisation, whose office then runs it as well."""
    row = locked(workshop, by)
    Organiser._base_manager.get_or_create(workshop=row, organisation=organisation)
    _touch(row, "organisers", by=by, at=at)


@action
def set_survey(workshop: Workshop, survey: int | None, *, by: Actor, at: datetime) -> Workshop:
    """Ask those who came by this survey; the caller has seen that it is one's own."""
    row = locked(workshop, by, over=True)
    row.survey_id = survey
    _touch(row, "survey", by=by, at=at)
    return row


@action
def save_day(workshop: Workshop, *, on: date, starts: time, ends: time, by: Actor, at: datetime) -> Day:
    """Add a day, or give one other times."""
    row = locked(workshop, by)
    require(rules.can_last(starts, ends))
    day, _made = Day._base_manager.update_or_create(
        workshop=row, on=on, defaults={"starts": starts, "ends": ends}
    )
    _touch(row, "days", by=by, at=at)
    return day


@action
def drop_day(day: Day, *, by: Actor, at: datetime) -> None:
    """Take a day out, with what stands in its agenda."""
    row = locked(day.workshop, by)
    if Presence._base_manager.filter(day=day).exists():
        raise Refused(not_now("workshops.day_in_use"))
    Day._base_manager.filter(pk=day.pk).delete()
    _touch(row, "days", by=by, at=at)


@action
def save_site(
    workshop: Workshop,
    *,
    name: Text,
    address: str,
    room: str,
    seats: int,
    site: Site | None = None,
    by: Actor,
    at: datetime,
) -> Site:
    """Add a site, or change one; more seats let people move up from the waiting list."""
    row = locked(workshop, by)
    require(rules.can_be_called(name))
    if site is None:
        made = Site(workshop=row, name=name.as_json(), address=address, room=room, seats=seats)
        made.save()
    else:
        made = Site._base_manager.select_for_update().get(pk=site.pk, workshop=row)
        require(rules.can_seat(made, seats))
        made.name, made.address, made.room, made.seats = name.as_json(), address, room, seats
        made.save(update_fields=["name", "address", "room", "seats"])
        move_up(made, by=by, at=at)
    _touch(row, "sites", by=by, at=at)
    return made


@action
def drop_site(site: Site, *, by: Actor, at: datetime) -> None:
    """Take a site out to which nobody ever registered."""
    row = locked(site.workshop, by)
    if Registration._base_manager.filter(site=site).exists():
        raise Refused(not_now("workshops.site_in_use"))
    Site._base_manager.filter(pk=site.pk).delete()
    _touch(row, "sites", by=by, at=at)


@action
def add_speaker(
    workshop: Workshop,
    *,
    name: str,
    organisation_name: str = "",
    bio: str = "",
    pictures: bool = False,
    by: Actor,
    at: datetime,
) -> Speaker:
    """Name somebody who speaks."""
    row = locked(workshop, by)
    if Speaker._base_manager.filter(workshop=row, name=name, organisation_name=organisation_name).exists():
        raise Refused(not_now("workshops.speaker_twice", name=name))
    made = Speaker(workshop=row, name=name, organisation_name=organisation_name, bio=bio, pictures=pictures)
    made.save()
    _touch(row, "speakers", by=by, at=at)
    return made


@action
def drop_speaker(speaker: Speaker, *, by: Actor, at: datetime) -> None:
    """Take out somebody who speaks nowhere."""
    row = locked(speaker.workshop, by)
    if Item._base_manager.filter(speakers=speaker).exists():
        raise Refused(not_now("workshops.speaker_in_use", name=speaker.name))
    Speaker._base_manager.filter(pk=speaker.pk).delete()
    _touch(row, "speakers", by=by, at=at)


@action
def save_item(workshop: Workshop, line: Line, *, item: Item | None = None, by: Actor, at: datetime) -> Item:
    """Put a line into the agenda, or change one; refused where a room or a speaker is taken at that time."""
    row = locked(workshop, by)
    require(rules.can_be_called(line.title))
    others = Item._base_manager.filter(workshop=row, day=line.day).prefetch_related("speakers")
    others = others.exclude(pk=item.pk) if item is not None else others
    require(rules.can_stand(line.day, line.starts, line.ends, line.room, line.speakers, others))
    made = item or Item(workshop=row)
    made.day, made.starts, made.ends, made.kind = line.day, line.starts, line.ends, line.kind
    made.room, made.chair, made.title = line.room, line.chair, line.title.as_json()
    made.save()
    made.speakers.set(line.speakers)
    _touch(row, "agenda", by=by, at=at)
    return made


@action
def drop_item(item: Item, *, by: Actor, at: datetime) -> None:
    """Take a line out of the agenda."""
    row = locked(item.workshop, by)
    Item._base_manager.filter(pk=item.pk).delete()
    _touch(row, "agenda", by=by, at=at)


@action
def copy_agenda(workshop: Workshop, *, source: Workshop, by: Actor, at: datetime) -> int:
    """Take days, lines and speakers of another workshop over, the first day to the first; returns how many lines.

    A workshop without days gets them a week from now; one with days keeps them, and what fits into none is left.
    """
    row = locked(workshop, by)
    if Item._base_manager.filter(workshop=row).exists():
        raise Refused(not_now("workshops.agenda_not_empty"))
    before = list(Day._base_manager.filter(workshop=source).order_by("on"))
    if not Day._base_manager.filter(workshop=row).exists() and before:
        first = at.astimezone(row.zone).date() + timedelta(days=7)
        Day._base_manager.bulk_create(
            Day(workshop=row, on=first + (one.on - before[0].on), starts=one.starts, ends=one.ends)
            for one in before
        )
    days = dict(
        zip((one.pk for one in before), Day._base_manager.filter(workshop=row).order_by("on"), strict=False)
    )
    known = {
        one.pk: Speaker._base_manager.get_or_create(
            workshop=row, name=one.name, organisation_name=one.organisation_name,
            defaults={"person_id": one.person_id, "bio": one.bio},
        )[0]
        for one in Speaker._base_manager.filter(workshop=source)
    }  # fmt: skip
    count = 0
    for item in Item._base_manager.filter(workshop=source).prefetch_related("speakers").order_by("pk"):
        day = days.get(item.day_id)
        if day is None or item.starts < day.starts or item.ends > day.ends:
            continue
        speakers = [known[one.pk] for one in item.speakers.all()]
        item.pk, item.public_id = None, Item._meta.get_field("public_id").get_default()
        item._state.adding, item.workshop, item.day = True, row, day
        item.save()
        item.speakers.set(speakers)
        count += 1
    _touch(row, "agenda", by=by, at=at)
    return count


@action
def add_material(item: Item, *, title: str, content: bytes, name: str, by: Actor, at: datetime) -> Material:
    """Lay a file beside an item, for those who are registered."""
    row = locked(item.workshop, by, over=True)
    kept = look_at(content)
    stored = keep(kept.content, name, organisation=row.organisation, by=by, at=at)
    made = Material(workshop=row, item=item, title=title, file=stored, media_type=kept.media_type)
    made.save()
    _touch(row, "materials", by=by, at=at)
    return made


@action
def invite_organisations(
    workshop: Workshop, organisations: Sequence[Organisation], *, by: Actor, at: datetime
) -> int:
    """Ask organisations, with all below them: their people find it in their list."""
    row = locked(workshop, by)
    rows = [Invited(workshop=row, organisation=one, at=at) for one in organisations]
    Invited._base_manager.bulk_create(rows, ignore_conflicts=True)
    tell(OrganisationsInvited(len(rows)), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return len(rows)


@action
def publish_workshop(workshop: Workshop, *, by: Actor, at: datetime) -> Workshop:
    """Open the registration."""
    return _move(workshop, "publish", by=by, at=at)


@action
def close_workshop(workshop: Workshop, *, by: Actor, at: datetime) -> Workshop:
    """No more registrations."""
    return _move(workshop, "close", by=by, at=at)


@action
def reopen_workshop(workshop: Workshop, *, by: Actor, at: datetime) -> Workshop:
    """Take registrations again."""
    return _move(workshop, "reopen", by=by, at=at)


@action
def finish_workshop(workshop: Workshop, *, by: Actor, at: datetime) -> Workshop:
    """It was held: certificates and the report follow."""
    return _move(workshop, "finish", by=by, at=at)


@action
def cancel_workshop(workshop: Workshop, *, because: str, by: Actor, at: datetime) -> Workshop:
    """It is not held, for a reason that everybody reads."""
    if not because.strip():
        raise Refused(not_now("workshops.because_missing"))
    return _move(workshop, "cancel", because=because, by=by, at=at)


def _move(workshop: Workshop, move: str, *, by: Actor, at: datetime, because: str = "") -> Workshop:
    row = locked(workshop, by, over=True)
    row.state, row.because = WORKSHOP.after(row.state, move), because
    if move == "publish":
        require(rules.can_publish(row))
    row.changed_at, row.sequence = at, row.sequence + 1
    row.save(update_fields=["state", "because", "changed_at", "sequence"])
    tell(WorkshopMoved(row.state, because), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def locked(workshop: Workshop, by: Actor, *, over: bool = False) -> Workshop:
    """The row, held, for whoever runs it; `over` serves what is done after the event too."""
    rows = Workshop.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(pk=workshop.pk)
    require(rules.may_run(by, row))
    if not over:
        require(rules.can_change(row))
    return row


def _put(row: Workshop, words: Words) -> None:
    require(rules.can_be_called(words.title, words.aims, words.spoken, words.call))
    require(rules.can_lie_in(words.time_zone))
    row.title, row.aims, row.spoken = words.title.as_json(), words.aims.as_json(), words.spoken.as_json()
    row.time_zone, row.link, row.public = words.time_zone, words.link, words.public
    row.asks_gender, row.closes_on, row.share = words.asks_gender, words.closes_on, words.share
    row.call, row.call_until = words.call.as_json(), words.call_until


def _touch(row: Workshop, part: str, *, by: Actor, at: datetime) -> None:
    """Calendars hear of it too."""
    row.changed_at, row.sequence = at, F("sequence") + 1
    row.save()
    row.refresh_from_db(fields=["sequence"])
    _told(row, part, by=by, at=at)


def _told(row: Workshop, part: str, *, by: Actor, at: datetime) -> None:
    tell(WorkshopSaved(part), by=by, at=at, organisation=row.organisation, subject=row.ref)
