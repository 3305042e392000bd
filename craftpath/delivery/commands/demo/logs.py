"""Logs of the demo: twelve weeks, most of them confirmed, the last ones waiting, some odd, one pair silent."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.logbook import actions as logbook
from craftpath.domain.logbook.queries import talk_due, week_of
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.logbook.models import Entry
    from craftpath.kernel.people import Person

WEEKS = 12
WAITING_DAYS = 6  # what was written since then waits for its mentor

PLACES = ("车削一组", "磨削组", "质检室", "装配线", "工具库", "实训车间")
MORE = (
    "一共做了{n}件，返工一件。",
    "用时比上次少{n}分钟。",
    "师傅让我讲一遍步骤，讲对了{n}处。",
    "下午接着做剩下的{n}件。",
    "还有{n}处没弄懂，明天再问。",
    "记下{n}条要点，贴在工位上。",
    "班组长检查，{n}项都合格。",
    "换班前清理现场，点检{n}项。",
)
PARTS = ("传动轴", "法兰盘", "轴承座", "连接板", "支架", "齿轮坯", "端盖", "导向套", "夹爪", "底座")
DONE = (
    ("按图纸车外圆和端面，首件检验合格。", "foundational_literacies"),
    ("跟师傅学对刀，换了三把刀，自己试切一次。", "use_basic_hardware"),
    ("机床报警，和师傅一起查原因，是冷却液液位低。", "problem_solving_decision_making"),
    ("整理铁屑和废油，分类放进回收桶。", "waste_reduction_management"),
    ("抄写工艺卡，安排明天的备料和刀具。", "planning_organising"),
    ("夜班交接，把未完工件的尺寸写清楚交给下一班。", "communication"),
    ("用千分尺测了二十件，记录数据，画了控制图。", "collect_organise_analyse_information"),
    ("和小组一起装配减速箱，我负责轴承压装。", "collaboration_teamwork"),
    ("编了一段螺纹加工程序，先在仿真软件里跑了一遍。", "use_basic_software"),
    ("焊了六道平角缝，第三道有气孔，打磨后重焊。", "self_reflection_learning_to_learn"),
    ("清点工具，保养台钳和砂轮机。", "use_basic_hardware"),
    ("学看焊缝符号，问了师傅两处不懂的地方。", "communication"),
    ("发现夹具松动，建议加一个定位销，师傅同意试一试。", "creative_innovative_thinking"),
    ("下班前关机断电，检查气阀，填点检表。", "energy_water_efficiency"),
    ("给机器人换抓手，重新标定坐标，节拍比昨天快两秒。", "problem_solving_decision_making"),
    ("参加班前安全会，复述了挂牌上锁的步骤。", "communication"),
)  # fmt: skip


@dataclass(frozen=True)
class Keeping:
    """Who keeps a log how: how many days a week, and how far back."""

    enrolment: Enrolment
    mentor: Person | None
    days: Sequence[int]


def keep_logs(enrolments: Sequence[Enrolment], *, at: datetime) -> None:
    """Write and confirm the logs of these apprentices, as they and their mentors would have done."""
    mentors = mentors_of(enrolments)
    chance = random.Random(20260901)  # noqa: S311 - a demo is the same every time
    written: dict[int, list[Entry]] = {}
    for n, enrolment in enumerate(enrolments):
        mentor = next(iter(mentors.get(enrolment.pk, ())), None)
        for entry in _entries(enrolment, n, chance, at):
            if mentor is not None:
                written.setdefault(mentor.pk, []).append(entry)
    people = {person.pk: person for found in mentors.values() for person in found}
    for n, (mentor_id, entries) in enumerate(written.items()):
        if n % 7 == 3:  # one mentor in seven has not answered for a while
            entries = [entry for entry in entries if (at.date() - entry.on).days > 2 * WAITING_DAYS]
        _answer(people[mentor_id], entries, n, at)


def _entries(enrolment: Enrolment, n: int, chance: random.Random, at: datetime) -> Iterator[Entry]:
    by = Actor(enrolment.cohort.organisation, enrolment.person, frozenset({Role.APPRENTICE}))
    today = timezone.localdate(at)
    for on in _days(enrolment, n, today):
        words, skill = chance.choice(DONE)
        words += chance.choice(MORE).format(n=chance.randint(2, 40)) + f"（{chance.choice(PARTS)}）"
        if n == 5 and (today - on).days <= WAITING_DAYS:
            words, skill = DONE[n]  # somebody copies the same line every day
        content = logbook.Content(
            on=on,
            text=words,
            minutes=chance.choice((240, 360, 420, 480, 480)) if n != 2 or on != today else 690,
            bucket="workplace",
            place=PLACES[(n + on.isocalendar().week // 3) % len(PLACES)],
            skill=skill,
        )
        when = min(at, _evening(on))
        name = uuid.uuid5(uuid.NAMESPACE_URL, f"{enrolment.public_id} {on}")
        entry = logbook.save_entry(enrolment, made_id=name, content=content, by=by, at=when).entry
        if on == today and n % 5 == 1:
            continue  # a draft of today
        yield logbook.submit_entry(entry, by=by, at=when)


def _days(enrolment: Enrolment, n: int, today: date) -> Iterator[date]:
    """The first dozen write most days of the last three weeks; everybody wrote on one day of each week before."""
    monday = week_of(today)
    for week in range(WEEKS, -1, -1):
        days = (0, 1, 2, 3, 4) if n % 24 < 10 and week < 3 else (n % 5,)
        if n % 24 == 11 and week < 3:
            continue  # somebody has stopped writing
        for weekday in days:
            on = monday - timedelta(weeks=week) + timedelta(days=weekday)
            if enrolment.starts_on <= on <= today and (on.toordinal() + n) % 9:
                yield on


def _sent_back(entries: Sequence[Entry], by: Actor) -> None:
    """Some mentors look closely: an entry goes back with a phrase, and comes again the same evening."""
    for entry in entries:
        when = _evening(entry.on) + timedelta(days=1)
        back = logbook.return_entry(entry, revision=entry.revision, phrase="more_detail", by=by, at=when)
        own = Actor(back.enrolment.cohort.organisation, entry.enrolment.person, frozenset({Role.APPRENTICE}))
        logbook.submit_entry(back, by=own, at=when + timedelta(hours=1))


def _evening(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(17, 20)))


def _answer(mentor: Person, entries: Sequence[Entry], n: int, at: datetime) -> None:
    """A mentor confirms week by week, on the Monday after; sends one back; talks once."""
    by = Actor(None, mentor, frozenset({Role.MENTOR}))
    old = [entry for entry in entries if (at.date() - entry.on).days > WAITING_DAYS]
    by_week: dict[date, dict[str, int]] = {}
    for entry in old:
        by_week.setdefault(week_of(entry.on), {})[entry.public_id] = entry.revision
    if n % 3 == 1:
        _sent_back(old[::9], by)
    for monday, read in by_week.items():
        logbook.confirm_entries(read, by=by, at=min(at, _evening(monday + timedelta(days=7))))
    fresh = [entry for entry in entries if entry not in old]
    if fresh and n % 3 == 0:
        back = fresh[0]
        logbook.return_entry(
            back, revision=back.revision, phrase="more_detail", by=by, at=at - timedelta(hours=3)
        )
    if n % 2:
        talked = at - timedelta(hours=2)  # in the first hours of a month that is still the month before
        due = talk_due({entry.enrolment_id for entry in entries}, timezone.localdate(talked))
        for entry in due[:1]:
            logbook.hold_talk(entry, outcome="agrees", by=by, at=talked)
