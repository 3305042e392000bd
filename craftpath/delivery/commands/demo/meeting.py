"""Forums and reading of the demo: a fortnightly forum with one meeting tomorrow, threads, and a club on an old text."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import enrolments, mentors_of
from craftpath.domain.forums import actions as forums
from craftpath.domain.forums.queries import invited
from craftpath.domain.reading import actions as reading
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.forums.models import Forum, Meeting

SPACE = uuid.UUID("7d0a51c4-9b1e-4a0c-8e55-0d2f6b1c7a10")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EVENING = time(18, 30)

FORGING = """宋子曰：金木受攻而物象曲成。世无利器，即般、倕安所施其巧哉？五兵之内，六乐之中，微钳锤之奏功也，\
生杀之机泯然矣。同出洪炉烈火，小大殊形。重千钧者，系巨舰于狂渊；轻一羽者，透绣纹于章服。

凡治铁成器，取已炒熟铁为之。先铸铁成砧，以为受锤之地。谚云“万器以钳为祖”，非无稽之说也。凡出炉熟铁，名曰毛铁。\
受锻之时，十耗其三为铁华、铁落。"""


@dataclass(frozen=True)
class _Said:
    """A thread so many days ago: who says what in it, as the n-th apprentice, `m`aster, `t`rainer."""

    title: str
    days: float
    words: tuple[tuple[str, str], ...]
    pinned: bool = False
    news: bool = False
    quotes: bool = False


THREADS = (
    _Said(
        "论坛约定：怎么提问、怎么发图", 40,
        (("t", "欢迎大家。三条约定：\n\n- 说清楚**机床、材料、刀具、参数**；\n- 图片里不要出现人脸和图纸编号；\n"
               "- 对事不对人，试过有效再回来说一声。"),),
        pinned=True, news=True,
    ),
    _Said(
        "细长轴车出来中间大两头小", 9,
        (("0", "φ20×300 的轴，一夹一顶，车完中间大 0.06。转速 600，走刀 0.15，主偏角 45°。"),
         ("m", "让刀了。主偏角换到 90°，再加跟刀架；没有跟刀架就分粗精车，最后一刀切深 0.1 以内。"),
         ("0", "换了 90° 偏刀，中间只大 0.02 了，谢谢师傅！"),
         ("3", "我们车间用跟刀架的时候会在支承爪上滴油，不然会拉毛。")),
        quotes=True,
    ),
    _Said(
        "大家的对刀表能不能统一一下", 5,
        (("2", "每个人记的格式都不一样，接班的时候看半天。我画了一个表，大家看缺什么？\n\n"
               "| 刀号 | X 偏置 | Z 偏置 | 磨耗 | 对刀人 |\n|---|---|---|---|---|\n| T01 | | | | |"),
         ("5", "加一列“对刀时间”，换班就知道是不是这一班对的。"),
         ("t", "好主意，下次活动把它定下来。")),
    ),
    _Said(
        "周末想一起去看机床展，有人吗？", 2.2,
        (("7", "周六上午九点，学校东门集合，坐 12 路过去。"), ("4", "算我一个。"), ("9", "我也去！")),
    ),
    _Said("振纹和共振到底怎么区分？", 0.3, (("6", "转速一变振纹就变，是不是就说明是共振？"),)),
)  # fmt: skip
HELD = (
    (
        28,
        ("认识振纹：看、听、摸", "一人讲一件废品"),
        (("把各自的废品照片整理成一页图册", 3, 14), ("下次带一把磨损的刀片来", None, 0)),
    ),
    (14, ("刀片磨损怎么看", "夹紧力与变形"), (("整理不同磨损对应的处理办法", 5, 20),)),
)
"""(days before tomorrow's meeting, agenda, (what came of it, whose, within so many days))"""


def meet_and_read(places: Places, staff: Staff, *, at: datetime) -> None:
    """As the demo's own class, its trainer and a master would have met, written and read."""
    own = enrolments().get(person__username=f"{DEMO_PREFIX}apprentice")
    mates = [row for row in enrolments().filter(cohort=own.cohort_id, state="active") if row.pk != own.pk]
    stage = _Stage(places, staff, [own, *mates], at)
    forum = stage.open_forum()
    stage.hold(forum)
    for one in THREADS:
        stage.talk(forum, one)
    stage.look_ahead(forum)
    stage.read()


class _Stage:
    """Who meets here."""

    def __init__(self, places: Places, staff: Staff, rows: list[Enrolment], at: datetime) -> None:
        self.places, self.rows, self.at = places, rows, at
        self.zone = ZoneInfo(places.college.time_zone)
        mentor = next(iter(mentors_of(rows)[rows[0].pk]))
        self.mentor = Actor(rows[0].enterprise, mentor, frozenset({Role.MENTOR}))
        self.trainer = Actor(places.college, staff.trainer, frozenset({Role.TRAINER}))

    def apprentice(self, n: int) -> Actor:
        """The n-th of the class."""
        return Actor(self.places.college, self.rows[n % len(self.rows)].person, frozenset({Role.APPRENTICE}))

    def who(self, key: str) -> Actor:
        """Whom a letter or a number means."""
        return {"m": self.mentor, "t": self.trainer}.get(key) or self.apprentice(int(key))

    def evening(self, days: int) -> datetime:
        """The evening so many days ahead (or ago), by the clock of the college."""
        day = self.at.astimezone(self.zone).date() + days * DAY
        return datetime.combine(day, EVENING, self.zone)

    def open_forum(self) -> Forum:
        """A forum of the class, every fortnight."""
        evening = self.evening(1)
        rhythm = forums.Rhythm(every=2, weekday=evening.weekday(), at=EVENING, minutes=90,
            place="实训楼 302 与线上", link="https://meet.example/craft")  # fmt: skip
        about = "每两周一个晚上：一个实际问题、一件废品、一个改进。师傅和学徒一起讲，讲完有行动。"
        return forums.open_forum(
            made_id=uuid.uuid5(SPACE, "forum"), title="车工夜谈", about=about, audience="cohort",
            cohort=self.rows[0].cohort, rhythm=rhythm, organisation=self.places.college, by=self.trainer,
            at=self.at - 42 * DAY,
        )  # fmt: skip

    def plan(self, forum: Forum, days: int, agenda: tuple[str, ...], ahead: int = 7) -> Meeting:
        """A meeting on the evening so many days from now."""
        starts = self.evening(days)
        return forums.plan_meeting(
            forum, made_id=uuid.uuid5(SPACE, f"meeting {days}"), starts_at=starts, agenda=agenda, by=self.trainer,
            at=min(starts - ahead * DAY, self.at),
        )  # fmt: skip

    def hold(self, forum: Forum) -> None:
        """Two meetings lie behind, with who was there and what came of them."""
        for ago, agenda, came in HELD:
            meeting = self.plan(forum, 1 - ago, agenda)
            after = meeting.ends_at + HOUR
            lines = invited(meeting)
            for line in lines[::2]:
                by = Actor(self.places.college, line.person, frozenset({Role.APPRENTICE}))
                forums.say_coming(meeting, coming=True, by=by, at=meeting.starts_at - DAY)
            there = [line.person.public_id for line in lines if line in lines[::2] or line.coming == "yes"]
            there += [self.rows[n].person.public_id for _words, n, _days in came if n is not None]
            forums.hold_meeting(meeting, there=there, by=self.trainer, at=after)
            for words, n, days in came:
                made = forums.add_takeaway(
                    meeting, made_id=uuid.uuid5(SPACE, words), words=words,
                    person=None if n is None else self.rows[n].person,
                    by_on=None if n is None else (after + days * DAY).date(), by=self.trainer, at=after,
                )  # fmt: skip
                if ago > 14 and n is not None:
                    forums.finish_takeaway(made, by=self.apprentice(n), at=after + 9 * DAY)

    def look_ahead(self, forum: Forum) -> None:
        """One is tomorrow; some have said that they come, the demo's own apprentice has not; two topics wait."""
        meeting = self.plan(forum, 1, ("统一对刀表", "细长轴：三种做法比一比"), ahead=6)
        for n in (2, 3, 5, 6):
            forums.say_coming(meeting, coming=True, by=self.apprentice(n), at=self.at - DAY)
        forums.say_coming(meeting, coming=False, by=self.apprentice(8), at=self.at - DAY)
        for n, words in ((4, "夜班怎么交接才不漏事"), (6, "涂层刀片值不值得用")):
            topic = forums.suggest_topic(
                forum,
                made_id=uuid.uuid5(SPACE, words),
                words=words,
                by=self.apprentice(n),
                at=self.at - 2 * DAY,
            )
            for other in (2, 5, 9)[: n - 3]:
                forums.support_topic(topic, by=self.apprentice(other), at=self.at - DAY)

    def talk(self, forum: Forum, one: _Said) -> None:
        """A thread with its posts, some hours apart."""
        then, name = self.at - one.days * DAY, uuid.uuid5(SPACE, one.title)
        (first, words), *rest = one.words
        thread = forums.start_thread(
            forum, made_id=name, title=one.title, text=words, news=one.news, by=self.who(first), at=then
        )
        last = None
        for n, (key, said) in enumerate(rest, start=1):
            quoted = last if one.quotes and n == 2 else None
            moment = min(then + n * 7 * HOUR, self.at)
            last = forums.post(
                thread, made_id=uuid.uuid5(name, said), text=said, quoted=quoted, by=self.who(key), at=moment
            )
        if one.pinned:
            forums.turn_thread(thread, pinned=True, closed=False, by=self.trainer, at=then)

    def read(self) -> None:
        """A list with an old text, a club, notes and what was read; one reading is confirmed, one waits."""
        then, keeper = self.at - 20 * DAY, self.trainer
        row = reading.open_list(
            made_id=uuid.uuid5(SPACE, "list"), title="读《天工开物》，看今天的手艺",
            about="明代的工匠怎样打铁、铸造、造车船？读一段原文，找一件今天车间里的事和它对照。",
            audience="cohort", cohort=self.rows[0].cohort, organisation=self.places.college, by=keeper, at=then,
        )  # fmt: skip
        said = reading.TextSaid(
            title="锤锻（节选）", author="［明］宋应星", licence="public_domain",
            licence_words="作者卒于十七世纪，作品已属公有领域；标点为今人所加",
            source="《天工开物》卷中·锤锻第十，初刊于明崇祯十年（1637）", body=FORGING, step="节选全文",
            until_on=(self.at + 5 * DAY).date(),
        )  # fmt: skip
        text = reading.add_text(row, made_id=uuid.uuid5(SPACE, "text"), said=said, by=keeper, at=then)
        book = reading.TextSaid(
            title="机械加工工艺手册", licence="linked", source="学院图书馆 三楼工具书区", step="切削用量一章"
        )
        reading.add_text(row, made_id=uuid.uuid5(SPACE, "book"), said=book, by=keeper, at=then)
        for n in (0, 2, 3, 4, 6):
            reading.join_list(row, by=self.apprentice(n), at=then + DAY)
        rhythm = forums.Rhythm(every=2, weekday=self.evening(6).weekday(), at=EVENING, place="图书馆讨论室")
        club = reading.open_club(row, made_id=uuid.uuid5(SPACE, "club"), rhythm=rhythm, by=keeper, at=then)
        forums.plan_series(club, made_id=uuid.uuid5(SPACE, "dates"), count=1, by=keeper, at=self.at)
        notes = (
            (
                3,
                "十耗其三为铁华、铁落",
                "那时候就把烧损算得这么清楚。锻造车间下料也要留氧化皮的余量。",
            ),
            (2, "先铸铁成砧，以为受锤之地", "先做工装再做活，和我们先做夹具是一个道理。"),
        )
        for n, quote, words in notes:
            note = reading.keep_note(
                text, made_id=uuid.uuid5(SPACE, quote), quote=quote, words=words, by=self.apprentice(n),
                at=self.at - n * DAY,
            )  # fmt: skip
            reading.share_note(note, by=self.apprentice(n), at=self.at - n * DAY)
        reading.keep_note(
            text, made_id=uuid.uuid5(SPACE, "own"), quote="万器以钳为祖", words="问问师傅：车工的“祖”是什么？",
            by=self.apprentice(0), at=self.at - DAY,
        )  # fmt: skip
        for n, minutes, sentence in ((2, 45, "手艺变了，算账的道理没变。"), (3, 30, "火候就是参数。")):
            record = reading.keep_record(
                text, pages=2, minutes=minutes, sentence=sentence, finished=True, by=self.apprentice(n),
                at=self.at - 2 * DAY,
            )  # fmt: skip
            if n == 2:
                reading.confirm_reading(record, by=keeper, at=self.at - DAY)
