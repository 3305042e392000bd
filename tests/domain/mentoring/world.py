"""Pairs and short ways for the tests of what people of a pair do together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from craftpath.domain.mentoring import actions
from craftpath.domain.mentoring.actions import Met
from craftpath.domain.mentoring.models import Goal, HalfwayTalk, Meeting, PairAgreement, ProductFile
from craftpath.domain.mentoring.seeds import clauses, questions
from craftpath.domain.pairing.models import Pair
from craftpath.domain.pairing.rules import Wanted
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.pairing.world import among, formed, of
from tests.photos import picture

DAY = timedelta(days=1)
BEGAN = TODAY - 100 * DAY


def acting(cast: Cast, person: Person) -> Actor:
    """Somebody without any role: being in the pair is enough."""
    return Actor(cast.college, person)


def taught(cast: Cast, *, on: date = BEGAN, **more: Any) -> Pair:
    """The cast's mentor teaches its apprentice."""
    return formed(cast, of(cast, "26001", cast.people["mentor"]), on=on, **more)


def together(cast: Cast, kind: str = "mutual", **more: Any) -> Pair:
    """Mentor and trainer teach one another."""
    one, two = cast.people["mentor"], cast.people["trainer"]
    ring = [among(cast, one, two, subject="TIG"), among(cast, two, one, subject="PLC")]
    if kind == "red_white":
        more.setdefault("project", "减振夹具")
    return formed(cast, *ring, kind=kind, on=more.pop("on", BEGAN), **more)


def met(
    pair: Pair,
    by: Actor,
    other: Person,
    *,
    at: datetime = AT,
    made_id: str = "m-1",
    photo: bytes = b"",
    **more: Any,
) -> Meeting:
    said = {"on": TODAY, "minutes": 30, "mode": "bench", "words": "对刀练习"} | more
    return actions.write_meeting(pair, Met(**said), other=other, made_id=made_id, photo=photo, by=by, at=at)


def goal(pair: Pair, person: Person, by: Actor, text: str = "独立对刀", **more: Any) -> Goal:
    said = {"due_on": TODAY + 20 * DAY, "made_id": ""} | more
    return actions.set_goal(pair, person=person, text=text, by=by, at=AT, **said)


def answers(mark: int = 4, words: str = "") -> dict[str, dict[str, Any]]:
    return {one["key"]: {"mark": mark, "words": words} for one in questions()}


def held(cast: Cast, pair: Pair, people: Iterable[Person]) -> HalfwayTalk:
    """The whole talk, from the first answer to the last close."""
    people = list(people)
    for person in people:
        talk = actions.answer_talk(pair, answers=answers(), by=acting(cast, person), at=AT)
    actions.agree_steps(talk, steps="每周三下午", seen=0, by=acting(cast, people[0]), at=AT)
    for person in people:
        talk = actions.close_talk(talk, seen=1, by=acting(cast, person), at=AT)
    return talk


def work_on(cast: Cast, pair: Pair) -> dict[str, str]:
    """Something of everything in this pair, and a page of another that graduated; once. Gives ids for addresses."""
    mentor, learner = (acting(cast, cast.people[who]) for who in ("mentor", "apprentice"))
    office = {"by": cast.actor("coordinator"), "at": AT}
    if not Goal.objects.filter(pair=pair).exists():
        actions.set_meeting_rule(
            cast.college, every_days=14, talk_after_percent=50, needs_agreement=True, **office
        )
        own = {key: dict(words) for key, words in clauses().items()}
        own["purpose"] = {"zh": "本院宗旨", "en": "Ours"}
        actions.write_wording(cast.college, words=own, **office)
        row = goal(pair, cast.people["apprentice"], mentor)
        met(pair, learner, cast.people["mentor"], goals=[row.public_id], photo=picture(size=(64, 48)))
        product = actions.keep_product(pair, title="夹具", by=mentor, at=AT)
        actions.add_product_file(product, content=b"G0 X1", name="a.nc", by=mentor, at=AT)
        actions.show_product(product, on=TODAY, audience="车间", by=mentor, at=AT)
        actions.waive_talk(pair, because="每天见面", by=mentor, at=AT)
        actions.give_thanks(pair, words="谢谢", by=learner, at=AT)
        actions.draw_up_agreement(pair, **office)
        _graduate(cast)
    [product_file] = ProductFile.objects.filter(product__pair=pair)
    return {
        "pair": pair.public_id,
        "goal": Goal.objects.get(pair=pair).public_id,
        "meeting": Meeting.objects.get(pair=pair).public_id,
        "agreement": PairAgreement.objects.get(pair=pair).public_id,
        "file": product_file.public_id,
    }


def _graduate(cast: Cast) -> None:
    """Somebody of another enterprise has finished with the cast's assessor as learner."""
    teacher, office = Person.objects.get(name="吴海燕"), {"by": cast.actor("coordinator"), "at": AT}
    wanted = Wanted(teacher, cast.people["assessor"], cast.qinghe, subject="接线")
    row = formed(cast, wanted, kind="layered", on=BEGAN, ends_on=TODAY + 9 * DAY)
    actions.waive_talk(row, because="太短", **office)
    actions.graduate_pair(row, **office)
