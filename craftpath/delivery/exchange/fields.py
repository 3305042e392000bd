"""The columns that a roster or a mark sheet may have, and what offices call them in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from craftpath.values.text import Text


class Kind(StrEnum):
    """What a sheet is about."""

    ROSTER = "roster"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of column: its key, its label (also the header of templates), and other names it goes by."""

    key: str
    label: Text
    names: tuple[str, ...]


def _field(key: str, zh: str, en: str, names: str) -> Field:
    return Field(key, Text(zh=zh, en=en), (zh, en, *names.split("|")))


NUMBER = _field(
    "number",
    "学号",
    "Student number",
    "工号|编号|学徒编号|学徒号|学籍号|学生学号|学员编号|人员编号|考号|准考证号|"
    "student no|student id|id|number|no|"
    "apprentice number|apprentice no|apprentice id|person|person id|learner id|id student|id number",
)
NAME = _field(
    "name",
    "姓名",
    "Name",
    "学徒姓名|学生姓名|学员姓名|中文姓名|名字|学徒|学生|full name|student name|apprentice name|apprentice|"
    "learner|learner name|chinese name",
)

ROSTER_FIELDS: tuple[Field, ...] = (
    NUMBER,
    NAME,
    _field(
        "name_en",
        "英文姓名",
        "Name in English",
        "英文名|拼音|姓名拼音|english name|name en|pinyin|latin name",
    ),
    _field(
        "enterprise",
        "企业",
        "Enterprise",
        "单位|企业名称|单位名称|公司|公司名称|所在企业|所在单位|用人单位|实习单位|合作企业|工作单位|"
        "company|employer|enterprise name|organisation|organization",
    ),
    _field(
        "mentor_number",
        "师傅工号",
        "Mentor number",
        "师傅编号|导师工号|导师编号|企业导师工号|企业导师编号|带教师傅工号|"
        "mentor no|mentor id|trainer number",
    ),
    _field(
        "mentor",
        "师傅",
        "Mentor",
        "企业导师|师傅姓名|导师|导师姓名|企业师傅|企业导师姓名|带教师傅|带教老师|指导师傅|mentor name|"
        "workplace mentor|supervisor",
    ),
    _field("cohort", "班级", "Cohort", "班|班组|期次|批次|届|班级名称|class|group|intake|class name"),
    _field(
        "starts_on",
        "开始日期",
        "Start date",
        "入学日期|入学时间|开始时间|入职日期|入职时间|入企日期|拜师日期|报到日期|起始日期|"
        "start|starts on|"
        "starting date|date of entry|entry date|begin date",
    ),
    _field("email", "邮箱", "E-mail", "电子邮箱|电子邮件|邮件|邮箱地址|mail|email address|e mail"),
    _field(
        "phone",
        "电话",
        "Phone",
        "手机|手机号|手机号码|联系电话|电话号码|联系方式|mobile|telephone|phone number|tel",
    ),
    _field("stage", "阶段", "Stage", "学徒阶段|当前阶段|培养阶段|所处阶段|current stage|phase"),
)

ITEM = _field(
    "item",
    "评价条目",
    "Item",
    "考核项目|项目|项目名称|评价项目|考核内容|考核名称|科目|课程|课程名称|"
    "assessment|task|test|subject|course|item name",
)
SCORE = _field("score", "成绩", "Score", "分数|得分|分值|考核成绩|评分|mark|marks|points|result|grade")
STATUS = _field(
    "status", "成绩状态", "Status", "状态|考试状态|情况|考试情况|缺考情况|score status|mark status"
)

MARKS_FIELDS: tuple[Field, ...] = (NUMBER, NAME, ITEM, SCORE, STATUS)

_NOT_READ = (
    "序号|序|备注|说明|总分|总成绩|总评|总评成绩|合计|小计|平均|平均分|平均成绩|排名|名次|等级|"
    "签名|签字|性别|年龄|#|s/n|serial|remarks|remark|note|notes|comment|total|total score|sum|"
    "average|mean|rank|ranking|signature|sex|gender|age"
)
NOT_READ: tuple[str, ...] = tuple(_NOT_READ.split("|"))
"""Columns that offices add for themselves: the platform reckons totals on its own."""

FIELDS: dict[Kind, tuple[Field, ...]] = {Kind.ROSTER: ROSTER_FIELDS, Kind.MARKS: MARKS_FIELDS}
