"""The units of the turners' curriculum beyond the preset's, in words: a library of thirty cards with them."""

from __future__ import annotations

from typing import Any

# key, zh, en, hours, bucket, stages, skills, needs, outcomes (key, zh, en, skill, area, task)
CARDS: tuple[tuple[Any, ...], ...] = (
    ("measuring", "量具与测量", "Measuring", 40, "workplace", ["junior_craftsman"],
     {"foundational_literacies": 80, "collect_organise_analyse_information": 60}, ["read_drawings"],
     [("measure_shaft", "会用千分尺、百分表测量轴类零件并记录", "measures shafts with micrometer and dial gauge",
       "foundational_literacies", "general_professional_skills", "测量并记录首件尺寸")]),
    ("turning_outside", "外圆与端面车削", "Turning outside and face", 93, "workplace", ["junior_craftsman"],
     {"planning_organising": 50, "problem_solving_decision_making": 40}, ["measuring"],
     [("turn_outside", "按图车外圆和端面，尺寸公差 IT9", "turns outside and face to drawing, tolerance IT9",
       "planning_organising", "general_professional_skills", "车削外圆、端面、台阶")]),
    ("cnc_operation", "数控车床操作", "Operating the CNC lathe", 80, "workplace", ["junior_craftsman", "craftsman"],
     {"use_basic_hardware": 30, "foundational_literacies": 60}, ["turning_outside"],
     [("set_offsets", "独立完成对刀和刀补设置", "sets tool offsets without help", "foundational_literacies",
       "general_professional_skills", "对刀并输入刀具补偿")]),
    ("programming", "数控编程基础", "CNC programming", 67, "taught", ["craftsman"],
     {"analytical_critical_thinking": 70, "foundational_literacies": 60}, ["read_drawings"],
     [("write_program", "手工编写含循环指令的加工程序", "writes a part program with cycles by hand",
       "analytical_critical_thinking", "general_professional_knowledge", "编制并模拟加工程序"),
      ("simulate_program", "用仿真软件检查程序并改错", "checks a program by simulation and mends it",
       "problem_solving_decision_making", "general_professional_skills", "编制并模拟加工程序")]),
    ("threads", "螺纹与沟槽加工", "Threads and grooves", 60, "workplace", ["craftsman"],
     {"problem_solving_decision_making": 60}, ["cnc_operation", "programming"],
     [("cut_thread", "车削三角形螺纹，通止规合格", "cuts a metric thread that the gauge passes",
       "problem_solving_decision_making", "general_professional_skills", "车削螺纹和沟槽")]),
    ("thin_walls", "薄壁件装夹与变形控制", "Clamping thin-walled parts", 54, "workplace", ["master_craftsman"],
     {"problem_solving_decision_making": 80, "creative_innovative_thinking": 60}, ["threads"],
     [("clamp_thin", "设计软爪装夹方案，圆度误差在 0.02 mm 以内", "plans soft jaws, roundness within 0.02 mm",
       "creative_innovative_thinking", "general_professional_skills", "解决变形和振纹问题")]),
    ("tool_wear", "刀具磨损与切削参数优化", "Tool wear and cutting data", 60, "workplace",
     ["craftsman", "master_craftsman"],
     {"collect_organise_analyse_information": 70, "analytical_critical_thinking": 60}, ["turning_outside"],
     [("choose_data", "根据磨损和表面质量调整切削参数", "adjusts cutting data by wear and surface",
       "analytical_critical_thinking", "general_professional_skills", "选择和更换刀具")]),
    ("first_piece", "首件检验与质量记录", "First-piece inspection", 40, "workplace", ["craftsman"],
     {"collect_organise_analyse_information": 80, "communication": 50}, ["measuring"],
     [("inspect_first", "完成首件三检并填写记录", "does the three checks of a first piece and keeps the record",
       "collect_organise_analyse_information", "professional_consciousness", "测量并记录首件尺寸")]),
    ("shift_talk", "班组沟通与交接", "Talking in the team, handing over", 20, "taught", [],
     {"communication": 90, "collaboration_teamwork": 80, "conflict_negotiation": 40}, [],
     [("hand_over", "用交接单把设备、质量和安全情况说清楚", "hands over machine, quality and safety in clear words",
       "communication", "professional_consciousness", "交接班并报告异常")]),
    ("learn_to_learn", "学会学习与职业规划", "Learning to learn and planning a career", 26, "online", [],
     {"self_reflection_learning_to_learn": 90, "career_management": 80}, [],
     [("plan_career", "制订一年学习与考级计划并按月回顾", "plans a year of learning and looks back each month",
       "career_management", "career_aspiration_belief", "")]),
    ("robot_cell", "车削单元与上下料机器人", "Turning cells with robots", 54, "workplace", ["master_craftsman"],
     {"problem_solving_decision_making": 50, "creative_innovative_thinking": 40}, ["cnc_operation"],
     [("run_cell", "启动、监控车削单元并处理常见报警", "starts and watches a turning cell and clears usual alarms",
       "problem_solving_decision_making", "general_professional_skills", "操作自动化车削单元")]),
    ("costing", "报价与工时核算", "Quoting and costing", 26, "online", ["master_craftsman"],
     {"strategic_thinking": 70, "collect_organise_analyse_information": 40}, [],
     [("quote_part", "核算一个零件的材料、工时和报价", "works out material, time and price of a part",
       "strategic_thinking", "general_professional_knowledge", "")]),
)  # fmt: skip

TASKS = {
    "follow_card": ("粗车外圆", "精车外圆", "车削端面"), "choose_tools": ("选择刀具、刀片", "安装刀具"),
    "measure": ("用千分尺测量外径", "用内径表测量孔径"), "read_drawing": ("识读零件图", "找出关键尺寸"),
    "read_process": ("填写工序卡",), "inspect": ("点检机床", "检查油位、气压"),
    "maintain": ("调整导轨润滑", "更换切削液"),
    "report_defect": ("隔离不合格品", "填写检验记录"), "trace_fault": ("处理报警", "处理撞刀"),
    "write_program": ("编写外圆程序", "编写螺纹程序", "调用固定循环"), "simulate_program": ("模拟刀路",),
    "cut_thread": ("车削螺纹", "用螺纹规检验螺纹"), "clamp_thin": ("车削薄壁件", "镗软爪"),
    "choose_data": ("查表选切削用量", "更换磨损刀片"), "inspect_first": ("做首件检验", "修改刀补"),
    "hand_over": ("填写交接班记录", "当面交代在制件"),
}  # fmt: skip
"""outcome → tasks of the turners' chart that it serves."""

ASSESSMENTS = (
    ("log_review", "培训日志评阅", "Review of the training log", "process", "日志量规，师傅和教师共评"),
    (
        "shaft",
        "阶梯轴加工工作样本",
        "Work sample: stepped shaft",
        "practical_activity",
        "实操评分表，两名考评员",
    ),
    ("cell_task", "车削单元综合任务", "Task in the turning cell", "practical_activity", "任务书与观察量规"),
)

REMARKS = (
    # (who, about, words, answer, resolved)
    ("mentor", "unit:cnc_operation", "对刀练习放在外圆车削之后，现在顺序对了，但 80 学时偏少。",
     "下一稿加 13 学时，从机床保养里调。", True),
    ("mentor2", "unit:tool_wear", "我们车间换刀记录已经电子化，建议把记录表一起教。", "", False),
    ("hr", "whole", "单元和岗位对得上。车削单元的内容能否提前半年？设备年底到位。",
     "已请教研组看能否移到工匠阶段。", False),
    ("trainer", "outcome:write_program", "循环指令和仿真最好同一周上，教室已排好。", "", False),
    ("apprentice", "unit:shift_talk", "交接班的话术希望有示范录像。", "", False),
)  # fmt: skip

ASKED = "请重点看测量、编程和班组沟通三个新单元的学时和顺序。"
WELDERS = "考核改为每项成果至少一项，作为焊工班下一届的依据。"
WHY = {
    2: "按本年度需求调查：数字化操作和沟通两项差距最大，增加编程、测量和班组沟通单元。",
    3: "按评审意见调整：加长数控操作，工匠阶段加入首件检验。",
}
