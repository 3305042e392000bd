"""Line items, scores and results: what a tool keeps in one course, and what it says of people there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime

from craftpath.domain.lti import rules
from craftpath.domain.lti.facts import ScoreKept
from craftpath.domain.lti.models import LineItem, Placement, Score, Tool
from craftpath.domain.lti.plain import is_plain, plain
from craftpath.domain.lti.states import ACTIVITY, GRADING
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now

MOST = Decimal(100_000)
LONGEST_COMMENT = 1000
ENDED = ("Submitted", "Completed")
AHEAD = timedelta(minutes=5)  # clocks differ


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """A line item as a tool says it."""

    label: str
    maximum: Decimal
    resource: str = ""
    tag: str = ""
    link: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScoreSaid:
    """A score as a tool says it."""

    person: Person
    said_at: datetime
    activity: str
    grading: str
    given: Decimal | None = None
    maximum: Decimal | None = None
    comment: str = ""


def item_said(raw: object) -> ItemSaid:
    """Read a line item; Refused names the part that is not as the standard says."""
    if not isinstance(raw, Mapping):
        raise Refused(not_now("lti.item_unfit", part="{}"))
    label, resource, tag, link = (
        _text(raw, name, "lti.item_unfit") for name in ("label", "resourceId", "tag", "resourceLinkId")
    )
    maximum = _number(raw, "scoreMaximum", "lti.item_unfit")
    if not label:
        raise Refused(not_now("lti.item_unfit", part="label"))
    if maximum is None or not Decimal("0.001") <= maximum <= MOST:
        raise Refused(not_now("lti.item_unfit", part="scoreMaximum"))
    starts_at, ends_at = (_moment(raw, name, "lti.item_unfit") for name in ("startDateTime", "endDateTime"))
    if starts_at and ends_at and ends_at < starts_at:
        raise Refused(not_now("lti.item_unfit", part="endDateTime"))
    return ItemSaid(label, round(maximum, 3), resource, tag, link, starts_at, ends_at)


def score_said(raw: object, people: Mapping[str, Person], at: datetime) -> ScoreSaid:
    """Read a score; `people` are those of the course by their number at this tool.

    One from the future is refused: it would be newer than everything that follows.
    """
    if not isinstance(raw, Mapping):
        raise Refused(not_now("lti.score_unfit", part="{}"))
    for name, known in (("activityProgress", ACTIVITY), ("gradingProgress", GRADING)):
        if not isinstance(raw.get(name), str) or raw[name] not in known:
            raise Refused(not_now("lti.score_unfit", part=name))
    said_at = _moment(raw, "timestamp", "lti.score_unfit")
    if said_at is None:
        raise Refused(not_now("lti.score_unfit", part="timestamp"))
    if said_at > at + AHEAD:
        raise Refused(not_now("lti.score_ahead"))
    given, maximum = (_number(raw, name, "lti.score_unfit") for name in ("scoreGiven", "scoreMaximum"))
    if given is not None and (given < 0 or maximum is None or maximum <= 0):
        raise Refused(not_now("lti.score_unfit", part="scoreMaximum" if given >= 0 else "scoreGiven"))
    person = people.get(str(raw.get("userId")))
    if person is None:
        raise Refused(not_now("lti.person_unknown"))
    return ScoreSaid(
        person, said_at, raw["activityProgress"], raw["gradingProgress"], given, maximum if given is not None else None,
        plain(raw.get("comment"), LONGEST_COMMENT),
    )  # fmt: skip


def _text(raw: Mapping[str, Any], name: str, code: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > rules.LONGEST_ID or not is_plain(value):
        raise Refused(not_now(code, part=name))
    return value.strip()


def _moment(raw: Mapping[str, Any], name: str, code: str) -> datetime | None:
    """A moment with its zone, as ISO 8601 says it; None where nothing is said."""
    said = _text(raw, name, code)
    if not said:
        return None
    try:
        found = parse_datetime(said)
        kept = found.astimezone(UTC) if found is not None and found.tzinfo is not None else None
    except (ValueError, OverflowError):  # of which the latter is the first day of all, in a zone to the east
        kept = None
    if kept is None:
        raise Refused(not_now(code, part=name))
    return kept


def _number(raw: Mapping[str, Any], name: str, code: str) -> Decimal | None:
    value = raw.get(name)
    if value is None:
        return None
    try:
        found = (
            Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
        )
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or abs(found) > MOST:
        raise Refused(not_now(code, part=name))
    return round(found, 4)


def items_of(tool: Tool, context: str) -> models.QuerySet[LineItem]:
    """The line items of a tool in a course, the oldest first."""
    rows = LineItem._base_manager.filter(tool=tool, context=context)
    return rows.select_related("placement__link", "organisation").order_by("made_at", "pk")


def scores_of(item: LineItem) -> models.QuerySet[Score]:
    """What was said in a line item."""
    return (
        Score._base_manager.filter(item=item).select_related("person").order_by("person__name", "person_id")
    )


@action
def add_item(tool: Tool, context: str, said: ItemSaid, *, by: Actor, at: datetime) -> LineItem:
    """Add a column of grades; with a link of this tool in this course if it names one."""
    placed = list(
        Placement._base_manager.filter(link__tool=tool, context=context).select_related("organisation")
    )
    named = [one for one in placed if one.public_id == said.link]
    if said.link and not named:
        raise Refused(not_now("lti.item_unfit", part="resourceLinkId"))
    if items_of(tool, context).count() >= rules.MOST_ITEMS:
        raise Refused(not_now("lti.items_too_many", most=rules.MOST_ITEMS))
    row = LineItem(
        tool=tool, organisation=placed[0].organisation, context=context, placement=named[0] if named else None,
        label=said.label, maximum=said.maximum, resource=said.resource, tag=said.tag, starts_at=said.starts_at,
        ends_at=said.ends_at, made_at=at,
    )  # fmt: skip
    row.save()
    return row


@action
def change_item(item: LineItem, said: ItemSaid, *, by: Actor, at: datetime) -> LineItem:
    """Call it otherwise; where it belongs stays, and a message that says another place is refused."""
    row = _held(item)
    standing = row.placement.public_id if row.placement is not None else ""
    if said.link and said.link != standing:
        raise Refused(not_now("lti.item_unfit", part="resourceLinkId"))
    row.label, row.maximum, row.resource, row.tag = said.label, said.maximum, said.resource, said.tag
    row.starts_at, row.ends_at = said.starts_at, said.ends_at
    row.save(update_fields=["label", "maximum", "resource", "tag", "starts_at", "ends_at"])
    return row


@action
def drop_item(item: LineItem, *, by: Actor, at: datetime) -> None:
    """Take a column away with its scores; the one of a link stays with the link."""
    row = _held(item)
    if row.coupled:
        raise Refused(not_now("lti.item_coupled"))
    row.delete()


@action
def keep_score(item: LineItem, said: ScoreSaid, *, by: Actor, at: datetime) -> Score:
    """Keep what a tool says of somebody. The same once more changes nothing; an older one is refused."""
    one = _held(item)
    row = Score._base_manager.filter(item=one, person=said.person).first() or Score(
        item=one, person=said.person
    )
    told = {
        "given": said.given, "maximum": said.maximum, "comment": said.comment, "activity": said.activity,
        "grading": said.grading, "said_at": said.said_at,
    }  # fmt: skip
    if row.pk is not None:
        if all(getattr(row, name) == value for name, value in told.items()):
            return row
        if row.said_at >= said.said_at:
            raise Refused(not_now("lti.score_older"))
    for name, value in told.items():
        setattr(row, name, value)
    row.kept_at = at
    row.save()
    if one.placement is not None and _counts(one):
        fact = ScoreKept(
            said.person.public_id, one.context, one.placement.activity, _state(row), _percent(row)
        )
        tell(fact, by=by, at=at, organisation=one.organisation, subject=one.placement.ref)
    return row


def _held(item: LineItem) -> LineItem:
    """The row of now, under a lock; Refused where somebody took it away meanwhile."""
    rows = LineItem._base_manager.select_for_update(of=("self",)).select_related("placement", "organisation")
    row = rows.filter(pk=item.pk).first()
    if row is None:
        raise Refused(not_now("lti.item_gone"))
    return row


def _counts(item: LineItem) -> bool:
    """Whether its scores are the progress of the activity: the link's own item, or the first where it has none."""
    rows = LineItem._base_manager.filter(placement=item.placement_id).order_by("-coupled", "made_at", "pk")
    return rows.values_list("pk", flat=True).first() == item.pk


def _state(row: Score) -> str:
    """What it means for the activity of a course: "begun", "waiting" for somebody who looks at it, "done".

    "Failed" is the word of a tool that could not grade; it says nothing of the learner.
    """
    if row.activity not in ENDED:
        return "begun"
    return "waiting" if row.grading in ("Pending", "PendingManual", "Failed") else "done"


def _percent(row: Score) -> str:
    """In percent, at most 100; "" where there is none that counts yet."""
    if row.given is None or not row.maximum or row.grading != "FullyGraded":
        return ""
    return f"{round(min(row.given / row.maximum * 100, Decimal(100)), 2).normalize():f}"


def standing(context: str, link: int, person: Person) -> tuple[str, Decimal | None]:
    """("" or the state, percent) of somebody in a link where it stands: the coupled line item says it."""
    rows = Score._base_manager.filter(
        item__placement__context=context, item__placement__link=link, person=person
    )
    row = rows.order_by("-item__coupled", "item__made_at", "item__pk").first()
    if row is None:
        return "", None
    percent = _percent(row)
    return _state(row), Decimal(percent) if percent else None
