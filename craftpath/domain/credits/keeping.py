"""Keeping diplomas, their tables, and what outcomes are worth: drafts are edited, rows in force end and begin."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.utils.text import slugify

from craftpath.domain.credits import rules
from craftpath.domain.credits.facts import CreditRuleKept, DiplomaKept
from craftpath.domain.credits.models import (
    OUTCOMES,
    Area,
    ConversionRule,
    Diploma,
    DiplomaArea,
    EarningRule,
    Minimum,
    Offer,
)
from craftpath.domain.credits.points import FULL_RATE, MOST
from craftpath.domain.credits.states import DIPLOMA
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

R = TypeVar("R", EarningRule, ConversionRule)
LONGEST_WEEKS = 520


@dataclass(frozen=True, slots=True)
class NewDiploma:
    """What an institution awards; points are hundredths, the share hundredths of a percent."""

    title: dict[str, str]
    total: int
    share: int | None = None
    limits: dict[str, int] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)
    example: bool = False


@dataclass(frozen=True, slots=True)
class NewEarning:
    """What an outcome is worth from a day on."""

    name: dict[str, str]
    outcome: str
    points: int
    valid_from: date
    valid_to: date | None = None
    scheme: str = ""
    level: str = ""
    subject: str = ""
    cap_year: int | None = None
    cap_half: int | None = None
    cap_total: int | None = None
    expires_months: int | None = None
    example: bool = False


@dataclass(frozen=True, slots=True)
class NewConversion:
    """How a table takes credits from a day on; the rate in ten-thousandths."""

    to_area: str
    rate: int
    valid_from: date
    valid_to: date | None = None
    area: str = ""
    outcome: str = ""
    scheme: str = ""
    level: str = ""
    subject: str = ""
    cap: int | None = None


@action
def keep_area(key: str, name: dict[str, str], *, by: Actor, at: datetime) -> Area:
    """An area of credits by its key, made where there is none yet."""
    if not slugify(key) or not Text.of(name).both().strip():
        raise Refused(not_now("credits.no_name"))
    row, _new = Area.objects.get_or_create(key=slugify(key)[:40], defaults={"name": name})
    return row


@action
def draft_diploma(
    organisation: Organisation, new: NewDiploma, *, key: str = "", by: Actor, at: datetime
) -> Diploma:
    """Begin a diploma; with a key that is there already, that one is it."""
    require(rules.may_keep(by, organisation))
    require(_diploma_fits(new))
    taken = set(Diploma._base_manager.filter(organisation=organisation).values_list("key", flat=True))
    if key in taken:
        return Diploma._base_manager.get(organisation=organisation, key=key)
    wanted = key or slugify(new.title.get("en", ""))[:50] or "diploma"
    row = Diploma(
        organisation=organisation, key=_free(wanted, taken), made_by=by.person, made_at=at, **asdict(new)
    )
    row.save()
    _told(row, by=by, at=at)
    return row


@action
def change_diploma(diploma: Diploma, new: NewDiploma, *, by: Actor, at: datetime) -> Diploma:
    """Write a draft anew."""
    row = _draft(diploma, by)
    require(_diploma_fits(new))
    changed = [name for name, value in asdict(new).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, getattr(new, name))
    if changed:
        row.save(update_fields=changed)
        _told(row, by=by, at=at)
    return row


@action
def set_area(
    diploma: Diploma,
    key: str,
    name: dict[str, str],
    *,
    least: int = 0,
    most: int | None = None,
    by: Actor,
    at: datetime,
) -> DiplomaArea:
    """Add an area to a draft, or write it anew."""
    row = _draft(diploma, by)
    slug = slugify(key or name.get("en", ""))[:40]
    if not slug or not Text.of(name).both().strip():
        raise Refused(not_now("credits.no_name"))
    if not 0 <= least <= (MOST if most is None else most) or (most or 0) > MOST:
        raise Refused(not_now("credits.area_unclear"))
    _room(row.areas.exclude(key=slug).count())
    made, _new = DiplomaArea.objects.update_or_create(
        diploma=row, key=slug, defaults={"name": name, "least": least, "most": most}
    )
    return made


@action
def drop_area(area: DiplomaArea, *, by: Actor, at: datetime) -> None:
    """Take an area out of a draft, with the rows and offers that lead to it."""
    row = _draft(area.diploma, by)
    row.rules.filter(to_area=area.key).delete()
    row.offers.filter(area=area.key).delete()
    DiplomaArea.objects.filter(pk=area.pk).delete()


@action
def set_minimum(
    diploma: Diploma, institution: str, name: dict[str, str], least: int, *, by: Actor, at: datetime
) -> Minimum | None:
    """So many points at least of one institution (its key); nothing takes the minimum out again."""
    row = _draft(diploma, by)
    if not slugify(institution) or not 0 <= least <= row.total:
        raise Refused(not_now("credits.points_unclear"))
    if not least:
        Minimum.objects.filter(diploma=row, institution=institution).delete()
        return None
    _room(row.minima.count())
    made, _new = Minimum.objects.update_or_create(
        diploma=row, institution=institution, defaults={"name": name, "least": least}
    )
    return made


@action
def add_offer(
    diploma: Diploma,
    name: dict[str, str],
    *,
    area: str,
    points: int,
    weeks: int,
    key: str = "",
    institution: str = "",
    course: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: Actor,
    at: datetime,
) -> Offer:
    """Say by which step one comes nearer; also while the diploma is open. The same key twice is one offer."""
    row = _held(diploma, by)
    if not Text.of(name).both().strip():
        raise Refused(not_now("credits.no_name"))
    if not row.areas.filter(key=area).exists():
        raise Refused(not_now("credits.area_unknown"))
    if not 0 < points <= MOST or not 0 <= weeks <= LONGEST_WEEKS:
        raise Refused(not_now("credits.points_unclear"))
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise Refused(not_now("credits.ends_before_it_begins"))
    taken = set(row.offers.values_list("key", flat=True))
    if key in taken:
        return Offer.objects.get(diploma=row, key=key)
    _room(len(taken))
    return Offer.objects.create(
        diploma=row, key=_free(key or slugify(name.get("en", ""))[:50] or "step", taken), name=name, area=area,
        points=points, weeks=weeks, institution=institution, course=course, valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip


@action
def end_offer(offer: Offer, *, on: date, by: Actor, at: datetime) -> Offer:
    """It is on offer until a day, the last one."""
    _held(offer.diploma, by)
    offer.valid_to = on
    offer.save(update_fields=["valid_to"])
    return offer


@action
def open_diploma(diploma: Diploma, *, by: Actor, at: datetime) -> Diploma:
    """From now on people plan by it and ask for it; it is not edited any more."""
    row = _held(diploma, by)
    after = DIPLOMA.after(row.state, "open")
    areas = list(row.areas.all())
    if not areas or sum(area.least for area in areas) > row.total:
        raise Refused(not_now("credits.areas_unclear"))
    if all(area.most is not None for area in areas) and sum(area.most or 0 for area in areas) < row.total:
        raise Refused(not_now("credits.areas_unclear"))
    return _moved(row, after, by=by, at=at)


@action
def retire_diploma(diploma: Diploma, *, by: Actor, at: datetime) -> Diploma:
    """Nobody asks for it any more; what was asked before is decided by its rows."""
    row = _held(diploma, by)
    return _moved(row, DIPLOMA.after(row.state, "retire"), by=by, at=at)


@action
def begin_conversion(
    diploma: Diploma, new: NewConversion, *, key: str = "", today: date, by: Actor, at: datetime
) -> ConversionRule:
    """A row of the table begins; with the key of another one it replaces that one, which ends the day before."""
    row = _held(diploma, by)
    require(rules.conversion_fits(new, {area.key for area in row.areas.all()}))
    if new.outcome not in ("", *OUTCOMES):
        raise Refused(not_now("credits.about_nothing"))
    free = row.state == "draft" or by.kind is ActorKind.SYSTEM
    require(rules.can_begin(new.valid_from, new.valid_to, new.valid_from if free else today))
    known = list(ConversionRule.objects.filter(diploma=row).order_by("valid_from"))
    same = _same(known, key, asdict(new))
    if same is not None:
        return same
    _room(len(known))
    wanted = key or _free(
        _words(new.outcome, new.area, new.scheme, new.level, new.subject), {one.key for one in known}
    )
    _end_before([one for one in known if one.key == wanted], new.valid_from)
    made = ConversionRule.objects.create(
        diploma=row, key=wanted, made_by=by.person, made_at=at, **asdict(new)
    )
    _told_rule("conversion", made, row.organisation, row.ref, by=by, at=at)
    return made


@action
def end_conversion(rule: ConversionRule, *, on: date, today: date, by: Actor, at: datetime) -> ConversionRule:
    """A row ends, today at the earliest; of a draft it is simply taken out."""
    row = _held(rule.diploma, by)
    if row.state == "draft":
        ConversionRule.objects.filter(pk=rule.pk).delete()
        return rule
    _end(rule, on, today)
    _told_rule("conversion", rule, row.organisation, row.ref, by=by, at=at)
    return rule


@action
def begin_earning(
    organisation: Organisation | None,
    area: Area,
    new: NewEarning,
    *,
    key: str = "",
    today: date,
    by: Actor,
    at: datetime,
) -> EarningRule:
    """What an outcome is worth begins; with the key of another row it replaces that one, which ends the day before."""
    require(rules.may_keep(by, organisation))
    require(rules.earning_fits(new))
    if new.outcome not in OUTCOMES:
        raise Refused(not_now("credits.about_nothing"))
    free = by.kind is ActorKind.SYSTEM
    require(rules.can_begin(new.valid_from, new.valid_to, new.valid_from if free else today))
    if organisation is not None:
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    known = list(EarningRule.objects.filter(organisation=organisation).order_by("valid_from"))
    same = _same(known, key, asdict(new) | {"area_id": area.pk})
    if same is not None:
        return same
    _room(len(known))
    wanted = key or _free(_words(new.outcome, new.scheme, new.level, new.subject), {one.key for one in known})
    _end_before([one for one in known if one.key == wanted], new.valid_from)
    made = EarningRule.objects.create(
        organisation=organisation, area=area, key=wanted, made_by=by.person, made_at=at, **asdict(new)
    )
    _told_rule("earning", made, organisation, made.ref, by=by, at=at)
    return made


@action
def end_earning(rule: EarningRule, *, on: date, today: date, by: Actor, at: datetime) -> EarningRule:
    """It ends, today at the earliest; what was earned by it stays."""
    require(rules.may_keep(by, rule.organisation))
    _end(rule, on, today)
    _told_rule("earning", rule, rule.organisation, rule.ref, by=by, at=at)
    return rule


def _same(known: list[R], key: str, values: dict[str, Any]) -> R | None:
    """The row that says all of this already: pressed twice, or a preset taken over again."""
    for one in known:
        if key in ("", one.key) and all(getattr(one, name) == value for name, value in values.items()):
            return one
    return None


def _end_before(known: list[Any], begins: date) -> None:
    """What holds until a row of the same key begins ends the day before."""
    for one in known:
        if one.valid_to is not None and one.valid_to < begins:
            continue
        if one.valid_from >= begins:
            raise Refused(not_now("credits.begins_too_early", first=one.valid_from))
        one.valid_to = begins - timedelta(days=1)
        one.save(update_fields=["valid_to"])


def _end(rule: EarningRule | ConversionRule, on: date, today: date) -> None:
    require(rules.can_end(rule.valid_from, rule.valid_to, on, today))
    rule.valid_to = on
    rule.save(update_fields=["valid_to"])


def _diploma_fits(new: NewDiploma) -> Verdict:
    if not Text.of(new.title).both().strip():
        return not_now("credits.no_name")
    if not 0 < new.total <= MOST:
        return not_now("credits.points_unclear")
    if new.share is not None and not 0 <= new.share <= FULL_RATE:
        return not_now("credits.rate_unclear")
    return YES


def _draft(diploma: Diploma, by: Actor) -> Diploma:
    row = _held(diploma, by)
    require(rules.can_be_edited(row))
    return row


def _held(diploma: Diploma, by: Actor) -> Diploma:
    require(rules.may_keep(by, diploma.organisation))
    rows = Diploma._base_manager.select_for_update(of=("self",), no_key=True).select_related("organisation")
    return rows.get(pk=diploma.pk)


def _moved(row: Diploma, state: str, *, by: Actor, at: datetime) -> Diploma:
    row.state = state
    row.save(update_fields=["state"])
    _told(row, by=by, at=at)
    return row


def _told(row: Diploma, *, by: Actor, at: datetime, preset: str = "") -> None:
    tell(DiplomaKept(row.state, preset), by=by, at=at, organisation=row.organisation, subject=row.ref)


def _told_rule(
    kind: str,
    row: EarningRule | ConversionRule,
    place: Organisation | None,
    subject: Any,
    *,
    by: Actor,
    at: datetime,
) -> None:
    told = CreditRuleKept(kind, row.key, str(row.valid_from), str(row.valid_to or ""))
    tell(told, by=by, at=at, organisation=place, subject=subject)


def _words(*parts: str) -> str:
    return slugify("-".join(part for part in parts if part))[:50] or "row"


def _free(wanted: str, taken: set[str]) -> str:
    key, n = wanted, 1
    while key in taken:
        n += 1
        key = f"{wanted}-{n}"
    return key


def _room(count: int) -> None:
    if count >= rules.MOST_ROWS:
        raise Refused(not_now("credits.too_many", most=rules.MOST_ROWS))
