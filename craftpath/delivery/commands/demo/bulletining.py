"""Bulletins of the demo's pilot: one that everybody reads, and the next one, which waits for words and for a voice."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo import bulletining_words as said
from craftpath.delivery.commands.demo.bulletin_pictures import draw_hall, draw_workshop
from craftpath.delivery.commands.demo.places import Places, Staff, Stage
from craftpath.domain.bulletins import actions, queries
from craftpath.domain.pilots.queries import pilots
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import give_role
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Bulletin

SPACE = uuid.UUID("0c6f5f53-1d5e-4f3e-8a52-6c1b2d7e9a44")
FIRST, SECOND = (-100, -12), (-30, 0)
"""Days from today between which each tells."""
DAY = timedelta(days=1)
KEYS = ["workshops.came", "workshops.organisations", "workshops.answered", "apprentices.learning"]


def _made(name: str) -> uuid.UUID:
    return uuid.uuid5(SPACE, name)


def print_bulletins(places: Places, staff: Staff, *, at: datetime) -> None:
    """The first one is made by a colleague and published by the officer; the officer writes the second."""
    stage = Stage.of_the_city(places, staff, at)
    colleague = _colleague(places, at)
    first = _begun(stage, colleague, 1, FIRST, "indigo", -11)
    _filled(stage, first, colleague, -11)
    _agreed(stage, first, colleague)
    content = queries.content_of(first, (at - 9 * DAY).date())
    first = actions.hand_in_bulletin(first, proof=queries.digest(content), by=colleague, at=at - 9 * DAY)
    actions.publish_bulletin(first, **stage.day(-8))
    second = _begun(stage, stage.office, 2, SECOND, "jade", -3)
    actions.compose_bulletin(second, **stage.day(-3))
    _hung(second, "lead_picture", draw_hall(), said.HALL, stage.office, at - 2 * DAY)
    _save(second, "masthead", said.TITLE, stage.office, at - 2 * DAY)
    apprentice = Person.objects.get(username=f"{DEMO_PREFIX}{Role.APPRENTICE}")
    voice = _voice(
        second, "apprentice", apprentice, apprentice.name, said.APPRENTICE, stage.office, at - 2 * DAY
    )
    actions.ask_voice(voice, **stage.day(-2))


def _colleague(places: Places, at: datetime) -> Actor:
    """Nobody publishes alone, so the bureau has a second officer."""
    person = Person(username="lanchuan-bureau-o02", name="白静怡", name_latin="Bai Jingyi")
    person.set_unusable_password()
    person.save()
    long_ago = at - 300 * DAY
    give_role([person], places.city, Role.OFFICER, on=long_ago.date(), by=system(), at=long_ago)
    return Actor(places.city, person, frozenset({Role.OFFICER}))


def _begun(stage: Stage, by: Actor, number: int, days: tuple[int, int], theme: str, day: int) -> Bulletin:
    today = stage.at.date()
    look = actions.Look(today + days[0] * DAY, today + days[1] * DAY, "both", theme)
    pilot = pilots().filter(organisation=stage.places.city, kind="city").first()
    return actions.begin_bulletin(
        organisation=stage.places.city, made_id=_made(str(number)), number=number, look=look, pilot=pilot, by=by,
        at=stage.at + day * DAY,
    )  # fmt: skip


def _filled(stage: Stage, row: Bulletin, by: Actor, day: int) -> None:
    """Composed of the record, then written by hand where a hand writes better."""
    at = stage.at + day * DAY
    actions.compose_bulletin(row, by=by, at=at)
    counted = queries.figures_now(row)
    values = {"came": counted["workshops.came"].value, "places": counted["workshops.organisations"].value}
    lead = {
        "head": {key: words.format(**values) for key, words in said.LEAD_HEAD.items()},
        "body": {key: words.format(**values) for key, words in said.LEAD_BODY.items()},
    }
    for place, content in (
        ("masthead", said.TITLE), ("lead", lead), ("workshop", said.REPORT), ("case", said.CASE),
        ("imprint", said.IMPRINT),
        ("figures", {"keys": KEYS}),
    ):  # fmt: skip
        _save(row, place, content, by, at)
    _hung(row, "lead_picture", draw_workshop(), said.WORKSHOP, by, at)
    _hung(row, "report_picture", draw_hall(), said.HALL, by, at)


def _save(row: Bulletin, place: str, content: dict[str, Any], by: Actor, at: datetime) -> None:
    revision = queries.blocks_of(row)[place].revision
    actions.save_block(row, place, content, revision=revision, by=by, at=at)


def _hung(row: Bulletin, place: str, drawn: bytes, content: dict[str, Any], by: Actor, at: datetime) -> None:
    actions.hang_picture(row, place, drawn, f"{place}.jpg", alt=content["alt"], by=by, at=at)
    _save(row, place, content, by, at)


def _voice(
    row: Bulletin, key: str, person: Person | None, name: str, told: dict[str, Any], by: Actor, at: datetime
) -> Any:
    return actions.add_voice(
        row, made_id=_made(f"{row.number}/{key}"), person=person, name=name, about=told["about"], words=told["words"],
        by=by, at=at,
    )  # fmt: skip


def _agreed(stage: Stage, row: Bulletin, by: Actor) -> None:
    """A master on the own page, a guest by the link."""
    at, mentor = stage.at - 11 * DAY, stage.staff.mentors["jinheng"][0]
    master = actions.ask_voice(_voice(row, "master", mentor, mentor.name, said.MASTER, by, at), by=by, at=at)
    guest = actions.ask_voice(
        _voice(row, "guest", None, said.GUEST["name"], said.GUEST, by, at), by=by, at=at
    )
    own = Actor(stage.places.jinheng, mentor, frozenset({Role.MENTOR}))
    actions.agree_voice(master, by=own, at=at + DAY)
    actions.agree_voice(guest, by_link=True, of_age=True, by=Actor(stage.places.city), at=at + DAY)
