"""Study groups of the demo: one that ended and is confirmed, one that meets, one that asks to be joined; proposals."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.forums.actions import post, start_thread
from craftpath.domain.groups import actions, queries
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.groups.models import GroupSession, StudyGroup

SPACE = uuid.UUID("5b1c0b0e-2c51-4b0e-9d4b-51a1f3a0b151")
DAY = timedelta(days=1)
NOTES = (
    "第一次：主视图先看轮廓，再看剖面。",
    "第二次：公差带 h7 用轴，H7 用孔；查表在教材附录。",
    "第三次：粗糙度写在可见轮廓线上。",
)
DONE = (
    "读三张轴类零件图，各自讲一遍。",
    "查公差表，做十道配合题。",
    "标注粗糙度，互相改图。",
    "画装配图的零件明细。",
    "限时读图，每人五分钟。",
)
TOPICS: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...] = (
    (0, ("普通车床", "千分尺"), ("PLC 编程",)),
    (2, ("PLC 编程",), ("普通车床", "CAD 制图")),
    (4, ("CAD 制图",), ("TIG 焊接",)),
    (6, ("TIG 焊接",), ("数控仿真",)),
    (8, ("数控仿真",), ("CAD 制图",)),
    (9, (), ("PLC 编程",)),
    (10, (), ("PLC 编程", "千分尺")),
)


def learn_together(places: Places, staff: Staff, *, at: datetime) -> None:
    """As the demo's own class would have formed groups, and said who could show what."""
    own = enrolments().get(person__username=f"{DEMO_PREFIX}apprentice")
    mates = [row for row in enrolments().filter(cohort=own.cohort_id, state="active") if row.pk != own.pk]
    stage = _Stage(places, staff, [own, *mates], at)
    for n, offers, wants in TOPICS:
        said = [("offers", "", one) for one in offers] + [("wants", "", one) for one in wants]
        actions.say_topics(stage.rows[n], said, by=stage.actor(n), at=at - 9 * DAY)
    stage.ended()
    stage.alive()
    stage.open()


class _Stage:
    """Who learns together here."""

    def __init__(self, places: Places, staff: Staff, rows: list[Enrolment], at: datetime) -> None:
        self.places, self.rows, self.at = places, rows, at
        self.trainer = Actor(places.college, staff.trainer, frozenset({Role.TRAINER}))

    def actor(self, n: int) -> Actor:
        """The n-th of the class."""
        return Actor(self.places.college, self.rows[n].person, frozenset({Role.APPRENTICE}))

    def form(self, plan: actions.Plan, people: tuple[int, ...], at: datetime) -> StudyGroup:
        """The first of them forms it, the others come in; a minute each, so that the rota has an order."""
        first, *others = people
        invite = [self.rows[n] for n in others]
        group = actions.form_group(
            self.rows[0].cohort, plan, invite=invite, made_id=uuid.uuid5(SPACE, plan.goal), by=self.actor(first),
            at=at,
        )  # fmt: skip
        for n, other in enumerate(others):
            actions.accept_invitation(group, by=self.actor(other), at=at + timedelta(minutes=n + 1))
        return group

    def hold(
        self, group: StudyGroup, until: datetime, away: dict[int, tuple[int, ...]]
    ) -> list[GroupSession]:
        """Every session before a moment was held by its host; `away` names who was missing in which."""
        held: list[GroupSession] = []
        while True:
            rows = [row for row in queries.sessions_of(group) if row.state == "planned"]
            session = next((row for row in rows if row.ends_at < until), None)
            if session is None or session.host is None:
                return held
            gone = [self.rows[n].person.public_id for n in away.get(len(held), ())]
            host = Actor(self.places.college, session.host, frozenset({Role.APPRENTICE}))
            done = DONE[len(held) % len(DONE)]
            at = session.ends_at + timedelta(minutes=5)
            held.append(actions.hold_session(session, done=done, away=gone, by=host, at=at))

    def plan(self, goal: str, at: datetime, **more: object) -> actions.Plan:
        """On the weekday of that moment, at half past four."""
        until = at.date() + 60 * DAY
        plan = actions.Plan(goal, until, at.weekday(), time(16, 30), place="实训楼 203")
        return replace(plan, **more)  # type: ignore[arg-type]

    def ended(self) -> None:
        """Five weeks of reading drawings, with a result that the trainer has confirmed."""
        begun, over = self.at - 44 * DAY, self.at - 8 * DAY
        group = self.form(self.plan("看懂第二阶段的零件图", begun), (0, 3, 5, 7), begun)
        self.hold(group, over, {1: (5,), 3: (7,)})
        for n, by in enumerate((self.actor(3), self.actor(3), self.actor(0))):
            text = "\n".join(NOTES[: n + 1])
            actions.write_notes(group, text=text, revision=n, by=by, at=begun + (8 + 7 * n) * DAY)
        task = actions.add_task(
            group, words="把公差表贴到工位上", person=self.rows[5].person, until=(begun + 12 * DAY).date(),
            made_id=uuid.uuid5(SPACE, "table"), by=self.actor(0), at=begun + 9 * DAY,
        )  # fmt: skip
        actions.finish_task(task, by=self.actor(5), at=begun + 11 * DAY)
        result = actions.Result(
            "四个人都能独立读懂轴类零件图，并讲给别人听。",
            "yes",
            "每次先各自读图五分钟，再互相讲，比听讲记得牢。",
        )
        actions.end_group(group, result, by=self.actor(0), at=over)
        for n in (3, 5, 7):
            actions.sign_result(group, by=self.actor(n), at=over + timedelta(hours=n))
        facts = [
            (one.person.public_id, one.kind)
            for one in queries.contributions(group)
            if one.kind in ("led", "attended", "notes")
        ]
        actions.confirm_result(group, facts=facts, by=self.trainer, at=over + 2 * DAY)

    def alive(self) -> None:
        """A group that meets: notes, tasks, a swap that waits, and a talk."""
        begun = self.at - 26 * DAY
        next_up = self.at + DAY
        plan = self.plan("G71 循环能独立编出来", next_up, until=(self.at + 40 * DAY).date())
        group = self.form(plan, (0, 1, 4, 8), begun)
        self.hold(group, self.at, {0: (8,), 2: (1,)})
        text = "G71 U 是每刀切深（半径值），R 是退刀量。\n精车余量：X 用直径值。"
        actions.write_notes(group, text=text, revision=0, by=self.actor(1), at=self.at - 6 * DAY)
        for n, words, who, days in (
            (0, "出一道带凹槽的练习题", 0, 1), (1, "把仿真软件装到机房 12 号机", 4, 3),
            (8, "整理常见报警代码", None, 6),
        ):  # fmt: skip
            actions.add_task(
                group, words=words, person=None if who is None else self.rows[who].person,
                until=(self.at + days * DAY).date(), made_id=uuid.uuid5(SPACE, words), by=self.actor(n),
                at=self.at - 2 * DAY,
            )  # fmt: skip
        ahead = [
            row for row in queries.sessions_of(group) if row.state == "planned" and row.starts_at > self.at
        ]
        mine = next((row for row in ahead if row.host_id == self.rows[0].person_id), None)
        other = next((row for row in ahead if row.host_id == self.rows[4].person_id), None)
        if mine is not None and other is not None:
            actions.ask_swap(other, mine, role="host", by=self.actor(4), at=self.at - timedelta(hours=5))
        forum = queries.talk_of(group)
        if forum is not None:
            thread = start_thread(
                forum, made_id=uuid.uuid5(SPACE, "thread"), title="精车余量到底留多少？",
                text="45 钢、外圆 φ40，我留 0.5，师傅说留 0.3 也行，你们呢？", by=self.actor(4), at=self.at - 4 * DAY,
            )  # fmt: skip
            post(
                thread, made_id=uuid.uuid5(SPACE, "reply"), text="看机床刚性。我们那台老的留 0.5 才稳。",
                by=self.actor(1), at=self.at - 3 * DAY,
            )  # fmt: skip

    def open(self) -> None:
        """A group of three that others may join, and one who asks."""
        begun = self.at - 5 * DAY
        plan = self.plan("备考普通话和安全用语", self.at + 2 * DAY, open_to_join=True, place="图书馆二楼")
        group = self.form(plan, (9, 10, 11), begun)
        actions.ask_to_join(group, self.rows[12], by=self.actor(12), at=self.at - DAY)
        actions.form_group(
            self.rows[0].cohort, self.plan("一起练 TIG 焊接起弧", self.at + 3 * DAY), invite=[self.rows[0]],
            made_id=uuid.uuid5(SPACE, "tig"), by=self.actor(6), at=self.at - DAY,
        )  # fmt: skip
