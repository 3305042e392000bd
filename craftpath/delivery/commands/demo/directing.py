"""What the demo's city and college have told those below: two notices, a plan with quotas, and who has read them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.directives import actions
from craftpath.domain.directives.reach import seats
from craftpath.domain.directives.rules import OFFICES
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

WHO = tuple(role.value for role in (*OFFICES, Role.TRAINER, Role.MENTOR))
SAFETY = {
    "zh": "各培养单位：\n\n请于本月底前完成实训车间安全检查，重点是机床防护、焊接通风和用电。"
    "学习点没有车间的，检查用电和消防即可。检查表随文下发，结果由单位留存备查。",
    "en": "To all who train:\n\nplease check your workshops before the end of this month: guards of machines, "
    "ventilation where you weld, and electricity. Learning points without a workshop check electricity and fire "
    "safety only. Keep the result; we may ask for it.",
}
HEAT = {
    "zh": "入夏后车间温度较高，请合理安排学徒的实训时间，上午 11 点至下午 3 点不安排露天作业。",
    "en": "It is getting hot in the workshops. Please plan apprentices' hours accordingly: no work outdoors between "
    "eleven and three.",
}
PLAN = {
    "zh": "按照全市技能人才需求，下达本年度学徒招收计划。各单位按计划组织招生，并回复本单位还能增加的人数。",
    "en": "This is the year's plan of apprentices, as the city needs them. Please recruit accordingly, and answer how "
    "many more you could take.",
}
LETTER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"  # noqa: E501


def direct(places: Places, staff: Staff, *, at: datetime) -> None:
    """A notice that most have read, one of yesterday, and a plan that asks for an answer."""
    officer = actor_in(Person.objects.get(username=f"{DEMO_PREFIX}officer"), places.city, at.date())
    coordinator = actor_in(staff.coordinator, places.college, at.date())
    if officer is None or coordinator is None:
        raise RuntimeError("the demo's offices have no roles")
    safety = _said(
        "notice", "关于开展实训车间安全检查的通知", "Safety checks of workshops", SAFETY, places.city, WHO
    )
    _issue(
        safety,
        officer,
        at - timedelta(days=12),
        at,
        read=5,
        files=[(LETTER, "安全检查表.pdf")],
        understood=True,
    )
    heat = _said("notice", "高温天气实训安排提醒", "Training in hot weather", HEAT, places.college, WHO)
    _issue(heat, coordinator, at - timedelta(days=2), at, read=0)
    year = at.year
    quotas = [
        actions.Quota(places.college, {"zh": "数控车工", "en": "CNC turner"}, year, 60),
        actions.Quota(places.college, {"zh": "焊工", "en": "Welder"}, year, 40),
        actions.Quota(places.college, {"zh": "工业机器人系统运维员", "en": "Robot maintenance technician"}, year, 30),
    ]  # fmt: skip
    plan = _said("plan", f"{year} 年学徒招收计划", f"Plan of apprentices {year}", PLAN, places.city, WHO[:3])
    asked: dict[str, Any] = {
        "answer": "figure", "ask": "还能增加多少人？ · How many more could you take?",
        "answer_by": (at + timedelta(days=9)).date(), "quotas": quotas,
    }  # fmt: skip
    _issue(plan, officer, at - timedelta(days=5), at, read=0, **asked)


def _said(
    kind: str, zh: str, en: str, words: dict[str, str], place: Organisation, roles: tuple[str, ...]
) -> dict[str, Any]:
    return {"kind": kind, "title": {"zh": zh, "en": en}, "words": words, "places": [place], "roles": roles}


def _issue(
    said: dict[str, Any],
    by: Actor,
    then: datetime,
    at: datetime,
    *,
    read: int,
    files: actions.Files = (),
    **more: Any,
) -> None:
    """Published then; of five people whom it reaches, three opened it where `read` is five, else nobody has."""
    if by.organisation is None:
        raise RuntimeError("an office has a place")
    row = actions.issue_directive(
        actions.Draft(**{**said, **more}), organisation=by.organisation, made_id=uuid.uuid4(), files=files,
        shown_from=then.date(), by=by, at=then,
    )  # fmt: skip
    if not read:
        return
    reached = {seat.person: seat.place for seat in seats([row], at.date())[row.pk]}
    people, rooms = Person.objects.in_bulk(reached), Organisation.objects.in_bulk(set(reached.values()))
    for n, (person, place) in enumerate(sorted(reached.items())):
        actor = actor_in(people[person], rooms[place], at.date())
        if actor is None or n % read > 2:
            continue
        moment = then + timedelta(hours=5 + 7 * n)
        actions.open_directive(row, by=actor, at=min(moment, at - timedelta(hours=1)))
        if row.understood:
            actions.understand_directive(row, by=actor, at=min(moment, at - timedelta(minutes=50)))
