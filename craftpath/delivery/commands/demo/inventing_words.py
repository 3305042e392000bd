"""What the demo's new occupations say: duties with tasks, what they are, why they are needed; Chinese and English."""

from __future__ import annotations

from typing import Any

Typed = list[tuple[tuple[str, str], list[tuple[str, str]]]]
"""(duty zh, en), its tasks: zh, en"""

TWIN_NAME = ("工业机器人数字孪生运维员", "Industrial robot maintainer with digital twins")
TWIN: Typed = [
    (("数据采集与接入", "Collect and connect data"), [
        ("安装振动、温度传感器", "Mount vibration and temperature sensors"),
        ("接入控制柜运行数据", "Connect the running data of the cabinet"),
        ("核对采集点位与工位", "Check measuring points against the station"),
    ]),
    (("建立和校准孪生模型", "Build and calibrate the twin"), [
        ("导入机器人三维模型", "Import the robot's 3D model"),
        ("校准模型零点和工具坐标", "Calibrate zero points and tool frame of the model"),
        ("比对仿真与实测节拍", "Hold simulated and measured cycle times together"),
    ]),
    (("状态监测与故障预警", "Watch the state and warn of faults"), [
        ("设定减速器报警阈值", "Set alarm limits for the gearbox"),
        ("判断预警是否误报", "Tell whether a warning is false"),
        ("在孪生模型上复现故障", "Reproduce a fault on the twin"),
    ]),
    (("维护作业", "Do the maintenance"), [
        ("更换减速器润滑脂", "Change the gearbox grease"),
        ("更换本体线缆", "Change the cables of the arm"),
        ("恢复并验证零点", "Restore and verify the zero points"),
    ]),
]  # fmt: skip
TWIN_SECOND: Typed = [
    (("数据采集与接入", "Collect and connect data"), [
        ("安装振动、温度传感器", "Mount vibration and temperature sensors"),
        ("接入控制柜运行数据", "Connect the running data of the cabinet"),
        ("核对采集点位与工位", "Check measuring points against the station"),
        ("设置数据访问权限", "Set who may read the data"),
    ]),
    (("建立和校准孪生模型", "Build and calibrate the twin"), [
        ("导入机器人三维模型", "Import the robot's 3D model"),
        ("校准孪生模型的零点和工具坐标", "Calibrate zero points and tool frame of the digital twin"),
        ("比对仿真与实测节拍", "Hold simulated and measured cycle times together"),
    ]),
    (("状态监测与故障预警", "Watch the state and warn of faults"), [
        ("设定减速器报警阈值", "Set alarm limits for the gearbox"),
        ("判断预警是否误报", "Tell whether a warning is false"),
        ("在孪生模型上复现故障", "Reproduce a fault on the twin"),
        ("编写预警处置记录", "Write down how a warning was dealt with"),
    ]),
    (("安全维护作业", "Maintain safely"), [
        ("执行上锁挂牌", "Lock out and tag out"),
        ("更换减速器润滑脂", "Change the gearbox grease"),
        ("恢复并验证零点", "Restore and verify the zero points"),
    ]),
]  # fmt: skip
TWIN_ABOUT = {
    "about": {
        "zh": "运用数字孪生模型和运行数据，对工业机器人进行状态监测、故障预警和维护的人员。",
        "en": "Watches, warns of faults of and maintains industrial robots with digital twins and running data.",
    },
    "entry": {
        "zh": "机电类专业中级工及以上，或同等岗位经验一年。",
        "en": "A skilled worker of a mechatronic trade, or a year in such work.",
    },
    "levels": (
        {"zh": "四级：能按模型提示完成日常维护", "en": "Level 4: does daily maintenance as the model says"},
        {"zh": "三级：能校准模型并处置预警", "en": "Level 3: calibrates the model and deals with warnings"},
    ),
    "hours": 480, "code_isco": "7233", "code_cn": "6-31-07-01",
}  # fmt: skip
TWIN_SKILLS: tuple[dict[str, str], ...] = (
    {"zh": "校准数字孪生模型", "en": "Calibrate a digital twin"},
    {"zh": "解读振动频谱", "en": "Read a vibration spectrum"},
)
TWIN_NEED: dict[str, Any] = {
    "workers": 340, "vacancies": 85,
    "notes": (
        ("全市在用工业机器人约 2,600 台，近两年投用的产线多数配有数字孪生系统。",
         "The city runs some 2,600 industrial robots; most new lines of two years come with a twin.",
         "澜川市工信局产线调查"),
        ("两家试点企业的维护岗位描述中都写入了孪生模型，现有国家标准没有相应任务。",
         "Both enterprises ask for it in their job descriptions; the national standard has no such task.",
         "金恒机械、清河电气岗位说明书"),
    ),
}  # fmt: skip
TWIN_WHY = (
    "初稿：来自企业工作日观察和三次研讨。",
    "试点后修订：增加安全作业和处置记录，线缆更换改由厂家承担。",
)
TWIN_COMMENTS = (
    ("mentor", "少了上锁挂牌，车间里这是第一条。"),
    ("hr", "线缆更换我们都是请厂家做的，建议不列入。"),
    ("coordinator", "“校准模型”要说清楚是孪生模型，不是示教器里的。"),
)

CELL_NAME = ("机器人焊接工艺员", "Robot welding technician")
CELL: Typed = [
    (("编制焊接程序", "Write welding programs"), [
        ("识读焊接图样", "Read welding drawings"),
        ("离线编写焊接轨迹", "Write the weld path off line"),
        ("选择焊接参数", "Choose welding parameters"),
    ]),
    (("调试焊接单元", "Set the welding cell up"), [
        ("标定焊枪工具坐标", "Calibrate the torch"),
        ("调整焊缝跟踪", "Adjust seam tracking"),
        ("试焊并检查熔深", "Weld a test piece and check penetration"),
    ]),
    (("保证焊接质量", "See to the quality of welds"), [
        ("目视检查焊缝", "Inspect welds by eye"),
        ("处理气孔和咬边", "Deal with pores and undercut"),
    ]),
]  # fmt: skip
CELL_ABOUT = {
    "about": {
        "zh": "编制、调试机器人焊接程序，并对焊缝质量负责的人员。",
        "en": "Writes and sets up programs of welding robots and answers for the quality of the welds.",
    },
    "entry": {"zh": "焊工中级工及以上。", "en": "A skilled welder."},
    "levels": ({"zh": "三级", "en": "Level 3"},), "hours": 320, "code_isco": "7212", "code_cn": "6-18-02-04",
}  # fmt: skip
CELL_NEED: dict[str, Any] = {
    "workers": 120, "vacancies": 30,
    "notes": (("手工焊岗位逐年减少，机器人焊接单元每年新增二十余套。",
               "Manual welding declines; over twenty robot cells are added each year.", "澜川市焊接协会年报"),),
}  # fmt: skip
CELL_FOR = {
    "zh": "焊接专业二年级学徒和在岗焊工",
    "en": "Second-year apprentices in welding, and working welders",
}
