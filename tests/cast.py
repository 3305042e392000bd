"""The fixed cast: a city, a college with its campus, two enterprises, a neighbour college, and every role.

Built by calling actions, as the demo is. Everything is dated relative to the day that the caller gives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from craftpath.domain.apprenticeships.actions import RosterEntry, plan_cohort, start_cohort, take_roster
from craftpath.domain.apprenticeships.models import Cohort, Enrolment
from craftpath.domain.evaluation.actions import NewMark, open_evaluation, record_marks
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.programmes.actions import draft_scheme, load_preset
from craftpath.domain.programmes.models import EvaluationScheme, Programme
from craftpath.kernel.access import Actor, actor_in, join, system
from craftpath.kernel.organisations import Organisation, plant
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere

AT = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)  # a Monday, nine o'clock in Shanghai
TODAY = date(2026, 9, 14)

# A scheme with items, a learning area on each, drop-lowest and zero rules: one of everything.
DEFINITION = {
    "mode": "weighted",
    "decimals": 1,
    "rules_use": "rounded",
    "component": [
        {
            "key": "process",
            "name": {"zh": "过程性评价", "en": "Process evaluation"},
            "weight": "30",
            "missing": "zero",
            "drop_lowest": 1,
            "item": [
                {"key": "attendance", "name": {"zh": "出勤", "en": "Attendance"}, "weight": "1", "max": "100",
                 "area": "professional_consciousness"},
                {"key": "log", "name": {"zh": "培训日志", "en": "Training log"}, "weight": "1", "max": "100",
                 "area": "professional_consciousness"},
                {"key": "quiz", "name": {"zh": "测验", "en": "Quiz"}, "weight": "2", "max": "50",
                 "area": "general_professional_knowledge"},
            ],
        },
        {
            "key": "practical_activity",
            "name": {"zh": "实践活动评价", "en": "Practical activity evaluation"},
            "weight": "30",
            "missing": "incomplete",
            "item": [
                {"key": "task1", "name": {"zh": "工作任务一", "en": "Workshop task 1"}, "weight": "1", "max": "100",
                 "area": "general_professional_skills"},
                {"key": "task2", "name": {"zh": "工作任务二", "en": "Workshop task 2"}, "weight": "1", "max": "100",
                 "area": "general_professional_skills"},
            ],
        },
        {
            "key": "final_exam",
            "name": {"zh": "期末考试", "en": "Final examination"},
            "weight": "40",
            "missing": "incomplete",
        },
    ],
    "rule": [{"kind": "overall_min", "value": "60"}],
}  # fmt: skip

ROSTER = [
    # number, name, latin, enterprise, mentor, stage
    ("26001", "陈雨桐", "Chen Yutong", "jinheng", "周国栋", None),
    ("26002", "林浩然", "Lin Haoran", "jinheng", "周国栋", None),
    ("26003", "欧阳思远", "Ouyang Siyuan", "qinghe", "吴海燕", None),
    ("26004", "赵一鸣", "Zhao Yiming", "qinghe", "吴海燕", None),
    ("26005", "孙佳怡", "Sun Jiayi", "jinheng", None, "craftsman"),
]

MARKS = {
    # all in: process drops the log (60): (90 + 2·80)/3 = 83.33…, practical 85, exam 75 → 80.5
    "26001": {"attendance": "90", "log": "60", "quiz": "40", "task1": "88", "task2": "82", "final_exam": "75"},
    # second task and exam open
    "26002": {"attendance": "100", "log": "80", "quiz": "35", "task1": "70"},
    # exam deferred, quiz exempt
    "26003": {"attendance": "95", "log": "85", "quiz": "exempt", "task1": "91", "task2": "absent",
              "final_exam": "deferred"},
}  # fmt: skip


@dataclass
class Cast:
    """Everybody and everything, by short names."""

    city: Organisation
    college: Organisation
    campus: Organisation
    jinheng: Organisation
    qinghe: Organisation
    neighbour: Organisation
    people: dict[str, Person]
    programme: Programme
    preset: EvaluationScheme
    scheme: EvaluationScheme
    cohort: Cohort
    evaluation: Evaluation
    enrolments: dict[str, Enrolment] = field(default_factory=dict)

    def actor(self, name: str, organisation: Organisation | None = None) -> Actor:
        """A person of the cast as an actor in an organisation (the college if none is named)."""
        actor = actor_in(self.people[name], organisation or self.college, TODAY)
        assert actor is not None, f"{name} has no role there"
        return actor


def _person(username: str, name: str, role: Role, organisation: Organisation) -> Person:
    person = Person.objects.create_user(username, password="let-me-in", name=name)
    join([person], organisation, role, on=date(2026, 1, 1))
    return person


def build() -> Cast:
    """Make the cast in an empty database."""
    with everywhere("the cast is made from nothing"):
        return _build()


def _build() -> Cast:
    city = plant(
        key="lanchuan-bureau", kind="city", name={"zh": "澜川市人社局", "en": "Lanchuan City Bureau"}
    )
    college = plant(
        key="lanchuan",
        kind="college",
        name={"zh": "澜川技师学院", "en": "Lanchuan Technician College"},
        parent=city,
    )
    campus = plant(
        key="lanchuan-east", kind="campus", name={"zh": "东校区", "en": "East Campus"}, parent=college
    )
    jinheng = plant(
        key="jinheng", kind="enterprise", name={"zh": "金恒机械", "en": "Jinheng Machinery"}, parent=city
    )
    qinghe = plant(
        key="qinghe", kind="enterprise", name={"zh": "清河电气", "en": "Qinghe Electric"}, parent=city
    )
    neighbour = plant(
        key="dongling", kind="college", name={"zh": "东岭技师学院", "en": "Dongling Technician College"}
    )
    people = {
        "coordinator": _person("c01", "何静", Role.COORDINATOR, college),
        "administrator": _person("adm", "唐维", Role.ADMINISTRATOR, college),
        "trainer": _person("t01", "马建国", Role.TRAINER, college),
        "assessor": _person("as01", "丁宁", Role.ASSESSOR, college),
        "hr": _person("hr01", "许文静", Role.HR, jinheng),
        "officer": _person("of01", "罗毅", Role.OFFICER, city),
        "auditor": _person("au01", "沈清", Role.AUDITOR, city),
        "stranger": _person("n01", "夏冰", Role.COORDINATOR, neighbour),
    }
    by = Actor(organisation=college, person=people["coordinator"], roles=frozenset({Role.COORDINATOR}))
    programme = load_preset("cn_334", by=system(), at=AT)
    preset = EvaluationScheme.objects.get(key="cn-334", organisation=None)
    scheme = draft_scheme(
        preset,
        organisation=college,
        name={"zh": "焊工 3-3-4", "en": "Welder 3-3-4"},
        definition=DEFINITION,
        by=by,
        at=AT,
    )
    cohort = plan_cohort(
        organisation=college,
        programme=programme,
        name={"zh": "焊工 2026 级 1 班", "en": "Welders 2026/1"},
        occupation={"zh": "焊工", "en": "Welder"},
        starts_on=date(2026, 3, 2),
        by=by,
        at=AT,
    )
    cohort = start_cohort(cohort, by=by, at=AT)
    hosts = {"jinheng": jinheng, "qinghe": qinghe}
    take_roster(
        cohort,
        [
            RosterEntry(number, name, name_latin=latin, enterprise=hosts[host], mentor=mentor, stage=stage)
            for number, name, latin, host, mentor, stage in ROSTER
        ],
        by=by,
        at=AT,
    )
    enrolments = {row.number: row for row in Enrolment.objects.filter(cohort=cohort).select_related("person")}
    people["apprentice"] = enrolments["26001"].person
    people["classmate"] = enrolments["26002"].person
    people["mentor"] = Person.objects.get(name="周国栋")
    evaluation = open_evaluation(
        cohort=cohort, stage=programme.stages.get(order=1), scheme=scheme, by=by, at=AT
    )
    record_marks(evaluation, list(_marks(enrolments)), by=by, at=AT)
    return Cast(
        city, college, campus, jinheng, qinghe, neighbour, people, programme, preset, scheme,
        cohort, evaluation, enrolments
    )  # fmt: skip


def _marks(enrolments: dict[str, Enrolment]) -> list[NewMark]:
    rows = []
    for number, given in MARKS.items():
        for item, value in given.items():
            scored = value[0].isdigit()
            rows.append(
                NewMark(
                    enrolment_id=enrolments[number].pk,
                    item=item,
                    status="scored" if scored else value,
                    score=Decimal(value) if scored else None,
                )
            )
    return rows
