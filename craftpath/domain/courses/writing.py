"""Writing the draft: a course, its units and activities, in order. What was published is never touched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.courses import rules
from craftpath.domain.courses.content import Content, kept, read
from craftpath.domain.courses.facts import CourseBegun
from craftpath.domain.courses.models import Activity, Course, CourseVersion, Unit
from craftpath.domain.courses.states import KINDS
from craftpath.domain.standards.queries import keys_seen
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Occupation


def held(course: Course) -> Course:
    """The course under a lock: two presses of one button stand in line here."""
    rows = Course._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation").get(pk=course.pk)


def to_write(course: Course, by: Actor) -> Course:
    """The same, for somebody who may change it now."""
    row = held(course)
    require(rules.may_write(by, row.organisation))
    require(rules.can_write(row))
    return row


def draft_of(course: Course) -> CourseVersion:
    """The draft; the first write after a publication copies what was published, under the same keys."""
    row = CourseVersion.objects.filter(course=course, number__isnull=True).first()
    if row is not None:
        return row
    row = CourseVersion.objects.create(course=course)
    newest = CourseVersion.objects.filter(course=course, number__isnull=False).order_by("-number").first()
    if newest is not None:
        copy_units(newest, row)
    return row


def copy_units(source: CourseVersion, target: CourseVersion) -> None:
    """All units and activities of one version into another; what was frozen for publication is let go."""
    units = list(source.units.prefetch_related("activities"))
    made = Unit.objects.bulk_create(
        Unit(version=target, key=one.key, order=one.order, title=one.title, minutes=one.minutes)
        for one in units
    )
    Activity.objects.bulk_create(
        Activity(
            unit=new, key=one.key, order=one.order, kind=one.kind, title=one.title,
            content={name: value for name, value in one.content.items() if name not in ("fixed", "pools")},
        )
        for old, new in zip(units, made, strict=True)
        for one in old.activities.all()
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Details:
    """What stands around a course; the caller has seen that its reader may see `occupation`."""

    title: Text
    aim: Text = Text()
    skills: Sequence[str] = ()
    occupation: Occupation | None = None


@dataclass(frozen=True, slots=True)
class NewActivity:
    """An activity before it is kept; `key` where other pages of the same course lead to it."""

    kind: str
    title: Text
    content: Content
    key: str = ""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit before it is kept."""

    title: Text
    activities: Sequence[NewActivity] = ()
    minutes: int = 0


@action
def begin_course(
    *, organisation: Organisation, made_id: uuid.UUID, details: Details, by: Actor, at: datetime
) -> Course:
    """Begin a course with an empty draft. The same `made_id` again is the same course."""
    require(rules.may_write(by, organisation))
    require(rules.can_name(details.title))
    require(rules.can_tag(details.skills, keys_seen(details.skills)))
    row, fresh = Course._base_manager.get_or_create(
        made_id=made_id,
        defaults={
            "organisation": organisation, "made_by": by.person, "made_at": at, **_details(details),
        },
    )  # fmt: skip
    if fresh:
        CourseVersion.objects.create(course=row)
        tell(CourseBegun(), by=by, at=at, organisation=organisation, subject=row.ref)
    elif row.organisation_id != organisation.pk or row.made_by_id != (by.person.pk if by.person else None):
        raise Refused(may_not("courses.form_used"))
    return row


def _details(given: Details) -> dict[str, Any]:
    return {
        "title": given.title.as_json(),
        "aim": given.aim.as_json(),
        "skills": list(dict.fromkeys(given.skills)),
        "occupation": given.occupation,
    }


@action
def keep_details(course: Course, details: Details, *, by: Actor, at: datetime) -> Course:
    """Title, aim, skills, occupation: they belong to the course and not to a version."""
    row = to_write(course, by)
    require(rules.can_name(details.title))
    require(rules.can_tag(details.skills, keys_seen(details.skills) | set(row.skills)))
    for name, value in _details(details).items():
        setattr(row, name, value)
    row.save(update_fields=["title", "aim", "skills", "occupation"])
    return row


@action
def add_units(course: Course, units: Sequence[NewUnit], *, by: Actor, at: datetime) -> list[Unit]:
    """Units with what is done in them, after those that are there."""
    draft = draft_of(to_write(course, by))
    here = draft.units.count()
    if here + len(units) > rules.MOST_UNITS:
        raise Refused(not_now("courses.too_many_units", most=rules.MOST_UNITS))
    rows = []
    for place, new in enumerate(units, start=here + 1):
        require(rules.can_name(new.title))
        rows.append(
            Unit(
                version=draft,
                order=place,
                title=new.title.as_json(),
                minutes=min(new.minutes, rules.MOST_MINUTES),
            )
        )
    rows = Unit.objects.bulk_create(rows)
    found = [_made(unit, new.activities, 0) for unit, new in zip(rows, units, strict=True)]
    Activity.objects.bulk_create(one for some in found for one in some)
    return rows


def _made(unit: Unit, some: Sequence[NewActivity], before: int) -> list[Activity]:
    if before + len(some) > rules.MOST_ACTIVITIES:
        raise Refused(not_now("courses.too_many_activities", most=rules.MOST_ACTIVITIES))
    rows = []
    for place, new in enumerate(some, start=before + 1):
        require(rules.can_name(new.title))
        require(rules.can_hold(new.content))
        if new.kind not in KINDS:
            raise Refused(not_now("courses.kind_unknown"))
        rows.append(
            Activity(
                unit=unit, key=new.key or new_public_id(), order=place, kind=new.kind, title=new.title.as_json(),
                content=kept(new.content),
            )
        )  # fmt: skip
    return rows


@action
def add_activity(course: Course, unit_key: str, new: NewActivity, *, by: Actor, at: datetime) -> Activity:
    """One more thing to do at the end of a unit."""
    unit = _unit(to_write(course, by), unit_key)
    (row,) = _made(unit, [new], unit.activities.count())
    row.order = _last(unit.activities.values_list("order", flat=True)) + 1
    row.save()
    return row


def _last(orders: Iterable[int]) -> int:
    return max(orders, default=0)


def _unit(course: Course, key: str) -> Unit:
    unit = draft_of(course).units.filter(key=key).first()
    if unit is None:
        raise Refused(not_now("courses.gone"))
    return unit


def _activity(course: Course, key: str) -> Activity:
    row = Activity.objects.filter(unit__version=draft_of(course), key=key).select_related("unit").first()
    if row is None:
        raise Refused(not_now("courses.gone"))
    return row


@action
def keep_activity(
    course: Course, key: str, *, title: Text, content: Content, by: Actor, at: datetime
) -> Activity:
    """Change an activity of the draft; the same again changes nothing."""
    row = _activity(to_write(course, by), key)
    require(rules.can_name(title))
    require(rules.can_hold(content))
    if content.kind != row.kind:
        raise Refused(not_now("courses.kind_unknown"))
    row.title, row.content = title.as_json(), kept(content)
    row.save(update_fields=["title", "content"])
    return row


@action
def keep_unit(course: Course, key: str, *, title: Text, minutes: int, by: Actor, at: datetime) -> Unit:
    """What a unit is called, and how long it takes."""
    row = _unit(to_write(course, by), key)
    require(rules.can_name(title))
    row.title, row.minutes = title.as_json(), max(0, min(minutes, rules.MOST_MINUTES))
    row.save(update_fields=["title", "minutes"])
    return row


@action
def move_part(course: Course, key: str, *, up: bool, by: Actor, at: datetime) -> bool:
    """A unit or an activity one place up or down; an activity at the edge goes on into the next unit."""
    draft = draft_of(to_write(course, by))
    units = list(draft.units.prefetch_related("activities"))
    place = next((n for n, one in enumerate(units) if one.key == key), None)
    if place is not None:
        return _swap(units, place, place + (-1 if up else 1))
    for number, unit in enumerate(units):
        rows = list(unit.activities.all())
        at_place = next((n for n, one in enumerate(rows) if one.key == key), None)
        if at_place is None:
            continue
        if _swap(rows, at_place, at_place + (-1 if up else 1)):
            return True
        beside = number + (-1 if up else 1)
        return 0 <= beside < len(units) and _moved_on(rows[at_place], units[beside], up)
    raise Refused(not_now("courses.gone"))


def _swap(rows: list[Any], one: int, other: int) -> bool:
    if not 0 <= other < len(rows):
        return False
    rows[one], rows[other] = rows[other], rows[one]
    for place, row in enumerate(rows, start=1):
        row.order = place
    type(rows[0]).objects.bulk_update(rows, ["order"])
    return True


def _moved_on(row: Activity, unit: Unit, up: bool) -> bool:
    orders = list(unit.activities.values_list("order", flat=True))
    if len(orders) >= rules.MOST_ACTIVITIES:
        raise Refused(not_now("courses.too_many_activities", most=rules.MOST_ACTIVITIES))
    if not up:
        later = list(unit.activities.all())
        for one in later:
            one.order += 1
        Activity.objects.bulk_update(later, ["order"])
    row.unit, row.order = unit, _last(orders) + 1 if up else 1
    row.save(update_fields=["unit", "order"])
    return True


@action
def drop_part(course: Course, key: str, *, by: Actor, at: datetime) -> Course:
    """Take a unit or an activity out of the draft; versions that hold it keep it. Once more changes nothing."""
    row = to_write(course, by)
    draft = draft_of(row)
    draft.units.filter(key=key).delete()
    Activity.objects.filter(unit__version=draft, key=key).delete()
    return row


def content_of(activity: Activity) -> Content:
    """What an activity holds, as values."""
    return read(activity.kind, activity.content)
