"""Opening a site: the one write that nobody is signed in for, because nobody is there yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from craftpath.domain.occupations.actions import load_classifications
from craftpath.domain.pilots.actions import load_cases, load_cycles
from craftpath.domain.programmes.actions import load_presets
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.subsidies.actions import load_schemes
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import give_role, plant_organisation
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.notices import load_notice
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.points.incoming import take_bundle
from craftpath.kernel.points.keeping import join
from craftpath.kernel.points.tables import Point
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

ROLES = (Role.ADMINISTRATOR, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the first form asks; `language` is that of the person."""

    organisation: Text
    kind: str
    person: str
    username: str
    password: str
    language: str


def is_open() -> bool:
    """Whether the site has its first organisation."""
    return Organisation.objects.exists()


def open_site(answers: Answers, *, on: date, at: datetime) -> tuple[Organisation, Person]:
    """Make the organisation, its first person and the presets, all or nothing; `Refused` if somebody was quicker.

    Two at once would both see an empty site. The tree's first place is unique, so the second one either
    breaks on it or finds itself in the second place; both end in the same refusal, and nothing stays.
    """
    taken = Refused(not_now("start.already_open"))
    try:
        with transaction.atomic(), everywhere("the first start of a site: there is nobody yet to look for"):
            return _open(answers, taken, on=on, at=at)
    except IntegrityError as fault:
        raise taken from fault


def begin_point(*, file: bytes, words: str, bundle: Any, at: datetime) -> Point:
    """Make this empty site a point's and take its first bundle in, all or nothing."""
    with transaction.atomic(), everywhere("the first start of a site: there is nobody yet to look for"):
        point = join(file, words, at=at)
        load_notice(by=system(), at=at)
        take_bundle(point, bundle.file, by=system(point.organisation), at=at)
        return point


def _open(answers: Answers, taken: Refused, *, on: date, at: datetime) -> tuple[Organisation, Person]:
    organisation = plant_organisation(
        key=_key(answers.organisation),
        kind=answers.kind,
        name=answers.organisation.as_json(),
        by=system(),
        at=at,
    )
    if Organisation.objects.exclude(pk=organisation.pk).exists():
        raise taken
    person = Person.objects.create_user(
        answers.username, password=answers.password, name=answers.person, language=answers.language
    )
    by = Actor(organisation=organisation, person=person, roles=frozenset(ROLES))
    for role in ROLES:
        give_role([person], organisation, role, on=on, by=by, at=at)
    load_presets(by=by, at=at)
    load_frameworks(by=by, at=at)
    load_classifications(by=by, at=at)
    load_schemes(by=by, at=at)
    load_cycles(by=by, at=at)
    load_cases(by=by, at=at)
    load_notice(by=system(), at=at)
    return organisation, person


def _key(name: Text) -> str:
    """The word in addresses: from the Latin name if there is one; Chinese has no agreed short form."""
    return slugify(name.en)[:50].strip("-") or f"o-{new_public_id()}"
