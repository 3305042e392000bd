"""The demo apprentice's record: what a school of another city signed, a link that was opened, one that ended."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from craftpath.domain.passport import actions, wording
from craftpath.domain.passport.carrying import written
from craftpath.domain.passport.record import PRESETS, Entry, Line, Record, Section, section
from craftpath.engines.credentials import SigningKey, documents
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.values.text import Text

DAY = timedelta(days=1)
SPACE = uuid.UUID("0a4f6a52-6c2b-4c55-8a4e-4a1d6c0b7f31")
SCHOOL = Text("江口职业技术学校", "Jiangkou Vocational School")
FACTORY = Text("江口精密机械厂", "Jiangkou Precision Works")
TRADE = Text("钳工", "Fitter")
LOOKS = (("wechat", 9), ("wechat", 9), ("chrome", 8), ("edge", 5), ("chrome", 3), ("wechat", 1))


def carry_records(*, at: datetime) -> None:
    """A file of elsewhere that is kept, links with looks, and one that was ended."""
    person = Person.objects.get(username=f"{DEMO_PREFIX}apprentice")
    by, nobody = Actor(organisation=None, person=person), Actor(organisation=None, person=None)
    actions.bring_record(person, content=_of_elsewhere(person, at), by=by, at=at - 40 * DAY)
    today = at.date()
    link = actions.share_record(
        person, name="金恒机械人事科，转正面谈 · HR, talk about staying", sections=PRESETS["employer"],
        until=today + 20 * DAY, made_id=uuid.uuid5(SPACE, "employer"), by=by, at=at - 10 * DAY,
    ).share  # fmt: skip
    for agent, ago in LOOKS:
        actions.open_share(link, agent=agent, by=nobody, at=at - ago * DAY)
    ended = actions.share_record(
        person, name="澜川理工大学招生办 · admissions", sections=PRESETS["college"], until=today + 5 * DAY,
        made_id=uuid.uuid5(SPACE, "college"), by=by, at=at - 25 * DAY,
    ).share  # fmt: skip
    actions.revoke_share(ended, by=by, at=at - 15 * DAY)


def _of_elsewhere(person: Person, at: datetime) -> bytes:
    """Signed by the school's own key, as another site gives it."""
    key = SigningKey.of(uuid.uuid5(SPACE, "key").bytes * 2)
    issuer = documents.Issuer(key.did_key, SCHOOL.both(), "https://jiangkou.example")
    holder = documents.Holder(identifiers=(documents.Identifier(person.name, "name"),))
    found = Record(person.name, person.name_latin, at.date(), tuple(_sections(at.date())))
    source = uuid.uuid5(SPACE, "record").urn
    return written(found, source, holder, issuer=issuer, key=key, at=at - 60 * DAY).encode()


def _sections(today: date) -> Iterator[Section]:
    began, ended = today - 900 * DAY, today - 420 * DAY
    half = began + 240 * DAY
    at_school: dict[str, Any] = {"first": began, "last": ended, "where": (SCHOOL,), "state": "over"}
    trade = Line(wording.OCCUPATION, TRADE)
    yield section(
        "employers",
        [Entry(TRADE, began + 30 * DAY, ended, (FACTORY,), (Line(wording.COLLEGE, SCHOOL),), "over")],
    )
    yield section("training", [Entry(TRADE, lines=(Line(wording.COHORT, "钳工 23 级"),), **at_school)])
    yield section(
        "results",
        [
            Entry(
                Text("小工匠", "Junior craftsman"), half, None, (SCHOOL,),
                (trade, Line(wording.TOTAL, Decimal("82.5")), Line(Text("期末考试", "Final examination"), Decimal(79))),
                "passed",
            )
        ],
    )  # fmt: skip
    yield section(
        "hours",
        [Entry(TRADE, lines=(Line(Text("岗位培训", "At the workplace"), Decimal(612)),), **at_school)],
    )
    yield section(
        "masters",
        [Entry(Text("魏国强", "Wei Guoqiang"), began + 30 * DAY, ended, (FACTORY,),
               (Line(wording.ROLE, wording.MASTERS["responsible"]),), "over")],
    )  # fmt: skip
