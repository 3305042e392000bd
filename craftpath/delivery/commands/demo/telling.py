"""Masters' stories of the demo: six on the wall, one with the office, one taken down; comments, one reported."""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.itembank_pictures import draw_lathe, draw_weld
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.occupations.queries import occupations
from craftpath.domain.stories import actions
from craftpath.domain.stories.states import CHECKS
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.stories.models import Story

DAY = timedelta(days=1)
SPACE = uuid.UUID("4c1de3a0-7b52-4f0e-8f43-3f6f9b1f2a45")
HOW = "退休职工座谈会上口头同意，次日书面签字，由协调员收存。"
_PICTURES = {"lathe": draw_lathe, "weld": draw_weld}
_TRADES = {"shaft": "车", "seam": "焊", "night": "车"}
Tale = dict[str, Any]


@dataclass(frozen=True)
class _Wall:
    """Who acts for whom."""

    places: Places
    staff: Staff
    at: datetime

    def told_by(self, tale: Tale) -> tuple[Actor, Actor]:
        """Who tells it, or writes it down, and whoever looks at it there."""
        college, jinheng = self.places.college, self.places.jinheng
        coordinator = Actor(college, self.staff.coordinator, frozenset({Role.COORDINATOR}))
        if tale["teller"] == "":
            return coordinator, coordinator
        if tale["teller"] == "trainer":
            return Actor(college, self.staff.trainer, frozenset({Role.TRAINER})), coordinator
        mentor = self.staff.mentors["jinheng"][int(tale["teller"])]
        office = Actor(jinheng, self.staff.hr, frozenset({Role.HR}))
        return Actor(jinheng, mentor, frozenset({Role.MENTOR})), office


def tell_stories(places: Places, staff: Staff, *, at: datetime) -> None:
    """Tell all of them, each by its own master and looked at by the office of its place."""
    wall = _Wall(places, staff, at)
    readers = list(enrolments().filter(state="active").select_related("person").order_by("pk")[:6])
    words = resources.files("craftpath.delivery.commands.demo") / "stories.toml"
    for tale in tomllib.loads(words.read_text("utf-8"))["story"]:
        row = _told(wall, tale)
        for number, said in enumerate(tale.get("comments", ())):
            by, day = _reader(wall, readers[number]), at - (tale["days"] - 3 - number) * DAY
            made = actions.add_comment(row, made_id=_made(tale, str(number)), words=said, by=by, at=day)
            if tale["key"] == "lock":
                other = _reader(wall, readers[-1])
                actions.report_comment(made, words="拿别人的险情开玩笑，不合适。", by=other, at=at - DAY)
        if tale["key"] == "shaft":
            said = "师傅，怎么知道工件已经凉了？用手摸够不够？"
            by = _reader(wall, readers[0])
            actions.ask_master(row, made_id=_made(tale, "ask"), words=said, by=by, at=at - 2 * DAY)


def _reader(wall: _Wall, row: Enrolment) -> Actor:
    return Actor(wall.places.college, row.person, frozenset({Role.APPRENTICE}))


def _made(tale: Tale, name: str = "") -> uuid.UUID:
    return uuid.uuid5(SPACE, f"{tale['key']}/{name}")


def _told(wall: _Wall, tale: Tale) -> Story:
    by, office = wall.told_by(tale)
    act = {"by": by, "at": wall.at - tale["days"] * DAY}
    person, place = (by.person if tale["teller"] else None), by.organisation
    if place is None:
        raise RuntimeError("a story of the demo belongs nowhere")
    row = actions.begin_story(
        organisation=place, made_id=_made(tale), teller=person, name=person.name if person else tale["name"],
        title=tale["title"], form="text", language=tale.get("language", "zh"), **act,
    )  # fmt: skip
    for prompt, words in tale["answers"].items():
        actions.keep_answer(row, prompt, words, **act)
    trade = occupations(_TRADES[tale["key"]]).first() if tale["key"] in _TRADES else None
    details = actions.Details(row.title, row.name, tale["about"], occupation=trade, skills=tale["skills"])
    actions.keep_details(row, details, **act)
    if "picture" in tale:
        drawn = _PICTURES[tale["picture"]]()
        actions.keep_picture(row, drawn, f"{tale['picture']}.png", words=tale["picture_words"], **act)
    row = actions.agree_story(row, reach=tale.get("reach", "public"), how="" if person else HOW, **act)
    row = actions.hand_in_story(row, **act)
    if tale.get("state") == "review":
        return row
    row = actions.publish_story(row, checks=CHECKS, by=office, at=act["at"] + DAY)
    if tale.get("state") == "withdrawn":
        actions.withdraw_story(row, by=by, at=act["at"] + 9 * DAY)
    return row
