"""Drawing up kinds: a draft, then in use, then out of use; what is in use is followed by a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.certificates import design, holding, levels, rules
from craftpath.domain.certificates.facts import KindMoved, KindSaved
from craftpath.domain.certificates.grounds import FIELDS, SERVICE
from craftpath.domain.certificates.keys import hold
from craftpath.domain.certificates.models import FOR, Kind
from craftpath.domain.certificates.states import KIND
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Occupation

LONGEST_TITLE, LONGEST_CRITERIA, MOST_MONTHS, MOST_SKILLS = 80, 600, 240, 12


@dataclass(frozen=True, slots=True)
class Words:
    """What a kind says, asks and looks like."""

    purpose: str
    title: Mapping[str, str]
    criteria: Mapping[str, str] = field(default_factory=dict)
    scheme: str = ""
    level: str = ""
    occupation: Occupation | None = None
    ground: Mapping[str, Any] = field(default_factory=dict)
    requirements: Sequence[Mapping[str, Any]] = ()
    skills: Sequence[str] = ()
    valid_months: int | None = None
    design: Mapping[str, Any] = field(default_factory=dict)


@action
def draft_kind(organisation: Organisation, words: Words, *, key: str = "", by: Actor, at: datetime) -> Kind:
    """Begin a kind; `key` names its line for good. The same key again changes the draft that it has."""
    require(rules.may_issue(by, organisation))
    hold(organisation)
    key = key or new_public_id()
    row = Kind._base_manager.filter(organisation=organisation, key=key).order_by("-version").first()
    if row is not None:
        return change_kind(row, words, by=by, at=at)
    row = Kind(organisation=organisation, key=key, made_by=by.person, made_at=at, **_checked(words))
    row.save()
    _tell_saved(row, by=by, at=at)
    return row


@action
def change_kind(kind: Kind, words: Words, *, by: Actor, at: datetime) -> Kind:
    """Write a draft anew; the same words change nothing."""
    row = _held(kind, by)
    require(rules.can_edit(row))
    wanted = _checked(words)
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return row
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    _tell_saved(row, by=by, at=at)
    return row


@action
def follow_kind(kind: Kind, *, by: Actor, at: datetime) -> Kind:
    """Begin the next version of a kind, with the same words; the draft that there is already is that one."""
    row = _held(kind, by)
    line = Kind._base_manager.filter(organisation=row.organisation, key=row.key).order_by("-version")
    last = line[0]
    if last.state == "draft":
        return last
    made = Kind._base_manager.get(pk=last.pk)
    made.pk, made.public_id, made.state = None, new_public_id(), KIND.start
    made.version, made.replaces = last.version + 1, last
    made.made_by, made.made_at = by.person, at
    made._state.adding = True
    made.save()
    _tell_saved(made, by=by, at=at)
    return made


@action
def activate_kind(kind: Kind, *, by: Actor, at: datetime) -> Kind:
    """Use it from now on; the version before it goes out of use."""
    row = _held(kind, by)
    if row.state == "active":
        return row
    for before in Kind._base_manager.filter(organisation=row.organisation, key=row.key, state="active"):
        _move(before, "retire", by=by, at=at)
    _move(row, "activate", by=by, at=at)
    return row


@action
def retire_kind(kind: Kind, *, by: Actor, at: datetime) -> Kind:
    """Issue no more of it; what was issued holds."""
    row = _held(kind, by)
    if row.state != "retired":
        _move(row, "retire", by=by, at=at)
    return row


def _checked(words: Words) -> dict[str, Any]:
    title, criteria = _said(words.title, LONGEST_TITLE), _said(words.criteria, LONGEST_CRITERIA)
    if not title:
        raise Refused(not_now("certificates.no_title"))
    if words.purpose not in FOR:
        raise Refused(not_now("certificates.purpose_unknown"))
    if bool(words.scheme) != bool(words.level) or (
        words.level and levels.level(words.scheme, words.level) is None
    ):
        raise Refused(not_now("certificates.level_unknown"))
    if words.valid_months is not None and not 0 < words.valid_months <= MOST_MONTHS:
        raise Refused(not_now("certificates.months_unclear", most=MOST_MONTHS))
    skills = list(dict.fromkeys(words.skills))
    if len(skills) > MOST_SKILLS or set(skills) - skills_by_key(skills).keys():
        raise Refused(not_now("certificates.skill_unknown"))
    try:
        requirements = holding.read(words.requirements)
    except holding.RequirementFaulty as faulty:
        raise Refused(not_now(f"certificates.requirement_{faulty.code}", place=faulty.place)) from faulty
    return {
        "purpose": words.purpose, "title": title, "criteria": criteria, "scheme": words.scheme,
        "level": words.level, "occupation": words.occupation, "ground": _ground(words), "skills": skills,
        "requirements": requirements, "valid_months": words.valid_months, "design": design.read(words.design),
    }  # fmt: skip


def _ground(words: Words) -> dict[str, Any]:
    given = {name: value for name, value in words.ground.items() if isinstance(value, str | int) and value}
    asked = given.get("at_least")
    counted = "at_least" in FIELDS[words.purpose]
    most = holding.HIGHEST_SKILL if words.purpose == "skill" else holding.MOST
    if any(name not in given for name in FIELDS[words.purpose]) or (
        counted and not (isinstance(asked, int) and 0 < asked <= most)
    ):
        raise Refused(not_now("certificates.ground_missing"))
    if words.purpose == "service" and given["unit"] not in SERVICE:
        raise Refused(not_now("certificates.ground_missing"))
    return given


def _said(words: Mapping[str, str], most: int) -> dict[str, str]:
    said = Text(str(words.get("zh") or "").strip(), str(words.get("en") or "").strip()).as_json()
    if any(len(one) > most for one in said.values()):
        raise Refused(not_now("certificates.too_long", most=most))
    return said


def _held(kind: Kind, by: Actor) -> Kind:
    require(rules.may_issue(by, kind.organisation))
    hold(kind.organisation)
    return Kind._base_manager.select_related("organisation", "occupation").get(pk=kind.pk)


def _move(row: Kind, move: str, *, by: Actor, at: datetime) -> None:
    row.state = KIND.after(row.state, move)
    row.save(update_fields=["state"])
    told = KindMoved(row.key, row.version, row.state)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)


def _tell_saved(row: Kind, *, by: Actor, at: datetime) -> None:
    told = KindSaved(row.key, row.version)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
