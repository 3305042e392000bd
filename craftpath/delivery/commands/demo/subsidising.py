"""Subsidy files of the demo: a plan returned, one filed, a public notice, a refund due, and one under audit."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.names import draw
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.subsidies import actions, queries
from craftpath.domain.subsidies.rules import identity
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import give_role, plant_organisation
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.subsidies.models import SubsidyFile, SubsidyScheme

DAY = timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
_SIGNS = "10X98765432"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def fund_classes(places: Places, staff: Staff, *, at: datetime) -> None:
    """Five files of two enterprises under four schemes, each at another place of its way."""
    actions.load_schemes(by=system(), at=at - 600 * DAY)
    office = Actor(
        places.city,
        _person("lanchuan-officer2", 81, places.city, Role.OFFICER, at),
        frozenset({Role.OFFICER}),
    )
    mine = Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
    theirs = Actor(places.qinghe, _person("qinghe-hr", 82, places.qinghe, Role.HR, at), frozenset({Role.HR}))
    known = {row.key: row for row in queries.schemes()}
    own = _own_scheme(known["qidong"], places.city, office, at)
    by_age = list(cohorts().filter(state="running", programme__key="cn_334").order_by("starts_on", "pk"))
    robots, welders, turners = by_age[0], by_age[1], by_age[2]
    _under_audit(_opened(own, robots, places, mine, "l3", 18, at - 560 * DAY), mine, office, at)
    _refund_due(_opened(known["shenzhen"], welders, places, mine, "l4", 12, at - 320 * DAY), mine, office, at)
    _in_notice(_opened(known["fujian"], robots, places, theirs, "l3", 18, at - 540 * DAY), theirs, office, at)
    _returned(_opened(known["wuhan"], turners, places, mine, "l4", 24, at - 20 * DAY), mine, office, at)
    _filed(_opened(known["shenzhen"], turners, places, theirs, "l4", 24, at - 6 * DAY), theirs, staff, at)
    rows = [
        actions.Elsewhere(
            n, _number(n), name, "数控车工", "l4", date(at.year - 1, 3, 1), "邻市人社局 · Next city"
        )
        for n, (name, _latin) in enumerate(draw(3, seed=83), start=2)
    ]
    actions.take_elsewhere(places.jinheng, rows, by=mine, at=at - 30 * DAY)


def _person(username: str, seed: int, place: Organisation, role: Role, at: datetime) -> Person:
    [(name, latin)] = draw(1, seed=seed)
    person = Person(username=username, name=name, name_latin=latin)
    person.set_unusable_password()
    person.save()
    give_role([person], place, role, on=at.date() - 600 * DAY, by=system(), at=at)
    return person


def _own_scheme(source: SubsidyScheme, city: Organisation, by: Actor, at: datetime) -> SubsidyScheme:
    """The city's own version: more papers, a notice of workdays, a time for refunds."""
    more = [
        {"step": "completion", "paper": "attendance", "role": "coordinator"},
        {"step": "completion", "paper": "class_hours", "role": "coordinator"},
        {"step": "completion", "paper": "results", "role": "coordinator"},
        {"step": "claim", "paper": "claim_form", "role": "hr"},
        {"step": "claim", "paper": "roster_passed", "role": "coordinator"},
        {"step": "claim", "paper": "training_video", "role": "trainer", "least": 3},
    ]
    return actions.copy_scheme(
        source,
        organisation=city,
        name={"zh": "澜川市", "en": "Lanchuan"},
        document="澜人社发〔2024〕12号",
        valid_from=at.date() - 640 * DAY,
        changes={
            "papers": [*source.definition["papers"], *more],
            "notice_days": 5,
            "notice": "workdays",
            "refund_months": 3,
        },
        excludes=["already_subsidised", "on_another_plan", "full_time_student", "other"],
        by=by,
        at=at - 640 * DAY,
    )


def _opened(
    scheme: SubsidyScheme, cohort: Cohort, places: Places, by: Actor, level: str, months: int, at: datetime
) -> SubsidyFile:
    host = by.organisation or places.jinheng
    people = list(enrolments().filter(cohort=cohort, enterprise=host))
    starts_on = max(cohort.starts_on, scheme.valid_from)
    return actions.open_file(
        scheme, cohort, people, organisation=host, authority=places.city, level=level, starts_on=starts_on,
        months=months, by=by, at=at,
    )  # fmt: skip


def _papers(file: SubsidyFile, papers: Sequence[str], by: Actor, at: datetime) -> None:
    names = {"training_plan": "培训方案.pdf", "claim_form": "申领表.pdf", "training_video": "课堂录像.pdf"}
    for n, paper in enumerate(papers, start=1):
        name = names.get(paper, "合作协议.pdf")
        actions.hand_in_paper(
            file,
            paper=paper,
            made_id=uuid.uuid4(),
            content=PDF + f"%{file.pk}-{n}\n".encode(),
            name=name,
            by=by,
            at=at,
        )


def _advanced(file: SubsidyFile, mine: Actor, office: Actor, at: datetime) -> SubsidyFile:
    _papers(file, ["training_plan", "cooperation_agreement"], mine, at)
    file = actions.file_plan(file, by=mine, at=at + DAY)
    file = actions.register_file(file, by=office, at=at + 6 * DAY)
    paid = at + 14 * DAY
    return actions.advance_money(file, on=paid.date(), by=office, at=paid)


def _claimed(file: SubsidyFile, finished: int, mine: Actor, at: datetime) -> SubsidyFile:
    people = [row for row in queries.people_of(file) if not row.excluded]
    said = {
        row.public_id: actions.Outcome("certified") if n < finished else actions.Outcome("left", 3 + n % 5)
        for n, row in enumerate(people)
    }
    file = actions.complete_training(file, said, on=at.date(), by=mine, at=at)
    return actions.claim_subsidy(file, by=mine, at=at + 2 * DAY)


def _under_audit(file: SubsidyFile, mine: Actor, office: Actor, at: datetime) -> None:
    """Settled and paid; an auditor from outside reads it, one finding is answered and one open."""
    file = _advanced(file, mine, office, at - 560 * DAY)
    _papers(file, ["claim_form", "training_video", "training_video", "training_video"], mine, at - 60 * DAY)
    file = _claimed(file, file.heads - 2 if file.heads else 0, mine, at - 55 * DAY)
    noticed = at - 45 * DAY
    file = actions.notice_claim(file, on=noticed.date(), by=office, at=noticed)
    settled = at - 30 * DAY
    file = actions.settle_claim(file, on=settled.date(), by=office, at=settled)
    file = actions.pay_balance(file, on=(settled + 5 * DAY).date(), by=office, at=settled + 5 * DAY)
    house = plant_organisation(
        key="chengming", kind="enterprise", name={"zh": "澄明会计师事务所", "en": "Chengming Accountants"},
        by=system(), at=at - 90 * DAY,
    )  # fmt: skip
    auditor = _person("chengming-a1", 84, house, Role.AUDITOR, at)
    asked = at - 6 * DAY
    audit = actions.invite_auditor(
        file, username=auditor.username, opens_on=asked.date(), closes_on=at.date() + 15 * DAY, size=4,
        because="年度抽查：本市当年结算的每十个班抽一个。", by=office, at=asked,
    )  # fmt: skip
    outside = Actor(house, auditor, frozenset({Role.AUDITOR}))
    drawn = next(row for row in queries.people_of(file) if row.public_id == audit.drawn[0])
    first = actions.raise_finding(
        audit,
        severity="minor",
        paper="training_video",
        words="第二段录像没有标明授课日期。",
        by=outside,
        at=at - 4 * DAY,
    )
    actions.answer_finding(
        first,
        answer="录像为中期集中授课当日拍摄，日期见点名册，已在材料目录中补注。",
        by=mine,
        at=at - 2 * DAY,
    )
    actions.raise_finding(
        audit,
        severity="major",
        member=drawn,
        words="培训协议缺学徒本人签字页，请补交扫描件。",
        by=outside,
        at=at - DAY,
    )


def _refund_due(file: SubsidyFile, mine: Actor, office: Actor, at: datetime) -> None:
    """Few finished: more was advanced than is due."""
    file = _advanced(file, mine, office, at - 320 * DAY)
    _papers(file, ["claim_form", *["training_video"] * 4], mine, at - 50 * DAY)
    file = _claimed(file, max(1, (file.heads or 4) // 3), mine, at - 48 * DAY)
    noticed = at - 40 * DAY
    file = actions.notice_claim(file, on=noticed.date(), by=office, at=noticed)
    settled = at - 20 * DAY
    file = actions.settle_claim(file, on=settled.date(), by=office, at=settled)
    actions.demand_refund(file, on=(settled + DAY).date(), by=office, at=settled + DAY)


def _in_notice(file: SubsidyFile, theirs: Actor, office: Actor, at: datetime) -> None:
    file = _advanced(file, theirs, office, at - 540 * DAY)
    file = _claimed(file, (file.heads or 2) - 1, theirs, at - 12 * DAY)
    noticed = at - 3 * DAY
    actions.notice_claim(file, on=noticed.date(), by=office, at=noticed)


def _returned(file: SubsidyFile, mine: Actor, office: Actor, at: datetime) -> None:
    """Two people do not count; the plan came back with a reason."""
    people = queries.people_of(file)
    actions.exclude_person(people[0], reason="full_time_student", by=mine, at=at - 19 * DAY)
    actions.exclude_person(people[3], reason="other", words="已享受岗前培训补贴", by=mine, at=at - 19 * DAY)
    file = actions.file_plan(file, by=mine, at=at - 15 * DAY)
    actions.return_file(
        file, because="培养协议尚有九人未签署；培养方案请写明集中授课学时。", by=office, at=at - 8 * DAY
    )


def _filed(file: SubsidyFile, theirs: Actor, staff: Staff, at: datetime) -> None:
    """It waits for the authority; of ten videos three are there, and the demo's trainer is asked for the others."""
    _papers(file, ["training_plan", "cooperation_agreement", *["training_video"] * 3], theirs, at - 6 * DAY)
    file = actions.file_plan(file, by=theirs, at=at - 4 * DAY)
    asked = [actions.Asking(staff.trainer, file.cohort.organisation)]
    actions.ask_for_papers(file, "training_video", asked, by=theirs, at=at - 3 * DAY)


def _number(n: int) -> str:
    """An identity number that belongs to nobody: of a region that does not exist."""
    body = f"999999{1990 + n}0101{n:03}"
    total = sum(int(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return identity(body + _SIGNS[total % 11])
