"""The demo's notices and consents: a new version that some have read, answers given and one taken back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from craftpath.delivery.commands.demo.agreeing import GUARDIAN, note_sent
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.protection.actions import (
    Found,
    Thought,
    answer_request,
    ask_about_data,
    assess_breach,
    close_breach,
    decide_assessment,
    refuse_request,
    report_breach,
    write_assessment,
)
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.consents import give_consent, withdraw_consent
from craftpath.kernel.guardians import ask_guardian, children_of
from craftpath.kernel.notices import publish_notice, read_notice
from craftpath.kernel.people import DEMO_PREFIX, Person

TEXT = {
    "zh": "\n\n".join(
        (
            "澜川技师学院与合作企业共同使用本站记录学徒培养。联系人：学院学生处，电话见院内公告栏。",
            "处理什么、为什么、依据什么、给谁、保存多久，逐项列在“个人信息”一页。"
            "依合同或法律必须处理的，不征求同意；其余的，只有你同意才做。",
            "外部合作方：澜川市就业服务中心（只在你单独同意后提供）。"
            "研究方：澜川市职业教育研究室（数据不含姓名）。",
            "你可以随时查看、带走自己的记录，请协调员更正或删除，也可以随时撤回同意。",
        )
    ),
    "en": "\n\n".join(
        (
            "Lanchuan Technician College and its partner enterprises keep the record of your apprenticeship here. "
            "Contact: the students' office; the telephone number hangs in the hall.",
            "The page “Privacy” lists purpose by purpose what is kept, why, on which basis, for whom and for how "
            "long. Where contract or law require it no consent is asked; everything else is done only if you say yes.",
            "Outside partner: the city's employment service (only with your separate consent). "
            "Researchers: the city's office for vocational education (data without names).",
            "You can see and take away your record at any time, have it corrected or deleted by a coordinator, "
            "and withdraw a consent whenever you like.",
        )
    ),
}
CHANGES = {
    "zh": "新增：去标识化研究可以单独同意或不同意；列明了外部合作方。",
    "en": "New: research with data without names asks by itself, and the outside partner is named.",
}


def make_consents(places: Places, staff: Staff, *, at: datetime) -> None:
    """A college's own notice since last week; two thirds have read it; some consents, one withdrawn."""
    administrator = actor_in(staff.administrator, places.college, at.date())
    if administrator is None:
        raise RuntimeError("the demo's administrator has no role")
    week_ago = at - timedelta(days=7)
    notice = publish_notice(
        places.college,
        text=TEXT,
        changes=CHANGES,
        valid_from=week_ago.date(),
        by=administrator,
        at=week_ago,
    )
    demo = Person.objects.get(username=f"{DEMO_PREFIX}apprentice")
    people = [row.person for row in enrolments().filter(state="active") if row.person_id != demo.pk]
    for n, person in enumerate(people):
        by = Actor(organisation=places.college, person=person)
        if n % 3:
            read_notice(notice, by=by, at=week_ago + timedelta(hours=n))
        if n % 4 == 1:
            give_consent(person, "voice_notes", by=by, at=at - timedelta(days=5))
        if n % 5 == 2:
            give_consent(person, "research", by=by, at=at - timedelta(days=4))
    by = Actor(organisation=places.college, person=demo)
    for purpose, days in (("voice_notes", 60), ("story", 40)):
        give_consent(demo, purpose, by=by, at=at - timedelta(days=days))
    withdraw_consent(demo, "story", by=by, at=at - timedelta(days=12))
    _asked(places, staff, at)
    _requests(places, [demo, *people], administrator, at)
    _careful(places, administrator, at)


def _careful(places: Places, office: Actor, at: datetime) -> None:
    """One use of data that was assessed under conditions, one still a draft; a breach that was told of and closed."""
    photos = Thought(
        title="日志照片中的人脸", occasion="sensitive", use="学徒拍摄工件和工位作为日志，照片中可能出现人脸。",
        need="照片是日志的一种方式，也可以只写一行字。", risks="他人未经同意被拍摄；照片被转发。",
        measures="提示不拍人；去除位置信息；仅师傅、教师和协调员可见；培养结束一年后删除。",
    )  # fmt: skip
    begun = at - timedelta(days=90)
    made = write_assessment(places.college, photos, made_id=uuid.uuid4(), by=office, at=begun)
    decide_assessment(
        made, "conditions", "每学期提醒一次不拍人。", (at + timedelta(days=20)).date(), by=office, at=begun
    )
    early = Thought(
        title="及早帮助的提示", occasion="automated", use="由出勤和日志的次数提示谁可能需要谈一谈。",
        need="早谈一次，少一个中途离开的人。", risks="被贴标签。", measures="只提示，不自动处理；本人能看到并更正。",
    )  # fmt: skip
    write_assessment(places.college, early, made_id=uuid.uuid4(), by=office, at=at - timedelta(days=6))
    found = at - timedelta(days=41)
    breach = report_breach(
        places.college, "班级名单误发到家长群，十分钟后撤回。", "姓名、手机号", found_at=found, people=23,
        made_id=uuid.uuid4(), by=office, at=found + timedelta(hours=1),
    )  # fmt: skip
    told = found + timedelta(hours=20)
    known = Found(
        cause="选错了群", harm="可能接到骚扰电话", measures="撤回并请群主确认删除；改为只用本站通知。", people=23,
        authority_at=told, authority_words="区网信办，电话报告", people_at=told, people_words="逐一短信告知",
    )  # fmt: skip
    assess_breach(breach, known, by=office, at=told)
    close_breach(breach, by=office, at=told + timedelta(days=3))


def _requests(places: Places, people: Sequence[Person], office: Actor, at: datetime) -> None:
    """What people asked about their own data: two wait, one of them soon due; one was answered, one refused."""
    told = (
        ("explain", "过程评价里的考勤分是怎么算出来的？", 9),
        ("correct", "我的手机号换了，尾号应为 0021。", 3),
        ("copy", "", 40),
        ("delete", "请删除我的信息。", 30),
    )
    rows = []
    for (kind, words, days), person in zip(told, people, strict=False):
        asked_at = at - timedelta(days=days)
        by = Actor(organisation=None, person=person)
        made = ask_about_data(places.college, kind, words, made_id=uuid.uuid4(), by=by, at=asked_at)
        rows.append((made, asked_at + timedelta(days=4)))
    (copy, copied_at), (deletion, refused_at) = rows[2:]
    answer_request(copy, "您可在“隐私”页直接下载全部记录，现已一并寄出纸质件。", by=office, at=copied_at)
    refuse_request(
        deletion, "学徒期尚未结束，培养协议需要这些记录；结束三年后将自动删除。", by=office, at=refused_at
    )


def _asked(places: Places, staff: Staff, at: datetime) -> None:
    """The guardian of the one minor was asked by a link last week, and agreed to one of the purposes."""
    child = children_of(places.college, at.date()).first()
    by = actor_in(staff.administrator, places.college, at.date())
    if child is None or by is None:
        raise RuntimeError("the demo has no minor")
    asked = at - timedelta(days=6)
    link = ask_guardian(child, name=GUARDIAN.name, organisation=places.college, by=by, at=asked).link
    note_sent(link, "guoqiang.lin@example.com", by=by, at=asked)
    give_consent(
        child, "story", link=link, by=Actor(organisation=places.college), at=asked + timedelta(hours=9)
    )
