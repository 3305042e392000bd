"""The text of a cooperation agreement, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from craftpath.values.paper import Paper, Section, day
from craftpath.values.text import Text

HEADINGS = {
    "mode": Text("合作方式", "How we work together"),
    "content": Text("合作内容", "What we do together"),
    "cost": Text("费用", "Cost"),
    "enterprise_duties": Text("企业职责", "Duties of the enterprise"),
    "college_duties": Text("院校职责", "Duties of the college"),
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
}


def cooperation_paper(
    enterprise: Text, college: Text, starts_on: date, ends_on: date, words: Mapping[str, Any]
) -> Paper:
    """The whole agreement."""
    first, last = day(starts_on), day(ends_on)
    sections = [
        Section(
            Text("双方", "Parties"),
            (
                Text(f"企业：{enterprise.say('zh')}", f"Enterprise: {enterprise.say('en')}"),
                Text(f"院校：{college.say('zh')}", f"College: {college.say('en')}"),
            ),
        ),
        Section(
            Text("期限", "Time"),
            (Text(f"自{first.zh}起至{last.zh}止。", f"From {first.en} to {last.en}, both days counted."),),
        ),
        *(Section(heading, (Text.of(words.get(part)),)) for part, heading in HEADINGS.items()),
    ]
    return Paper(Text("校企合作协议", "Cooperation agreement"), tuple(sections))
