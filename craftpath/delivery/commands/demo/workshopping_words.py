"""What was said at the demo's workshops: agenda, questions, polls and cases. All names and figures are made up."""

from __future__ import annotations

from craftpath.domain.workshops.actions import Told
from craftpath.values.text import Text

TITLE = Text("核心技能融入学徒培训研讨会（第一期）", "Core skills in apprenticeships: first workshop")
NEXT = Text("核心技能融入学徒培训研讨会（第二期）", "Core skills in apprenticeships: second workshop")
AIMS = Text(
    "交流试点企业、院校和公共机构把核心技能融入学徒培训的做法；讨论如何评价核心技能；征集案例，形成可借鉴的工具和经验。",
    "Pilot enterprises, colleges and public bodies show how they build core skills into apprenticeships, discuss how "
    "to assess them, and collect cases that others can use.",
)
SPOKEN = Text("中文，提供英文同声传译", "Chinese, with interpretation into English")
CALL = Text(
    "请提交本单位的案例：遇到什么困难，怎样做，成效如何（请写明数字），有何启示。",
    "Send a case of your own: what the difficulty was, what you did, with which result, and what was learnt.",
)
SPEAKERS = (
    ("郑文博", "澜川技师学院", "教务处处长，负责学徒制试点。"),
    ("何海燕", "金恒机械", "人力资源总监，带领企业师傅团队。"),
    ("罗志强", "清河电气", "总装车间主任，高级技师。"),
    ("宋丽娟", "澜川市人力资源和社会保障局", "职业能力建设科科长。"),
)
AGENDA = (
    # day, from, until, kind, room, Chinese, English, speakers
    (0, "09:00", "09:20", "talk", "", "开幕与试点进展", "Opening: where the pilots stand", (3,)),
    (
        0,
        "09:20",
        "10:30",
        "talk",
        "",
        "核心技能六步循环：从需求到评价",
        "The six steps: from needs to assessment",
        (0,),
    ),
    (0, "10:30", "10:50", "break", "", "茶歇", "Break", ()),
    (
        0,
        "10:50",
        "12:00",
        "case",
        "",
        "案例：班前五分钟练沟通",
        "Case: five minutes of talk before the shift",
        (1,),
    ),
    (
        0,
        "13:30",
        "15:00",
        "group",
        "A",
        "分组讨论：师傅怎样观察协作",
        "Group work: seeing teamwork",
        (2,),
    ),
    (
        0,
        "13:30",
        "15:00",
        "group",
        "B",
        "分组讨论：用任务单评价解决问题",
        "Group work: problem solving",
        (0,),
    ),
    (
        0,
        "15:20",
        "16:50",
        "panel",
        "",
        "圆桌：企业为什么愿意投入",
        "Panel: why enterprises invest",
        (1, 2, 3),
    ),
    (
        1,
        "09:00",
        "10:30",
        "case",
        "",
        "案例：夜班交接记录的改进",
        "Case: better notes at the change of shifts",
        (2,),
    ),
    (1, "10:50", "12:00", "talk", "", "评价量规与师傅一致性", "Rubrics, and whether masters agree", (0,)),
    (
        1,
        "13:30",
        "15:30",
        "group",
        "",
        "工作坊：写出本单位下一步",
        "Workshop: your next step",
        (0, 1),
    ),
    (1, "15:50", "16:30", "talk", "", "总结与下一期安排", "Summary, and what comes next", (3,)),
)
QUESTIONS = (
    ("师傅忙的时候，怎样保证每周都观察学徒？", False, 23, "answered"),
    ("核心技能评价结果能不能计入 3-3-4 的过程性评价？", True, 19, "answered"),
    ("小微企业没有专职培训人员，六步循环怎么简化？", False, 17, "asked"),
    ("两位师傅评分差得多时，以谁为准？", True, 11, "answered"),
    ("线上课程的学习时长怎样和企业学时衔接？", False, 8, "asked"),
    ("案例里的工具表可以直接拿来用吗？", True, 6, "asked"),
)
POLLS = (
    ("single", Text("贵单位处在六步循环的哪一步？", "At which step of the circle are you?"),
     (Text("明确需求", "Define needs"), Text("融入课程", "Embed"), Text("师资准备", "Prepare teachers"),
      Text("实施培训", "Deliver"), Text("评价认定", "Assess"), Text("改进", "Improve")),
     False, (("1", 41), ("2", 63), ("3", 28), ("4", 37), ("5", 15), ("6", 9))),
    ("scale", Text("本单位领导对核心技能培训的支持程度（5 为最高）", "How far do your leaders support it? (5: fully)"),
     (), True, (("1", 4), ("2", 11), ("3", 52), ("4", 76), ("5", 38))),
    ("words", Text("用一个词形容今天的收获", "Today in one word"), (),
     False, (("沟通", 44), ("协作", 37), ("案例", 30), ("评价", 24), ("方法", 19), ("启发", 14), ("师傅", 9))),
)  # fmt: skip
CASES = (
    (Told(
        "班前五分钟：让学徒先说再做",
        "新学徒不敢开口，交接时漏掉设备异常，三个月内因沟通不清返工 14 次。",
        "每天班前由一名学徒说明当天任务、风险和求助对象，师傅只提问、不打断；每周轮换，用一页观察表记录。",
        "试行 6 个月、28 名学徒：因沟通不清的返工由每季 14 次降到 5 次；主动报告异常由每周 3 次升到 11 次。",
        "时间要短、每天坚持；师傅先受训，学会提问；观察表只记事实，不打分。",
        "企业师傅、车间主任", consent=True, skill="communication"), "toolkit", "published"),
    (Told(
        "夜班交接记录改版",
        "夜班记录只写“正常”，白班要重新排查，平均多花 40 分钟。",
        "学徒和师傅一起重做记录表：写现象、写判断、写已做的、写要接着做的；每周抽查三份，在班组会上点评。",
        "12 周后白班重新排查时间由 40 分钟降到 15 分钟；学徒参与分析的故障由 2 起增加到 9 起。",
        "让学徒参与改表，比直接发新表有效。",
        "制造企业班组", consent=True, skill="problem_solving_decision_making"), "case", "published"),
    (Told(
        "村级学习点的小组互助",
        "石桥村学习点网络不稳定，14 名学员学习进度相差很大。",
        "三人一组，轮流主持，每周一次集中练习；教师每两周到点辅导一次，线上答疑集中在晚上。",
        "一学期后完课率由 57% 提高到 86%，按时提交作业的学员由 6 人增加到 12 人。",
        "小组要有固定时间和轮值；教师到点时先看小组记录。",
        "院校、村镇学习点", consent=True, skill="collaboration_teamwork"), "practice", "published"),
    (Told(
        "用废件做质量意识课",
        "学徒知道标准，但不知道废品意味着什么。",
        "把当月废件摆到教室，学徒估算材料、工时和交期损失，再提出一条预防措施。",
        "车工班 24 人参加，两个月内首检不合格率由 6.8% 降到 4.1%。",
        "数字来自本车间，学徒才相信。",
        "院校教师、质检部门", consent=True), "case", "accepted"),
    (Told(
        "师徒结对一个月回访",
        "结对之后缺少跟进，一半师徒一个月内没有谈过一次话。",
        "人事部门在第四周电话回访，师徒各答三个问题。",
        "覆盖 36 对师徒，其余数据还在整理。",
        "回访要在第一个月进行。",
        "企业人力资源部门", consent=True), "case", "returned"),
)  # fmt: skip
KINDS = (("enterprise", 45), ("college", 12), ("public", 6), ("centre", 4), ("employers", 2), ("workers", 1))
CITIES = (("澜川", 30), ("东岭", 16), ("清江", 12), ("云陵", 8), ("白石", 4))
HEADS = (
    "恒泰",
    "明达",
    "长信",
    "华宇",
    "远航",
    "新力",
    "金石",
    "北辰",
    "鼎盛",
    "江源",
    "和顺",
    "科达",
    "宏业",
    "安捷",
    "兴业",
)
TAILS = {
    "enterprise": ("机械制造有限公司", "电气设备有限公司", "汽车零部件有限公司"),
    "college": ("技师学院",),
    "public": ("就业服务中心",),
    "centre": ("职业培训中心",),
    "employers": ("企业联合会",),
    "workers": ("总工会",),
}
