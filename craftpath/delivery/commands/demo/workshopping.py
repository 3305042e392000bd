"""Workshops of the demo: a hybrid one of two days that 226 people came to, and the next one in nine days."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo import workshopping_words as said
from craftpath.delivery.commands.demo.names import draw
from craftpath.domain.workshops import actions
from craftpath.domain.workshops.actions import Comer, Line, Words
from craftpath.domain.workshops.queries import days_of, sites_of, speakers_of
from craftpath.kernel.access import Actor
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.delivery.commands.demo.places import Places, Staff
    from craftpath.domain.workshops.models import LiveQuestion, Registration, Workshop

PEOPLE, ON_SITE, ORGANISATIONS = 226, 40, 70  # and the college itself
LINK = "https://meeting.example/core-skills"
BEGAN, NEXT = 24, 9  # days ago, days ahead
NOBODY = Actor(organisation=None)


def hold_workshops(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """The past one first: its agenda is copied into the next one."""
    chance = random.Random(21)  # noqa: S311  (who says what, not secrets)
    past = _planned(places, said.TITLE, at - timedelta(days=BEGAN), by=by, at=at - timedelta(days=80))
    _agenda(past, by=by, at=at - timedelta(days=75))
    people = _registered(past, staff, by=by, at=at - timedelta(days=50))
    _came(past, people, chance, by=by)
    _talked(past, people, chance, by=by)
    _cases(past, people, by=by, at=at - timedelta(days=30))
    actions.finish_workshop(past, by=by, at=at - timedelta(days=BEGAN - 2))
    actions.issue_certificates(past, by=by, at=at - timedelta(days=BEGAN - 4))
    _next(places, staff, past, by=by, at=at)


def _planned(places: Places, title: Text, first: datetime, *, by: Actor, at: datetime) -> Workshop:
    words = Words(
        title,
        aims=said.AIMS,
        spoken=said.SPOKEN,
        link=LINK,
        call=said.CALL,
        closes_on=first.date() - timedelta(days=1),
    )
    row = actions.plan_workshop(places.college, words, organisers=[places.city, places.jinheng], by=by, at=at)
    for number in range(2):
        on = first.date() + timedelta(days=number)
        actions.save_day(row, on=on, starts=time(9), ends=time(16, 50), by=by, at=at)
    hall = Text("主校区报告厅", "Main campus, lecture hall")
    actions.save_site(row, name=hall, address="澜川市学院路 1 号", room="101", seats=ON_SITE, by=by, at=at)
    return row


def _agenda(row: Workshop, *, by: Actor, at: datetime) -> None:
    for name, organisation, bio in said.SPEAKERS:
        actions.add_speaker(
            row, name=name, organisation_name=organisation, bio=bio, pictures=True, by=by, at=at
        )
    known = {one.name: one for one in speakers_of(row)}
    days = days_of(row)
    for number, starts, ends, kind, room, zh, en, who in said.AGENDA:
        line = Line(
            days[number], time.fromisoformat(starts), time.fromisoformat(ends), kind, Text(zh, en), room=room,
            chair=said.SPEAKERS[3][0] if kind == "panel" else "",
            speakers=[known[said.SPEAKERS[one][0]] for one in who],
        )  # fmt: skip
        actions.save_item(row, line, by=by, at=at)
    actions.publish_workshop(row, by=by, at=at)


def _organisations() -> Iterator[tuple[str, str, str]]:
    """(name, kind, city) of each; the names are made up of two parts and none comes twice."""
    cities = [city for city, count in said.CITIES for _one in range(count)]
    kinds = [kind for kind, count in said.KINDS for _one in range(count)]
    order = sorted(range(ORGANISATIONS), key=lambda n: n * 29 % ORGANISATIONS)
    seen: dict[str, int] = {}
    for kind, place in zip(kinds, order, strict=True):
        city = cities[place]
        number = seen.get(kind, 0)
        seen[kind] = number + 1
        tails = said.TAILS[kind]
        head, tail = said.HEADS[number % len(said.HEADS)], tails[number // len(said.HEADS) % len(tails)]
        yield f"{city}{head}{tail}", kind, city


def _registered(row: Workshop, staff: Staff, *, by: Actor, at: datetime) -> list[Registration]:
    """Those of this site by their own accounts, all others by a link; the first forty on site."""
    [site] = sites_of(row)
    own = [staff.coordinator, staff.trainer, staff.hr]
    made = []
    for person in own:
        comer = Comer(
            person.name,
            "澜川技师学院",
            "college",
            "澜川",
            "site",
            site,
            email=person.email or "",
            notice_version=1,
        )
        made.append(actions.register(row, comer, person=person, by=Actor(None, person=person), at=at))
    places = list(_organisations())
    names = draw(PEOPLE - len(own), 226)
    for number, (name, latin) in enumerate(names, start=len(own)):
        organisation, kind, city = places[number % ORGANISATIONS]
        way = "site" if number < ON_SITE else "online"
        mail = f"{latin.lower().replace(' ', '.')}{number}@example.com"
        comer = Comer(
            name, organisation, kind, city, way, site if way == "site" else None, email=mail,
            pictures=number % 3 > 0, notice_version=1, needs="素食" if number == 17 else "",
        )  # fmt: skip
        one = actions.register(row, comer, by=NOBODY, at=at + timedelta(hours=number))
        actions.try_badge(one, one.badge, by=NOBODY, at=at + timedelta(hours=number + 2))
        made.append(one)
    return made


def _came(row: Workshop, people: Sequence[Registration], chance: random.Random, *, by: Actor) -> None:
    for number, day in enumerate(days_of(row)):
        begins = day.starts_at()
        for place, one in enumerate(people[:ON_SITE]):
            if number == 0 or place % 13:
                when = begins + timedelta(minutes=chance.randrange(-25, 12))
                actions.check_in_by_badge(day, one.badge, by=by, at=when)
        rows = [
            (one, chance.randrange(300, day.minutes))
            for one in people[ON_SITE:]
            if number == 0 or chance.random() < 0.9
        ]
        actions.import_attendance(row, day, rows, by=by, at=day.ends_at() + timedelta(hours=2))


def _talked(row: Workshop, people: Sequence[Registration], chance: random.Random, *, by: Actor) -> None:
    first = days_of(row)[0].starts_at() + timedelta(hours=2)
    for place, (words, named, supports, state) in enumerate(said.QUESTIONS):
        asked = actions.ask_live(people[5 + 9 * place], words, named=named, by=NOBODY, at=first)
        _supported(asked, chance.sample(list(people), supports), at=first)
        if state == "answered":
            actions.answer_live(asked, by=by, at=first + timedelta(hours=1))
    for kind, title, options, sensitive, counts in said.POLLS:
        poll = actions.draft_poll(
            row, kind=kind, title=title, options=options, sensitive=sensitive, by=by, at=first
        )
        actions.open_poll(poll, by=by, at=first)
        voters = iter(chance.sample(list(people), len(people)))
        for answer, times in counts:
            for one in islice(voters, times):
                actions.vote(poll, one, [answer], by=NOBODY, at=first)
        actions.close_poll(poll, by=by, at=first + timedelta(hours=1))


def _supported(question: LiveQuestion, people: Sequence[Registration], *, at: datetime) -> None:
    for one in people:
        actions.support_question(question, one, by=NOBODY, at=at)


def _cases(row: Workshop, people: Sequence[Registration], *, by: Actor, at: datetime) -> None:
    for place, (told, shelf, state) in enumerate(said.CASES):
        case = actions.send_case(people[7 + 3 * place], told, by=NOBODY, at=at)
        if state == "returned":
            actions.return_case(case, remark="请补充成效数字和企业同意公开的说明。", by=by, at=at)
        else:
            actions.accept_case(case, by=by, at=at)
        if state == "published":
            actions.publish_case(case, shelf=shelf, by=by, at=at + timedelta(days=1))


def _next(places: Places, staff: Staff, past: Workshop, *, by: Actor, at: datetime) -> None:
    """Open: a full hall with people who wait, others on line."""
    begins = at + timedelta(days=NEXT)
    row = _planned(places, said.NEXT, begins, by=by, at=at - timedelta(days=12))
    actions.copy_agenda(row, source=past, by=by, at=at - timedelta(days=12))
    actions.publish_workshop(row, by=by, at=at - timedelta(days=11))
    actions.invite_organisations(
        row, [places.college, places.jinheng, places.qinghe], by=by, at=at - timedelta(days=11)
    )
    [site] = sites_of(row)
    organisations = list(_organisations())
    for number, (name, latin) in enumerate(draw(61, 227)):
        organisation, kind, city = organisations[number % ORGANISATIONS]
        way = "site" if number < ON_SITE + 3 else "online"
        mail = f"{latin.lower().replace(' ', '.')}{number}@example.com"
        comer = Comer(
            name, organisation, kind, city, way, site if way == "site" else None, email=mail, notice_version=1
        )
        one = actions.register(row, comer, by=NOBODY, at=at - timedelta(days=8, hours=-number))
        actions.try_badge(one, one.badge, by=NOBODY, at=at - timedelta(days=7, hours=-number))
    mentor = staff.mentors["jinheng"][0]
    comer = Comer(mentor.name, "金恒机械", "enterprise", "澜川", "online", notice_version=1)
    actions.register(row, comer, person=mentor, by=Actor(None, person=mentor), at=at - timedelta(days=3))
