"""Certificates of the demo's college: stages, a skill, a course, service, safety training that runs out every year."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.certificates import actions
from craftpath.domain.certificates.actions import Words
from craftpath.domain.courses.queries import followers
from craftpath.domain.standards.queries import core_skills
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role
from craftpath.values.period import later
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.domain.certificates.issuing import Wanted
    from craftpath.domain.certificates.models import Certificate, Kind

DAY = timedelta(days=1)
SIGNED = {
    "signatory": {"zh": "高文远", "en": "Gao Wenyuan"},
    "position": {"zh": "院长", "en": "Principal"},
}
STAGES = (
    ("junior_craftsman", "小工匠阶段合格证书", "Junior craftsman: stage passed", "5", "pine"),
    ("craftsman", "工匠阶段合格证书", "Craftsman: stage passed", "4", "indigo"),
)


def certify(places: Places, staff: Staff, coordinator: Actor, *, at: datetime) -> None:
    """Everything that an office has of certificates after a year."""
    office = _Office(places, staff, coordinator, at)
    stages = [office.stage(*one) for one in STAGES]
    made = office.issue(stages[0], at - 9 * DAY)
    office.go_wrong(made)
    office.safety()
    office.issue(office.service(), at - 30 * DAY)
    office.issue(office.skill(), at - 5 * DAY)
    office.course()
    office.plan(stages[1])
    office.draft()


class _Office:
    """The coordinator issues for the college."""

    def __init__(self, places: Places, staff: Staff, coordinator: Actor, at: datetime) -> None:
        self.places, self.staff, self.by, self.at = places, staff, coordinator, at

    def kind(self, key: str, words: Words) -> Kind:
        """Drawn up and put into use a year ago."""
        when: dict[str, Any] = {"by": self.by, "at": self.at - 395 * DAY}
        return actions.activate_kind(actions.draft_kind(self.places.college, words, key=key, **when), **when)

    def stage(self, stage: str, zh: str, en: str, level: str, colour: str) -> Kind:
        """For a stage that was passed."""
        return self.kind(
            stage.replace("_", "-"),
            Words(
                purpose="stage",
                title={"zh": zh, "en": en},
                criteria={
                    "zh": "过程性评价、实践活动评价和期末考试合格，本阶段学时与日志齐全。",
                    "en": "Process, practice and examination passed; hours and training log of the stage complete.",
                },
                scheme="cn5",
                level=level,
                ground={"stage": stage},
                skills=[one.key for one in core_skills()[:3]],
                design={"colour": colour, "border": "double"} | SIGNED,
            ),
        )

    def service(self) -> Kind:
        """For masters who have taught for half a year; it holds for three."""
        return self.kind(
            "service",
            Words(
                purpose="service",
                title={"zh": "企业师傅带徒服务证书", "en": "Service as a workplace trainer"},
                criteria={
                    "zh": "按师徒结对记录，带教学徒满半年。",
                    "en": "Taught apprentices for half a year or longer, by the record of pairs.",
                },
                ground={"unit": "months", "at_least": 6},
                valid_months=36,
                design={"colour": "bronze", "border": "corners"} | SIGNED,
            ),
        )

    def skill(self) -> Kind:
        """For a core skill that the record shows."""
        skill = core_skills()[0]
        return self.kind(
            "core-skill",
            Words(
                purpose="skill",
                title={"zh": f"核心技能：{skill.title.zh}", "en": f"Core skill: {skill.title.en}"},
                criteria={
                    "zh": "多位师傅和教师的观察与评价显示已达到该水平。",
                    "en": "Seen and rated at this level by several mentors and trainers.",
                },
                ground={"skill": skill.key, "at_least": 3},
                skills=[skill.key],
                design={"colour": "cinnabar", "border": "line"} | SIGNED,
            ),
        )

    def course(self) -> None:
        """For an online course, to those who have finished it."""
        begun = followers().order_by(F("finished_at").asc(nulls_last=True), "pk").first()
        if begun is None:
            return
        row = begun.run.course
        title = {
            "zh": f"《{row.title.get('zh', '')}》结业证书",
            "en": f"{row.title.get('en', '')}: completed",
        }
        kind = self.kind(
            "online-course",
            Words(
                purpose="course",
                title=title,
                criteria={"zh": "完成全部单元、测验和作业。", "en": "All units, quizzes and tasks done."},
                ground={"course": row.public_id},
                design={"colour": "ink", "border": "line"} | SIGNED,
            ),
        )
        self.issue(kind, self.at - 2 * DAY)

    def safety(self) -> None:
        """Fire and hot-work safety is taught again every year: some run out in twenty days, one has, the rest hold."""
        kind = self.kind(
            "hot-work",
            Words(
                purpose="workshop",
                title={"zh": "动火作业安全培训合格证", "en": "Hot-work safety training"},
                criteria={
                    "zh": "完成动火作业安全培训和现场灭火演练，每年复训一次。",
                    "en": "Hot-work safety and a fire drill on site; taught again every year.",
                },
                valid_months=12,
                design={"colour": "cinnabar", "border": "double"} | SIGNED,
            ),
        )
        rows = enrolments().filter(state="active", cohort__programme__key="cn_334")
        mine = Q(person__username=f"{DEMO_PREFIX}{Role.APPRENTICE}")
        people = [row.person for row in (*rows.exclude(mine)[:13], *rows.filter(mine))]
        people.insert(2, people.pop())  # whoever looks around as an apprentice has one that runs out
        wanted: list[Wanted] = [(one, f"kernel/person/{one.public_id}", []) for one in people]
        today = self.at.date()
        for some, last_day in ((wanted[:1], today - 12 * DAY), (wanted[1:6], today + 20 * DAY)):
            self._give(kind, some, later(last_day, -12))
        self._give(kind, wanted[6:], today - 60 * DAY)

    def _give(self, kind: Kind, wanted: list[Wanted], on: date) -> None:
        at = self.at - (self.at.date() - on)
        actions.issue_certificates(kind, wanted, on=on, by=self.by, at=at)

    def issue(self, kind: Kind, at: datetime) -> list[Certificate]:
        """To everybody who is due."""
        wanted = self.due(kind, at)
        return actions.issue_certificates(kind, wanted, on=at.date(), by=self.by, at=at)[0] if wanted else []

    def due(self, kind: Kind, at: datetime) -> list[Wanted]:
        """Whoever was due on a day."""
        found = actions.overview(kind, on=at.date(), by=self.by) or []
        return [(one.person, one.ground, one.lines) for one in found if one.verdict == Verdict()]

    def go_wrong(self, made: list[Certificate]) -> None:
        """One was issued to the wrong person, another one was lost."""
        when: dict[str, Any] = {"by": self.by, "at": self.at - 3 * DAY}
        if len(made) > 1:
            because = "成绩复核后更正 · the result was corrected after a review"
            actions.revoke_certificate(made[-1], because=because, **when)
            because = "原件遗失，申请换发 · the paper was lost"
            actions.replace_certificate(made[-2], because=because, on=(self.at - 3 * DAY).date(), **when)

    def plan(self, kind: Kind) -> None:
        """A batch that waits to be looked at; of the first stage where nobody has passed the second one."""
        wanted = self.due(kind, self.at)
        if wanted:
            made_id = uuid.uuid5(uuid.NAMESPACE_URL, "demo-certificates")
            on = self.at.date()
            actions.plan_batch(kind, wanted, on=on, made_id=made_id, by=self.by, at=self.at - DAY / 12)

    def draft(self) -> None:
        """What the office is drawing up at the moment: by what it asks alone."""
        words = Words(
            purpose="qualification",
            title={"zh": "焊工高级研修资格", "en": "Admission to the advanced welding course"},
            criteria={"zh": "具备参加高级研修班的条件。", "en": "May take part in the advanced course."},
            requirements=[
                {"kind": "certificate", "scheme": "cn5", "level": "4"},
                {"kind": "hours", "at_least": 400},
                {"kind": "months", "at_least": 12},
            ],
            design={"colour": "indigo", "border": "corners"} | SIGNED,
        )
        actions.draft_kind(self.places.college, words, key="advanced", by=self.by, at=self.at - 2 * DAY)
