"""What entries are called, in both languages: an entry is read here, on paper and at another site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Skill

SECTIONS = {
    "employers": Text("培养协议与企业", "Agreements and employers"),
    "training": Text("培养经历", "Apprenticeships"),
    "stages": Text("培养阶段", "Stages"),
    "results": Text("考核结果", "Results"),
    "skills": Text("核心技能（水平 1–4）", "Core skills (level 1–4)"),
    "hours": Text("学时（小时）", "Hours"),
    "masters": Text("师傅", "Masters"),
    "works": Text("作品", "Works"),
    "certificates": Text("证书", "Certificates"),
    "credits": Text("学分", "Credits"),
    "courses": Text("在线课程", "Courses"),
    "workshops": Text("研修活动", "Workshops"),
}
STATES = {
    "coming": Text("尚未开始", "to come"),
    "current": Text("进行中", "under way"),
    "passed": Text("已通过", "passed"),
    "not_passed": Text("未通过", "not passed"),
    "done": Text("已完成", "done"),
    "over": Text("已结束", "over"),
    "valid": Text("有效", "valid"),
    "expired": Text("已过期", "expired"),
    "revoked": Text("已撤销", "revoked"),
    "replaced": Text("已更换", "replaced"),
}
PLACE = Text("单位", "Organisation")
STATE = Text("状态", "State")
AS_KEPT = Text("见本单位的培养记录", "As kept in the training record of the organisation")
COLLEGE = Text("院校", "College")
COHORT = Text("班级", "Cohort")
PROGRAMME = Text("培养方案", "Programme")
OCCUPATION = Text("职业", "Occupation")
TOTAL = Text("总评", "Total")
GRADE = Text("等级", "Grade")
HOURS = Text("小时", "Hours")

ROLE = Text("关系", "As")
SUBJECT = Text("传授内容", "What is taught")
SHOWN = Text("展示", "Shown")
MARK = Text("评分（满分 100）", "Mark (of 100)")
SCORE = Text("成绩（%）", "Score (%)")
NUMBER = Text("编号", "Number")
EARNED = Text("已获学分", "Earned")
CONVERTED = Text("已折算", "Converted")
LEFT = Text("可用", "Left")
VERIFIED_BY = Text("核验单位", "Verified by")
MASTERS = {
    "responsible": Text("责任师傅", "responsible master"),
    "second": Text("第二师傅", "second master"),
    "deputy": Text("代带师傅", "deputy"),
    "mentor": Text("师傅", "master"),
}


def known(said: str) -> Text:
    """Words of a file in both languages, where they are words of ours; else as they stand there."""
    return _KNOWN.get(said) or Text.of(said)


_KNOWN = {
    one.both(): one
    for some in (list(globals().values()), SECTIONS.values(), STATES.values(), MASTERS.values())
    for one in some
    if isinstance(one, Text)
}


def of_skill(skill: Skill) -> Text:
    """Hours of which logs say that they were about a skill."""
    name = Text.of(skill.name)
    return Text(f"其中：{name.say('zh')}", f"of these: {name.say('en')}")
