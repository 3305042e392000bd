"""The text of a cooperation agreement, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence

from craftpath.domain.partnership import rules
from craftpath.domain.partnership.models import Cooperation, Side, SideDuty
from craftpath.values.paper import Paper, Section, day
from craftpath.values.text import Text

HEADINGS = {
    "mode": Text("合作方式", "How we work together"),
    "content": Text("合作内容", "What we do together"),
    "cost": Text("费用", "Cost"),
    "enterprise_duties": Text("企业职责", "Duties of the enterprise"),
    "college_duties": Text("院校职责", "Duties of the college"),
    "public_duties": Text("政府部门职责", "Duties of the public body"),
}
ROLES = {
    "enterprise": Text("企业", "Enterprise"),
    "college": Text("院校", "College"),
    "public": Text("政府部门", "Public body"),
}
REPEATS = {
    "once": Text("", ""),
    "term": Text("，此后每半年", ", then every half-year"),
    "year": Text("，此后每年", ", then every year"),
}
MODEL = {
    "mode": Text(
        "招工即招生、入企即入校，企业师傅与院校教师双师联合培养。",
        "Whoever is hired is enrolled; mentors of the enterprise and teachers of the college train together.",
    ),
    "content": Text(
        "共同制定培养方案和轮岗计划，共同实施在岗与脱岗培养，共同评价学徒。",
        "Both sides draw up the training and rotation plans, train on and off the job, and evaluate together.",
    ),
    "cost": Text(
        "培养费用由企业承担，按班级和人数结算；补贴到账后按约定冲抵。",
        "The enterprise bears the cost of training, settled by class and heads; subsidies are set off later.",
    ),
    "enterprise_duties": Text(
        "签订劳动合同和培养协议，安排师傅、岗位和学习时间，足额发放工资。",
        "Makes labour contracts and training agreements, gives mentors, places and time to learn, pays in full.",
    ),
    "college_duties": Text(
        "安排教师和课程，办理学籍，记录考勤和成绩，组织考核。",
        "Gives teachers and courses, enrols the apprentices, keeps attendance and results, and holds the examinations.",
    ),
    "public_duties": Text(
        "审核备案协议，按规定拨付补贴，协调场地和公共实训资源。",
        "Files the agreement, pays subsidies by the rules, and helps with sites and public training resources.",
    ),
}


def cooperation_paper(row: Cooperation, sides: Sequence[Side], duties: Sequence[SideDuty]) -> Paper:
    """The whole agreement."""
    first, last = day(row.starts_on), day(row.ends_on)
    parts = rules.parts_for([side.role for side in sides])
    sections = [
        Section(Text("各方", "Parties"), tuple(map(_party, sides))),
        Section(
            Text("期限", "Time"),
            (Text(f"自{first.zh}起至{last.zh}止。", f"From {first.en} to {last.en}, both days counted."),),
        ),
        *(Section(HEADINGS[part], (Text.of(row.words.get(part)),)) for part in parts),
    ]
    if duties:
        sections.append(Section(Text("约定事项与期限", "Duties and dates"), tuple(map(_duty, duties))))
    return Paper(Text("合作协议", "Cooperation agreement"), tuple(sections))


def _party(side: Side) -> Text:
    role, name = ROLES[side.role], side.organisation.title
    return Text(f"{role.zh}：{name.say('zh')}", f"{role.en}: {name.say('en')}")


def _duty(row: SideDuty) -> Text:
    name, words, again = row.side.organisation.title, Text.of(row.words), REPEATS[row.repeats]
    until = day(row.due_on) if row.due_on else Text()
    return Text(
        f"{name.say('zh')}：{words.say('zh')}（{until.zh}前{again.zh}）",
        f"{name.say('en')}: {words.say('en')} (until {until.en}{again.en})",
    )
