"""Questions of the demo: answered and solved ones, one without a name, some that wait, a report and an appeal."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import enrolments, mentors_of
from craftpath.domain.questions import actions
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.questions.models import Answer, Question

SPACE = uuid.UUID("c1a5e2e4-4c0c-4f0d-8b43-9d6a9a1f0a44")
DAY = timedelta(days=1)
SKILL = "problem_solving_decision_making"


@dataclass(frozen=True)
class _Asked:
    """What is asked so many days ago, by the n-th apprentice of the demo's own class, and who answers."""

    text: str
    days: float
    n: int
    answers: tuple[tuple[str, str], ...] = ()  # (mentor, trainer or mate, words)
    name_to: str = "everybody"
    skill: str = ""
    photo: bool = False
    solved: bool = False
    vouched: bool = False


ASKED = (
    _Asked(
        "车 45 钢外圆，表面总有一圈圈的振纹，转速降了也没用，先查哪里？", 12, 0,
        (("mate", "我上周也遇到，把刀具伸出长度缩短以后好多了。"),
         ("mentor", "先看刀杆伸出量，再看尾座顶紧没有；两样都没问题，把切深减半试一刀，振纹变了就是刀具刚性。")),
        skill=SKILL, photo=True, solved=True, vouched=True,
    ),
    _Asked(
        "G71 循环里 U 和 W 的余量各是哪个方向？", 10, 3,
        (("trainer", "U 是 X 向（直径值），W 是 Z 向。画一张图贴在机床上最不容易忘。"),), solved=True,
    ),
    _Asked(
        "千分尺测出来每次差 0.02，是我手法不对吗？", 9, 1,
        (("mentor", "先对零，再用测力装置轻转三下读数。还是差，就拿来我们一起比。"),), name_to="staff",
    ),
    _Asked("师傅讲的方言我听不太懂，又不好意思一直问，怎么办？", 6, 5,
           (("trainer", "把听到的关键词记下来，班后请师傅写一遍叫法；我也会和师傅们说，交班时用普通话再讲一次要点。"),),
           name_to="nobody", skill="communication", solved=True),
    _Asked("乳化液多久换一次？闻起来有点酸。", 5, 2, (("mate", "我们车间是每月换，发酸就提前换。"),), vouched=True),
    _Asked("对刀以后工件还是偏 0.1，刀补应该改磨耗还是改形状？", 3.5, 4, skill=SKILL, photo=True),
    _Asked("夜班交接单上“设备状态”一栏，写到什么程度算清楚？", 1.2, 6, skill="communication"),
    _Asked("第一次独立开机，特别紧张，怕撞刀，大家是怎么过来的？", 0.4, 7, name_to="nobody"),
)  # fmt: skip


def ask_questions(places: Places, staff: Staff, *, at: datetime) -> None:
    """As the demo's own class and those who help it would have asked and answered."""
    own = enrolments().get(person__username=f"{DEMO_PREFIX}apprentice")
    mates = [row for row in enrolments().filter(cohort=own.cohort_id, state="active") if row.pk != own.pk]
    stage = _Stage(places, staff, [own, *mates], at)
    made = [stage.ask(one) for one in ASKED]
    stage.mind(made[4])


class _Stage:
    """Who asks and answers here."""

    def __init__(self, places: Places, staff: Staff, rows: list[Enrolment], at: datetime) -> None:
        self.places, self.staff, self.rows, self.at = places, staff, rows, at
        mentors = mentors_of(rows)
        mentor = next(iter(mentors[rows[0].pk]))
        self.mentor = Actor(rows[0].enterprise, mentor, frozenset({Role.MENTOR}))
        self.trainer = Actor(places.college, staff.trainer, frozenset({Role.TRAINER}))
        self.office = Actor(places.college, staff.coordinator, frozenset({Role.COORDINATOR}))

    def apprentice(self, n: int) -> Actor:
        """The n-th of the class."""
        return Actor(self.places.college, self.rows[n % len(self.rows)].person, frozenset({Role.APPRENTICE}))

    def ask(self, one: _Asked) -> Question:
        """Ask, answer after some hours, and say what helped."""
        then, name = self.at - one.days * DAY, uuid.uuid5(SPACE, one.text)
        files = [(uuid.uuid5(name, "photo"), "photo", _photo())] if one.photo else []
        row = actions.ask_question(
            made_id=name, text=one.text, name_to=one.name_to, skill=one.skill, files=files,
            organisation=self.places.college, enrolment=self.rows[one.n % len(self.rows)],
            by=self.apprentice(one.n), at=then,
        )  # fmt: skip
        given: list[Answer] = []
        for n, (who, words) in enumerate(one.answers):
            by = {"mentor": self.mentor, "trainer": self.trainer, "mate": self.apprentice(one.n + 5)}[who]
            moment = then + timedelta(hours=5 + 14 * n)
            given.append(
                actions.write_answer(row, made_id=uuid.uuid5(name, words), text=words, by=by, at=moment)
            )
        if one.vouched:
            actions.endorse_answer(given[0], by=self.office if one.solved else self.trainer, at=then + DAY)
        if one.solved:
            actions.accept_answer(given[-1], by=self.apprentice(one.n), at=then + DAY)
            for n in (8, 9, 10)[: 1 + one.n % 3]:
                actions.thank_answer(given[-1], by=self.apprentice(n), at=then + DAY)
        return row

    def mind(self, row: Question) -> None:
        """One answer that nobody should follow is hidden, with an appeal; another one is reported."""
        at, careless = self.at - 4 * DAY, self.apprentice(11)
        bad = actions.write_answer(
            row,
            made_id=uuid.uuid5(SPACE, "careless"),
            text="直接倒下水道换新的就行，省事。",
            by=careless,
            at=at,
        )
        actions.report_post(bad, reason="unsafe", words="废液不能倒下水道。", by=self.apprentice(8), at=at)
        because = "废乳化液是危险废物，不能倒入下水道，请按车间规定收集。"
        hiding = actions.hide_post(bad, because=because, by=self.office, at=at + timedelta(hours=3))
        words = "我只是开玩笑，以后会注意，请问能恢复吗？"
        actions.appeal_hiding(hiding, words=words, by=careless, at=at + timedelta(hours=9))
        advert = actions.write_answer(
            row, made_id=uuid.uuid5(SPACE, "advert"), text="需要乳化液可以找我朋友，价格便宜。", by=self.apprentice(12),
            at=at + DAY,
        )  # fmt: skip
        actions.report_post(advert, reason="advert", by=self.apprentice(9), at=at + 2 * DAY)


def _photo() -> bytes:
    """A turned shaft, drawn: bands of light and dark."""
    picture = Image.new("RGB", (900, 520), (58, 62, 66))
    draw = ImageDraw.Draw(picture)
    for n in range(0, 620, 9):
        shade = 150 + (n * 37) % 70
        draw.rectangle((140 + n, 190, 146 + n, 330), fill=(shade, shade, shade + 6))
    draw.rectangle((40, 150, 140, 370), fill=(96, 99, 104))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
